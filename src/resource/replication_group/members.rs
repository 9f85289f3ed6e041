//! The members of a replication group, by the ids that ElastiCache gives them: what metrics
//! are published for, and what is rebooted or failed over by hand.
//!
//! An id belongs to a place in the group, not to a role: after a failover the same ids are
//! there and another one is the primary, and a node that is replaced has the id of the one before.

use super::topology::{Shards, Topology};
use super::{AnyReplicationGroup, Membership};

/// Who is in a replication group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Members {
    /// `oms-redis-prod-001`, or `oms-redis-prod-0001-001` with cluster mode enabled.
    pub ids: Vec<String>,
    /// There are replicas, so that somebody has a primary to follow.
    pub has_replicas: bool,
    /// Autoscaling may take some of them away: these are all that there can be.
    pub scaled: bool,
}

impl AnyReplicationGroup {
    /// Its members, from the definition's own numbers.
    pub(crate) fn members(&self) -> Members {
        // ElastiCache keeps ids in lower case
        let group = self.id().value.to_ascii_lowercase();
        let plain = |replicas: u8| Members {
            ids: (1..=u16::from(replicas) + 1)
                .map(|node| format!("{group}-{node:03}"))
                .collect(),
            has_replicas: replicas > 0,
            scaled: false,
        };
        match &self.membership {
            Membership::Secondary(secondary) => plain(secondary.replicas),
            Membership::Standalone(own) => match &own.topology {
                None | Some(Topology::SingleNode(_)) => plain(0),
                Some(Topology::Replicated(it)) => plain(it.replicas),
                Some(Topology::Compatible(it)) => plain(it.replicas),
                Some(Topology::Sharded(sharded)) => {
                    let shards = match &sharded.shards {
                        Shards::Alike { .. } => {
                            let topology = Topology::Sharded(sharded.clone());
                            let replicas = topology.max_replicas();
                            (1..=topology.max_shards())
                                .map(|shard| (format!("{shard:04}"), replicas))
                                .collect()
                        }
                        Shards::Each(each) => each
                            .iter()
                            .zip(1..)
                            .map(|(shard, number)| {
                                let id = shard.id.as_ref().map(|at| at.value.clone());
                                let replicas = shard.replicas.as_ref().map_or(0, |at| at.value);
                                let replicas = u16::from(replicas);
                                (id.unwrap_or_else(|| format!("{number:04}")), replicas)
                            })
                            .collect::<Vec<_>>(),
                    };
                    Members {
                        has_replicas: shards.iter().any(|(_, replicas)| *replicas > 0),
                        ids: shards
                            .iter()
                            .flat_map(|(shard, replicas)| {
                                let group = &group;
                                (1..=*replicas + 1)
                                    .map(move |node| format!("{group}-{shard}-{node:03}"))
                            })
                            .collect(),
                        scaled: sharded.scaled_shards.is_some()
                            || sharded.scaled_replicas.is_some(),
                    }
                }
            },
        }
    }

    /// The node type's name, where the group decides on it.
    pub(crate) fn node_type(&self) -> Option<&str> {
        match &self.membership {
            Membership::Standalone(own) => Some(&own.nodes.value.node_type),
            Membership::Secondary(_) => None,
        }
    }

    /// Whether it is the secondary of a global datastore.
    pub(crate) fn is_secondary(&self) -> bool {
        matches!(self.membership, Membership::Secondary(_))
    }
}
