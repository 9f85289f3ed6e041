//! Redis OSS as a cache cluster.

use super::kind_word;
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "cache-cluster-redis",
    title: "Redis OSS as a cache cluster instead of a replication group",
    levels: Levels {
        development: Some(Level::Information),
        staging: Some(Level::Information),
        production: Some(Level::Warning),
        unsaid: Some(Level::Information),
    },
    about: "A cache cluster of Redis OSS is one node by itself: no replica takes over, nothing is \
        encrypted and nobody logs in, unless a replication group is made from it. A replication group of one node \
        costs the same and can grow into all of that without being made again. Make it a \
        replication group.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        if cache::engine(&cluster) != Some("redis") {
            continue;
        }
        let group = kind_word(check, Kind::ReplicationGroup);
        check
            .report_at(
                &cluster,
                "Engine",
                "a cache cluster of Redis OSS has no replication, no encryption and no failover",
            )
            .help(format!("make it an {group} of one node"));
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "redis"
  engine_version  = "7.1"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  num_cache_clusters   = 1
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
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_cluster" "replica" {
  cluster_id           = "orders-replica"
  replication_group_id = aws_elasticache_replication_group.cache.id
}
"#,
    ),
];
