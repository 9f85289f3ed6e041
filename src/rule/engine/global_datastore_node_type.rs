//! A node type that a global datastore doesn't take.

use std::collections::BTreeSet;

use super::primaries;
use crate::diagnostic::Level;
use crate::facts::{self, NodeTypeFact};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, Setting};

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-node-type",
    title: "A node type that a global datastore doesn't take",
    levels: Levels::ERROR,
    about: "A global datastore takes the m5, m6g, m7g, r5, r6g, r6gd, r7g and c7gn types, from \
        large on. Burstable types and those of earlier generations can't be in one, so a cache \
        that was tried out on cache.t3 doesn't become global. For types newer than the list \
        this is a warning. Use one of the families that are listed.",
    source: "ElastiCache user guide (global datastores, limitations), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let mut seen = BTreeSet::new();
    for (_, primary) in primaries(check) {
        if let Some(setting) = primary.setting("CacheNodeType")
            && seen.insert((primary.node.module.clone(), primary.name()))
        {
            one(check, &setting);
        }
    }
    for global in check.all(Kind::GlobalReplicationGroup) {
        if let Some(setting) = global.setting("CacheNodeType") {
            one(check, &setting);
        }
    }
}

fn one<'g>(check: &mut Check<'g>, setting: &Setting<'g>) {
    let Some(fact) = setting.text().and_then(facts::node_type) else {
        return;
    };
    // what takes no new caches has been refused already
    if fact.global_datastore || !fact.new_clusters {
        return;
    }
    let level = if is_newer_than_the_list(fact) {
        Level::Warning
    } else {
        Level::Error
    };
    check
        .report(
            setting,
            format!("{} can't be in a global datastore", fact.node_type),
        )
        .allowed(format!(
            "m5, m6g, m7g, r5, r6g, r6gd, r7g and c7gn from large on (facts of {})",
            facts::READ
        ))
        .help("use a node type of one of these families")
        .level(level);
}

/// AWS's list of families ends before those that run Valkey only.
fn is_newer_than_the_list(fact: &NodeTypeFact) -> bool {
    fact.min_redis.is_empty()
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
      CacheNodeType: cache.t3.medium
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
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t3.medium"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
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
      CacheNodeType: cache.r4.large
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
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.r4.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
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
      CacheNodeType: cache.t4g.medium
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
  cache_node_type                    = "cache.t4g.medium"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m8g.large
      TransitEncryptionEnabled: true
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
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m8g.large"
  transit_encryption_enabled = true
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
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
      CacheNodeType: cache.m5.large
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
  node_type            = "cache.m5.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
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
      CacheNodeType: cache.t3.medium
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t3.medium"
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
      CacheNodeType: cache.m7g.xlarge
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
  cache_node_type                    = "cache.m7g.xlarge"
}
"#,
    ),
];
