//! A parameter that means something with cluster mode only.

use super::{parameters, users};
use crate::rule::cache::{self, ClusterMode};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-cluster-mode-only",
    title: "A parameter without effect while cluster mode is off",
    levels: Levels::INFORMATION,
    about: "The parameters that start with `cluster-` say how shards behave together. A cache \
        with cluster mode off takes them and does nothing with them, so whoever set them \
        expects something that doesn't happen. Leave them out, or turn cluster mode on.",
    source: "ElastiCache user guide (engine-specific parameters), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for parameter in parameters(check) {
        let Some(fact) = parameter.fact else {
            continue;
        };
        if !fact.cluster_mode_only || fact.parameter == "cluster-enabled" {
            continue;
        }
        let users = users(check, &parameter.group);
        let off = |user| cache::cluster_mode(check, user) == Some(ClusterMode::Disabled);
        if !users.is_empty() && users.iter().all(off) {
            check
                .report_name(
                    &parameter.setting,
                    parameter.entry,
                    format!(
                        "parameter {:?} has no effect: cluster mode is off",
                        parameter.entry.name
                    ),
                )
                .help("leave it out, or turn cluster mode on");
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        cluster-allow-reads-when-down: "yes"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-allow-reads-when-down"
    value = "yes"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        cluster-enabled: "yes"
        cluster-allow-reads-when-down: "yes"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }

  parameter {
    name  = "cluster-allow-reads-when-down"
    value = "yes"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  parameter_group_name       = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        cluster-allow-reads-when-down: "yes"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-allow-reads-when-down"
    value = "yes"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        cluster-enabled: "no"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-enabled"
    value = "no"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
];
