//! What several rules ask of a cache. Every answer is `None` where anything that it depends
//! on isn't known.

use crate::facts;
use crate::graph::{Kind, Language, Source, Value};

use super::{Check, Resource};

/// How a replication group relates to the engine's cluster mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClusterMode {
    /// One shard, reached at its primary's endpoint.
    Disabled,
    /// The step between the two: the engine runs in cluster mode, and the primary's endpoint
    /// still answers.
    Compatible,
    /// Shards, reached at the configuration endpoint.
    Enabled,
}

impl ClusterMode {
    /// Whether the engine's parameter `cluster-enabled` is `yes`.
    pub(super) fn is_on(self) -> bool {
        self != Self::Disabled
    }
}

/// Everything of several kinds.
pub(super) fn all_of<'g>(check: &Check<'g>, kinds: &[Kind]) -> Vec<Resource<'g>> {
    kinds.iter().flat_map(|kind| check.all(*kind)).collect()
}

/// Every cache that is made of nodes.
pub(super) fn of_nodes<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    all_of(check, &[Kind::ReplicationGroup, Kind::CacheCluster])
}

/// Every cache.
pub(super) fn all<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    let kinds = [
        Kind::ReplicationGroup,
        Kind::CacheCluster,
        Kind::ServerlessCache,
    ];
    all_of(check, &kinds)
}

/// The engine in lower case: `redis`, `valkey` or `memcached`. A replication group that says
/// nothing is one of Redis OSS; a member of a global datastore has the primary's, and one
/// that is made from a cache cluster has the cluster's.
pub(super) fn engine(resource: &Resource<'_>) -> Option<&'static str> {
    if resource.is_absent("Engine") {
        let own = resource.node.kind == Kind::ReplicationGroup
            && resource.is_absent("GlobalReplicationGroupId")
            && resource.is_absent("PrimaryClusterId");
        return own.then_some("redis");
    }
    let text = resource.text("Engine")?;
    ["redis", "valkey", "memcached"]
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(text))
}

/// The engine's version, as the file says it.
pub(super) fn version<'g>(resource: &Resource<'g>) -> Option<&'g str> {
    resource.text("EngineVersion")
}

/// The parameter group family of an engine's version: from the facts, or from how families
/// have been named so far.
pub(super) fn family_of(engine: &str, version: &str) -> Option<String> {
    if let Some(fact) = facts::engine_version(engine, version) {
        return Some(fact.family.clone());
    }
    let mut numbers = version.split('.');
    let major: u32 = numbers.next()?.parse().ok()?;
    let minor = numbers.next();
    Some(match (engine, major) {
        ("redis", 6) => "redis6.x".to_owned(),
        ("redis", ..6) | ("memcached", _) => {
            let minor: u32 = minor?.parse().ok()?;
            format!("{engine}{major}.{minor}")
        }
        _ => format!("{engine}{major}"),
    })
}

/// The parameter group family of a cache, by its engine and version.
pub(super) fn family(resource: &Resource<'_>) -> Option<String> {
    family_of(engine(resource)?, version(resource)?)
}

/// Whether it is the secondary of a global datastore, or could be: what the primary decides
/// isn't said here.
pub(super) fn may_be_secondary(resource: &Resource<'_>) -> bool {
    !resource.is_absent("GlobalReplicationGroupId")
}

/// The parameter group of a cache, where it is in the same graph.
pub(super) fn parameter_group<'g>(
    check: &Check<'g>,
    resource: &Resource<'g>,
) -> Option<Resource<'g>> {
    let setting = resource.setting("CacheParameterGroupName")?;
    if let Some(group) = check.referred(setting.value()) {
        return (group.node.kind == Kind::ParameterGroup).then_some(group);
    }
    let name = setting.text()?;
    check
        .all(Kind::ParameterGroup)
        .into_iter()
        .find(|group| group.text("CacheParameterGroupName") == Some(name))
}

/// The value that an engine parameter has in a cache: what its parameter group says, or the
/// default of the family.
pub(super) fn parameter<'g>(
    check: &Check<'g>,
    resource: &Resource<'g>,
    name: &str,
) -> Option<&'g str> {
    if let Some(group) = parameter_group(check, resource) {
        if group.setting("Properties").is_some() {
            let mut entries = group.entries("Properties")?.iter();
            if let Some(entry) = entries.find(|entry| entry.name == name) {
                return entry.value.literal();
            }
        } else if !group.is_absent("Properties") {
            return None;
        }
        if name == "cluster-enabled" {
            // a group of one's own begins without cluster mode, whatever its family
            return Some("no");
        }
        return default_of(group.text("CacheParameterGroupFamily")?, name);
    }
    if resource.is_absent("CacheParameterGroupName") {
        if may_be_secondary(resource) {
            return None;
        }
        return match version(resource) {
            Some(version) => default_of(&family_of(engine(resource)?, version)?, name),
            // whichever version AWS chooses
            None => shared_default(engine(resource)?, name),
        };
    }
    let (family, cluster) = default_group(resource.text("CacheParameterGroupName")?)?;
    match name {
        "cluster-enabled" => Some(if cluster { "yes" } else { "no" }),
        _ => default_of(family, name),
    }
}

