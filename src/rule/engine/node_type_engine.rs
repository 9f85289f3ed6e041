//! A node type runs the engine and its version.

use super::{SIZED, all, engine, named, running};
use crate::facts;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "node-type-engine",
    title: "A node type that doesn't run the engine or its version",
    levels: Levels::ERROR,
    about: "Newer node types need newer engines: Graviton types start with Redis OSS 5.0.6 or \
        6.2, and the eighth generation runs Valkey only. AWS refuses an older version on them, \
        and it refuses the move of a running cache as well. Raise the engine version, or use a \
        node type that is as old as the engine.",
    source: "ElastiCache user guide (supported node types), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let Some(setting) = resource.setting("CacheNodeType") else {
            continue;
        };
        let (Some(fact), Some(engine)) = (
            setting.text().and_then(facts::node_type),
            engine(check, &resource),
        ) else {
            continue;
        };
        let oldest = match engine {
            "redis" => &fact.min_redis,
            "valkey" => &fact.min_valkey,
            _ => continue,
        };
        let name = &fact.node_type;
        if oldest.is_empty() {
            let word = resource.word("Engine");
            check
                .report(&setting, format!("{name} runs Valkey only"))
                .allowed("engine valkey")
                .help(format!("say valkey in {word}, or use another node type"));
        } else if let Some(version) = running(check, &resource)
            && older(&version.version, oldest)
        {
            check
                .report(&setting, format!("{name} doesn't run {}", named(version)))
                .allowed(format!("{engine} {oldest} or later"))
                .help("raise the engine version or use another node type");
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
      EngineVersion: "6.0"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.0"
  node_type            = "cache.m7g.large"
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
      CacheNodeType: cache.m8g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m8g.large"
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
      EngineVersion: "4.0.10"
      CacheNodeType: cache.m6g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "4.0.10"
  node_type            = "cache.m6g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "5.0.6"
      CacheNodeType: cache.r7g.large
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "redis"
  engine_version  = "5.0.6"
  node_type       = "cache.r7g.large"
  num_cache_nodes = 1
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
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "7.2"
      CacheNodeType: cache.m8g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "7.2"
  node_type                  = "cache.m8g.large"
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
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.x"
  node_type            = "cache.m7g.large"
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
      EngineVersion: "5.0.6"
      CacheNodeType: cache.m6g.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0.6"
  node_type            = "cache.m6g.large"
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
      CacheNodeType: cache.m7g.large
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  node_type            = "cache.m7g.large"
}
"#,
    ),
];
