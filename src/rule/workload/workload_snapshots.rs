//! Data that is nowhere else, and no snapshots of it.

use super::examples::{holding, holding_module};
use super::{among, losses, only, soften};
use crate::rule::cache;
use crate::rule::{Check, Example, Levels, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "workload-snapshots",
    title: "Data or sessions without snapshots",
    levels: Levels::PRODUCTION_ERROR,
    about: "The cache holds data that is nowhere else, or sessions, and no snapshots are taken of it: after a mistake, a failed upgrade or a lost zone there is nothing to restore. \
            Replicas don't help, because they repeat every mistake at once. \
            Keep daily snapshots for some days; for data that mustn't lose a day, keep it in a database or make writes durable.",
    source: "",
    controls: &["ElastiCache.1", "CKV_AWS_134"],
    examples: &[
        Example::bad_cloudformation(holding!(
            "Workloads: [store]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
            "SnapshotRetentionLimit: 0",
            "SnapshotWindow: 03:00-04:00",
        )),
        Example::bad_cloudformation(holding!(
            "Workloads: [session]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_terraform(holding_module!(
            "workload store";
            "node_type = \"cache.t4g.small\"",
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(holding!(
            "Workloads: [store]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
            "SnapshotRetentionLimit: 7",
        )),
        // jobs of yesterday help nobody
        Example::good_cloudformation(holding!(
            "Workloads: [queue]";
            "CacheNodeType: cache.t4g.small",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(holding_module!(
            "workload store";
            "node_type = \"cache.t4g.small\"",
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
            "snapshot_retention_limit = 1",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let kept = among(check, &[Workload::Session, Workload::Store]);
    let Some(resource) = only(check) else {
        return;
    };
    if kept.is_empty()
        || cache::may_be_secondary(&resource)
        || cache::retention(&resource) != Some(0)
    {
        return;
    }
    // durable writes are kept, though no mistake can be undone
    let durable = !resource.is_absent("Durability");
    let stage = check.stage();
    let name = "SnapshotRetentionLimit";
    let finding = check
        .report_at(
            &resource,
            name,
            format!("{} without snapshots", losses(&kept)),
        )
        .allowed("1 to 35 days")
        .help(format!("say 7 in {}", resource.word(name)));
    if durable || !kept.contains(&Workload::Store) {
        soften(stage, finding);
    }
}
