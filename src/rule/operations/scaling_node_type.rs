//! Not all nodes are scaled automatically.

use super::{scalable_targets, scaled};
use crate::diagnostic::Level;
use crate::facts;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-node-type",
    title: "Nodes of that type aren't scaled automatically",
    levels: Levels::ERROR,
    about: "Automatic scaling is for nodes of the sizes large to 2xlarge of the families r7g, r6g, r6gd, \
            r5, m7g, m6g, m5 and c7gn. Burstable nodes, older families and larger sizes are refused when \
            the target is registered. Families that came later may have been added since. Choose a node \
            type of the list, or scale by hand.",
    source: "ElastiCache user guide (automatic scaling), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BURSTABLE),
        Example::bad_cloudformation(LARGE),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BURSTABLE_MODULE),
        Example::good_terraform(GOOD_MODULE),
        Example::good_terraform(ANOTHER),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for target in scalable_targets(check) {
        let Some(group) = scaled(check, &target) else {
            continue;
        };
        let Some(setting) = group.setting("CacheNodeType") else {
            continue;
        };
        let Some(node) = setting.text().and_then(facts::node_type) else {
            continue;
        };
        if node.autoscaling {
            continue;
        }
        let finding = check
            .report(
                &setting,
                format!("{} isn't scaled automatically", node.node_type),
            )
            .allowed("large to 2xlarge of r7g, r6g, r6gd, r5, m7g, m6g, m5 or c7gn")
            .help("choose another node type, or leave the scalable target out");
        if node.min_redis.is_empty() {
            // the newest families weren't in the list when it was read
            finding.level(Level::Warning);
        }
    }
}

const BURSTABLE: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.t4g.medium
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

const LARGE: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.r7g.4xlarge
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

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.r7g.2xlarge
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

const BURSTABLE_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t3.medium"
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
  resource_id        = "replication-group/${aws_elasticache_replication_group.this.replication_group_id}"
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
  resource_id        = "replication-group/${aws_elasticache_replication_group.this.replication_group_id}"
  min_capacity       = 2
  max_capacity       = 4
}
"#;

const ANOTHER: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t3.medium"
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
  resource_id        = "replication-group/baskets"
  min_capacity       = 2
  max_capacity       = 4
}
"#;
