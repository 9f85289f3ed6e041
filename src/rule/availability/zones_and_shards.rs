//! Zones in a list beside zones in each shard.

use crate::graph::{Kind, Language, Source, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "zones-and-shards",
    title: "Availability zones beside a configuration of shards",
    levels: Levels::ERROR,
    about: "In Terraform preferred_cache_cluster_azs and node_group_configuration exclude each other, and the provider refuses both in one resource. \
            The zones of a shard stand in its configuration. Keep one of the two.",
    source: "Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(module!(
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1b\"]",
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  node_group_id = \"0001\"",
            "  replica_count = 1",
            "}",
        )),
        Example::good_terraform(module!(
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  node_group_id              = \"0001\"",
            "  replica_count              = 1",
            "  primary_availability_zone  = \"eu-west-1a\"",
            "  replica_availability_zones = [\"eu-west-1b\"]",
            "}",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1b\"]",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b]",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::Terraform) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        if let Some(setting) = group.setting("PreferredCacheClusterAZs")
            && matches!(setting.value(), Value::List(zones) if !zones.is_empty())
            && !group.objects("NodeGroupConfiguration").is_empty()
        {
            check
                .report(
                    &setting,
                    format!(
                        "{} together with {}",
                        setting.name(),
                        group.word("NodeGroupConfiguration")
                    ),
                )
                .allowed("one of the two")
                .help("move the zones into the configuration of each shard");
        }
    }
}
