//! A parameter that is newer than the engine.

use super::{named, parameters, running, users};
use crate::facts::Modifiable;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "parameter-version",
    title: "A parameter that is newer than the engine",
    levels: Levels::ERROR,
    about: "A family covers several minor versions, and some of its parameters came with a later \
        one: the commandlog parameters of valkey8 with 8.1, those of search with 8.2. A cache \
        of an older version doesn't know them. Raise the engine version, or leave the parameter \
        out.",
    source: "ElastiCache user guide (engine-specific parameters), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for parameter in parameters(check) {
        let Some(fact) = parameter.fact.filter(|fact| {
            fact.modifiable != Modifiable::No && !fact.min_engine_version.is_empty()
        }) else {
            continue;
        };
        let first = &fact.min_engine_version;
        let cache = users(check, &parameter.group).into_iter().find_map(|user| {
            let version = running(check, &user)?;
            let fits = version.family != parameter.family || !older(&version.version, first);
            (!fits).then_some((user, version))
        });
        let Some((user, version)) = cache else {
            continue;
        };
        check
            .report_name(
                &parameter.setting,
                parameter.entry,
                format!(
                    "parameter {:?} came with version {first}, and the engine is {}",
                    parameter.entry.name,
                    named(version)
                ),
            )
            .allowed(format!("version {first} or later"))
            .help(format!(
                "leave it out, or raise the engine version of {}",
                user.name()
            ));
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        commandlog-request-larger-than: "1000"
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
  family = "valkey8"

  parameter {
    name  = "commandlog-request-larger-than"
    value = "1000"
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
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis6.x
      Description: orders
      Properties:
        acl-pubsub-default: resetchannels
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.0"
      CacheNodeType: cache.m5.large
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis6.x"

  parameter {
    name  = "acl-pubsub-default"
    value = "resetchannels"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.0"
  node_type            = "cache.m5.large"
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        commandlog-request-larger-than: "1000"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.1"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "commandlog-request-larger-than"
    value = "1000"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = aws_elasticache_parameter_group.parameters.name
  transit_encryption_enabled = true
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis6.x
      Description: orders
      Properties:
        acl-pubsub-default: resetchannels
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 6.x
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis6.x"

  parameter {
    name  = "acl-pubsub-default"
    value = "resetchannels"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.x"
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
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        acl-pubsub-default: resetchannels
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
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "acl-pubsub-default"
    value = "resetchannels"
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
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        commandlog-request-larger-than: "1000"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "commandlog-request-larger-than"
    value = "1000"
  }
}
"#,
    ),
];
