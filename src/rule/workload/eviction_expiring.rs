//! Eviction among keys that have a time to live and must not go before it is over.

use super::examples::{evicting, evicting_module};
use super::{First, Takes, among, losses, report_policy};
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "eviction-expiring",
    title: "An eviction policy that may end locks or sessions early",
    levels: Levels {
        development: None,
        staging: Some(Level::Information),
        production: Some(Level::Warning),
        unsaid: Some(Level::Warning),
    },
    about: "A volatile policy drops keys that have a time to live, and locks and sessions have one. \
            A lock that goes early lets two work at once; a session that goes early logs somebody out. \
            volatile-ttl takes those that would end soonest, which locks are, and volatile-random takes anybody's; \
            with volatile-lru and volatile-lfu it is those that nobody uses, which is mostly harmless as long as memory suffices. \
            Use noeviction where it must never happen, and watch the memory in any case.",
    source: "Redis and Valkey documentation on key eviction, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(evicting!("lock", "volatile-ttl")),
        Example::bad_cloudformation(evicting!("session", "volatile-random")),
        Example::bad_terraform(evicting_module!("lock, store", "volatile-random")),
        Example::good_cloudformation(evicting!("queue, store", "volatile-lru")),
        Example::good_cloudformation(evicting!("lock", "noeviction")),
        Example::good_terraform(evicting_module!("session, lock", "noeviction")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some((cache, policy)) = super::evicting(check) else {
        return;
    };
    let expiring = among(check, &[Workload::Session, Workload::Lock]);
    if policy.takes != Takes::Expiring || expiring.is_empty() {
        return;
    }
    let mild = match policy.first {
        First::Idle => true,
        First::Soonest => !expiring.contains(&Workload::Lock),
        First::Random => false,
    };
    let message = format!(
        "{} may evict {}, which have a time to live",
        policy.name,
        losses(&expiring)
    );
    let finding = report_policy(check, &cache, message)
        .allowed("noeviction, or memory that is never full")
        .help(if mild {
            "watch the memory, or say noeviction where it must never happen"
        } else {
            "say noeviction, or volatile-lru to take those first that nobody uses"
        });
    if mild {
        finding.level(Level::Information);
    }
}