/// The family of one of AWS's own parameter groups, and whether it is for cluster mode.
pub(super) fn default_group(name: &str) -> Option<(&str, bool)> {
    let family = name.strip_prefix("default.")?;
    Some(match family.strip_suffix(".cluster.on") {
        Some(family) => (family, true),
        None => (family, false),
    })
}

fn default_of(family: &str, parameter: &str) -> Option<&'static str> {
    facts::parameter(family, parameter).map(|fact| fact.default.as_str())
}

/// The default where all families of an engine have the same.
fn shared_default(engine: &str, parameter: &str) -> Option<&'static str> {
    let mut defaults = facts::engine_versions(engine)
        .filter_map(|version| family_of(engine, version))
        .map(|family| default_of(&family, parameter));
    let first = defaults.next()??;
    defaults
        .all(|default| default == Some(first))
        .then_some(first)
}

/// What the engine does when its memory is full.
pub(super) fn eviction_policy<'g>(check: &Check<'g>, resource: &Resource<'g>) -> Option<&'g str> {
    parameter(check, resource, "maxmemory-policy")
}

/// Whether cluster mode is on: said, or because there are several shards, or by the parameter
/// group.
pub(super) fn cluster_mode<'g>(check: &Check<'g>, resource: &Resource<'g>) -> Option<ClusterMode> {
    if let Some(setting) = resource.setting("ClusterMode") {
        return match setting.text()?.to_ascii_lowercase().as_str() {
            "enabled" => Some(ClusterMode::Enabled),
            "compatible" => Some(ClusterMode::Compatible),
            "disabled" => Some(ClusterMode::Disabled),
            _ => None,
        };
    }
    if shards(resource).is_some_and(|shards| shards > 1) {
        return Some(ClusterMode::Enabled);
    }
    if !resource.is_absent("ClusterMode") || may_be_secondary(resource) {
        return None;
    }
    if check.graph().source == Source::Definition {
        // its topology says it, and not its parameter group
        return Some(if resource.is_absent("NumNodeGroups") {
            ClusterMode::Disabled
        } else {
            ClusterMode::Enabled
        });
    }
    let by_group = if resource.is_absent("CacheParameterGroupName") {
        "no"
    } else {
        parameter(check, resource, "cluster-enabled")?
    };
    if by_group == "yes" {
        return Some(ClusterMode::Enabled);
    }
    // a snapshot of a cache in cluster mode brings its shards along
    let restored = !resource.is_absent("SnapshotName") || !resource.is_absent("SnapshotArns");
    (!restored && shards(resource)? <= 1).then_some(ClusterMode::Disabled)
}

/// The number of shards.
pub(super) fn shards(resource: &Resource<'_>) -> Option<i64> {
    if resource.setting("NumNodeGroups").is_some() {
        return resource.integer("NumNodeGroups");
    }
    match resource.setting("NodeGroupConfiguration") {
        Some(setting) => match setting.value() {
            Value::Objects(shards) => i64::try_from(shards.len()).ok(),
            _ => None,
        },
        None => {
            let alone = resource.is_absent("NumNodeGroups")
                && resource.is_absent("NodeGroupConfiguration")
                && !may_be_secondary(resource);
            alone.then_some(1)
        }
    }
}

/// The number of replicas of each shard; the least where shards differ.
pub(super) fn replicas<'g>(check: &Check<'g>, resource: &Resource<'g>) -> Option<i64> {
    each_replicas(check, resource)?.into_iter().min()
}

/// The number of nodes in all shards together.
pub(super) fn nodes<'g>(check: &Check<'g>, resource: &Resource<'g>) -> Option<i64> {
    let each = each_replicas(check, resource)?;
    each.into_iter().try_fold(0_i64, |sum, replicas| {
        sum.checked_add(replicas.checked_add(1)?)
    })
}

