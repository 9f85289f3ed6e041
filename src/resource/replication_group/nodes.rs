use std::borrow::Cow;

use super::{Engine, EngineName};
use crate::diagnostic::Place;
use crate::facts;
use crate::lower::Lowering;
use crate::value::older;

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

impl Nodes {
    /// Whether AWS sells such nodes there, and whether they run that engine.
    pub(super) fn check(&self, cx: &mut Lowering, engine: &Engine, place: &Place) {
        let nodes = self;
        let name = &*nodes.node_type;
        let region = cx.region.as_str().to_owned();
        let Some(fact) = facts::node_type(name) else {
            let known_family = name.rsplit_once('.').is_some_and(|(family, _)| {
                facts::node_type(&format!("{family}.large")).is_some()
                    || facts::node_type(&format!("{family}.xlarge")).is_some()
                    || facts::node_type(&format!("{family}.micro")).is_some()
            });
            if known_family || !name.starts_with("cache.") || name.split('.').count() != 3 {
                cx.error(
                    "node-type",
                    place,
                    format!("node type {name:?} doesn't exist"),
                    sizes(name),
                    "use one of the constants of node_type",
                );
            } else {
                cx.warning(
                    "node-type-unknown",
                    place,
                    format!(
                        "node type {name:?} is not among those known in {}",
                        facts::READ
                    ),
                    "check the spelling; nothing about it can be checked",
                );
            }
            return;
        };
        if nodes.data_tiering != fact.data_tiering {
            cx.error(
                "data-tiering",
                place,
                format!(
                    "{name} {}",
                    if fact.data_tiering {
                        "is only usable with data tiering"
                    } else {
                        "has no data tiering"
                    }
                ),
                "data tiering on cache.r6gd, and on nothing else",
                "use the type's constant of node_type",
            );
        }
        if !fact.new_clusters {
            cx.error(
                "node-type",
                place,
                format!("{name} takes no new caches"),
                "a node type of the current generation",
                "use its successor, e.g. cache.t4g for cache.t2",
            );
        }
        let oldest = match engine.name() {
            EngineName::Redis => &fact.min_redis,
            EngineName::Valkey => &fact.min_valkey,
        };
        if oldest.is_empty() {
            cx.error(
                "node-type-engine",
                place,
                format!("{name} runs Valkey only"),
                "engine valkey",
                "use Engine::VALKEY_… or another node type",
            );
        } else if engine.can_be_made() && older(engine.version(), oldest) {
            cx.error(
                "node-type-engine",
                place,
                format!("{name} doesn't run {engine}"),
                format!("{} {oldest} or later", engine.name().as_str()),
                "raise the engine version or use another node type",
            );
        }
        if facts::sold_in(name, &region) == Some(false) {
            cx.error(
                "node-type-region",
                place,
                format!("{name} is not sold in {region}"),
                format!("the node types of {region} (facts of {})", facts::READ),
                "use another node type or region",
            );
        }
        if nodes.data_tiering && engine.fact().is_some_and(|fact| !fact.data_tiering) {
            cx.error(
                "data-tiering",
                place,
                format!("{engine} has no data tiering"),
                "redis 6.2 or later, or valkey",
                "raise the engine version",
            );
        }
    }
}

/// The sizes of a node type's family, or the families.
fn sizes(name: &str) -> String {
    let family = name.rsplit_once('.').map_or(name, |(family, _)| family);
    let same: Vec<&str> = facts::node_types()
        .filter(|known| known.rsplit_once('.').is_some_and(|(f, _)| f == family))
        .collect();
    if same.is_empty() {
        "cache.FAMILY.SIZE, such as cache.m7g.large".into()
    } else {
        same.join(", ")
    }
}
