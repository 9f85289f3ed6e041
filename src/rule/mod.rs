//! What AWS would refuse, and what an expert would question: one rule a file, each with its
//! declaration, its check, its explanation and its examples.
//!
//! A rule looks at a [`Graph`], so the same rule speaks about a definition, a CloudFormation
//! template and a Terraform directory. Known-bad is an error; unknown is silence: what
//! [`Check`] answers is `None` for whatever can't be known.

mod access;
mod allowance;
mod availability;
mod cache;
mod check;
mod definition;
mod engine;
mod examples;
mod naming;
mod operations;
mod reading;
mod references;
mod secret;
mod text;
mod workload;

pub use allowance::BROKEN;
pub use check::{Check, Finding, Resource, Setting};

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Level};
use crate::graph::{Graph, Language};
use crate::stage::Stage;

/// A rule: what it is called, how much it weighs, what it means, and how it is checked.
#[derive(Debug)]
pub struct Rule {
    /// The stable name in kebab-case. Never reused.
    pub code: &'static str,
    /// What is wrong, in a few words, as a headline.
    pub title: &'static str,
    /// How much it weighs.
    pub levels: Levels,
    /// What it means and why it matters, in a few sentences; ends with what to do.
    pub about: &'static str,
    /// Where the fact comes from, with its date; empty for an opinion.
    pub source: &'static str,
    /// The controls of other tools that it stands for, such as `CKV_AWS_29`.
    pub controls: &'static [&'static str],
    /// Examples in both languages: each bad one is met by this rule, no good one is.
    pub examples: &'static [Example],
    /// How a graph is checked; nothing where a reader says it, or a definition is refused
    /// while it is lowered.
    pub check: Option<fn(&mut Check<'_>)>,
}

/// How much a finding weighs, by what the environment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// In development; nothing where it isn't worth a word.
    pub development: Option<Level>,
    /// In staging.
    pub staging: Option<Level>,
    /// In production.
    pub production: Option<Level>,
    /// Where nobody says what it is for.
    pub unsaid: Option<Level>,
}

impl Levels {
    /// AWS, CloudFormation or Terraform refuse it, whatever it is for.
    pub const ERROR: Self = Self::always(Level::Error);
    /// It deserves a second look, whatever it is for.
    pub const WARNING: Self = Self::always(Level::Warning);
    /// Somebody may want to know.
    pub const INFORMATION: Self = Self::always(Level::Information);
    /// What production should have: a warning there and where nobody says what it is for.
    pub const PRODUCTION: Self = Self {
        development: None,
        staging: Some(Level::Information),
        production: Some(Level::Warning),
        unsaid: Some(Level::Warning),
    };
    /// What production must have: an error there.
    pub const PRODUCTION_ERROR: Self = Self {
        development: Some(Level::Information),
        staging: Some(Level::Warning),
        production: Some(Level::Error),
        unsaid: Some(Level::Warning),
    };

    /// The same whatever it is for.
    #[must_use]
    pub const fn always(level: Level) -> Self {
        Self {
            development: Some(level),
            staging: Some(level),
            production: Some(level),
            unsaid: Some(level),
        }
    }

    /// The level where something is for `stage`.
    #[must_use]
    pub const fn at(&self, stage: Option<Stage>) -> Option<Level> {
        match stage {
            Some(Stage::Development) => self.development,
            Some(Stage::Staging) => self.staging,
            Some(Stage::Production) => self.production,
            None => self.unsaid,
        }
    }
}

/// A file that shows what a rule means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The rule has something to say about it.
    pub bad: bool,
    /// The language that it is written in: CloudFormation as YAML.
    pub language: Language,
    /// The whole file.
    pub text: &'static str,
}

impl Example {
    /// A CloudFormation template that the rule meets.
    #[must_use]
    pub const fn bad_cloudformation(text: &'static str) -> Self {
        Self {
            bad: true,
            language: Language::CloudFormation,
            text,
        }
    }

    /// A CloudFormation template that is right.
    #[must_use]
    pub const fn good_cloudformation(text: &'static str) -> Self {
        Self {
            bad: false,
            language: Language::CloudFormation,
            text,
        }
    }

    /// A Terraform file that the rule meets.
    #[must_use]
    pub const fn bad_terraform(text: &'static str) -> Self {
        Self {
            bad: true,
            language: Language::Terraform,
            text,
        }
    }

    /// A Terraform file that is right.
    #[must_use]
    pub const fn good_terraform(text: &'static str) -> Self {
        Self {
            bad: false,
            language: Language::Terraform,
            text,
        }
    }
}

