//! Data tiering is for the node types that have an SSD, and they have nothing else.

use super::{SIZED, all, named, running};
use crate::facts;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "data-tiering",
    title: "Data tiering without an SSD, or an SSD without data tiering",
    levels: Levels::ERROR,
    about: "The r6gd types keep the data that is used least on an SSD. They are only usable with \
        data tiering switched on, no other type has it, and it takes Redis OSS 6.2 or Valkey. A \
        cache cluster can't switch it on at all. It can't be changed later either: another \
        setting is another cache. Say both or neither.",
    source: "ElastiCache user guide (data tiering), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

const ALLOWED: &str = "data tiering on cache.r6gd, and on nothing else";

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let Some(setting) = resource.setting("CacheNodeType") else {
            continue;
        };
        let Some(fact) = setting.text().and_then(facts::node_type) else {
            continue;
        };
        let name = &fact.node_type;
        if resource.node.kind == Kind::CacheCluster {
            if fact.data_tiering {
                check
                    .report(
                        &setting,
                        format!("{name} is only usable with data tiering, which a cache cluster doesn't have"),
                    )
                    .allowed(ALLOWED)
                    .help("make it a replication group, or use another node type");
            }
            continue;
        }
        if resource.node.kind != Kind::ReplicationGroup {
            continue;
        }
        let Some(tiered) = resource.bool_or("DataTieringEnabled", false) else {
            continue;
        };
        let word = resource.word("DataTieringEnabled");
        if tiered && !fact.data_tiering {
            check
                .report_at(
                    &resource,
                    "DataTieringEnabled",
                    format!("{name} has no data tiering"),
                )
                .allowed(ALLOWED)
                .help(format!("leave {word} out, or use a cache.r6gd type"));
        } else if !tiered && fact.data_tiering {
            check
                .report(&setting, format!("{name} is only usable with data tiering"))
                .allowed(ALLOWED)
                .help(format!("set {word} to true, or use another node type"));
        }
        if let Some(version) = running(check, &resource)
            && tiered
            && fact.data_tiering
            && !version.data_tiering
        {
            check
                .report(&setting, format!("{} has no data tiering", named(version)))
                .allowed("redis 6.2 or later, or valkey")
                .help("raise the engine version");
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
      CacheNodeType: cache.r6gd.xlarge
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.r6gd.xlarge"
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
      DataTieringEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  data_tiering_enabled = true
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
      CacheNodeType: cache.r6gd.2xlarge
      DataTieringEnabled: false
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.r6gd.2xlarge"
  data_tiering_enabled = false
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.r6gd.xlarge
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "redis"
  engine_version  = "7.1"
  node_type       = "cache.r6gd.xlarge"
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
      EngineVersion: "7.1"
      CacheNodeType: cache.r6gd.xlarge
      DataTieringEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.r6gd.xlarge"
  data_tiering_enabled = true
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
      DataTieringEnabled: false
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  data_tiering_enabled = false
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
      CacheNodeType: cache.r6gd.xlarge
      DataTieringEnabled: true
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "7.2"
  node_type                  = "cache.r6gd.xlarge"
  data_tiering_enabled       = true
  transit_encryption_enabled = true
}
"#,
    ),
];
