//! The parameter `cluster-enabled` says what the cache says.

use crate::graph::{Entry, Kind, Source};
use crate::rule::cache::{self, ClusterMode};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-cluster-enabled",
    title: "The parameter `cluster-enabled` says other than the cache",
    levels: Levels::ERROR,
    about: "Cluster mode is said twice: by the cache, with its mode or its number of shards, and \
        by the parameter `cluster-enabled` of its parameter group, which is `no` unless it is \
        set. Several shards need `yes`, and a cache that says it has cluster mode off needs \
        `no`. AWS refuses a cache where the two differ, and the parameter can't be changed \
        while a cache uses the group. Set it to what the cache says.",
    source: "ElastiCache user guide (parameter management), read November 2026",
    controls: &["cfn-lint E3026"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(group) = cache::parameter_group(check, &cache) else {
            continue;
        };
        let Some(mode) = said(check, &cache) else {
            continue;
        };
        let entries = match group.setting("Properties") {
            Some(_) => match group.entries("Properties") {
                Some(entries) => entries,
                None => continue,
            },
            None if group.is_absent("Properties") => &[],
            None => continue,
        };
        let entry = entries.iter().find(|entry| entry.name == "cluster-enabled");
        let value = match entry {
            Some(entry) => entry.value.literal(),
            // more may be set than is known
            None if group.node.partial => None,
            None => Some("no"),
        };
        let right = if mode.is_on() { "yes" } else { "no" };
        if value.is_some_and(|value| matches!(value, "yes" | "no") && value != right) {
            differ(check, &cache, &group, entry, mode);
        }
    }
}

/// The cluster mode that a cache states without its parameter group.
fn said<'g>(check: &Check<'g>, cache: &Resource<'g>) -> Option<ClusterMode> {
    let is_said = check.graph().source == Source::Definition
        || cache.setting("ClusterMode").is_some()
        || cache::shards(cache)? > 1;
    is_said.then(|| cache::cluster_mode(check, cache)).flatten()
}

fn differ<'g>(
    check: &mut Check<'g>,
    cache: &Resource<'g>,
    group: &Resource<'g>,
    entry: Option<&'g Entry>,
    mode: ClusterMode,
) {
    let (state, right) = if mode.is_on() {
        ("on", "yes")
    } else {
        ("off", "no")
    };
    if let (Some(entry), Some(setting)) = (entry, group.setting("Properties")) {
        let value = entry.value.literal().unwrap_or_default();
        check
            .report_entry(
                &setting,
                entry,
                format!(
                    "`cluster-enabled` is {value:?}, and {} has cluster mode {state}",
                    cache.name()
                ),
            )
            .allowed(right)
            .help(format!("set it to \"{right}\""));
    } else {
        check
            .report_at(
                cache,
                "CacheParameterGroupName",
                format!(
                    "cluster mode is {state}, and {} doesn't set `cluster-enabled`",
                    group.name()
                ),
            )
            .allowed("a parameter group with `cluster-enabled yes`")
            .help(format!(
                "set cluster-enabled to \"{right}\" in {}",
                group.name()
            ));
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
        cluster-enabled: "yes"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      ClusterMode: disabled
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

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  cluster_mode               = "disabled"
  parameter_group_name       = aws_elasticache_parameter_group.parameters.name
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
        cluster-enabled: "no"
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
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-enabled"
    value = "no"
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
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        timeout: "300"
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
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "300"
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
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        timeout: "300"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      AutomaticFailoverEnabled: true
      ClusterMode: enabled
      NumNodeGroups: 1
      ReplicasPerNodeGroup: 1
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "300"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  cluster_mode               = "enabled"
  num_node_groups            = 1
  replicas_per_node_group    = 1
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
        cluster-enabled: "yes"
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
        cluster-enabled: "yes"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumNodeGroups: 1
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
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 1
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
        cluster-enabled: "no"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
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
    value = "no"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
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
        timeout: "300"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
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

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  parameter_group_name       = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
];
