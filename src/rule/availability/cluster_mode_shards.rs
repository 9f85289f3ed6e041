//! Several shards with cluster mode disabled.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "cluster-mode-shards",
    title: "Several shards with cluster mode disabled",
    levels: Levels::ERROR,
    about: "A cache with cluster mode disabled has one shard; several shards are what cluster mode is. \
            The two contradict each other, and AWS refuses them. Enable cluster mode, or keep one shard.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "ClusterMode: disabled",
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(module!(
            "cluster_mode = \"disabled\"",
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "ClusterMode: disabled",
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "cluster_mode = \"enabled\"",
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let Some(setting) = group.setting("ClusterMode") else {
            continue;
        };
        let Some(shards) = cache::shards(&group).filter(|shards| *shards > 1) else {
            continue;
        };
        if setting
            .text()
            .is_some_and(|mode| mode.eq_ignore_ascii_case("disabled"))
        {
            check
                .report(
                    &setting,
                    format!("cluster mode disabled with {shards} shards"),
                )
                .allowed("one shard, or cluster mode enabled")
                .help(format!(
                    "say enabled, or 1 in {}",
                    group.word("NumNodeGroups")
                ));
        }
    }
}
