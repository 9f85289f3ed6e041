//! Only caches with cluster mode are scaled automatically.

use super::{scalable_targets, scaled};
use crate::rule::cache::{ClusterMode, cluster_mode};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-cluster-mode",
    title: "A cache without cluster mode isn't scaled automatically",
    levels: Levels::ERROR,
    about: "Automatic scaling is for caches with cluster mode: it adds shards, or a replica to every \
            shard. A replication group without is refused when the target is registered, even for its \
            replicas. Turn cluster mode on, or add replicas by hand.",
    source: "ElastiCache user guide (automatic scaling), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for target in scalable_targets(check) {
        let Some(group) = scaled(check, &target) else {
            continue;
        };
        if cluster_mode(check, &group) == Some(ClusterMode::Disabled) {
            check
                .report_at(
                    &target,
                    "ResourceId",
                    "a replication group without cluster mode",
                )
                .allowed("one with cluster mode")
                .help("turn cluster mode on, or leave the scalable target out");
        }
    }
}

const BAD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:Replicas
      ResourceId: replication-group/orders
      MinCapacity: 1
      MaxCapacity: 3
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7.cluster.on
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
";

const BAD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7"
  automatic_failover_enabled = true
  num_cache_clusters         = 2
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:Replicas"
  resource_id        = "replication-group/orders"
  min_capacity       = 1
  max_capacity       = 3
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true

  lifecycle {
    ignore_changes = [num_node_groups, replicas_per_node_group]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}
"#;
