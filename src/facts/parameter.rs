use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{table, yes};

/// The type of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterType {
    /// A whole number.
    Integer,
    /// A text.
    String,
}

/// When a parameter can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modifiable {
    /// At any time.
    Yes,
    /// Only while no cache uses the parameter group.
    AtCreation,
    /// Never.
    No,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Not known: anything passes.
    Unknown,
    /// Any whole number.
    AnyInteger,
    /// Any combination of these characters.
    Chars(String),
    /// Any of these words, separated by blanks; any words at all where there are none.
    Words(Vec<String>),
    /// One of these.
    OneOf(Vec<Alternative>),
}

/// One of the values that a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// A word or a number, literally.
    Word(String),
    /// A range of whole numbers; without an end where there is none.
    Range(i64, Option<i64>),
}

impl Allowed {
    fn parse(text: &str) -> Self {
        if text.is_empty() {
            return Self::Unknown;
        }
        if text == "any-integer" {
            return Self::AnyInteger;
        }
        if let Some(chars) = text.strip_prefix("chars:") {
            return Self::Chars(chars.into());
        }
        if let Some(words) = text.strip_prefix("words:") {
            return Self::Words(words.split_whitespace().map(str::to_owned).collect());
        }
        Self::OneOf(text.split(',').map(Alternative::parse).collect())
    }

    /// Whether a value of that type passes.
    #[must_use]
    pub fn admits(&self, kind: ParameterType, value: &str) -> bool {
        let integer = value.parse::<i64>();
        if kind == ParameterType::Integer && integer.is_err() {
            return false;
        }
        match self {
            Self::Unknown => true,
            Self::AnyInteger => integer.is_ok(),
            Self::Chars(chars) => value.chars().all(|c| chars.contains(c)),
            Self::Words(words) => {
                words.is_empty()
                    || value
                        .split_whitespace()
                        .all(|word| words.iter().any(|w| w == word))
            }
            Self::OneOf(alternatives) => alternatives.iter().any(|one| match one {
                Alternative::Word(word) => word == value,
                Alternative::Range(from, to) => integer
                    .as_ref()
                    .is_ok_and(|n| n >= from && to.is_none_or(|to| *n <= to)),
            }),
        }
    }
}

impl Alternative {
    fn parse(text: &str) -> Self {
        match text.split_once("..") {
            Some((from, to)) if from.parse::<i64>().is_ok() => {
                Self::Range(from.parse().unwrap_or_default(), to.parse().ok())
            }
            _ => Self::Word(text.into()),
        }
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("not known"),
            Self::AnyInteger => f.write_str("a whole number"),
            Self::Chars(chars) => write!(f, "any of the characters {chars}"),
            Self::Words(words) if words.is_empty() => f.write_str("words separated by blanks"),
            Self::Words(words) => write!(f, "any of {}", words.join(" ")),
            Self::OneOf(alternatives) => {
                for (i, one) in alternatives.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    match one {
                        Alternative::Word(word) => f.write_str(word)?,
                        Alternative::Range(from, Some(to)) => write!(f, "{from} to {to}")?,
                        Alternative::Range(from, None) => write!(f, "{from} or more")?,
                    }
                }
                Ok(())
            }
        }
    }
}

/// A parameter of one family.
#[derive(Clone, Debug, Deserialize)]
pub struct ParameterFact {
    /// The family, e.g. `redis7`.
    pub family: String,
    /// The name, e.g. `maxmemory-policy`.
    pub parameter: String,
    /// The type of its value.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// What it takes, in the table's own grammar.
    allowed: String,
    /// Its value where nobody sets it.
    pub default: String,
    /// When it can be set.
    pub modifiable: Modifiable,
    /// When a change of it counts: `immediate`, `requires-reboot`, `new-users`; empty where that
    /// isn't known.
    pub change_type: String,
    /// The oldest engine version that has it; empty for all of the family.
    pub min_engine_version: String,
    /// Whether it means something with cluster mode only.
    #[serde(deserialize_with = "yes")]
    pub cluster_mode_only: bool,
}

impl ParameterFact {
    /// What it takes.
    #[must_use]
    pub fn allowed(&self) -> Allowed {
        Allowed::parse(&self.allowed)
    }
}

static TABLE: LazyLock<Vec<ParameterFact>> =
    LazyLock::new(|| table(include_str!("parameters.csv")));

#[cfg(test)]
pub(super) fn all() -> &'static [ParameterFact] {
    &TABLE
}

/// The parameters of a family, in the order of their names; none where the family isn't known.
pub(crate) fn family_parameters(family: &str) -> impl Iterator<Item = &'static ParameterFact> {
    TABLE.iter().filter(move |row| row.family == family)
}

/// Every family, oldest first for each engine.
pub(crate) fn families() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    TABLE.iter().filter_map(move |row| {
        let is_new = row.family != last;
        last = &row.family;
        is_new.then_some(last)
    })
}

/// A family's parameter, if the table has it.
pub(crate) fn parameter(family: &str, name: &str) -> Option<&'static ParameterFact> {
    family_parameters(family).find(|row| row.parameter == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(name: &str, value: &str) -> bool {
        let fact = parameter("redis7", name).unwrap();
        fact.allowed().admits(fact.kind, value)
    }

    #[test]
    fn values_are_held_against_their_ranges() {
        assert!(admits("timeout", "0") && admits("timeout", "300"));
        assert!(!admits("timeout", "5") && !admits("timeout", "-1") && !admits("timeout", "soon"));
        assert!(admits("maxmemory-policy", "allkeys-lru") && !admits("maxmemory-policy", "lru"));
        assert!(admits("notify-keyspace-events", "Ex") && !admits("notify-keyspace-events", "Ez?"));
        assert!(
            admits("reserved-memory-percent", "100") && !admits("reserved-memory-percent", "101")
        );
    }

    #[test]
    fn every_default_is_a_value_that_its_parameter_takes() {
        for fact in all().iter().filter(|fact| {
            !fact.default.is_empty()
                && fact.default.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && fact.modifiable != Modifiable::No
                // AWS's own table gives the default 0 and the range 1 to 10000
                && fact.parameter != "cluster-databases"
        }) {
            assert!(
                fact.allowed().admits(fact.kind, &fact.default),
                "{} {}: {} isn't {}",
                fact.family,
                fact.parameter,
                fact.default,
                fact.allowed()
            );
        }
    }
}
