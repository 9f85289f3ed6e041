//! The part of the environments that a command was asked for.

use crate::environment::Environment;

/// Systems and environments, by name; everything where none is named.
pub struct Selection {
    parts: Vec<String>,
    /// Which parts met an environment.
    matched: Vec<bool>,
    /// The first paths, for whoever names one that doesn't exist.
    known: Vec<String>,
}

impl Selection {
    pub fn new(parts: &[String]) -> Self {
        Self {
            parts: parts.to_vec(),
            matched: vec![false; parts.len()],
            known: Vec::new(),
        }
    }

    /// Takes note of an environment, and says whether it is selected.
    pub fn takes(&mut self, environment: &Environment) -> bool {
        if self.known.len() < 20 {
            self.known.push(environment.path());
        }
        let mut selected = self.parts.is_empty();
        for (part, matched) in self.parts.iter().zip(&mut self.matched) {
            if selects(part, environment.system(), environment.name()) {
                selected = true;
                *matched = true;
            }
        }
        selected
    }

    /// Whether the selection speaks about an environment, defined or not.
    pub fn speaks_about(&self, system: &str, name: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|part| selects(part, system, name))
    }

    /// What is wrong and what to do where parts mean nothing: a slip of the hand. Some may mean
    /// something elsewhere.
    pub fn unmatched(&self, elsewhere: impl Fn(&str) -> bool) -> Option<(String, String)> {
        let unknown: Vec<_> = self
            .parts
            .iter()
            .zip(&self.matched)
            .filter(|(part, matched)| !**matched && !elsewhere(part))
            .map(|(part, _)| format!("{part:?}"))
            .collect();
        if unknown.is_empty() {
            return None;
        }
        let is = if unknown.len() == 1 {
            "is neither a system nor an environment"
        } else {
            "are neither systems nor environments"
        };
        Some((
            format!("{} {is}", unknown.join(", ")),
            format!("use one of {}", self.known.join(", ")),
        ))
    }
}

pub fn selects(part: &str, system: &str, name: &str) -> bool {
    match part.trim_end_matches('/').split_once('/') {
        Some((of, one)) => of == system && one == name,
        None => part.trim_end_matches('/') == system,
    }
}
