//! One node, and nothing to take over from it.

use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "single-node",
    title: "A single node without a replica",
    levels: Levels::PRODUCTION,
    about: "When the only node of a cache is lost, or AWS patches it, everything in it is gone and nobody can connect until a new one is there. \
            One replica with automatic failover makes that a matter of seconds. \
            Add a replica, or say that this isn't production.",
    source: "",
    controls: &[
        "ElastiCache.3",
        "CT.ELASTICACHE.PR.3",
        "CKV2_AWS_50",
        "AwsSolutions-AEC4",
        "elasticache-repl-grp-auto-failover-enabled",
    ],
    examples: &[
        Example::bad_cloudformation(template!("NumCacheClusters: 1")),
        Example::bad_cloudformation(template!("AutomaticFailoverEnabled: false")),
        Example::bad_terraform(module!("num_cache_clusters = 1")),
        Example::bad_terraform(module!(
            "num_node_groups = 1",
            "replicas_per_node_group = 0"
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true"
        )),
        Example::good_cloudformation(template!(development; "NumCacheClusters: 1")),
        // what isn't known isn't questioned
        Example::good_terraform(concat!(
            "variable \"nodes\" {\n  type = number\n}\n\n",
            module!("num_cache_clusters = var.nodes"),
        )),
        Example::good_terraform(module!(development; "num_cache_clusters = 1")),
        // a replica that is a resource of its own
        Example::good_terraform(concat!(
            module!("num_cache_clusters = 1"),
            "\nresource \"aws_elasticache_cluster\" \"replica\" {\n",
            "  cluster_id           = \"shop-replica\"\n",
            "  replication_group_id = aws_elasticache_replication_group.cache.id\n",
            "}\n",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    // a rule about what the cache is for says more
    let precious = check
        .graph()
        .workloads
        .iter()
        .any(|at| !matches!(at.value, Workload::Cache | Workload::RateLimit));
    if precious && super::only_cache(check) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        let refused =
            cache::failover(check, &group) == Some(true) || cache::multi_az(&group) == Some(true);
        if !refused
            && cache::nodes(check, &group) == Some(1)
            && cache::cluster_mode(check, &group) != Some(ClusterMode::Enabled)
        {
            check
                .report_at(&group, "NumCacheClusters", "one node and no replica")
                .allowed("2 nodes or more with automatic failover")
                .help(format!(
                    "say 2 or more in {} and turn {} on",
                    group.word("NumCacheClusters"),
                    group.word("AutomaticFailoverEnabled"),
                ));
        }
    }
}
