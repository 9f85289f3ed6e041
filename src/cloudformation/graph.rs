//! A template, read as the graph that a definition would be lowered to.

use crate::diagnostic::Diagnostic;
use crate::read::{Given, Outcome};

/// Reads a template, in JSON or YAML.
#[must_use]
pub fn graph(file: &str, text: &str, given: &Given) -> Outcome {
    let _ = (text, given);
    Outcome::unreadable(Diagnostic::error("unreadable", file))
}

/// Whether a text looks like a template.
#[must_use]
pub fn is_template(text: &str) -> bool {
    text.contains("Resources")
}

/// Parameters.
pub fn parameters(
    file: &str,
    text: &str,
) -> Result<std::collections::BTreeMap<String, crate::read::GivenValue>, Box<Diagnostic>> {
    let _ = text;
    Err(Box::new(Diagnostic::error("unreadable", file)))
}
