//! Shards without replicas.

use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "cluster-mode-replicas",
    title: "Shards without replicas",
    levels: Levels::PRODUCTION,
    about: "A shard without a replica has nothing to fail over to: when its node is lost, its keys are lost, \
            and by default the whole cache answers no more until a new node is there. \
            The more shards there are, the sooner it happens. Give each shard one replica at least.",
    source: "",
    controls: &["ElastiCache.3"],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 3",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{ReplicaCount: 1}, {ReplicaCount: 0}]",
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 3",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 3",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_cloudformation(template!(
            development;
            "NumNodeGroups: 3",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 3",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let several_zones = cache::multi_az(&group) == Some(true);
        if several_zones
            || cache::cluster_mode(check, &group) != Some(ClusterMode::Enabled)
            || cache::replicas(check, &group) != Some(0)
        {
            continue;
        }
        let name = ["ReplicasPerNodeGroup", "NodeGroupConfiguration"]
            .into_iter()
            .find(|name| group.setting(name).is_some())
            .unwrap_or("NumNodeGroups");
        check
            .report_at(&group, name, "shards without replicas")
            .allowed("1 replica or more in each shard")
            .help(format!(
                "say 1 or more in {}",
                group.word("ReplicasPerNodeGroup")
            ));
    }
}
