//! What a cache is for: eviction, durability and memory against what it holds.
//!
//! A file says what its cache is for and what it holds, and says it of the whole: where there are
//! several caches, nobody knows which of them is meant, and these rules are silent.

mod eviction_expiring;
mod eviction_idle;
mod eviction_loss;
mod eviction_mixed;
mod examples;
mod keyspace_events;
mod lock_replication;
mod memory;
mod noeviction_cache;
mod workload_replicas;
mod workload_snapshots;
mod workload_unclear;

use super::{Check, Finding, Resource, Rule, cache};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::stage::Stage;
use crate::workload::Workload;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &eviction_loss::RULE,
    &eviction_expiring::RULE,
    &eviction_mixed::RULE,
    &eviction_idle::RULE,
    &noeviction_cache::RULE,
    &workload_snapshots::RULE,
    &workload_replicas::RULE,
    &lock_replication::RULE,
    &memory::RULE,
    &keyspace_events::RULE,
    &workload_unclear::RULE,
];

/// The keys that an eviction policy takes when the memory is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// None: whoever writes is refused.
    None,
    /// Those with a time to live; whoever writes is refused when there are none left.
    Expiring,
    /// Any.
    Any,
}

/// Which of the keys that it may take an eviction policy takes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    /// Those that nobody has used for long, or rarely uses.
    Idle,
    /// Those that have the least time to live.
    Soonest,
    /// Whichever it comes across.
    Random,
}

/// An eviction policy.
#[derive(Clone, Copy, Debug)]
struct Policy {
    name: &'static str,
    takes: Takes,
    first: First,
}

/// Every eviction policy, by its name.
const POLICIES: [Policy; 8] = [
    policy("noeviction", Takes::None, First::Idle),
    policy("allkeys-lru", Takes::Any, First::Idle),
    policy("allkeys-lfu", Takes::Any, First::Idle),
    policy("allkeys-random", Takes::Any, First::Random),
    policy("volatile-lru", Takes::Expiring, First::Idle),
    policy("volatile-lfu", Takes::Expiring, First::Idle),
    policy("volatile-random", Takes::Expiring, First::Random),
    policy("volatile-ttl", Takes::Expiring, First::Soonest),
];

const fn policy(name: &'static str, takes: Takes, first: First) -> Policy {
    Policy { name, takes, first }
}

/// What a workload would lose.
const fn loses(workload: Workload) -> &'static str {
    match workload {
        Workload::Cache => "cached copies",
        Workload::Session => "sessions",
        Workload::Queue => "queued jobs",
        Workload::Lock => "locks",
        Workload::Store => "data that is nowhere else",
        Workload::RateLimit => "counters of requests",
    }
}

/// The words for what several workloads would lose: `queued jobs and locks`.
fn losses(workloads: &[Workload]) -> String {
    let words: Vec<&str> = workloads.iter().map(|one| loses(*one)).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// What the cache is for, each once.
fn workloads(check: &Check<'_>) -> Vec<Workload> {
    let mut said: Vec<Workload> = check.graph().workloads.iter().map(|at| at.value).collect();
    said.sort_unstable();
    said.dedup();
    said
}

/// Those of the workloads that the cache is for.
fn among(check: &Check<'_>, some: &[Workload]) -> Vec<Workload> {
    workloads(check)
        .into_iter()
        .filter(|workload| some.contains(workload))
        .collect()
}

/// The only cache, where there is one.
fn only<'g>(check: &Check<'g>) -> Option<Resource<'g>> {
    let caches = cache::all(check);
    let [one] = caches.as_slice() else {
        return None;
    };
    (cache::engine(one) != Some("memcached")).then_some(*one)
}

/// The only cache and its eviction policy, where both are known and it can be changed.
fn evicting<'g>(check: &Check<'g>) -> Option<(Resource<'g>, Policy)> {
    let one = only(check).filter(|one| one.node.kind != Kind::ServerlessCache)?;
    let name = cache::eviction_policy(check, &one)?;
    let policy = POLICIES.into_iter().find(|policy| policy.name == name)?;
    Some((one, policy))
}

/// Says that something is wrong with the eviction policy, where it is set.
fn report_policy<'c, 'g>(
    check: &'c mut Check<'g>,
    cache: &Resource<'g>,
    message: String,
) -> &'c mut Finding {
    if let Some(group) = cache::parameter_group(check, cache)
        && let Some(setting) = group.setting("Properties")
    {
        let entries = group.entries("Properties").unwrap_or_default();
        return match entries
            .iter()
            .find(|entry| entry.name == "maxmemory-policy")
        {
            Some(entry) => check.report_entry(&setting, entry, message),
            None => check.report(&setting, message),
        };
    }
    check.report_at(cache, "CacheParameterGroupName", message)
}

/// One weight less than an error in production, and less elsewhere.
fn soften(check_stage: Option<Stage>, finding: &mut Finding) {
    finding.level(match check_stage {
        Some(Stage::Production) => Level::Warning,
        _ => Level::Information,
    });
}
