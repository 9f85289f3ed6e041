//! Old engines aren't scaled automatically.

use super::{scalable_targets, scaled};
use crate::facts;
use crate::rule::cache::{engine, version};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "scaling-engine",
    title: "The engine's version isn't scaled automatically",
    levels: Levels::ERROR,
    about: "Automatic scaling is for Redis OSS from 6.0 on and Valkey from 7.2 on. A cache of an older \
            version is refused when the target is registered. Raise the engine's version first.",
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
        let (Some(engine), Some(version)) = (engine(&group), version(&group)) else {
            continue;
        };
        let least = if engine == "valkey" { "7.2" } else { "6.0" };
        if facts::engine_version(engine, version).is_some() && older(version, least) {
            check
                .report_at(
                    &group,
                    "EngineVersion",
                    format!("{engine} {version} isn't scaled automatically"),
                )
                .allowed("redis 6.0 or later, valkey 7.2 or later")
                .help("raise the engine version, or leave the scalable target out");
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
      EngineVersion: 5.0.6
      CacheNodeType: cache.m6g.large
      CacheParameterGroupName: default.redis5.0.cluster.on
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
  engine_version             = "5.0.6"
  node_type                  = "cache.m6g.large"
  parameter_group_name       = "default.redis5.0.cluster.on"
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
