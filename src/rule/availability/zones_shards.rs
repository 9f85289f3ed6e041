//! A list of zones for several shards.

use crate::graph::{Kind, Value};
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "zones-shards",
    title: "One list of availability zones for several shards",
    levels: Levels::ERROR,
    about: "PreferredCacheClusterAZs places the nodes of a single shard. With several shards AWS refuses it: \
            the zones stand in the configuration of each shard. Move them there, or leave them to AWS.",
    source: "ElastiCache API errors in public issues, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b]",
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1b\"]",
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b]",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let Some(setting) = group.setting("PreferredCacheClusterAZs") else {
            continue;
        };
        let Some(shards) = cache::shards(&group).filter(|shards| *shards > 1) else {
            continue;
        };
        let given = match setting.value() {
            Value::List(zones) => !zones.is_empty(),
            Value::Unknown => false,
            _ => true,
        };
        if given {
            check
                .report(&setting, format!("{} with {shards} shards", setting.name()))
                .allowed("it with one shard")
                .help(format!(
                    "say the zones of each shard in {}, or leave them out",
                    group.word("NodeGroupConfiguration")
                ));
        }
    }
}
