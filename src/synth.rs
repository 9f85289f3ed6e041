//! From a definition to the files that ship: lower, print, read back, validate.

use crate::diagnostic::{Diagnostic, Place};
use crate::environment::Environment;
use crate::graph::{Graph, Language, Node};
use crate::output::File;
use crate::rule;
use crate::schema::{self, Violation};
use crate::{cloudformation, handover, terraform};

/// What an environment becomes.
#[derive(Clone, Debug)]
pub struct Synthesis {
    /// The files, in a fixed order; none where there is an error.
    pub files: Vec<File>,
    /// Everything that is wrong or worth a second look.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers an environment, prints it in the languages asked for, and holds the printed
/// bytes against the schemas. Nothing is read from or written to disk.
#[must_use]
pub fn synthesize(environment: &Environment, languages: &[Language]) -> Synthesis {
    let (graph, lowered) = environment.lower();
    let diagnostics = rule::judge(&graph, lowered, &[]);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Synthesis {
            files: Vec::new(),
            diagnostics,
        };
    }
    let graphs: Vec<_> = languages
        .iter()
        .map(|language| (*language, &graph))
        .collect();
    let mut synthesis = print(environment, &graphs);
    synthesis.diagnostics.splice(0..0, diagnostics);
    synthesis
}

/// Prints graphs of an environment, one for each language, which may be others than its definition
/// comes to, and holds the printed bytes against the schemas. No rule is asked.
#[must_use]
pub fn print(environment: &Environment, graphs: &[(Language, &Graph)]) -> Synthesis {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    let mut template_bytes = None;
    for (language, graph) in graphs {
        match language {
            Language::CloudFormation => {
                let template = cloudformation::template(graph);
                let found = schema::check_template(&template);
                report(
                    environment,
                    graph,
                    "cloudformation/template.json",
                    found,
                    &mut diagnostics,
                );
                template_bytes = Some(template.len());
                files.push(File {
                    path: "cloudformation/template.json".into(),
                    contents: template,
                });
                files.extend(
                    cloudformation::parameters_example(graph).map(|contents| File {
                        path: "cloudformation/parameters.example.json".into(),
                        contents,
                    }),
                );
                files.extend(cloudformation::stack_policy(graph).map(|contents| File {
                    path: "cloudformation/stack-policy.json".into(),
                    contents,
                }));
            }
            Language::Terraform => {
                for (name, contents) in terraform::files(graph) {
                    let path = format!("terraform/{name}");
                    if name.ends_with(".tf") {
                        let found = schema::check_terraform(&contents);
                        report(environment, graph, &path, found, &mut diagnostics);
                    }
                    files.push(File { path, contents });
                }
            }
        }
    }
    // what is handed over speaks of both languages
    let module = graphs
        .iter()
        .find(|(language, _)| *language == Language::Terraform);
    if let (Some(bytes), Some((_, graph))) = (template_bytes, module) {
        files.extend(handover::files(graph, &environment.clients(), bytes));
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        files.clear();
    }
    Synthesis { files, diagnostics }
}

fn report(
    environment: &Environment,
    graph: &Graph,
    path: &str,
    violations: Vec<Violation>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.extend(violations.into_iter().map(|violation| {
        let place = place_of(graph, &violation).unwrap_or(environment.place());
        let what = if violation.resource.is_empty() {
            path.to_owned()
        } else {
            format!("{path}: {}", violation.resource)
        };
        Diagnostic::error("schema", format!("{what}: {}", violation.message))
            .at(place)
            .of(graph.environment.clone())
            .allowed("what the schema of this kind says")
            .help(violation.help.unwrap_or("change the setting at this place"))
    }));
}

/// The place in the definition of what a violation is about.
fn place_of<'a>(graph: &'a Graph, violation: &Violation) -> Option<&'a Place> {
    let (kind, name) = violation.resource.split_once('.')?;
    let is = |node: &&Node| {
        (node.kind.cloudformation() == kind && node.logical_id == name)
            || (node.kind.terraform() == kind && node.label == name)
    };
    let node = graph.nodes.iter().find(is)?;
    let property = node.properties.iter().find(|property| {
        [&property.cloudformation, &property.terraform]
            .into_iter()
            .flatten()
            .any(|name| name.split('.').next() == Some(&violation.property))
    });
    Some(
        property
            .and_then(|property| property.place.as_ref())
            .unwrap_or(&node.place),
    )
}
