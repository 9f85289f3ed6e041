//! What Memcached doesn't have.

use crate::graph::{Kind, Value};
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "cache-cluster-memcached",
    title: "Snapshots or logs of Memcached, which has none",
    levels: Levels::WARNING,
    about: "Memcached keeps everything in memory and nothing else: on a cache cluster, snapshots, \
        their window and the delivery of logs are for Redis OSS only, and AWS ignores or refuses \
        them. Leave them out; data that has to survive belongs into another engine.",
    source: "ElastiCache API reference (CreateCacheCluster), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

const SETTINGS: [&str; 5] = [
    "SnapshotRetentionLimit",
    "SnapshotWindow",
    "SnapshotName",
    "SnapshotArns",
    "LogDeliveryConfigurations",
];

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        if cache::engine(&cluster) != Some("memcached") {
            continue;
        }
        for name in SETTINGS {
            let Some(setting) = cluster.setting(name) else {
                continue;
            };
            // none kept is none taken, and how many there are may not be known
            let is_none = match setting.value() {
                Value::Reference(_) => name == "SnapshotRetentionLimit",
                value => *value == Value::Integer(0),
            };
            if !cluster.is_present(name) || is_none {
                continue;
            }
            check
                .report(&setting, format!("memcached has no {}", setting.name()))
                .help("leave it out");
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      SnapshotRetentionLimit: 7
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id               = "orders"
  engine                   = "memcached"
  engine_version           = "1.6.22"
  node_type                = "cache.m7g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 7
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      SnapshotWindow: 03:00-04:00
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
  snapshot_window = "03:00-04:00"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      SnapshotRetentionLimit: 7
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id               = "orders"
  engine                   = "redis"
  engine_version           = "7.1"
  node_type                = "cache.m7g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 7
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      SnapshotRetentionLimit: 0
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id               = "orders"
  engine                   = "memcached"
  engine_version           = "1.6.22"
  node_type                = "cache.m7g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 0
}
"#,
    ),
];
