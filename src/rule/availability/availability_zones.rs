//! The zones in which nodes are placed, against the nodes that there are.

use crate::graph::{Kind, Source, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Resource, Rule};

use super::texts;

pub(super) const RULE: Rule = Rule {
    code: "availability-zones",
    title: "Availability zones that don't fit the nodes or the region",
    levels: Levels::ERROR,
    about: "Where zones are named, there is one for each node, the primary's first; in a shard's own configuration one for each replica. \
            AWS refuses any other number, and names that aren't zones of the region that the cache is in. \
            Name as many zones as nodes, or none and let AWS choose.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 3",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b]",
        )),
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 2",
            "PreferredCacheClusterAZs: [eu-west-1, eu-west-1b]",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NodeGroupConfiguration:",
            "  - {NodeGroupId: \"0001\", ReplicaCount: 2, PrimaryAvailabilityZone: eu-west-1a, ReplicaAvailabilityZones: [eu-west-1b]}",
            "  - {NodeGroupId: \"0002\", ReplicaCount: 2}",
            "NumNodeGroups: 2",
        )),
        Example::bad_terraform(module!(
            "num_cache_clusters = 3",
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1b\"]",
        )),
        Example::bad_terraform(module!(
            "num_cache_clusters = 1",
            "preferred_cache_cluster_azs = [\"euw1-az1\"]",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 3",
            "PreferredCacheClusterAZs: [eu-west-1a, eu-west-1b, eu-west-1a]",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "PreferredCacheClusterAZs: [us-west-2-lax-1a, us-west-2-lax-1a]",
        )),
        Example::good_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NodeGroupConfiguration:",
            "  - {NodeGroupId: \"0001\", ReplicaCount: 1, PrimaryAvailabilityZone: eu-west-1a, ReplicaAvailabilityZones: [eu-west-1b]}",
            "  - {NodeGroupId: \"0002\", ReplicaCount: 1}",
            "NumNodeGroups: 2",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "preferred_cache_cluster_azs = [\"eu-west-1a\", \"eu-west-1b\"]",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "preferred_cache_cluster_azs = []"
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        count(
            check,
            &group,
            "PreferredCacheClusterAZs",
            "NumCacheClusters",
        );
        names(check, &group, "PreferredCacheClusterAZs");
        shards(check, &group);
    }
    for cluster in check.all(Kind::CacheCluster) {
        count(
            check,
            &cluster,
            "PreferredAvailabilityZones",
            "NumCacheNodes",
        );
        names(check, &cluster, "PreferredAvailabilityZones");
    }
}

fn count<'g>(check: &mut Check<'g>, resource: &Resource<'g>, zones: &str, nodes: &str) {
    let (Some(setting), Some(list)) = (resource.setting(zones), resource.list(zones)) else {
        return;
    };
    let Some(nodes) = resource.integer(nodes).filter(|nodes| *nodes > 0) else {
        return;
    };
    if !list.is_empty() && i64::try_from(list.len()) != Ok(nodes) {
        check
            .report(
                &setting,
                format!("{} availability zones for {nodes} nodes", list.len()),
            )
            .allowed("one zone for each node, the primary's first")
            .help(format!("name {nodes}, or none"));
    }
}

fn names<'g>(check: &mut Check<'g>, resource: &Resource<'g>, name: &str) {
    let Some(setting) = resource.setting(name) else {
        return;
    };
    for zone in texts(setting.value()) {
        if let Some(region) = misplaced(check.region(), zone) {
            check
                .report(
                    &setting,
                    format!("{zone:?} isn't an availability zone of {region}"),
                )
                .allowed(placed(region))
                .help("name a zone of the region that the cache is in");
        }
    }
}

fn shards<'g>(check: &mut Check<'g>, group: &Resource<'g>) {
    for shard in group.objects("NodeGroupConfiguration") {
        let count = match group.within(shard, "ReplicaCount") {
            Some(count) => match count.value() {
                Value::Integer(count) => Some(*count),
                _ => None,
            },
            // a definition that says nothing means none
            None => (check.graph().source == Source::Definition).then_some(0),
        };
        let listed = group.within(shard, "ReplicaAvailabilityZones");
        if let (Some(count), Some(setting)) = (count, &listed)
            && let Value::List(list) = setting.value()
            && !list.is_empty()
            && i64::try_from(list.len()) != Ok(count)
        {
            check
                .report(
                    setting,
                    format!("{} availability zones for {count} replicas", list.len()),
                )
                .allowed("one zone for each replica")
                .help("name as many zones as replicas");
        }
        for setting in [listed, group.within(shard, "PrimaryAvailabilityZone")]
            .into_iter()
            .flatten()
        {
            for zone in texts(setting.value()) {
                if let Some(region) = misplaced(check.region(), zone) {
                    check
                        .report(
                            &setting,
                            format!("{zone:?} isn't an availability zone of {region}"),
                        )
                        .allowed(placed(region))
                        .help("name a zone of the region that the cache is in");
                }
            }
        }
    }
}

/// The region that a text isn't a zone of: the cache's, or any at all.
fn misplaced<'a>(region: Option<&'a str>, zone: &str) -> Option<&'a str> {
    match region {
        Some(region) => (!is_zone_of(region, zone)).then_some(region),
        None => {
            let ends = zone.strip_suffix(|c: char| c.is_ascii_lowercase());
            let named = ends.is_some_and(|rest| {
                rest.ends_with(|c: char| c.is_ascii_digit()) && rest.split('-').count() >= 3
            });
            (!named).then_some("any region")
        }
    }
}

fn placed(region: &str) -> String {
    let known = region.contains('-');
    let example = if known { region } else { "eu-west-1" };
    let region = if known { region } else { "a region" };
    format!("{region} and a letter, such as {example}a")
}

/// `us-east-1a`, or a local zone such as `us-west-2-lax-1a`.
fn is_zone_of(region: &str, zone: &str) -> bool {
    let Some(rest) = zone.strip_prefix(region) else {
        return false;
    };
    let local = rest.starts_with('-')
        && rest.ends_with(|c: char| c.is_ascii_lowercase())
        && rest
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    local || matches!(rest.as_bytes(), [b'a'..=b'z'])
}
