//! A global datastore isn't older than its primary.

use super::{engine, primaries, running};
use crate::rule::{Check, Example, Levels, Rule, cache};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-version",
    title: "A global datastore that is older than its primary",
    levels: Levels::ERROR,
    about: "A global datastore starts with the engine version of its primary, and a version that \
        is said for the whole can only raise it: an older one would be a downgrade, which AWS \
        doesn't do and Terraform refuses. Raise it to the primary's version, or leave it out.",
    source: "Terraform AWS provider (aws_elasticache_global_replication_group), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (global, primary) in primaries(check) {
        let Some(setting) = global.setting("EngineVersion") else {
            continue;
        };
        let (Some(own), Some(first)) = (running(check, &global), running(check, &primary)) else {
            continue;
        };
        // from Redis OSS to Valkey is an upgrade whatever the numbers
        let same = engine(check, &global) == cache::engine(&primary);
        if same && older(&own.version, &first.version) {
            check
                .report(
                    &setting,
                    format!(
                        "version {} is older than {} of the primary",
                        own.version, first.version
                    ),
                )
                .allowed(format!("{} or later", first.version))
                .help("raise it, or leave it out");
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
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
      EngineVersion: "7.0"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
  engine_version                     = "7.0"
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
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
      EngineVersion: 6.x
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
  engine_version                     = "6.x"
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
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
      EngineVersion: "7.1"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
  engine_version                     = "7.1"
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
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
      EngineVersion: "7.1"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
  engine_version                     = "7.1"
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
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
}
"#,
    ),
];
