//! The number of nodes said in two ways.

use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Source};
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "nodes-and-shards",
    title: "Nodes counted both as a whole and by shards",
    levels: Levels::ERROR,
    about: "NumCacheClusters counts the nodes of a single shard; NumNodeGroups and ReplicasPerNodeGroup count shards and the replicas of each. \
            Terraform refuses both kinds in one resource. CloudFormation has no use for the first beside the others, \
            and where the numbers differ, the cache isn't the one that the template seems to describe. Keep one of the two.",
    source: "Terraform AWS provider 6.66.0, ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 2",
            "NumNodeGroups: 3",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 3",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(module!(
            "num_cache_clusters = 2",
            "num_node_groups = 1",
            "automatic_failover_enabled = true",
        )),
        Example::bad_terraform(module!(
            "num_cache_clusters = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
        // one shard, said in two words that agree
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "NumNodeGroups: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 3",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = null",
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let Some(setting) = group.setting("NumCacheClusters") else {
            continue;
        };
        if !group.is_present("NumCacheClusters") {
            continue;
        }
        let beside: Vec<&str> = ["NumNodeGroups", "ReplicasPerNodeGroup"]
            .into_iter()
            .filter(|name| group.is_present(name))
            .collect();
        let Some(name) = beside.first() else {
            continue;
        };
        let other = group.word(name);
        if check.graph().source == Source::Read(Language::Terraform) {
            check
                .report(
                    &setting,
                    format!("{} together with {other}", setting.name()),
                )
                .allowed("one of the two")
                .help(format!(
                    "leave {} out: shards and replicas say how many nodes there are",
                    setting.name()
                ));
            continue;
        }
        let shards = cache::shards(&group);
        let replicas = group.integer("ReplicasPerNodeGroup");
        if shards.is_some_and(|shards| shards <= 1) && group.is_absent("ReplicasPerNodeGroup") {
            continue;
        }
        let (Some(nodes), Some(shards)) = (group.integer("NumCacheClusters"), shards) else {
            continue;
        };
        let sum = replicas.and_then(|replicas| shards.checked_mul(replicas.checked_add(1)?));
        let finding = match sum {
            Some(sum) if sum != nodes => check.report(
                &setting,
                format!(
                    "{} is {nodes}, and {shards} shards with {} replicas each are {sum} nodes",
                    setting.name(),
                    sum / shards.max(1) - 1,
                ),
            ),
            _ => check
                .report(&setting, format!("{} beside {other}", setting.name()))
                .level(Level::Warning),
        };
        finding.allowed("one of the two").help(format!(
            "leave {} out: shards and replicas say how many nodes there are",
            setting.name()
        ));
    }
}
