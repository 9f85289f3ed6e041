use std::borrow::Cow;

/// A node type without data tiering: `node_type::M7G_LARGE`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeType(Cow<'static, str>);

/// A node type that keeps part of its data on SSD. It is only usable with data
/// tiering, and says so: `node_type::R6GD_XLARGE.data_tiering()`.
///
/// ```
/// use cachewright::prelude::*;
/// let node = node_type::R6GD_XLARGE.data_tiering();
/// ```
/// Other node types don't have it:
/// ```compile_fail,E0599
/// use cachewright::prelude::*;
/// let node = node_type::M7G_LARGE.data_tiering();
/// ```
/// and these have nothing else:
/// ```compile_fail,E0277
/// use cachewright::prelude::*;
/// let cache = ReplicationGroup::new("cache", Engine::REDIS_7_1, node_type::R6GD_XLARGE);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TieredNodeType(Cow<'static, str>);

/// What each node is: its type, and with it whether data is tiered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nodes {
    pub(crate) node_type: Cow<'static, str>,
    pub(crate) data_tiering: bool,
}

impl NodeType {
    const fn fixed(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A node type that this crate doesn't know yet: `cache.m9g.large`.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }
}

impl TieredNodeType {
    const fn fixed(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A node type with SSD that this crate doesn't know yet.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// Nodes of this type, with data tiering.
    #[must_use]
    pub fn data_tiering(self) -> Nodes {
        Nodes {
            node_type: self.0,
            data_tiering: true,
        }
    }
}

impl From<NodeType> for Nodes {
    fn from(node_type: NodeType) -> Self {
        Self {
            node_type: node_type.0,
            data_tiering: false,
        }
    }
}

/// The node types that AWS sells, one constant each.
pub mod node_type {
    use super::{NodeType, TieredNodeType};

    include!(concat!(env!("OUT_DIR"), "/node_types.rs"));
}
