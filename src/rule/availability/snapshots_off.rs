//! No daily snapshots.

use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Resource, Rule};
use crate::workload::Workload;

pub(super) const RULE: Rule = Rule {
    code: "snapshots-off",
    title: "No daily snapshots",
    levels: Levels::PRODUCTION,
    about: "Without snapshots there is nothing to restore after a mistake, a failed upgrade or a deletion: replicas repeat every mistake at once. \
            Retention is 0, and so off, where nothing is said. Keep snapshots for some days in a quiet window; \
            what only holds copies of what is elsewhere may do without, and can say so as its workload.",
    source: "",
    controls: &[
        "ElastiCache.1",
        "CKV_AWS_134",
        "CT.ELASTICACHE.PR.1",
        "AWS-0050",
        "ElastiCacheRedisClusterAutomaticBackup",
    ],
    examples: &[
        Example::bad_cloudformation(template!("NumCacheClusters: 1")),
        Example::bad_cloudformation(template!(
            "SnapshotRetentionLimit: 0",
            "SnapshotWindow: 03:00-04:00"
        )),
        Example::bad_cloudformation(SERVERLESS),
        Example::bad_terraform(module!("snapshot_retention_limit = 0")),
        Example::bad_terraform(module!("num_cache_clusters = 1")),
        Example::good_cloudformation(template!(
            "SnapshotRetentionLimit: 7",
            "SnapshotWindow: 03:00-04:00"
        )),
        Example::good_cloudformation(template!(development; "SnapshotRetentionLimit: 0")),
        Example::good_cloudformation(MEMCACHED),
        Example::good_terraform(module!("snapshot_retention_limit = 1")),
    ],
    check: Some(check),
};

const SERVERLESS: &str = "\
Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: shop
      Engine: valkey
";

const MEMCACHED: &str = "\
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 2
";

fn check(check: &mut Check<'_>) {
    let alone = super::only_cache(check);
    let precious = check
        .graph()
        .workloads
        .iter()
        .any(|at| matches!(at.value, Workload::Store | Workload::Session));
    // a rule about what the cache is for says more
    if alone && precious {
        return;
    }
    let disposable = alone && super::is_disposable(check);
    for resource in cache::all(check) {
        if takes_snapshots(&resource) && cache::retention(&resource) == Some(0) {
            let name = "SnapshotRetentionLimit";
            let finding = check
                .report_at(&resource, name, "no daily snapshots")
                .allowed("1 to 35 days")
                .help(format!("say 7 in {}", resource.word(name)));
            if disposable {
                finding.level(Level::Information);
            }
        }
    }
}

/// A replica of Terraform's belongs to its group, and Memcached takes none.
fn takes_snapshots(resource: &Resource<'_>) -> bool {
    match resource.node.kind {
        Kind::ReplicationGroup => !cache::may_be_secondary(resource),
        _ => cache::engine(resource).is_some_and(|engine| engine != "memcached"),
    }
}
