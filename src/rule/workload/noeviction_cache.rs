//! Copies that are never dropped.

use super::examples::{evicting, evicting_module};
use super::{Takes, among, losses, report_policy};
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "noeviction-cache",
    title: "A cache of copies that refuses writes when it is full",
    levels: Levels::PRODUCTION,
    about: "With noeviction nothing is dropped: when the copies fill the memory, every write fails until some of them expire, \
            and with jobs or locks on the same cache those fail as well. \
            A cache of copies wants allkeys-lru or allkeys-lfu; what must stay wants a cache of its own.",
    source: "Redis and Valkey documentation on key eviction, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(evicting!("cache", "noeviction")),
        Example::bad_cloudformation(evicting!("cache, queue", "noeviction")),
        Example::bad_terraform(evicting_module!("cache, rate-limit", "noeviction")),
        Example::good_cloudformation(evicting!("cache", "allkeys-lru")),
        Example::good_cloudformation(evicting!("queue", "noeviction")),
        Example::good_terraform(evicting_module!("cache", "volatile-lru")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some((cache, policy)) = super::evicting(check) else {
        return;
    };
    if policy.takes != Takes::None || among(check, &[Workload::Cache]).is_empty() {
        return;
    }
    let precious = among(
        check,
        &[
            Workload::Session,
            Workload::Queue,
            Workload::Lock,
            Workload::Store,
        ],
    );
    let (message, help) = if precious.is_empty() {
        (
            "noeviction refuses writes when cached copies fill the memory".to_owned(),
            "say allkeys-lru",
        )
    } else {
        (
            format!(
                "noeviction refuses {} when cached copies fill the memory",
                losses(&precious)
            ),
            "say volatile-lru and give every copy a time to live, or use a second cache",
        )
    };
    report_policy(check, &cache, message)
        .allowed("a policy that drops copies")
        .help(help);
}
