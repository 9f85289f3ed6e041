//! How many replicas a primary may have.

use crate::graph::{Kind, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "replicas",
    title: "More replicas than a primary can have",
    levels: Levels::ERROR,
    about: "A primary has 0 to 5 replicas, so that a shard has 1 to 6 nodes. AWS refuses any other number. \
            Use shards, which need cluster mode, or larger nodes for more capacity.",
    source: "CloudFormation resource schema (October 2026), ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("NumCacheClusters: 7")),
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 6",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{ReplicaCount: 1}, {ReplicaCount: 6}]",
        )),
        Example::bad_terraform(module!("num_cache_clusters = 7")),
        Example::bad_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = -1",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 6",
            "AutomaticFailoverEnabled: true"
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 5",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        // in Terraform none is nothing said
        let least = i64::from(check.is_cloudformation());
        if let (Some(setting), Some(nodes)) = (
            group.setting("NumCacheClusters"),
            group.integer("NumCacheClusters"),
        ) && !(least..=6).contains(&nodes)
        {
            let message = if nodes < 1 {
                format!("{nodes} nodes")
            } else {
                format!("{nodes} nodes: a primary and {} replicas", nodes - 1)
            };
            check
                .report(&setting, message)
                .allowed("1 to 6 nodes: a primary and 0 to 5 replicas")
                .help("add shards for more capacity");
        }
        if let (Some(setting), Some(replicas)) = (
            group.setting("ReplicasPerNodeGroup"),
            group.integer("ReplicasPerNodeGroup"),
        ) && !(0..=5).contains(&replicas)
        {
            check
                .report(&setting, format!("{replicas} replicas"))
                .allowed("0 to 5 replicas for each primary")
                .help("add shards for more capacity");
        }
        for shard in group.objects("NodeGroupConfiguration") {
            if let Some(setting) = group.within(shard, "ReplicaCount")
                && let Value::Integer(replicas) = setting.value()
                && !(0..=5).contains(replicas)
            {
                check
                    .report(&setting, format!("{replicas} replicas"))
                    .allowed("0 to 5 replicas for each primary")
                    .help("add shards for more capacity");
            }
        }
    }
}
