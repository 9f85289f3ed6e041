//! Locks that a failover may forget.

use super::examples::{holding, holding_module};
use super::{among, only};
use crate::rule::cache;
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "lock-replication",
    title: "Locks that a failover may forget",
    levels: Levels::INFORMATION,
    about: "Replicas learn of a write after it was acknowledged. When a primary is lost between the two, the replica that takes over doesn't know the lock, \
            and a second one is granted while the first is still held. A replica is better than none; \
            what a lock protects should also check a number that only grows, or the lock should be in a database, or writes be durable (Valkey 9.0, sync).",
    source: "Redis and Valkey documentation on replication, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(holding!(
            "Workloads: [lock]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(holding_module!(
            "workload lock";
            "node_type = \"cache.t4g.small\"",
            "num_cache_clusters = 3",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(holding!(
            "Workloads: [queue]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(holding_module!(
            "workload cache";
            "node_type = \"cache.t4g.small\"",
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some(resource) = only(check) else {
        return;
    };
    let locks = !among(check, &[Workload::Lock]).is_empty();
    let replicas = cache::replicas(check, &resource).is_some_and(|replicas| replicas > 0);
    if !locks || !replicas || !resource.is_absent("Durability") {
        return;
    }
    let said = check
        .graph()
        .workloads
        .iter()
        .find(|at| at.value == Workload::Lock);
    check
        .report_resource(
            &resource,
            "a failover may forget a lock that was just taken",
        )
        .at(said.map(|at| &at.place))
        .allowed("locks that two holders can't break")
        .help("let what a lock protects check a number that only grows");
}
