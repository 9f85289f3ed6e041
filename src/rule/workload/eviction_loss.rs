//! Eviction of what must not be lost.

use super::examples::{evicting, evicting_module};
use super::{Takes, among, losses, report_policy, workloads};
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "eviction-loss",
    title: "An eviction policy that drops what must not be lost",
    levels: Levels::PRODUCTION_ERROR,
    about: "When the memory is full, an allkeys policy makes room by dropping any key: a queue's jobs, locks, sessions and data that is nowhere else go with the cached copies, \
            without an error anywhere. A job that was evicted never runs, and nobody learns of it. \
            Use noeviction, under which writes fail and somebody is told; or a volatile policy, which only drops keys with a time to live, \
            where nothing that must stay has one; or a second cache for the copies.",
    source: "Redis and Valkey documentation on key eviction, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(evicting!("queue", "allkeys-lru")),
        Example::bad_cloudformation(evicting!("store, lock", "allkeys-lru")),
        Example::bad_cloudformation(evicting!("cache, session", "allkeys-lfu")),
        Example::bad_cloudformation(evicting!("lock", "allkeys-random")),
        Example::bad_terraform(evicting_module!("cache, queue", "allkeys-lru")),
        Example::bad_terraform(evicting_module!("store", "allkeys-lfu")),
        Example::good_cloudformation(evicting!("queue", "noeviction")),
        Example::good_cloudformation(evicting!("store, lock", "volatile-lru")),
        Example::good_cloudformation(evicting!("cache, rate-limit", "allkeys-lru")),
        Example::good_terraform(evicting_module!("queue, lock", "noeviction")),
        Example::good_terraform(evicting_module!("cache", "allkeys-lru")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some((cache, policy)) = super::evicting(check) else {
        return;
    };
    let precious = among(
        check,
        &[
            Workload::Session,
            Workload::Queue,
            Workload::Lock,
            Workload::Store,
        ],
    );
    if policy.takes != Takes::Any || precious.is_empty() {
        return;
    }
    let shares = workloads(check).iter().any(|one| {
        matches!(
            one,
            Workload::Cache | Workload::Session | Workload::RateLimit
        )
    });
    let help = if shares {
        "say volatile-lru and give a time to live to what may go, or use a second cache"
    } else {
        "say noeviction"
    };
    let message = format!(
        "{} evicts any key, {} among them",
        policy.name,
        losses(&precious)
    );
    report_policy(check, &cache, message)
        .allowed("noeviction, or a volatile policy where what must stay has no time to live")
        .help(help);
}
