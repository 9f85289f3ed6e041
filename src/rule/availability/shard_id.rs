//! The ids of shards that are described one by one.

use crate::graph::Kind;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule, Setting};

pub(super) const RULE: Rule = Rule {
    code: "shard-id",
    title: "A shard id that is malformed or used twice",
    levels: Levels::ERROR,
    about: "A shard's id has 1 to 4 digits, such as 0001, and belongs to one shard of the cache. \
            AWS refuses any other. Number the shards, or leave their ids to AWS.",
    source: "CloudFormation resource schema (October 2026), Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{NodeGroupId: first, ReplicaCount: 1}, {NodeGroupId: \"0002\", ReplicaCount: 1}]",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{NodeGroupId: \"0001\", ReplicaCount: 1}, {NodeGroupId: \"0001\", ReplicaCount: 1}]",
        )),
        Example::bad_terraform(module!(
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  node_group_id = \"00001\"",
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
            "NodeGroupConfiguration: [{NodeGroupId: \"0001\", ReplicaCount: 1}, {NodeGroupId: \"2\", ReplicaCount: 1}]",
        )),
        Example::good_terraform(module!(
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  node_group_id = \"1\"",
            "  replica_count = 1",
            "}",
            "node_group_configuration {",
            "  node_group_id = \"2\"",
            "  replica_count = 1",
            "}",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let mut seen: Vec<(&str, Setting<'_>)> = Vec::new();
        for shard in group.objects("NodeGroupConfiguration") {
            let Some(setting) = group.within(shard, "NodeGroupId") else {
                continue;
            };
            let Some(id) = setting.text() else {
                continue;
            };
            if !(1..=4).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_digit()) {
                check
                    .report(&setting, format!("shard id {id:?}"))
                    .allowed("1 to 4 digits")
                    .help("write it like 0001");
            } else if let Some((_, first)) = seen.iter().find(|(known, _)| *known == id) {
                let place = first.property.place.as_ref();
                let at =
                    place.map_or_else(String::new, |place| format!("; the first is at {place}"));
                check
                    .report(
                        &setting,
                        format!("shard id {id:?} is another shard's already"),
                    )
                    .allowed("one id for each shard")
                    .help(format!("give this one another{at}"));
            }
            seen.push((id, setting));
        }
    }
}
