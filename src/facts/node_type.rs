use std::sync::LazyLock;

use serde::Deserialize;

use super::{table, yes};

/// A node type as AWS describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct NodeTypeFact {
    /// The name, e.g. `cache.m7g.large`.
    pub node_type: String,
    /// Virtual CPUs of the host.
    pub vcpu: u32,
    /// Memory of the node in GiB, before anything is reserved.
    pub memory_gib: f64,
    /// The engine's `maxmemory` in bytes, before anything is reserved.
    pub maxmemory_bytes: u64,
    /// The connections that the engine accepts.
    pub maxclients: u32,
    /// The oldest Redis OSS version that runs on it; empty where only Valkey does.
    pub min_redis: String,
    /// The oldest Valkey version that runs on it.
    pub min_valkey: String,
    /// Whether it keeps part of the data on SSD; such nodes must, all others can't.
    #[serde(deserialize_with = "yes")]
    pub data_tiering: bool,
    /// Whether it can be in a global datastore.
    #[serde(deserialize_with = "yes")]
    pub global_datastore: bool,
    /// Whether shards and replicas of it can be scaled automatically.
    #[serde(deserialize_with = "yes")]
    pub autoscaling: bool,
    /// Whether it takes IPv6 and dual-stack networks.
    #[serde(deserialize_with = "yes")]
    pub ipv6: bool,
    /// Whether writes can be made durable on it.
    #[serde(deserialize_with = "yes")]
    pub durability: bool,
    /// Whether new caches can be made of it.
    #[serde(deserialize_with = "yes")]
    pub new_clusters: bool,
    /// CPU credits that it earns in an hour; none where it isn't burstable.
    pub cpu_credits_per_hour: Option<u32>,
    /// US dollars for an hour of a Redis OSS node, on demand in us-east-1; none where only Valkey
    /// runs on it.
    pub usd_hour_redis: Option<f64>,
    /// The same of Valkey.
    pub usd_hour_valkey: Option<f64>,
}

/// A family of node types that takes no new caches.
#[derive(Debug, Deserialize)]
struct OldFamily {
    family: String,
    successor: String,
}

static TABLE: LazyLock<Vec<NodeTypeFact>> = LazyLock::new(|| table(include_str!("node_types.csv")));

static OLD_FAMILIES: LazyLock<Vec<OldFamily>> =
    LazyLock::new(|| table(include_str!("node_type_families.csv")));

static REGIONS: &str = include_str!("node_type_regions.csv");

/// Every node type.
pub(crate) fn all() -> &'static [NodeTypeFact] {
    &TABLE
}

/// The row of a node type, if the table has it.
pub(crate) fn node_type(name: &str) -> Option<&'static NodeTypeFact> {
    TABLE.iter().find(|row| row.node_type == name)
}

/// Every node type's name.
pub(crate) fn node_types() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|row| row.node_type.as_str())
}

/// What AWS sells in the place of a node type whose family takes no new caches: `cache.t4g`
/// for `cache.t2.micro`; nothing for any other.
pub(crate) fn successor(name: &str) -> Option<String> {
    let family = name.strip_prefix("cache.")?.split('.').next()?;
    let row = OLD_FAMILIES.iter().find(|row| row.family == family)?;
    Some(format!("cache.{}", row.successor))
}

/// The line of a region: the table is used once or twice in a run, so it isn't parsed.
fn region(name: &str) -> Option<&'static str> {
    REGIONS
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(','))
}

/// Whether the table has that region.
#[must_use]
pub fn region_is_known(name: &str) -> bool {
    region(name).is_some()
}

/// Whether a known node type is sold in a known region; `None` where either isn't known.
#[must_use]
pub fn sold_in(node_type_name: &str, region_name: &str) -> Option<bool> {
    node_type(node_type_name)?;
    let short = node_type_name.strip_prefix("cache.")?;
    Some(
        region(region_name)?
            .trim_matches('"')
            .split(' ')
            .any(|sold| sold == short),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_families_have_successors_that_are_sold() {
        assert_eq!(successor("cache.t2.micro").as_deref(), Some("cache.t4g"));
        assert_eq!(successor("cache.m7g.large"), None);
        for row in OLD_FAMILIES.iter() {
            let new = format!("cache.{}.", row.successor);
            let is_new = |row: &&NodeTypeFact| row.node_type.starts_with(&new) && row.new_clusters;
            assert!(all().iter().any(|row| is_new(&row)), "{row:?}");
        }
        for row in all().iter().filter(|row| !row.new_clusters) {
            assert!(successor(&row.node_type).is_some(), "{}", row.node_type);
        }
    }

    #[test]
    fn regions_differ_in_what_they_sell() {
        assert_eq!(sold_in("cache.t3.micro", "us-east-1"), Some(true));
        assert_eq!(sold_in("cache.c7gn.large", "af-south-1"), Some(false));
        assert_eq!(sold_in("cache.z9.large", "us-east-1"), None);
        assert_eq!(sold_in("cache.t3.micro", "xx-east-1"), None);
    }
}
