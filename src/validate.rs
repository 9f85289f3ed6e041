//! Anybody's template or module: read, held against the schemas, and judged by every rule.

use serde_json::{Map, Value};

use crate::cloudformation::Document;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::Language;
use crate::read::{Given, Outcome};
use crate::schema::{self, Violation};
use crate::terraform::{Load, SourceFile};
use crate::{rule, terraform};

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
    let document = match Document::parse(file, text) {
        Ok(document) => document,
        Err(problem) => return judge(Outcome::unreadable(*problem), allow),
    };
    let mut outcome = document.graph(given);
    if let Some(graph) = &outcome.graph {
        let json = document.json();
        for node in &graph.nodes {
            let path = ["Resources", &node.logical_id, "Properties"];
            let Some(Value::Object(settings)) = json.pointer(&format!("/{}", path.join("/")))
            else {
                continue;
            };
            // what a macro or a loop puts there isn't there yet
            let settings: Map<_, _> = settings
                .iter()
                .filter(|(name, _)| !name.starts_with("Fn::"))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let settings = Value::Object(settings);
            let of = node.kind.cloudformation();
            for violation in schema::check_settings(Language::CloudFormation, of, &settings) {
                let steps = violation.path.split('/').skip(1);
                let steps: Vec<&str> = path.iter().copied().chain(steps).collect();
                // what is said of all settings together is said of the resource
                let place = (steps.len() > path.len()).then(|| document.place(&steps));
                let place = place.flatten().unwrap_or_else(|| node.place.clone());
                let found = refused(&violation, &node.logical_id, &place);
                outcome.diagnostics.push(found);
            }
        }
    }
    judge(outcome, allow)
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
    let mut outcome = terraform::graph(folder, files, given, load);
    if let Some(graph) = &outcome.graph {
        for file in files.iter().filter(|file| file.path.ends_with(".tf")) {
            // what can't be read is the reader's to say
            for block in terraform::read(&file.text).unwrap_or_default() {
                let ("resource", [of, label]) = (&*block.kind, block.labels.as_slice()) else {
                    continue;
                };
                for violation in schema::check_settings(Language::Terraform, of, &block.body) {
                    let node = graph.nodes.iter().find(|node| {
                        node.module.is_empty()
                            && node.kind.terraform() == of
                            && node.label.split('[').next() == Some(label)
                    });
                    let Some(node) = node else {
                        continue;
                    };
                    let property = node.properties.iter().find(|property| {
                        property
                            .terraform
                            .as_deref()
                            .and_then(|name| name.split('.').next())
                            == Some(&violation.property)
                    });
                    let place = property.and_then(|property| property.place.clone());
                    let place = place.as_ref().unwrap_or(&node.place);
                    let found = refused(&violation, &node.address(), place);
                    outcome.diagnostics.push(found);
                }
            }
        }
    }
    judge(outcome, allow)
}

/// What a schema refuses, as a finding.
fn refused(violation: &Violation, resource: &str, place: &Place) -> Diagnostic {
    Diagnostic::error("schema", violation.message.trim_start_matches('/'))
        .at(place)
        .about(resource)
        .allowed(format!("what the schema of {} says", violation.resource))
        .help(violation.help.unwrap_or("change the setting at this place"))
}

fn judge(outcome: Outcome, allow: &[String]) -> Validation {
    let broken = |found: &Diagnostic| found.is_error() && rule::BROKEN.contains(&found.code);
    match outcome.graph {
        Some(graph) => Validation {
            unreadable: outcome.diagnostics.iter().any(broken),
            diagnostics: rule::judge(&graph, outcome.diagnostics, allow),
        },
        None => Validation {
            diagnostics: outcome.diagnostics,
            unreadable: true,
        },
    }
}
