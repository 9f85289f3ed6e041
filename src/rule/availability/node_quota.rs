//! More nodes than AWS allows without asking.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

use super::shards_setting;

/// AWS allows this many nodes in one replication group without asking.
const QUOTA: i64 = 90;

pub(super) const RULE: Rule = Rule {
    code: "node-quota",
    title: "More nodes than the default quota",
    levels: Levels::WARNING,
    about: "An account has a quota of 90 nodes in one replication group until it asks for more, and up to 500 can be had. \
            With the default quota the deployment fails after some minutes. Ask for a higher quota before deploying.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 31",
            "ReplicasPerNodeGroup: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 91",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 30",
            "ReplicasPerNodeGroup: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 90",
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
        if nodes > QUOTA && nodes <= 500 {
            check
                .report(
                    &setting,
                    format!("{nodes} nodes; AWS allows {QUOTA} in one replication group unless asked for more"),
                )
                .allowed(format!("{QUOTA} nodes, or as many as the account's quota says"))
                .help("raise the quota before deploying");
        }
    }
}
