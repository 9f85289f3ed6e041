//! What one thing says of another: attributes, groups of the wrong kind, arguments that conflict.

mod attribute_unknown;
mod endpoint_cluster_mode;
mod global_conflict;
mod record_with_tls;
mod reference_kind;
mod replica_cluster;
mod security_group_name;
mod url_port;
mod vpc_mismatch;

use super::{Check, Finding, Resource, Rule};
use crate::diagnostic::Place;
use crate::graph::{
    Attribute, Document, Kind, Language, Output, Part, Property, Reference, Source, Text, Value,
};

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &endpoint_cluster_mode::RULE,
    &attribute_unknown::RULE,
    &reference_kind::RULE,
    &security_group_name::RULE,
    &url_port::RULE,
    &vpc_mismatch::RULE,
    &global_conflict::RULE,
    &record_with_tls::RULE,
    &replica_cluster::RULE,
];

/// One place at which something in the graph is referred to.
#[derive(Clone, Copy, Debug)]
struct Use<'g> {
    /// Who refers: a setting of a resource, or an output.
    by: By<'g>,
    /// The whole reference.
    reference: &'g Reference,
    /// The kind of what is referred to.
    kind: Kind,
    /// Its attribute.
    attribute: &'g Attribute,
}

#[derive(Clone, Copy, Debug)]
enum By<'g> {
    Setting(Resource<'g>, &'g Property),
    Output(&'g Output),
}

impl<'g> Use<'g> {
    fn new(by: By<'g>, reference: &'g Reference) -> Option<Self> {
        let Reference::Node {
            kind, attribute, ..
        } = reference
        else {
            return None;
        };
        Some(Self {
            by,
            reference,
            kind: *kind,
            attribute,
        })
    }

    /// What is referred to.
    fn target(&self, check: &Check<'g>) -> Option<Resource<'g>> {
        check.referred(&Value::Reference(self.reference.clone()))
    }

    /// Says that something is wrong with the reference.
    fn report<'c>(&self, check: &'c mut Check<'g>, message: String) -> &'c mut Finding {
        match self.by {
            By::Setting(resource, property) => check
                .report_resource(&resource, message)
                .at(property.place.as_ref()),
            By::Output(output) => check.report_place(&output.place, message),
        }
    }

    /// The attribute in the words of the file; nothing where it is the resource itself.
    fn name(&self, source: Source) -> Option<&'g str> {
        match source {
            Source::Read(Language::Terraform) => Some(&*self.attribute.terraform),
            _ => self.attribute.cloudformation.as_deref(),
        }
    }
}

/// Every place at which something in the graph is referred to.
fn uses<'g>(check: &Check<'g>) -> Vec<Use<'g>> {
    let mut uses = Vec::new();
    let kinds = Kind::ALL.into_iter().chain([Kind::Other]);
    for resource in kinds.flat_map(|kind| check.all(kind)) {
        for property in &resource.node.properties {
            collect(By::Setting(resource, property), &property.value, &mut uses);
        }
    }
    for output in &check.graph().outputs {
        collect(By::Output(output), &output.value, &mut uses);
    }
    uses
}

/// The references in a value.
fn collect<'g>(by: By<'g>, value: &'g Value, uses: &mut Vec<Use<'g>>) {
    match value {
        Value::Reference(reference) => uses.extend(Use::new(by, reference)),
        Value::Text(text) => within(by, text, uses),
        Value::List(values) => values.iter().for_each(|value| collect(by, value, uses)),
        Value::Map(_, entries) => {
            for entry in entries {
                within(by, &entry.value, uses);
            }
        }
        Value::Objects(objects) => {
            for inner in objects.iter().flatten() {
                // a setting of one of several objects has a place of its own
                let by = match by {
                    By::Setting(resource, _) if inner.place.is_some() => {
                        By::Setting(resource, inner)
                    }
                    by => by,
                };
                collect(by, &inner.value, uses);
            }
        }
        Value::Secret(secret) => within(by, secret.name(), uses),
        Value::Document(document) | Value::Json(document) => in_document(by, document, uses),
        Value::Bool(_) | Value::Integer(_) | Value::Number(_) | Value::Unknown => {}
    }
}

fn in_document<'g>(by: By<'g>, document: &'g Document, uses: &mut Vec<Use<'g>>) {
    match document {
        Document::Text(text) => within(by, text, uses),
        Document::Integer(_) | Document::Number(_) | Document::Bool(_) => {}
        Document::List(items) => items.iter().for_each(|item| in_document(by, item, uses)),
        Document::Object(members) => members
            .iter()
            .for_each(|(_, member)| in_document(by, member, uses)),
    }
}

/// The references inside of a text.
fn within<'g>(by: By<'g>, text: &'g Text, uses: &mut Vec<Use<'g>>) {
    for part in &text.0 {
        if let Part::Reference(reference) = part {
            uses.extend(Use::new(by, reference));
        }
    }
}

/// The attributes of a kind in a language; nothing for a kind that the table doesn't have.
fn attributes(kind: Kind, language: Language) -> Option<Vec<&'static str>> {
    let rows = include_str!("attributes.csv").lines();
    let mut rows = rows.filter(|line| !line.starts_with('#'));
    // by its CloudFormation type, or Terraform's where it has none
    let of = Some(kind.cloudformation()).filter(|name| !name.is_empty());
    let of = of.unwrap_or(kind.terraform());
    let row = rows.find(|line| line.split(',').next() == Some(of))?;
    let names = row.split(',').nth(match language {
        Language::CloudFormation => 1,
        Language::Terraform => 2,
    })?;
    Some(names.split_whitespace().collect())
}

/// What a kind is called in the language of the file.
fn called(check: &Check<'_>, resource: &Resource<'_>) -> String {
    let kind = resource.node.kind;
    let of = resource.node.of.clone();
    of.unwrap_or_else(|| match check.graph().source {
        Source::Read(Language::Terraform) => kind.terraform().to_owned(),
        _ => kind.cloudformation().to_owned(),
    })
}

/// Where the values of a list stand, one value being a list of its own.
fn values(value: &Value) -> &[Value] {
    match value {
        Value::List(values) => values,
        one => std::slice::from_ref(one),
    }
}

/// A place, for a help.
fn at(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!("; it is at {place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_attributes() {
        for kind in Kind::ALL {
            assert!(
                attributes(kind, Language::CloudFormation).is_some(),
                "{kind:?}"
            );
            let terraform = attributes(kind, Language::Terraform).unwrap_or_default();
            assert!(terraform.contains(&"id"), "{kind:?}");
        }
    }
}
