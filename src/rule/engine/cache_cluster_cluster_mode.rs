//! A cache cluster has no cluster mode.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "cache-cluster-cluster-mode",
    title: "A cache cluster with cluster mode",
    levels: Levels::ERROR,
    about: "Cluster mode is about shards, which only a replication group has: for all its name, a \
        cache cluster is one node. A parameter group with `cluster-enabled yes`, or one of \
        AWS's own that ends in .cluster.on, is refused with it. Use the group without, or make \
        it a replication group.",
    source: "ElastiCache API reference and aws/aws-cli#2456, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        let Some(setting) = cluster.setting("CacheParameterGroupName") else {
            continue;
        };
        if cache::parameter(check, &cluster, "cluster-enabled") == Some("yes") {
            check
                .report(
                    &setting,
                    "the parameter group turns cluster mode on, and a cache cluster has none",
                )
                .allowed("a parameter group without `cluster-enabled yes`")
                .help("use the group without .cluster.on, or set cluster-enabled to \"no\"");
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
      CacheParameterGroupName: default.redis7.cluster.on
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  num_cache_nodes      = 1
  parameter_group_name = "default.redis7.cluster.on"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        cluster-enabled: "yes"
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }
}

resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  num_cache_nodes      = 1
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
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
      CacheParameterGroupName: default.redis7
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  num_cache_nodes      = 1
  parameter_group_name = "default.redis7"
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
        timeout: "300"
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "300"
  }
}

resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  num_cache_nodes      = 1
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
];
