//! Valkey doesn't run as a cache cluster.

use super::kind_word;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "cache-cluster-valkey",
    title: "Valkey as a cache cluster",
    levels: Levels::ERROR,
    about: "A cache cluster runs Memcached, or one node of Redis OSS as it always did. Valkey is \
        made as a replication group, with as little as one node, or as a serverless cache; AWS \
        refuses to make a cache cluster of it, though the schemas of the tools let it through. \
        Make it a replication group.",
    source: "ElastiCache API reference (CreateCacheCluster) and hashicorp/terraform-provider-aws#41181, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        let Some(setting) = cluster.setting("Engine") else {
            continue;
        };
        if setting
            .text()
            .is_some_and(|engine| engine.eq_ignore_ascii_case("valkey"))
        {
            let group = kind_word(check, Kind::ReplicationGroup);
            check
                .report(&setting, "valkey doesn't run as a cache cluster")
                .allowed("memcached, redis")
                .help(format!(
                    "make it an {group}, with one node where one is enough"
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
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "valkey"
  engine_version  = "8.0"
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
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
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
];
