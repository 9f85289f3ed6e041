//! Eviction of keys with a time to live, where none has one.

use super::examples::{evicting, evicting_module};
use super::{Takes, report_policy, workloads};
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "eviction-idle",
    title: "An eviction policy that finds nothing to evict",
    levels: Levels::INFORMATION,
    about: "A volatile policy drops keys that have a time to live, and the jobs and data that this cache is for have none. \
            When the memory is full, writes are refused just as with noeviction, which says so plainly. \
            That is the right thing for such data; say noeviction, so that nobody counts on eviction, and watch the memory.",
    source: "Redis and Valkey documentation on key eviction, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(evicting!("queue", "volatile-lru")),
        Example::bad_terraform(evicting_module!("store, queue", "volatile-ttl")),
        Example::good_cloudformation(evicting!("queue", "noeviction")),
        Example::good_cloudformation(evicting!("store, lock", "volatile-lru")),
        Example::good_terraform(evicting_module!("cache", "volatile-lru")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some((cache, policy)) = super::evicting(check) else {
        return;
    };
    let said = workloads(check);
    let nothing_expires = !said.is_empty()
        && said
            .iter()
            .all(|one| matches!(one, Workload::Queue | Workload::Store));
    if policy.takes == Takes::Expiring && nothing_expires {
        let message = format!(
            "{} finds nothing to evict where nothing has a time to live",
            policy.name
        );
        report_policy(check, &cache, message)
            .allowed("noeviction, which does the same and says so")
            .help("say noeviction, and watch the memory");
    }
}
