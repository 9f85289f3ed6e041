//! How a cache survives: replicas, failover, zones, shards, snapshots, and what happens when it goes.

mod apply_immediately;
mod availability_zones;
mod cluster_mode_nodes;
mod cluster_mode_replicas;
mod cluster_mode_shards;
mod create_before_destroy;
mod cross_az_nodes;
mod failover_cluster_mode;
mod failover_nodes;
mod failover_off;
mod maintenance_window_unset;
mod minor_upgrades;
mod multi_az_failover;
mod multi_az_off;
mod multi_az_replicas;
mod multi_az_subnets;
mod multi_az_zones;
mod node_quota;
mod nodes;
mod nodes_and_shards;
mod online_resharding;
mod parameter_group_replacement;
mod prevent_destroy;
mod removal_production;
mod removal_snapshot;
mod replacement_production;
mod replicas;
mod restore_twice;
mod shard_count;
mod shard_id;
mod shards;
mod single_node;
mod slots;
mod snapshot_arns;
mod snapshot_retention;
mod snapshot_window_unused;
mod snapshot_zero_window;
mod snapshots_off;
mod snapshotting_cluster;
mod window_overlap;
mod zones_and_shards;
mod zones_shards;

use super::{Check, Resource, Rule, Setting, cache};
use crate::graph::Value;
use crate::workload::Workload;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &failover_nodes::RULE,
    &failover_cluster_mode::RULE,
    &failover_off::RULE,
    &multi_az_failover::RULE,
    &multi_az_replicas::RULE,
    &multi_az_subnets::RULE,
    &multi_az_zones::RULE,
    &multi_az_off::RULE,
    &availability_zones::RULE,
    &zones_shards::RULE,
    &zones_and_shards::RULE,
    &cross_az_nodes::RULE,
    &single_node::RULE,
    &replicas::RULE,
    &shards::RULE,
    &nodes::RULE,
    &node_quota::RULE,
    &nodes_and_shards::RULE,
    &shard_count::RULE,
    &shard_id::RULE,
    &slots::RULE,
    &cluster_mode_shards::RULE,
    &cluster_mode_nodes::RULE,
    &cluster_mode_replicas::RULE,
    &online_resharding::RULE,
    &snapshots_off::RULE,
    &snapshot_retention::RULE,
    &snapshot_window_unused::RULE,
    &snapshot_zero_window::RULE,
    &snapshotting_cluster::RULE,
    &snapshot_arns::RULE,
    &restore_twice::RULE,
    &window_overlap::RULE,
    &maintenance_window_unset::RULE,
    &minor_upgrades::RULE,
    &apply_immediately::RULE,
    &removal_production::RULE,
    &replacement_production::RULE,
    &removal_snapshot::RULE,
    &prevent_destroy::RULE,
    &create_before_destroy::RULE,
    &parameter_group_replacement::RULE,
];

/// Where the shards of a cache are counted or described.
fn shards_setting<'g>(group: &Resource<'g>) -> Option<Setting<'g>> {
    ["NumNodeGroups", "NodeGroupConfiguration"]
        .into_iter()
        .find_map(|name| group.setting(name))
}

/// The texts of a list that are known.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let values = match value {
        Value::List(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    values.iter().filter_map(|value| match value {
        Value::Text(text) => text.literal(),
        _ => None,
    })
}

/// The texts of a list where all of them are known.
fn all_texts(value: &Value) -> Option<Vec<&str>> {
    let Value::List(values) = value else {
        return None;
    };
    let known: Vec<&str> = texts(value).collect();
    (known.len() == values.len()).then_some(known)
}

/// Whether the graph has one cache, so that what is said of the whole is said of it.
fn only_cache(check: &Check<'_>) -> bool {
    cache::all(check).len() == 1
}

/// Whether somebody says that the cache only holds what may be lost.
fn is_disposable(check: &Check<'_>) -> bool {
    let workloads = &check.graph().workloads;
    !workloads.is_empty()
        && workloads
            .iter()
            .all(|at| matches!(at.value, Workload::Cache | Workload::RateLimit))
}
