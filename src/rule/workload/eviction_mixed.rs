//! Copies that may go, beside what must stay.

use super::examples::{evicting, evicting_module};
use super::{Takes, among, losses, report_policy};
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "eviction-mixed",
    title: "One memory for copies and for what must stay",
    levels: Levels::INFORMATION,
    about: "A cache of copies wants to fill its memory and drop the oldest; a queue, locks and data want memory that is never full. \
            On one cache a volatile policy serves both only as long as every copy has a time to live: copies without one stay for ever, \
            and at last the jobs are refused. Give every copy a time to live, or use a second cache, which is the safer way.",
    source: "Redis and Valkey documentation on key eviction, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(evicting!("cache, queue", "volatile-lru")),
        Example::bad_terraform(evicting_module!("cache, store, lock", "volatile-lfu")),
        Example::good_cloudformation(evicting!("queue, lock", "volatile-lru")),
        Example::good_cloudformation(evicting!("cache, session", "volatile-lru")),
        Example::good_terraform(evicting_module!("cache", "volatile-lru")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some((cache, policy)) = super::evicting(check) else {
        return;
    };
    let copies = among(check, &[Workload::Cache]);
    let precious = among(check, &[Workload::Queue, Workload::Lock, Workload::Store]);
    if policy.takes != Takes::Expiring || copies.is_empty() || precious.is_empty() {
        return;
    }
    let message = format!(
        "{} and {} share one memory, and {} only takes keys with a time to live",
        losses(&copies),
        losses(&precious),
        policy.name
    );
    report_policy(check, &cache, message)
        .allowed("a time to live for every copy, or a second cache")
        .help("give every copy a time to live, or use a second cache");
}
