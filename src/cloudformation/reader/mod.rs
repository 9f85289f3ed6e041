//! The CloudFormation reader: anybody's template, in JSON or YAML, as the graph that a
//! definition would be lowered to.

mod evaluate;
mod graph;
mod json;
mod loops;
mod notes;
mod parameters;
mod references;
mod template;
mod text;
mod tree;
mod yaml;

use tree::{Mark, Tree, What, unreadable};

use crate::diagnostic::{Diagnostic, Place};
use crate::read::{Given, Outcome};

/// How large a text may be. CloudFormation takes 1 MB.
const LARGEST: usize = 4 << 20;

/// A template as it was read, before anything in it is computed.
#[derive(Clone, Debug)]
pub struct Document {
    file: String,
    root: Tree,
    findings: Vec<Diagnostic>,
}

/// Reads a template, in JSON or YAML.
#[must_use]
pub fn graph(file: &str, text: &str, given: &Given) -> Outcome {
    match Document::parse(file, text) {
        Ok(document) => document.graph(given),
        Err(finding) => Outcome::unreadable(*finding),
    }
}

impl Document {
    /// Reads a text, in JSON where it begins with a brace, and else in YAML.
    ///
    /// # Errors
    /// The text is neither, or it is too large or too deep for a template.
    pub fn parse(file: &str, text: &str) -> Result<Self, Box<Diagnostic>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let start = Mark { line: 1, column: 1 };
        if text.len() > LARGEST {
            return Err(Box::new(
                unreadable(
                    file,
                    start,
                    format!("a text of {} bytes is too large for a template", text.len()),
                )
                .allowed("4 MiB here; CloudFormation itself takes at most 1 MB")
                .help("split it into several stacks"),
            ));
        }
        let mut findings = Vec::new();
        let root = if is_json(text) {
            json::parse(file, text, &mut findings)?
        } else {
            yaml::parse(file, text, &mut findings)?
        };
        Ok(Self {
            file: file.to_owned(),
            root,
            findings,
        })
    }

    /// The graph that the template comes to.
    #[must_use]
    pub fn graph(&self, given: &Given) -> Outcome {
        graph::graph(&self.file, &self.root, &self.findings, given)
    }

    /// The template as JSON: functions in their long form, numbers and booleans as
    /// CloudFormation takes them.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        self.root.json()
    }

    /// Where a value stands, by the names and positions that lead to it.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Option<Place> {
        let mut tree = &self.root;
        for step in path {
            tree = match &tree.what {
                What::List(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => tree.get(step)?,
            };
        }
        Some(tree.mark.place(&self.file))
    }

    /// Where a name stands, by the names and positions that lead to its value.
    #[must_use]
    pub fn name_place(&self, path: &[&str]) -> Option<Place> {
        let (last, path) = path.split_last()?;
        let mut tree = &self.root;
        for step in path {
            tree = match &tree.what {
                What::List(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => tree.get(step)?,
            };
        }
        let member = tree.member(last)?;
        Some(member.mark.place(&self.file))
    }
}

fn is_json(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\r', '\n'])
        .starts_with(['{', '['])
}

/// Whether a text seems to be a template, at a glance: whoever walks through a folder passes by
/// everything else in JSON and YAML.
#[must_use]
pub fn is_template(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_json(text) {
        return text.contains("\"AWSTemplateFormatVersion\"")
            || text.contains("\"Resources\"") && text.contains("\"AWS::");
    }
    let mut resources = false;
    let mut types = false;
    for line in text.lines() {
        if let Some(rest) = section(line, "Transform") {
            if rest.contains("AWS::") {
                return true;
            }
        } else if section(line, "AWSTemplateFormatVersion").is_some() {
            return true;
        } else if section(line, "Resources").is_some() {
            resources = true;
        } else if resources && line.contains("Type") && line.contains("AWS::") {
            types = true;
        }
        if resources && types {
            return true;
        }
    }
    false
}

/// What stands after a name at the margin.
fn section<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let rest = match line.as_bytes().first()? {
        quote @ (b'"' | b'\'') => line[1..]
            .strip_prefix(name)?
            .strip_prefix(char::from(*quote))?,
        _ => line.strip_prefix(name)?,
    };
    rest.trim_start().strip_prefix(':')
}
