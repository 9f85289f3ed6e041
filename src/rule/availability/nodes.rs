//! How many nodes all shards may have together.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

use super::shards_setting;

pub(super) const RULE: Rule = Rule {
    code: "nodes",
    title: "More nodes than a cache can have",
    levels: Levels::ERROR,
    about: "All shards of a replication group have 500 nodes together at most, primaries and replicas counted, \
            and no quota goes beyond that. Use fewer shards of larger nodes, or fewer replicas.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 100",
            "ReplicasPerNodeGroup: 5",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 251",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 250",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 500",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let (Some(setting), Some(nodes)) = (shards_setting(&group), cache::nodes(check, &group))
        else {
            continue;
        };
        // too many shards are another rule's
        if nodes > 500 && cache::shards(&group).is_some_and(|shards| shards <= 500) {
            check
                .report(&setting, format!("{nodes} nodes"))
                .allowed("500 nodes in one replication group")
                .help("use fewer, larger nodes");
        }
    }
}