/// Every rule, in the order of the areas.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    const AREAS: &[&[&Rule]] = &[
        access::RULES,
        availability::RULES,
        engine::RULES,
        naming::RULES,
        operations::RULES,
        references::RULES,
        workload::RULES,
        reading::RULES,
        definition::RULES,
        allowance::RULES,
    ];
    AREAS.iter().flat_map(|area| area.iter().copied())
}

/// The rule of that code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

/// What to do about a code that no rule has: the one that was probably meant.
#[must_use]
pub fn nearest(code: &str) -> String {
    allowance::nearest(code)
}

/// What looks like a secret in a graph: never to be shown.
#[must_use]
pub fn secrets(graph: &Graph) -> Vec<String> {
    text::found(graph)
        .into_iter()
        .map(|found| found.word)
        .collect()
}

/// A text as it may be shown under a name: nothing of it where the name says that it is a secret.
pub(crate) fn shown(name: &str, text: &str) -> Option<String> {
    if secret::is_secret_name(name) && !secret::is_reference(text) && !text.is_empty() {
        return Some("…".into());
    }
    text::hidden(text)
}

/// Leaves out of findings what looks like a secret, though it was refused before it reached a
/// graph.
fn hide_refused(findings: &mut [Diagnostic]) {
    for finding in findings {
        for said in [
            &mut finding.message,
            &mut finding.allowed,
            &mut finding.help,
        ] {
            if let Some(hidden) = text::hidden(said) {
                *said = hidden;
                finding.sensitive = true;
            }
        }
    }
}

/// Leaves out of the findings what looks like a secret, whichever rule speaks about it.
fn hide(graph: &Graph, findings: &mut [Diagnostic]) {
    let found = text::found(graph);
    // whatever else is wrong with a line, a secret in it isn't shown
    let mut lines = text::lines(graph, &found);
    for finding in findings.iter().filter(|finding| finding.sensitive) {
        let places = [&finding.place, &finding.origin].into_iter().flatten();
        lines.extend(places.map(|place| (place.file.clone(), place.line)));
    }
    for finding in findings {
        let Diagnostic {
            message,
            allowed,
            help,
            place,
            sensitive,
            ..
        } = finding;
        for said in [message, allowed, help] {
            for text::Found { word, .. } in &found {
                // a help may spell it in another way
                for word in [word, &word.to_ascii_lowercase()] {
                    if said.contains(word) {
                        *said = said.replace(word, "…");
                        *sensitive = true;
                    }
                }
            }
        }
        *sensitive |= place
            .as_ref()
            .is_some_and(|place| lines.contains(&(place.file.clone(), place.line)));
    }
}

/// Everything there is to say about a graph, in the order of the files: what was found
/// while it was made, and what every rule finds, without what is allowed by the graph itself
/// or by the codes in `allow`.
#[must_use]
pub fn judge(graph: &Graph, mut found: Vec<Diagnostic>, allow: &[String]) -> Vec<Diagnostic> {
    hide_refused(&mut found);
    let said: HashSet<_> = found
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.place.clone()))
        .collect();
    found.extend(
        check(graph)
            .into_iter()
            .filter(|diagnostic| !said.contains(&(diagnostic.code, diagnostic.place.clone()))),
    );
    better_said(graph, &mut found);
    allowance::allow(graph, allow, &mut found);
    hide(graph, &mut found);
    // several instances of one resource are one place
    let mut twice = HashSet::new();
    found.retain(|diagnostic| {
        let Diagnostic {
            code,
            place,
            message,
            ..
        } = diagnostic;
        place.is_none() || twice.insert((*code, place.clone(), message.clone()))
    });
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

/// What a rule says of a place, it says better than a schema; and what a schema says of a whole
/// resource is what rules say of its settings.
fn better_said(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let by_rules = found
        .iter()
        .filter(|diagnostic| diagnostic.is_error() && diagnostic.code != "schema");
    let (places, resources): (HashSet<_>, HashSet<_>) = by_rules
        .map(|diagnostic| (diagnostic.place.clone(), diagnostic.resource.clone()))
        .unzip();
    let wholes: HashSet<_> = graph.nodes.iter().map(|node| &node.place).collect();
    found.retain(|diagnostic| {
        let is_whole = diagnostic
            .place
            .as_ref()
            .is_some_and(|place| wholes.contains(place));
        diagnostic.code != "schema"
            || !(places.contains(&diagnostic.place)
                || (is_whole && resources.contains(&diagnostic.resource)))
    });
}

/// What every rule finds about a graph, whatever is allowed.
#[must_use]
pub fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in rules() {
        let (Some(run), Some(level)) = (rule.check, rule.levels.at(graph.stage)) else {
            continue;
        };
        let mut check = Check::new(graph);
        run(&mut check);
        diagnostics.extend(
            check
                .into_findings()
                .into_iter()
                .map(|finding| finding.into_diagnostic(rule.code, level)),
        );
    }
    diagnostics
}
