//! Anybody's template or module: read, held against the schemas, and judged by every rule.

use crate::diagnostic::Diagnostic;
use crate::read::{Given, Outcome};
use crate::terraform::{Load, SourceFile};
use crate::{cloudformation, rule, terraform};

/// What there is to say about a template or a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation {
    /// The findings, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// It could not be read at all; the findings say why.
    pub unreadable: bool,
}

/// Validates a CloudFormation template, in JSON or YAML, without the findings of the codes in
/// `allow`.
#[must_use]
pub fn template(file: &str, text: &str, given: &Given, allow: &[String]) -> Validation {
    judge(cloudformation::graph(file, text, given), allow)
}

/// Validates a Terraform module and the local modules that it calls, without the findings of the
/// codes in `allow`.
#[must_use]
pub fn module(
    folder: &str,
    files: &[SourceFile],
    given: &Given,
    load: Load<'_>,
    allow: &[String],
) -> Validation {
    judge(terraform::graph(folder, files, given, load), allow)
}

fn judge(outcome: Outcome, allow: &[String]) -> Validation {
    match outcome.graph {
        Some(graph) => Validation {
            diagnostics: rule::judge(&graph, outcome.diagnostics, allow),
            unreadable: false,
        },
        None => Validation {
            diagnostics: outcome.diagnostics,
            unreadable: true,
        },
    }
}
