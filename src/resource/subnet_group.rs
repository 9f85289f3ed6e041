//! The cache subnet group: where the nodes may be placed.

use crate::diagnostic::Place;
use crate::graph::{Entry, Kind, Node, Value};
use crate::lower::Lowering;
use crate::source::Subnets;
use crate::value::At;

/// A cache subnet group, made or used.
#[derive(Clone, Debug)]
pub struct SubnetGroup(Choice);

#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a definition holds a handful, for a moment"
)]
enum Choice {
    Make {
        subnets: Subnets,
        name: Option<At<String>>,
        description: Option<At<String>>,
        place: Place,
    },
    Existing {
        name: At<String>,
        /// Where somebody wanted to change it.
        lost: Vec<(&'static str, Place)>,
    },
}

impl SubnetGroup {
    /// A group of these subnets, named `<replication group>-subnets` unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn new(subnets: Subnets) -> Self {
        Self(Choice::Make {
            subnets,
            name: None,
            description: None,
            place: Place::here(),
        })
    }

    /// A group that exists already, by its name.
    #[track_caller]
    #[must_use]
    pub fn existing(name: &str) -> Self {
        Self(Choice::Existing {
            name: At::here(name),
            lost: Vec::new(),
        })
    }

    /// The group's name: at most 255 characters. An existing group keeps its own.
    #[track_caller]
    #[must_use]
    pub fn name(mut self, given: &str) -> Self {
        match &mut self.0 {
            Choice::Make { name, .. } => *name = Some(At::here(given)),
            Choice::Existing { lost, .. } => lost.push(("name", Place::here())),
        }
        self
    }

    /// The group's description.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, given: &str) -> Self {
        match &mut self.0 {
            Choice::Make { description, .. } => *description = Some(At::here(given)),
            Choice::Existing { lost, .. } => lost.push(("description", Place::here())),
        }
        self
    }

    /// The group's name, as a value for the replication group, where it is said, and the
    /// node where one is made.
    pub(crate) fn lower(
        &self,
        cx: &mut Lowering,
        replication_group: &str,
        tags: &[Entry],
    ) -> (Value, Option<Place>, Option<Node>) {
        match &self.0 {
            Choice::Existing { name, lost } => {
                cx.lost("subnet group", &name.value, lost);
                (Value::text(&*name.value), Some(name.place.clone()), None)
            }
            Choice::Make {
                subnets,
                name,
                description,
                place,
            } => {
                let mut node = Node::new(Kind::SubnetGroup, "SubnetGroup", "this", place);
                node.put(
                    "CacheSubnetGroupName",
                    "name",
                    name.as_ref().map_or_else(
                        || format!("{replication_group}-subnets"),
                        |at| at.value.clone(),
                    ),
                )
                .from(name.as_ref().map(|at| &at.place));
                node.put(
                    "Description",
                    "description",
                    description.as_ref().map_or_else(
                        || format!("Subnets of {replication_group}"),
                        |at| at.value.clone(),
                    ),
                )
                .from(description.as_ref().map(|at| &at.place));
                node.put("SubnetIds", "subnet_ids", subnets.lower(cx))
                    .from(subnets.place());
                node.put_tags(tags);
                (node.attribute(None, "name"), None, Some(node))
            }
        }
    }
}
