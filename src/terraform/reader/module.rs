//! A module: its blocks by what they declare.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::source::Span;
use super::syntax::{Attribute, Block, Body, Expr, ExprKind, Item};

/// What the files of one folder declare.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub variables: IndexMap<String, Block>,
    pub locals: IndexMap<String, Attribute>,
    pub resources: Vec<Resource>,
    resource_numbers: HashMap<String, HashMap<String, usize>>,
    /// What is read and not made: kind, name, block.
    pub data: HashMap<String, HashMap<String, Block>>,
    pub outputs: IndexMap<String, Block>,
    pub calls: IndexMap<String, Call>,
    pub providers: Vec<Block>,
    /// The versions of the AWS provider that it may be used with.
    pub wanted: Vec<String>,
    /// The values of variables that stand in files beside it; later ones win.
    pub given: Vec<Attribute>,
    pub comments: Vec<Remark>,
}

#[derive(Debug)]
pub(super) struct Resource {
    pub of: String,
    pub name: String,
    pub block: Block,
}

/// A module that is called.
#[derive(Debug)]
pub(super) struct Call {
    pub block: Block,
    /// Its number, where it could be read.
    pub module: Option<usize>,
}

/// What a comment for this tool says.
#[derive(Debug)]
pub(super) struct Remark {
    pub span: Span,
    /// The whole block that it is about, by where that begins; the module, where it is about none.
    pub about: Option<Span>,
    pub text: String,
}

/// A second declaration of the same name.
#[derive(Debug)]
pub(super) struct Twice {
    pub what: String,
    pub span: Span,
    pub first: Span,
}

impl Module {
    pub fn resource(&self, of: &str, name: &str) -> Option<usize> {
        self.resource_numbers.get(of)?.get(name).copied()
    }

    /// Adds what a file declares.
    pub fn add(&mut self, body: Body, twice: &mut Vec<Twice>) {
        for item in body.items {
            // an attribute at the top is met before
            if let Item::Block(block) = item {
                self.block(block, twice);
            }
        }
    }

    fn block(&mut self, mut block: Block, twice: &mut Vec<Twice>) {
        let kind = std::mem::take(&mut block.kind);
        let mut labels = std::mem::take(&mut block.labels).into_iter();
        let mut label = || labels.next().unwrap_or_default();
        let mut again = |what: String, span: Span, first: Span| {
            twice.push(Twice { what, span, first });
        };
        let head = block.head;
        match kind.as_str() {
            "variable" => {
                let name = label();
                match self.variables.get(&name) {
                    Some(first) => again(format!("variable `{name}`"), head, first.head),
                    None => {
                        self.variables.insert(name, block);
                    }
                }
            }
            "output" => {
                let name = label();
                match self.outputs.get(&name) {
                    Some(first) => again(format!("output `{name}`"), head, first.head),
                    None => {
                        self.outputs.insert(name, block);
                    }
                }
            }
            "module" => {
                let name = label();
                match self.calls.get(&name) {
                    Some(first) => again(format!("module `{name}`"), head, first.block.head),
                    None => {
                        self.calls.insert(
                            name,
                            Call {
                                block,
                                module: None,
                            },
                        );
                    }
                }
            }
            "locals" => {
                for item in block.body.items {
                    let Item::Attribute(attribute) = item else {
                        continue;
                    };
                    let name = attribute.name.clone();
                    match self.locals.get(&name) {
                        Some(first) => again(
                            format!("local value `{name}`"),
                            attribute.name_span,
                            first.name_span,
                        ),
                        None => {
                            self.locals.insert(name, attribute);
                        }
                    }
                }
            }
            "resource" => {
                let (of, name) = (label(), label());
                if let Some(first) = self.resource(&of, &name) {
                    let first = self.resources[first].block.head;
                    again(format!("resource `{of}.{name}`"), head, first);
                    return;
                }
                let number = self.resources.len();
                let names = self.resource_numbers.entry(of.clone()).or_default();
                names.insert(name.clone(), number);
                self.resources.push(Resource { of, name, block });
            }
            "data" | "ephemeral" => {
                let (of, name) = (label(), label());
                let of = if kind == "data" {
                    of
                } else {
                    format!("ephemeral.{of}")
                };
                let names = self.data.entry(of.clone()).or_default();
                match names.get(&name) {
                    Some(first) => {
                        again(format!("data source `{of}.{name}`"), head, first.head);
                    }
                    None => {
                        names.insert(name, block);
                    }
                }
            }
            "provider" => {
                block.labels = vec![label()];
                if block.labels[0] == "aws"
                    && let Some(version) = block.body.attribute("version")
                {
                    self.wanted.extend(version.value.text().map(str::to_owned));
                }
                self.providers.push(block);
            }
            "terraform" => {
                let required = block.body.blocks();
                let required = required.filter(|inner| inner.kind == "required_providers");
                let aws = required.filter_map(|inner| inner.body.attribute("aws"));
                let versions = aws.filter_map(|aws| version(&aws.value));
                self.wanted.extend(versions.map(str::to_owned));
            }
            _ => {}
        }
    }

