//! What findings look like: for a person with the source line, for machines as JSON,
//! for GitHub as annotations, and as SARIF for everything that reads it.

pub(crate) mod github;
mod sarif;
mod text;

pub use github::github;
pub use sarif::sarif;
pub use text::{Sources, text};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Level};

/// Findings as JSON: an object with every finding and how many there are of each level.
#[must_use]
pub fn json(diagnostics: &[Diagnostic]) -> Value {
    serde_json::json!({
        "diagnostics": diagnostics,
        "errors": count(diagnostics, Level::Error),
        "warnings": count(diagnostics, Level::Warning),
        "information": count(diagnostics, Level::Information),
    })
}

/// How many there are of a level.
#[must_use]
pub fn count(diagnostics: &[Diagnostic], level: Level) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.level == level)
        .count()
}
