//! The cache of one side, and what is asked of it.

use crate::diagnostic::Place;
use crate::graph::{Graph, Kind, Node, Property, Value};
use crate::order::{Before, Transit, transit};

/// The only cache of a graph; of what was read, in each language that has it.
pub(super) struct Cache<'a> {
    /// The nodes, the template's first.
    pub(super) nodes: Vec<&'a Node>,
    /// What else there is, in the same order.
    pub(super) graphs: Vec<&'a Graph>,
}

impl<'a> Cache<'a> {
    pub(super) fn of(graph: &'a Graph) -> Option<Self> {
        Some(Self {
            nodes: vec![only(graph)?],
            graphs: vec![graph],
        })
    }

    pub(super) fn before(before: &'a Before) -> Option<Self> {
        let both = [&before.cloudformation, &before.terraform];
        let (nodes, graphs): (Vec<_>, Vec<_>) = both
            .into_iter()
            .flatten()
            .filter_map(|graph| Some((only(graph)?, graph)))
            .unzip();
        (!nodes.is_empty()).then_some(Self { nodes, graphs })
    }

    /// A setting by either of its names, in the first language that says it.
    pub(super) fn property(&self, name: &str) -> Option<&'a Property> {
        self.nodes.iter().find_map(|node| property(node, name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.property(name).is_some()
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        match &self.property(name)?.value {
            Value::Text(text) => text.literal(),
            _ => None,
        }
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match &self.property(name)?.value {
            Value::Bool(on) => Some(*on),
            Value::Text(text) => text.literal()?.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match &self.property(name)?.value {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn id(&self) -> Option<&'a str> {
        self.text("ReplicationGroupId")
    }

    pub(super) fn transit(&self) -> Option<Transit> {
        self.nodes.iter().find_map(|node| transit(node))
    }

    /// Where a setting is said, or the cache.
    pub(super) fn place(&self, name: &str) -> Option<&'a Place> {
        let said = self
            .property(name)
            .and_then(|property| property.place.as_ref());
        said.or_else(|| self.nodes.first().map(|node| &node.place))
    }
}

fn only(graph: &Graph) -> Option<&Node> {
    let mut caches = graph
        .nodes
        .iter()
        .filter(|node| node.kind == Kind::ReplicationGroup);
    caches.next().filter(|_| caches.next().is_none())
}

pub(super) fn property<'a>(node: &'a Node, name: &str) -> Option<&'a Property> {
    node.properties.iter().find(|property| is(property, name))
}

/// Whether a setting has that name in either language.
pub(super) fn is(property: &Property, name: &str) -> bool {
    property.cloudformation.as_deref() == Some(name) || property.terraform.as_deref() == Some(name)
}
