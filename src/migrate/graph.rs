//! Setting back what comes later, in a graph of what comes last.

use std::collections::HashSet;

use super::cache::is;
use crate::graph::{
    Document, Graph, Kind, Language, LookupKind, Node, Part, Property, Reference, SecretStore,
    Text, Value,
};
use crate::value::Id;

/// Changes the cache of a graph.
pub(super) fn edit(graph: &mut Graph, change: impl FnOnce(&mut Node)) {
    let mut nodes = graph.nodes.iter_mut();
    if let Some(node) = nodes.find(|node| node.kind == Kind::ReplicationGroup) {
        change(node);
    }
}

/// Takes settings away, by either of their names.
pub(super) fn remove(node: &mut Node, names: &[&str]) {
    node.properties
        .retain(|property| !names.iter().any(|name| is(property, name)));
}

/// Sets a setting that is there to another value.
pub(super) fn set(node: &mut Node, name: &str, value: impl Into<Value>) {
    if let Some(property) = node.properties.iter_mut().find(|one| is(one, name)) {
        property.value = value.into();
    }
}

/// Puts a setting behind another.
pub(super) fn put_after(node: &mut Node, name: &str, property: Property) {
    let at = node.properties.iter().position(|one| is(one, name));
    let at = at.map_or(node.properties.len(), |at| at + 1);
    node.properties.insert(at, property);
}

/// Takes away what nobody asks for any more: inputs and lookups that only what was set back used.
pub(super) fn prune(graph: &mut Graph, whole: &Graph, language: Language) {
    let (before, after) = (mentioned(whole, None), mentioned(graph, Some(language)));
    let gone: HashSet<Id> = before.difference(&after).cloned().collect();
    graph.lookups.retain(|lookup| !gone.contains(&lookup.id));
    graph.inputs.retain(|input| !gone.contains(&input.id));
}

/// Every input and lookup that is used, in a language or in any.
fn mentioned(graph: &Graph, language: Option<Language>) -> HashSet<Id> {
    let mut found = HashSet::new();
    let nodes = graph.nodes.iter();
    for node in nodes.filter(|node| language.is_none_or(|language| node.is_in(language))) {
        properties(&node.properties, language, &mut found);
    }
    for output in &graph.outputs {
        value(&output.value, language, &mut found);
        if let Some(name) = &output.export {
            text(name, &mut found);
        }
    }
    // what is looked up may be found by what is given, or by what else is looked up
    loop {
        let known = found.len();
        for lookup in &graph.lookups {
            if !found.contains(&lookup.id) {
                continue;
            }
            match &lookup.what {
                LookupKind::Export { name } => text(name, &mut found),
                LookupKind::Subnets { vpc, .. } | LookupKind::SecurityGroup { vpc, .. } => {
                    value(vpc, language, &mut found);
                }
                LookupKind::SecretVersion { secret, .. } => value(secret, language, &mut found),
                LookupKind::SecureString { parameter, .. } => text(parameter, &mut found),
                LookupKind::Vpc { .. }
                | LookupKind::RandomPassword { .. }
                | LookupKind::CallerIdentity => {}
            }
        }
        if found.len() == known {
            return found;
        }
    }
}

fn properties(all: &[Property], language: Option<Language>, found: &mut HashSet<Id>) {
    for property in all {
        let is_said = match language {
            None => true,
            Some(Language::CloudFormation) => property.cloudformation.is_some(),
            Some(Language::Terraform) => property.terraform.is_some(),
        };
        if is_said {
            value(&property.value, language, found);
        }
    }
}

fn value(of: &Value, language: Option<Language>, found: &mut HashSet<Id>) {
    match of {
        Value::Bool(_) | Value::Integer(_) | Value::Number(_) | Value::Unknown => {}
        Value::Text(of) => text(of, found),
        Value::List(items) => items.iter().for_each(|item| value(item, language, found)),
        Value::Map(_, entries) => entries.iter().for_each(|entry| text(&entry.value, found)),
        Value::Objects(all) => all.iter().for_each(|one| properties(one, language, found)),
        Value::Reference(of) => reference(of, found),
        Value::Secret(secret) => {
            found.insert(secret.lookup.clone());
            match &secret.store {
                SecretStore::SecretsManager { secret, .. } => text(secret, found),
                SecretStore::ParameterStore { name, .. } => text(name, found),
            }
        }
        Value::Document(of) | Value::Json(of) => document(of, found),
    }
}

fn document(of: &Document, found: &mut HashSet<Id>) {
    match of {
        Document::Text(of) => text(of, found),
        Document::Integer(_) | Document::Number(_) | Document::Bool(_) => {}
        Document::List(items) => items.iter().for_each(|item| document(item, found)),
        Document::Object(members) => members.iter().for_each(|(_, one)| document(one, found)),
    }
}

fn text(of: &Text, found: &mut HashSet<Id>) {
    for part in &of.0 {
        match part {
            Part::Input(id) => {
                found.insert(id.clone());
            }
            Part::AccountId => {
                found.insert(Id::known("caller-identity"));
            }
            Part::Reference(of) => reference(of, found),
            Part::Literal(_) | Part::StackName | Part::Unknown => {}
        }
    }
}

fn reference(of: &Reference, found: &mut HashSet<Id>) {
    match of {
        Reference::Input(id) | Reference::Lookup { id, .. } => {
            found.insert(id.clone());
        }
        Reference::Node { .. } => {}
    }
}
