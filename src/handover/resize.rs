//! The node type to go to, where this one is too small.

use super::cache::Cache;
use crate::facts::{self, NodeTypeFact};

/// The next larger node type of the same family that the region sells and the engine runs on; else
/// the cheapest with half as much memory again.
pub(super) fn larger(cache: &Cache<'_>) -> Option<&'static NodeTypeFact> {
    let now = facts::node_type(cache.node_type?)?;
    let (engine, version) = (cache.engine?, cache.engine_version?);
    let fits = |fact: &&NodeTypeFact| {
        fact.new_clusters
            && fact.memory_gib > now.memory_gib
            && fact.data_tiering == now.data_tiering
            && runs(fact, engine, version)
    };
    let sold = |fact: &&NodeTypeFact| facts::sold_in(&fact.node_type, cache.region) != Some(false);
    let candidates = || facts::all_node_types().iter().filter(fits);
    let of_family = candidates()
        .filter(|fact| family(&fact.node_type) == family(&now.node_type))
        .filter(sold)
        .min_by(|a, b| a.memory_gib.total_cmp(&b.memory_gib));
    of_family.or_else(|| {
        candidates()
            .filter(|fact| fact.memory_gib >= 1.5 * now.memory_gib)
            .filter(|fact| price(fact, engine).is_some())
            .filter(sold)
            .min_by(|a, b| {
                let of = |fact| price(fact, engine).unwrap_or(f64::MAX);
                of(a).total_cmp(&of(b))
            })
    })
}

/// `m7g` of `cache.m7g.large`.
pub(super) fn family(node_type: &str) -> Option<&str> {
    node_type.split('.').nth(1)
}

fn price(fact: &NodeTypeFact, engine: &str) -> Option<f64> {
    if engine == "valkey" {
        fact.usd_hour_valkey
    } else {
        fact.usd_hour_redis
    }
}

/// Whether an engine of that version runs on it.
fn runs(fact: &NodeTypeFact, engine: &str, version: &str) -> bool {
    let oldest = if engine == "valkey" {
        &fact.min_valkey
    } else {
        &fact.min_redis
    };
    let numbers = |text: &str| -> Vec<u32> {
        text.split('.')
            .map(|number| number.parse().unwrap_or(0))
            .collect()
    };
    !oldest.is_empty() && numbers(version) >= numbers(oldest)
}
