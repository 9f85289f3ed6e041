//! A module, read as the graph that a definition would be lowered to.

use crate::diagnostic::Diagnostic;
use crate::read::{Given, Outcome};

/// A file of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, as messages name it.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Reads the files of another module, whose folder is named as the calling module names it,
/// joined to the caller's: `modules/cache/../network`.
pub type Load<'a> = &'a mut dyn FnMut(&str) -> Result<Vec<SourceFile>, String>;

/// Reads a module: its `.tf` and `.tf.json` files and its `terraform.tfvars`.
#[must_use]
pub fn graph(folder: &str, files: &[SourceFile], given: &Given, load: Load<'_>) -> Outcome {
    let _ = (files, given, load);
    Outcome::unreadable(Diagnostic::error("unreadable", folder))
}

/// Variables.
pub fn variables(
    file: &str,
    text: &str,
) -> Result<std::collections::BTreeMap<String, crate::read::GivenValue>, Vec<Diagnostic>> {
    let _ = text;
    Err(vec![Diagnostic::error("unreadable", file)])
}
