//! Automatic failover where there is nothing to fail over to.

use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "failover-nodes",
    title: "Automatic failover without a replica",
    levels: Levels::ERROR,
    about: "When a primary is lost, automatic failover promotes a replica; with a single node there is none. \
            AWS refuses the combination with cluster mode disabled, and Terraform refuses it while planning. \
            A single shard without replicas is only possible with cluster mode enabled. \
            Add a replica, or turn automatic failover off.",
    source: "ElastiCache API errors in public issues, Terraform AWS provider 6.66.0, read November 2026",
    controls: &["cfn-lint E3026"],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 1",
            "AutomaticFailoverEnabled: true"
        )),
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: \"true\"",
        )),
        Example::bad_cloudformation(template!("AutomaticFailoverEnabled: true")),
        Example::bad_terraform(module!(
            "num_cache_clusters = 1",
            "automatic_failover_enabled = true"
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 1",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true"
        )),
        Example::good_cloudformation(template!("NumCacheClusters: 1")),
        // one shard without replicas, with cluster mode
        Example::good_cloudformation(template!(
            "CacheParameterGroupName: default.redis7.cluster.on",
            "EngineVersion: \"7.1\"",
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true"
        )),
        Example::good_terraform(module!(
            "parameter_group_name = \"default.redis7.cluster.on\"",
            "engine_version = \"7.1\"",
            "num_node_groups = 1",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 1",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let Some(setting) = group.setting("AutomaticFailoverEnabled") else {
            continue;
        };
        if group.bool("AutomaticFailoverEnabled") != Some(true) {
            continue;
        }
        // another rule speaks of several zones
        let several_zones = cache::multi_az(&group) == Some(true);
        let alone = cache::replicas(check, &group) == Some(0);
        let one = group.integer("NumCacheClusters") == Some(1);
        let disabled = cache::cluster_mode(check, &group) == Some(ClusterMode::Disabled);
        if (one || alone && disabled) && !(several_zones && alone) {
            check
                .report(&setting, format!("{} with one node", setting.name()))
                .allowed("automatic failover with 2 nodes or more")
                .help(format!(
                    "add a replica with {}, or turn it off",
                    group.word("NumCacheClusters")
                ));
        }
    }
}
