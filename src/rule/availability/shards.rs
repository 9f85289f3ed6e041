//! How many shards there may be.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

use super::shards_setting;

pub(super) const RULE: Rule = Rule {
    code: "shards",
    title: "More shards than a cache can have",
    levels: Levels::ERROR,
    about: "A replication group has 1 to 500 shards, and more than 90 nodes only after the quota was raised. \
            AWS refuses any other number. Use fewer shards of larger nodes.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 501",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_cloudformation(template!("NumNodeGroups: 0")),
        Example::bad_terraform(module!(
            "num_node_groups = 501",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 3",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
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
        let Some(setting) = shards_setting(&group) else {
            continue;
        };
        let Some(shards) = cache::shards(&group) else {
            continue;
        };
        // in Terraform none is nothing said
        let least = i64::from(check.is_cloudformation());
        if !(least..=500).contains(&shards) {
            check
                .report(&setting, format!("{shards} shards"))
                .allowed("1 to 500 shards")
                .help(if shards < 1 {
                    "name at least one"
                } else {
                    "use fewer shards of larger nodes"
                });
        }
    }
}
