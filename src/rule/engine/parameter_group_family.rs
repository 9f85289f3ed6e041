//! A cache uses a parameter group of its version's family, for its cluster mode.

use super::parameter_family::{Verdict, known, meant, verdict};
use super::{Release, SIZED, all, engine, engine_of_family};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting, cache};

pub(super) static RULE: Rule = Rule {
    code: "parameter-group-family",
    title: "A parameter group that doesn't fit engine, version or cluster mode",
    levels: Levels::ERROR,
    about: "A cache takes a parameter group of the family that its engine version belongs to and \
        no other, be it one of AWS's own, such as default.valkey8, or one that stands beside \
        it. AWS's own come in pairs: the one that ends in .cluster.on is for cluster mode. The \
        other kind is refused when the cache is made, and when only the version is raised. \
        Change the family together with the version.",
    source: "ElastiCache user guide (parameter management), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let Some(setting) = resource
            .setting("CacheParameterGroupName")
            .filter(Setting::is_said)
        else {
            continue;
        };
        if let Some(group) = cache::parameter_group(check, &resource) {
            if let Some(family) = group.text("CacheParameterGroupFamily")
                && verdict(family) != Verdict::Wrong
                && let Some((right, who)) = mismatch(check, &resource, family)
            {
                check
                    .report(
                        &setting,
                        format!(
                            "parameter group {} of the family {family} doesn't fit {who}",
                            group.name()
                        ),
                    )
                    .allowed(format!("a group of the family {}", right.join(" or ")))
                    .help("change the family of the group, or the engine version");
            }
        } else if let Some((family, cluster)) = setting.text().and_then(cache::default_group) {
            default(check, &resource, &setting, family, cluster);
        }
    }
}

/// One of AWS's own groups.
fn default<'g>(
    check: &mut Check<'g>,
    resource: &Resource<'g>,
    setting: &Setting<'g>,
    family: &str,
    cluster: bool,
) {
    let suffix = |on: bool| if on { ".cluster.on" } else { "" };
    let name = format!("default.{family}{}", suffix(cluster));
    match verdict(family) {
        Verdict::Newer => return,
        Verdict::Wrong => {
            let engine = engine(check, resource).unwrap_or(engine_of_family(family));
            let help = meant(family).map_or_else(
                || "leave it out: AWS uses its own for the version".to_owned(),
                |family| format!("leave it out, or write default.{family}{}", suffix(cluster)),
            );
            check
                .report(setting, format!("there is no parameter group {name:?}"))
                .allowed(format!("default. and one of {}", known(engine)))
                .help(help);
            return;
        }
        Verdict::Current | Verdict::Former => {}
    }
    if let Some((right, who)) = mismatch(check, resource, family) {
        check
            .report(
                setting,
                format!("parameter group {name:?} doesn't fit {who}"),
            )
            .allowed(
                right
                    .iter()
                    .map(|family| format!("default.{family}{}", suffix(cluster)))
                    .collect::<Vec<_>>()
                    .join(" or "),
            )
            .help("leave the parameter group out: AWS uses its own for the version");
        return;
    }
    if resource.node.kind != Kind::ReplicationGroup {
        return;
    }
    if let Some(mode) = cache::cluster_mode(check, resource)
        && mode.is_on() != cluster
    {
        let state = if mode.is_on() { "on" } else { "off" };
        check
            .report(
                setting,
                format!("parameter group {name:?} doesn't fit a cache with cluster mode {state}"),
            )
            .allowed(format!("default.{family}{}", suffix(mode.is_on())))
            .help(format!("write default.{family}{}", suffix(mode.is_on())));
    }
}

/// The families that would be right, and who needs them, where the family is none of them.
fn mismatch<'g>(
    check: &Check<'g>,
    resource: &Resource<'g>,
    family: &str,
) -> Option<(Vec<String>, String)> {
    let engine = engine(check, resource)?;
    let own = engine_of_family(family);
    let other_engine = || {
        let own_families = || known(engine).split(", ").map(str::to_owned).collect();
        (own != engine).then(|| (own_families(), engine.to_owned()))
    };
    let Some(version) = cache::version(resource) else {
        return other_engine();
    };
    let right = match Release::of(engine, version) {
        Release::Current(fact) | Release::Floating(fact) => fact.family.clone(),
        Release::Newer => return other_engine(),
        _ if engine == "memcached" => cache::family_of(engine, version)?,
        // such a version has been refused already
        _ => return None,
    };
    (right != family).then(|| (vec![right], format!("{engine} {version}")))
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7"
  transit_encryption_enabled = true
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
  parameter_group_name = "default.redis7"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7.0
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  parameter_group_name = "default.redis7.0"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7.cluster.on
      ClusterMode: disabled
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  parameter_group_name = "default.redis7.cluster.on"
  cluster_mode         = "disabled"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
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
      CacheParameterGroupName: default.redis7
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  parameter_group_name       = "default.redis7"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis6.x
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
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis6.x"

  parameter {
    name  = "timeout"
    value = "300"
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
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey7
      Description: orders
      Properties:
        timeout: "300"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey7"

  parameter {
    name  = "timeout"
    value = "300"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = aws_elasticache_parameter_group.parameters.name
  transit_encryption_enabled = true
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7
      TransitEncryptionEnabled: true
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7"
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
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      CacheParameterGroupName: default.memcached1.5
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "orders"
  engine               = "memcached"
  engine_version       = "1.6.22"
  node_type            = "cache.m7g.large"
  num_cache_nodes      = 1
  parameter_group_name = "default.memcached1.5"
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
      CacheParameterGroupName: default.valkey8
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
  parameter_group_name       = "default.valkey8"
  transit_encryption_enabled = true
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 6.x
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis6.x
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.x"
  node_type            = "cache.m7g.large"
  parameter_group_name = "default.redis6.x"
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
      CacheParameterGroupName: default.redis6.x.cluster.on
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
  parameter_group_name       = "default.redis6.x.cluster.on"
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
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "10.0"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.valkey10
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "10.0"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.valkey10"
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
      NumNodeGroups: 1
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.redis7.cluster.on
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 1
  replicas_per_node_group    = 1
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
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: ours
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
  parameter_group_name = "ours"
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
      CacheParameterGroupName: default.memcached1.6
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id           = "orders"
  engine               = "memcached"
  engine_version       = "1.6.22"
  node_type            = "cache.m7g.large"
  num_cache_nodes      = 1
  parameter_group_name = "default.memcached1.6"
}
"#,
    ),
];
