use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

/// A directive of redis.conf that no parameter group takes.
#[derive(Clone, Debug, Deserialize)]
pub struct DirectiveFact {
    /// Its name.
    pub directive: String,
    /// What does its work, with names of properties in braces; `itself` where ElastiCache
    /// sets it and nobody else can.
    pub instead: String,
}

static TABLE: LazyLock<Vec<DirectiveFact>> =
    LazyLock::new(|| table(include_str!("redis_conf.csv")));

/// Every row.
pub(crate) fn all() -> &'static [DirectiveFact] {
    &TABLE
}

/// The row of a directive, if the table has it.
pub(crate) fn directive(name: &str) -> Option<&'static DirectiveFact> {
    all().iter().find(|row| row.directive == name)
}
