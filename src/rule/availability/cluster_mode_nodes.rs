//! Cluster mode whose nodes are counted as if it were off.

use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "cluster-mode-nodes",
    title: "Cluster mode that says nodes instead of shards",
    levels: Levels::WARNING,
    about: "Cluster mode is on, and NumCacheClusters says how many nodes there are: that makes a single shard with replicas, \
            not as many shards. Nothing is spread, while clients must speak the cluster's protocol all the same. \
            Say NumNodeGroups and ReplicasPerNodeGroup, even for one shard, so that a reader sees what is meant.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "EngineVersion: \"7.0\"",
            "ClusterMode: enabled",
            "CacheParameterGroupName: default.redis7.cluster.on",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(module!(
            "engine_version = \"7.0\"",
            "parameter_group_name = \"default.redis7.cluster.on\"",
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
        // one shard, said as one
        Example::good_cloudformation(template!(
            "EngineVersion: \"7.0\"",
            "CacheParameterGroupName: default.redis7.cluster.on",
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        // the step between disabled and enabled
        Example::good_cloudformation(template!(
            "EngineVersion: \"7.0\"",
            "ClusterMode: compatible",
            "CacheParameterGroupName: default.redis7.cluster.on",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "engine_version = \"7.0\"",
            "parameter_group_name = \"default.redis7\"",
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let Some(setting) = group.setting("NumCacheClusters") else {
            continue;
        };
        let shards_said = !group.is_absent("NumNodeGroups")
            || !group.is_absent("ReplicasPerNodeGroup")
            || !group.is_absent("NodeGroupConfiguration");
        if !shards_said
            && group.is_present("NumCacheClusters")
            && cache::cluster_mode(check, &group) == Some(ClusterMode::Enabled)
        {
            check
                .report(
                    &setting,
                    format!("cluster mode with {} and no shards", setting.name()),
                )
                .allowed("shards and replicas, with cluster mode")
                .help(format!(
                    "say {} and {}, or use a parameter group without cluster mode",
                    group.word("NumNodeGroups"),
                    group.word("ReplicasPerNodeGroup"),
                ));
        }
    }
}
