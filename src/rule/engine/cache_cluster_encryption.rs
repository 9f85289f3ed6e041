//! A cache cluster of Redis OSS has no encryption.

use super::kind_word;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "cache-cluster-encryption",
    title: "Encryption in transit on a cache cluster that can't have it",
    levels: Levels::ERROR,
    about: "On a cache cluster, encryption in transit is for Memcached 1.6.12 and later. For \
        Redis OSS it is a property of the replication group, and so are encryption at rest and \
        the AUTH token; AWS refuses the cluster. Make it a replication group of one node.",
    source: "ElastiCache API reference (CreateCacheCluster) and aws/aws-cdk#27379, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        let Some(setting) = cluster.setting("TransitEncryptionEnabled") else {
            continue;
        };
        if cluster.bool("TransitEncryptionEnabled") != Some(true) {
            continue;
        }
        match (cache::engine(&cluster), cache::version(&cluster)) {
            (Some("redis"), _) => {
                let group = kind_word(check, Kind::ReplicationGroup);
                check
                    .report(
                        &setting,
                        "a cache cluster of Redis OSS has no encryption in transit",
                    )
                    .allowed("true with Memcached 1.6.12 or later")
                    .help(format!("make it an {group} of one node"));
            }
            (Some("memcached"), Some(version)) if older(version, "1.6.12") => {
                check
                    .report(
                        &setting,
                        format!("memcached {version} has no encryption in transit"),
                    )
                    .allowed("Memcached 1.6.12 or later")
                    .help("raise the engine version");
            }
            _ => {}
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
      NumCacheNodes: 1
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id                 = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_nodes            = 1
  transit_encryption_enabled = true
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.6"
      CacheNodeType: cache.m5.large
      NumCacheNodes: 1
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id                 = "orders"
  engine                     = "memcached"
  engine_version             = "1.6.6"
  node_type                  = "cache.m5.large"
  num_cache_nodes            = 1
  transit_encryption_enabled = true
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
      TransitEncryptionEnabled: false
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id                 = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_nodes            = 1
  transit_encryption_enabled = false
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
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id                 = "orders"
  engine                     = "memcached"
  engine_version             = "1.6.22"
  node_type                  = "cache.m7g.large"
  num_cache_nodes            = 1
  transit_encryption_enabled = true
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
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1
  transit_encryption_enabled = true
}
"#,
    ),
];
