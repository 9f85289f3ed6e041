//! Several availability zones, and every node placed in one.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

use super::all_texts;

pub(super) const RULE: Rule = Rule {
    code: "multi-az-zones",
    title: "Multi-AZ with every node in one availability zone",
    levels: Levels::ERROR,
    about: "Multi-AZ keeps a replica in another availability zone than its primary, and the zones that are named here are all the same. \
            The two contradict each other. Name another zone for a replica, leave the zones to AWS, or turn Multi-AZ off.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: true",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1a]",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration:",
            "  - {ReplicaCount: 1, PrimaryAvailabilityZone: eu-west-1a, ReplicaAvailabilityZones: [eu-west-1a]}",
            "  - {ReplicaCount: 1, PrimaryAvailabilityZone: eu-west-1b, ReplicaAvailabilityZones: [eu-west-1a]}",
        )),
        Example::bad_terraform(module!(
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
            "multi_az_enabled = true",
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1a\"]",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 3",
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: true",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b, eu-west-1a]",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1a\"]",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        if cache::multi_az(&group) != Some(true) {
            continue;
        }
        if let Some(setting) = group.setting("PreferredCacheClusterAZs") {
            let named = all_texts(setting.value()).unwrap_or_default();
            if let [first, rest @ ..] = named.as_slice()
                && !rest.is_empty()
                && rest.iter().all(|zone| zone == first)
            {
                check
                    .report(&setting, format!("Multi-AZ with every node in {first}"))
                    .allowed("replicas in another zone than their primary")
                    .help("name another zone for a replica, or turn Multi-AZ off");
            }
        }
        for shard in group.objects("NodeGroupConfiguration") {
            let Some(setting) = group.within(shard, "PrimaryAvailabilityZone") else {
                continue;
            };
            let (Some(primary), Some(replicas)) = (
                setting.text(),
                group.within(shard, "ReplicaAvailabilityZones"),
            ) else {
                continue;
            };
            let others = all_texts(replicas.value()).unwrap_or_default();
            if !others.is_empty() && others.iter().all(|zone| *zone == primary) {
                check
                    .report(&setting, format!("Multi-AZ with every node in {primary}"))
                    .allowed("replicas in another zone than their primary")
                    .help("name another zone for a replica, or turn Multi-AZ off");
            }
        }
    }
}
