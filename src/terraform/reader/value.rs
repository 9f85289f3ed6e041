//! What expressions become.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::source::Span;
use crate::graph::Secret;

/// A value, as far as it can be known.
#[derive(Clone, Debug)]
pub(super) struct Val {
    pub data: Data,
    /// Where it stands itself: the text of a default, not the reference to it.
    pub span: Span,
    pub inputs: Inputs,
    /// How many values are inside each other.
    depth: u8,
}

#[derive(Clone, Debug)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Number(f64),
    Text(Rc<str>),
    /// A text that isn't known in full.
    Parts(Rc<[Part]>),
    List(Rc<[Val]>),
    Set(Rc<[Val]>),
    Object(Rc<Members>),
    /// The value of a variable that is only given when it is applied.
    Input(Rc<str>),
    /// A resource that stands once, or one of several.
    Node(Rc<NodeRef>),
    /// Resources of which nobody knows how many there are.
    Nodes(Rc<NodeRef>),
    /// What a resource will say of itself.
    Attribute(Rc<AttributeRef>),
    /// The module's number among the instances.
    Module(u32),
    /// Modules of which nobody knows how many there are.
    Modules(u32),
    Secret(Rc<Secret>),
    Unknown,
    /// An error that `try` and `can` would meet.
    Failed,
}

/// How many values may be inside each other.
const DEEPEST: u8 = 100;

fn deepest<'v>(values: impl Iterator<Item = &'v Val>) -> u8 {
    values.map(|value| value.depth).max().unwrap_or_default()
}

pub(super) type Members = BTreeMap<Rc<str>, Member>;

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub name: Span,
    pub value: Val,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Literal(String),
    Input(Rc<str>),
    Unknown,
}

#[derive(Debug)]
pub(super) struct NodeRef {
    /// The module's number among the instances.
    pub instance: u32,
    /// The resource's number in its module.
    pub resource: usize,
    pub repeat: Repeat,
}

#[derive(Debug)]
pub(super) struct AttributeRef {
    pub node: Rc<NodeRef>,
    /// Its name, and what is taken out of it: `cache_nodes[0].address`.
    pub path: String,
}

/// Which one of several a block is evaluated for.
#[derive(Clone, Debug)]
pub(super) enum Repeat {
    Once,
    Count(usize),
    Each(Rc<str>, Val),
    Unknown,
}

impl Repeat {
    fn depth(&self) -> u8 {
        match self {
            Self::Each(_, value) => value.depth,
            _ => 0,
        }
    }

    /// What stands behind its label.
    pub fn key(&self) -> Key {
        match self {
            Self::Once | Self::Unknown => Key::None,
            Self::Count(index) => Key::Index(*index),
            Self::Each(key, _) => Key::Name(key.clone()),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    None,
    Index(usize),
    Name(Rc<str>),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Name(name) => write!(f, "[{name:?}]"),
        }
    }
}

/// The names of the variables whose values are in a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs(Option<Rc<[Rc<str>]>>);

impl Inputs {
    /// So many are kept: more say nothing to anybody.
    const MOST: usize = 32;

    pub fn of(name: &Rc<str>) -> Self {
        Self(Some(Rc::from([name.clone()])))
    }

    pub fn names(&self) -> impl Iterator<Item = &Rc<str>> {
        self.0.iter().flat_map(|names| names.iter())
    }

    pub fn and(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (_, None) => self.clone(),
            (None, _) => other.clone(),
            (Some(ours), Some(theirs)) => {
                if theirs.iter().all(|name| ours.contains(name)) {
                    return self.clone();
                }
                let more = theirs.iter().filter(|name| !ours.contains(name));
                let all = ours.iter().chain(more).take(Self::MOST);
                Self(Some(all.cloned().collect()))
            }
        }
    }
}

impl Val {
    /// A value; unknown where it is deeper than anything that is ever used.
    pub fn new(data: Data, span: Span) -> Self {
        let inner = match &data {
            Data::List(items) | Data::Set(items) => deepest(items.iter()),
            Data::Object(members) => deepest(members.values().map(|member| &member.value)),
            Data::Node(node) | Data::Nodes(node) => node.repeat.depth(),
            Data::Attribute(attribute) => attribute.node.repeat.depth(),
            _ => 0,
        };
        let is_too_deep = inner >= DEEPEST;
        Self {
            data: if is_too_deep { Data::Unknown } else { data },
            span,
            inputs: Inputs::default(),
            depth: if is_too_deep { 0 } else { inner + 1 },
        }
    }

    /// The same with other data.
    pub fn replaced(self, data: Data) -> Self {
        let span = self.span;
        let inputs = self.inputs;
        Self::new(data, span).with(&inputs)
    }

    pub fn unknown(span: Span) -> Self {
        Self::new(Data::Unknown, span)
    }

    /// The same, with what else had a part in it.
    pub fn with(mut self, inputs: &Inputs) -> Self {
        self.inputs = self.inputs.and(inputs);
        self
    }

    pub fn is_failed(&self) -> bool {
        matches!(self.data, Data::Failed)
    }

    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }
}

impl Data {
    pub fn text(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    pub fn items(&self) -> Option<&Rc<[Val]>> {
        match self {
            Self::List(items) | Self::Set(items) => Some(items),
            _ => None,
        }
    }

    /// What it is as a text, where Terraform makes one of it.
    pub fn as_text(&self) -> Option<Rc<str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number_text(*number).into()),
            Self::Bool(value) => Some(if *value { "true" } else { "false" }.into()),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// A number as Terraform writes it. Fifteen digits are what a computation in binary leaves of
/// decimal ones.
pub(super) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return format!("{number:.0}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_terraform_writes_them() {
        for (number, text) in [
            (7.0, "7"),
            (7.1, "7.1"),
            (0.1 + 0.2, "0.3"),
            (-3.0, "-3"),
            (0.0, "0"),
            (6379.0, "6379"),
            (123_456_789_012.0, "123456789012"),
            (1e21, "1000000000000000000000"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }
}
