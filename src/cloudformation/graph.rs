//! A template, read as the graph that a definition would be lowered to.

use crate::diagnostic::Diagnostic;
use crate::read::{Given, Outcome};

/// Reads a template, in JSON or YAML.
#[must_use]
pub fn graph(file: &str, text: &str, given: &Given) -> Outcome {
    let _ = (text, given);
    Outcome::unreadable(Diagnostic::error("unreadable", file))
}
