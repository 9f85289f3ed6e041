//! How a cache survives: replicas, failover, zones, shards, snapshots, and what happens when it goes.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
