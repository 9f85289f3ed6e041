use std::sync::LazyLock;

use serde::Deserialize;

use super::{table, yes};

/// A version of an engine as AWS describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct EngineVersionFact {
    /// `redis` or `valkey`.
    pub engine: String,
    /// The version as the API takes it, e.g. `7.1`.
    pub version: String,
    /// The parameter group family, e.g. `redis7`.
    pub family: String,
    /// Whether new caches can be made with it.
    #[serde(deserialize_with = "yes")]
    pub create_allowed: bool,
    /// The day on which standard support ends, `YYYY-MM-DD`; empty where none is announced.
    pub standard_support_end: String,
    /// The day on which extended support ends, `YYYY-MM-DD`; empty where none is announced.
    pub extended_support_end: String,
    /// Whether users and user groups exist.
    #[serde(deserialize_with = "yes")]
    pub users: bool,
    /// Whether TLS can be preferred, and its mode stated.
    #[serde(deserialize_with = "yes")]
    pub tls_preferred: bool,
    /// Whether it delivers a slow log.
    #[serde(deserialize_with = "yes")]
    pub slow_log: bool,
    /// Whether it delivers an engine log.
    #[serde(deserialize_with = "yes")]
    pub engine_log: bool,
    /// Whether it takes IPv6 and dual-stack networks.
    #[serde(deserialize_with = "yes")]
    pub ipv6: bool,
    /// Whether it runs on nodes with data tiering.
    #[serde(deserialize_with = "yes")]
    pub data_tiering: bool,
    /// Whether writes can be made durable.
    #[serde(deserialize_with = "yes")]
    pub durability: bool,
    /// Whether cluster mode can be changed, and therefore stated.
    #[serde(deserialize_with = "yes")]
    pub cluster_mode_migration: bool,
}

static TABLE: LazyLock<Vec<EngineVersionFact>> =
    LazyLock::new(|| table(include_str!("engine_versions.csv")));

/// Every row.
pub(crate) fn all() -> &'static [EngineVersionFact] {
    &TABLE
}

/// The row of an engine's version, if the table has it.
pub(crate) fn engine_version(engine: &str, version: &str) -> Option<&'static EngineVersionFact> {
    all()
        .iter()
        .find(|row| row.engine == engine && row.version == version)
}

/// Whether there is a later minor version of the same major one, to which ElastiCache can
/// upgrade a cache by itself.
pub(crate) fn has_later_minor(engine: &str, version: &str) -> bool {
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    engine_versions(engine)
        .any(|other| major(other) == major(version) && crate::value::older(version, other))
}

/// The versions of an engine with which new caches can be made, oldest first.
pub(crate) fn engine_versions(engine: &str) -> impl Iterator<Item = &'static str> {
    all()
        .iter()
        .filter(move |row| row.engine == engine && row.create_allowed)
        .map(|row| row.version.as_str())
}