/// The number of replicas, shard by shard.
fn each_replicas<'g>(check: &Check<'g>, resource: &Resource<'g>) -> Option<Vec<i64>> {
    if has_more_nodes_elsewhere(check, resource) {
        return None;
    }
    let alike = || -> Option<i64> {
        match resource.setting("ReplicasPerNodeGroup") {
            Some(_) => resource.integer("ReplicasPerNodeGroup"),
            None => None,
        }
    };
    let shards = shards(resource);
    let objects = resource.objects("NodeGroupConfiguration");
    if !objects.is_empty() {
        return objects
            .iter()
            .map(|shard| match resource.within(shard, "ReplicaCount") {
                Some(count) => match count.value() {
                    Value::Integer(count) => Some(*count),
                    _ => None,
                },
                // a definition that says nothing of a shard's replicas means none
                None if check.graph().source == Source::Definition => Some(0),
                None => alike(),
            })
            .collect();
    }
    if resource.setting("NumCacheClusters").is_some() {
        // it only speaks of one shard
        let count = resource.integer("NumCacheClusters")?;
        let one = shards.is_none_or(|shards| shards == 1);
        return (one && count > 0).then(|| vec![count - 1]);
    }
    if !resource.is_absent("NumCacheClusters") {
        return None;
    }
    let shards = usize::try_from(shards?)
        .ok()
        .filter(|count| *count <= 10_000)?;
    if resource.setting("ReplicasPerNodeGroup").is_some() {
        return Some(vec![alike()?; shards]);
    }
    // with nothing said at all there is one node
    let nothing = resource.is_absent("NumNodeGroups")
        && resource.is_absent("NodeGroupConfiguration")
        && resource.is_absent("ReplicasPerNodeGroup")
        && resource.is_absent("PrimaryClusterId")
        && resource.is_absent("SnapshotName")
        && resource.is_absent("SnapshotArns");
    nothing.then(|| vec![0])
}

/// Whether Terraform adds replicas as cache clusters of their own, or may do so.
fn has_more_nodes_elsewhere<'g>(check: &Check<'g>, resource: &Resource<'g>) -> bool {
    check
        .all(Kind::CacheCluster)
        .into_iter()
        .filter_map(|cluster| cluster.setting("replication_group_id"))
        .any(|setting| match check.referred(setting.value()) {
            Some(group) => std::ptr::eq(group.node, resource.node),
            None => true,
        })
}

/// Whether a replica takes over by itself when a primary is lost. Nothing said means no, but
/// for CloudFormation's caches with several shards, of which sources say different things.
pub(super) fn failover(check: &Check<'_>, resource: &Resource<'_>) -> Option<bool> {
    let template = check.graph().source == Source::Read(Language::CloudFormation);
    if template
        && resource.setting("AutomaticFailoverEnabled").is_none()
        && shards(resource).is_none_or(|shards| shards > 1)
    {
        return None;
    }
    resource.bool_or("AutomaticFailoverEnabled", false)
}

/// Whether replicas stand in other availability zones than their primary.
pub(super) fn multi_az(resource: &Resource<'_>) -> Option<bool> {
    resource.bool_or("MultiAZEnabled", false)
}

/// The days for which daily snapshots are kept; 0 where none are taken.
pub(super) fn retention(resource: &Resource<'_>) -> Option<i64> {
    resource.integer_or("SnapshotRetentionLimit", 0)
}

/// The memory of all shards together that keys can take, in bytes: the engine's `maxmemory`
/// without what is reserved. Not for nodes that keep a part of the data on SSD.
pub(super) fn memory<'g>(check: &Check<'g>, resource: &Resource<'g>) -> Option<u64> {
    let fact = facts::node_type(resource.text("CacheNodeType")?)?;
    if fact.data_tiering {
        return None;
    }
    let reserved: u64 = parameter(check, resource, "reserved-memory-percent")?
        .parse()
        .ok()?;
    let shards = u64::try_from(shards(resource)?).ok()?;
    let each = fact.maxmemory_bytes / 100 * 100_u64.checked_sub(reserved)?;
    each.checked_mul(shards)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_follow_from_engine_and_version() {
        for (engine, version, family) in [
            ("redis", "7.1", "redis7"),
            ("redis", "7.9", "redis7"),
            ("redis", "6.2", "redis6.x"),
            ("redis", "6.x", "redis6.x"),
            ("redis", "5.0.6", "redis5.0"),
            ("redis", "3.2.99", "redis3.2"),
            ("valkey", "8.2", "valkey8"),
            ("valkey", "10.0", "valkey10"),
            ("memcached", "1.6.22", "memcached1.6"),
        ] {
            assert_eq!(family_of(engine, version).as_deref(), Some(family));
        }
        assert_eq!(family_of("redis", "latest"), None);
        assert_eq!(family_of("redis", "5"), None);
    }

    #[test]
    fn aws_own_groups_say_their_cluster_mode() {
        assert_eq!(default_group("default.redis7"), Some(("redis7", false)));
        let on = "default.valkey8.cluster.on";
        assert_eq!(default_group(on), Some(("valkey8", true)));
        assert_eq!(default_group("shop"), None);
    }

    #[test]
    fn all_families_of_an_engine_evict_alike_by_default() {
        for engine in ["redis", "valkey"] {
            assert_eq!(
                shared_default(engine, "maxmemory-policy"),
                Some("volatile-lru")
            );
            assert_eq!(
                shared_default(engine, "reserved-memory-percent"),
                Some("25")
            );
        }
    }
}
