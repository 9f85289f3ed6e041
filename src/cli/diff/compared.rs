//! Two environments: which differences somebody decided, and which follow from something else.

use std::fmt;

use crate::diagnostic::Place;
use crate::diff::{Report, Row};
use crate::environment::Environment;
use crate::graph::{Graph, Kind, Value};

/// Where a difference comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// The same but for the names of the two.
    Names,
    /// A default, which depends on the stage or on another setting.
    Default,
    /// Somebody says it in a definition, there.
    Decided(Vec<Place>),
    /// Only one of them makes it.
    OnlyOne,
    /// It is about the files.
    Files,
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Names => f.write_str("follows from the names"),
            Self::Default => {
                f.write_str("a default: follows from the stage, or from another setting")
            }
            Self::OnlyOne => f.write_str("only one of them makes it"),
            Self::Files => f.write_str("follows from the rest"),
            Self::Decided(places) => {
                f.write_str("decided at ")?;
                for (i, place) in places.iter().enumerate() {
                    let comma = if i > 0 { " and " } else { "" };
                    write!(f, "{comma}{}:{}", place.file, place.line)?;
                }
                Ok(())
            }
        }
    }
}

/// What each row of a report comes from.
pub fn meant(one: &Environment, other: &Environment, report: &Report) -> Vec<Meant> {
    let graphs = [one.lower().0, other.lower().0];
    let names = names(one, other, &graphs);
    report
        .rows
        .iter()
        .map(|row| of_row(row, &graphs, &names))
        .collect()
}

/// What the two are called, the longest first: their caches, their paths, their names.
fn names(one: &Environment, other: &Environment, graphs: &[Graph; 2]) -> Vec<(String, String)> {
    let id = |graph: &Graph| {
        let cache = graph
            .nodes
            .iter()
            .find(|node| node.kind == Kind::ReplicationGroup)?;
        let names = ["ReplicationGroupId"];
        let property = cache.properties.iter().find(|property| {
            property
                .cloudformation
                .as_deref()
                .is_some_and(|name| names.contains(&name))
        })?;
        match &property.value {
            Value::Text(text) => text.literal().map(str::to_owned),
            _ => None,
        }
    };
    let mut names = Vec::new();
    if let (Some(one), Some(other)) = (id(&graphs[0]), id(&graphs[1])) {
        names.push((one, other));
    }
    names.push((one.path(), other.path()));
    names.push((one.system().to_owned(), other.system().to_owned()));
    names.push((one.name().to_owned(), other.name().to_owned()));
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

fn of_row(row: &Row, graphs: &[Graph; 2], names: &[(String, String)]) -> Meant {
    let follows = row
        .entries()
        .all(|(_, entry)| match (&entry.old, &entry.new) {
            (Some(old), Some(new)) => {
                let renamed = names.iter().fold(old.to_string(), |text, (one, other)| {
                    // a name that is put in isn't looked at again
                    text.replace(one, &marked(other))
                });
                let is = new.to_string();
                renamed.replace('\u{e000}', "") == is
            }
            _ => false,
        });
    if follows && row.entries().next().is_some() {
        return Meant::Names;
    }
    let Some(kind) = row.kind else {
        return Meant::Files;
    };
    if row.setting.is_empty() {
        return Meant::OnlyOne;
    }
    let setting = row.setting.split(['.', '[']).next().unwrap_or_default();
    let mut places = Vec::new();
    for graph in graphs {
        let nodes = graph.nodes.iter().filter(|node| node.kind == kind);
        for node in nodes.filter(|node| {
            row.subject.contains(&node.logical_id) || row.subject.contains(&node.address())
        }) {
            for property in &node.properties {
                let is_it = [&property.cloudformation, &property.terraform]
                    .into_iter()
                    .flatten()
                    .any(|name| name.split(['.', '/']).next() == Some(setting));
                if !is_it {
                    continue;
                }
                places.extend(property.place.clone());
                if let Value::Map(_, entries) = &property.value {
                    let key = row.setting.split_once('.').map(|(_, key)| key);
                    let it = entries.iter().filter(|entry| Some(&*entry.name) == key);
                    places.extend(it.filter_map(|entry| entry.place.clone()));
                }
            }
            if matches!(
                setting,
                "DeletionPolicy" | "UpdateReplacePolicy" | "lifecycle"
            ) {
                places.extend(node.removal_place.clone());
            }
        }
    }
    places.sort();
    places.dedup();
    if places.is_empty() {
        Meant::Default
    } else {
        Meant::Decided(places)
    }
}

/// A text that no later name is found in.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    for c in text.chars() {
        marked.push(c);
        marked.push('\u{e000}');
    }
    marked
}
