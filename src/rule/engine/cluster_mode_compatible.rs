//! Cluster mode `compatible` came with Redis 7.

use super::{named, running};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "cluster-mode-compatible",
    title: "Cluster mode `compatible` with an engine that can't change it",
    levels: Levels::ERROR,
    about: "`compatible` is the step between cluster mode off and on: clients of both kinds find \
        the cache while they are moved. Only Redis OSS 7.0 and later and Valkey can take it; \
        before, cluster mode is decided once and for all. Raise the engine version first, or \
        make a new cache with cluster mode on.",
    source: "ElastiCache user guide (modifying cluster mode), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let (Some(setting), Some(fact)) = (group.setting("ClusterMode"), running(check, &group))
        else {
            continue;
        };
        if setting.text() == Some("compatible") && !fact.cluster_mode_migration {
            check
                .report(
                    &setting,
                    format!("{} can't change its cluster mode", named(fact)),
                )
                .allowed("redis 7.0 or later, or valkey")
                .help("raise the engine version first");
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
      ClusterMode: compatible
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.redis6.x.cluster.on
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.m7g.large"
  cluster_mode               = "compatible"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  parameter_group_name       = "default.redis6.x.cluster.on"
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
      EngineVersion: "7.0"
      CacheNodeType: cache.m7g.large
      ClusterMode: compatible
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.redis7.cluster.on
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.0"
  node_type                  = "cache.m7g.large"
  cluster_mode               = "compatible"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  parameter_group_name       = "default.redis7.cluster.on"
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
      EngineVersion: "7.2"
      CacheNodeType: cache.m7g.large
      ClusterMode: compatible
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.valkey7.cluster.on
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "7.2"
  node_type                  = "cache.m7g.large"
  cluster_mode               = "compatible"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  parameter_group_name       = "default.valkey7.cluster.on"
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
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
}
"#,
    ),
];
