//! What must not be lost, on a node that nothing takes over from.

use super::examples::{holding, holding_module};
use super::{among, losses, only, soften};
use crate::rule::cache;
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "workload-replicas",
    title: "Jobs, data, sessions or locks without a replica",
    levels: Levels::PRODUCTION_ERROR,
    about: "The cache holds what must not be lost, and it has no replica: when its node is lost, or AWS replaces it, all of it is gone, \
            and a daily snapshot brings back yesterday's at best. \
            Add a replica with automatic failover, in another availability zone.",
    source: "",
    controls: &["ElastiCache.3"],
    examples: &[
        Example::bad_cloudformation(holding!(
            "Workloads: [queue]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 1",
        )),
        Example::bad_cloudformation(holding!(
            "Workloads: [store]";
            "CacheNodeType: cache.t4g.small",
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
            "SnapshotRetentionLimit: 7",
        )),
        Example::bad_terraform(holding_module!(
            "workload session";
            "node_type = \"cache.t4g.small\"",
            "num_cache_clusters = 1",
            "snapshot_retention_limit = 7",
        )),
        Example::good_cloudformation(holding!(
            "Workloads: [queue]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_cloudformation(holding!(
            "Workloads: [cache]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 1",
        )),
        Example::good_terraform(holding_module!(
            "workload lock";
            "node_type = \"cache.t4g.small\"",
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let kept = among(
        check,
        &[
            Workload::Session,
            Workload::Queue,
            Workload::Lock,
            Workload::Store,
        ],
    );
    let Some(resource) = only(check) else {
        return;
    };
    // several zones without a replica are refused elsewhere
    if kept.is_empty()
        || cache::multi_az(&resource) == Some(true)
        || cache::replicas(check, &resource) != Some(0)
    {
        return;
    }
    let stage = check.stage();
    let name = ["ReplicasPerNodeGroup", "NodeGroupConfiguration"]
        .into_iter()
        .find(|name| resource.setting(name).is_some())
        .unwrap_or("NumCacheClusters");
    let finding = check
        .report_at(
            &resource,
            name,
            format!("{} on nodes without a replica", losses(&kept)),
        )
        .allowed("1 replica or more, with automatic failover")
        .help("add a replica and turn automatic failover on");
    let precious = kept
        .iter()
        .any(|one| matches!(one, Workload::Queue | Workload::Store));
    if !precious {
        soften(stage, finding);
    }
}
