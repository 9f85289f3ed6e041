//! A cache cluster of Redis OSS has one node.

use super::kind_word;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "cache-cluster-nodes",
    title: "A cache cluster of Redis OSS with several nodes",
    levels: Levels::ERROR,
    about: "The nodes of a cache cluster know nothing of each other: Memcached's clients spread \
        their keys over them, and Redis OSS has exactly one. Three nodes of Redis OSS are a \
        replication group with two replicas, or shards. More than one is refused by AWS and by \
        Terraform's plan. Make it a replication group.",
    source: "ElastiCache API reference (CreateCacheCluster), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        let Some(setting) = cluster.setting("NumCacheNodes") else {
            continue;
        };
        let Some(nodes) = cluster.integer("NumCacheNodes") else {
            continue;
        };
        if nodes < 1 {
            check
                .report(&setting, format!("a cache cluster of {nodes} nodes"))
                .allowed("1, or more with Memcached")
                .help("say how many nodes it has");
        } else if nodes > 1 && cache::engine(&cluster) == Some("redis") {
            let group = kind_word(check, Kind::ReplicationGroup);
            check
                .report(
                    &setting,
                    format!("a cache cluster of Redis OSS has one node, and not {nodes}"),
                )
                .allowed("1")
                .help(format!(
                    "make it an {group} of one primary and {} replicas",
                    nodes.saturating_sub(1)
                ));
        }
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
      NumCacheNodes: 3
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "redis"
  engine_version  = "7.1"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 3
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
      NumCacheNodes: 0
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 0
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
"#,
    ),
    Example::good_terraform(
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
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 3
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 3
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
      NumCacheClusters: 3
      AutomaticFailoverEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 3
  automatic_failover_enabled = true
}
"#,
    ),
];
