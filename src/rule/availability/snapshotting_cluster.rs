//! A node that takes the snapshots, where every shard takes its own.

use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::template;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "snapshotting-cluster",
    title: "A snapshotting node with cluster mode",
    levels: Levels::ERROR,
    about: "SnapshottingClusterId names the node from which daily snapshots are taken, and only a cache with a single shard has one. \
            With cluster mode AWS refuses it: every shard takes its own. Leave it out.",
    source: "ElastiCache API errors in public issues, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "SnapshotRetentionLimit: 7",
            "SnapshottingClusterId: shop-0001-002",
        )),
        Example::bad_cloudformation(template!(
            "EngineVersion: \"7.1\"",
            "CacheParameterGroupName: default.redis7.cluster.on",
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "SnapshotRetentionLimit: 7",
            "SnapshottingClusterId: shop-0001-002",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
            "SnapshotRetentionLimit: 7",
            "SnapshottingClusterId: shop-002",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        if let Some(setting) = group.setting("SnapshottingClusterId")
            && group.is_present("SnapshottingClusterId")
            && cache::cluster_mode(check, &group) == Some(ClusterMode::Enabled)
        {
            check
                .report(&setting, "SnapshottingClusterId with cluster mode")
                .allowed("it with cluster mode disabled")
                .help("leave it out: every shard takes its own snapshots");
        }
    }
}