    /// Whether it can't be used with that major version of the AWS provider, or a later one.
    pub fn is_pinned_before(&self, major: u64) -> bool {
        let mut constraints = self.wanted.iter().flat_map(|wanted| wanted.split(','));
        constraints.any(|constraint| excludes(constraint.trim(), major))
    }

    /// Puts what an override file says in the place of what it overrides.
    pub fn replace(&mut self, body: Body) {
        for item in body.items {
            let Item::Block(mut block) = item else {
                continue;
            };
            let label = |at: usize| block.labels.get(at).map_or("", String::as_str);
            let ours = match block.kind.as_str() {
                "locals" => {
                    for item in block.body.items {
                        if let Item::Attribute(attribute) = item {
                            self.locals.insert(attribute.name.clone(), attribute);
                        }
                    }
                    continue;
                }
                "resource" => self
                    .resource(label(0), label(1))
                    .map(|number| &mut self.resources[number].block),
                "data" => self
                    .data
                    .get_mut(label(0))
                    .and_then(|names| names.get_mut(label(1))),
                "variable" => self.variables.get_mut(label(0)),
                "output" => self.outputs.get_mut(label(0)),
                "module" => self.calls.get_mut(label(0)).map(|call| &mut call.block),
                "provider" => {
                    block.labels.truncate(1);
                    let of = block.labels.first().cloned();
                    let same = |ours: &&mut Block| ours.labels.first() == of.as_ref();
                    self.providers.iter_mut().find(same)
                }
                _ => None,
            };
            let Some(ours) = ours else { continue };
            ours.body.items.retain(|item| match item {
                Item::Attribute(old) => block.body.attribute(&old.name).is_none(),
                Item::Block(old) => !block.body.blocks().any(|new| new.kind == old.kind),
            });
            ours.body.items.append(&mut block.body.items);
        }
    }
}

/// The versions that are asked for: a text, or a text in an object.
fn version(required: &Expr) -> Option<&str> {
    match &required.kind {
        ExprKind::Object(members) => members
            .iter()
            .find(|(name, _)| {
                name.text() == Some("version")
                    || matches!(&name.kind, ExprKind::Name(name) if name == "version")
            })
            .and_then(|(_, value)| value.text()),
        _ => required.text(),
    }
}

/// Whether a constraint such as `~> 4.0` leaves out a major version and all later ones.
fn excludes(constraint: &str, major: u64) -> bool {
    let at = constraint
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(constraint.len());
    let (operator, version) = constraint.split_at(at);
    let numbers: Option<Vec<u64>> = version
        .trim()
        .split('.')
        .map(|number| number.parse().ok())
        .collect();
    let Some(numbers) = numbers else {
        return false;
    };
    let is_older = numbers[0] < major;
    match operator.trim() {
        "" | "=" | "<=" => is_older,
        // of `~> 4` any later version is one
        "~>" => is_older && numbers.len() > 1,
        "<" => is_older || numbers[0] == major && numbers[1..].iter().all(|number| *number == 0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::excludes;

    #[test]
    fn a_pin_leaves_out_what_is_newer() {
        for older in [
            "~> 4.0",
            "~> 3.27.0",
            "< 5.0",
            "< 5",
            "= 4.67.0",
            "4.67.0",
            "<= 4.99",
        ] {
            assert!(excludes(older, 5), "{older}");
        }
        for open in [
            "~> 4", ">= 4.0", "< 5.1", "<= 5.0.0", "~> 5.0", "!= 4.0", "x", "",
        ] {
            assert!(!excludes(open, 5), "{open}");
        }
    }
}
