//! The number of shards against those that are described.

use crate::graph::{Kind, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "shard-count",
    title: "Another number of shards than are described",
    levels: Levels::ERROR,
    about: "Where shards are described one by one, there are as many descriptions as shards. \
            AWS refuses another number, because it couldn't tell which shard a description is about. \
            Describe each of them, or none.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 3",
            "NodeGroupConfiguration: [{ReplicaCount: 1}, {ReplicaCount: 2}]",
        )),
        Example::bad_terraform(module!(
            "automatic_failover_enabled = true",
            "num_node_groups = 3",
            "node_group_configuration {",
            "  node_group_id = \"0001\"",
            "  replica_count = 1",
            "}",
            "node_group_configuration {",
            "  node_group_id = \"0002\"",
            "  replica_count = 1",
            "}",
        )),
        Example::good_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{ReplicaCount: 1}, {ReplicaCount: 2}]",
        )),
        Example::good_terraform(module!(
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  node_group_id = \"0001\"",
            "  replica_count = 1",
            "}",
            "node_group_configuration {",
            "  node_group_id = \"0002\"",
            "  replica_count = 1",
            "}",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let (Some(setting), Some(shards), Some(Value::Objects(described))) = (
            group.setting("NumNodeGroups"),
            group.integer("NumNodeGroups"),
            group
                .setting("NodeGroupConfiguration")
                .map(|setting| setting.value()),
        ) else {
            continue;
        };
        if !described.is_empty() && i64::try_from(described.len()) != Ok(shards) {
            check
                .report(
                    &setting,
                    format!("{shards} shards, and {} are described", described.len()),
                )
                .allowed("one description for each shard, or none")
                .help(format!(
                    "say {}, or describe the others in {}",
                    described.len(),
                    group.word("NodeGroupConfiguration")
                ));
        }
    }
}
