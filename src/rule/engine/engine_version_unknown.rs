//! An engine version that is newer than the tables.

use super::{Release, SIZED, all, engine};
use crate::facts;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "engine-version-unknown",
    title: "An engine version that is newer than the tables",
    levels: Levels::WARNING,
    about: "The version is higher than any that was known when the tables were read, so nothing \
        about it can be checked, and its parameter group family is a guess. It is most likely \
        right and newer than this tool. Check the version and the family against AWS's list, or \
        update the tool.",
    source: "ElastiCache user guide (engine versions), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let (Some(engine), Some(setting)) =
            (engine(check, &resource), resource.setting("EngineVersion"))
        else {
            continue;
        };
        let Some(version) = setting.text() else {
            continue;
        };
        if engine == "memcached" || !matches!(Release::of(engine, version), Release::Newer) {
            continue;
        }
        let family = cache::family_of(engine, version).unwrap_or_default();
        check
            .report(
                &setting,
                format!(
                    "{engine} {version} is newer than the versions known in {}; the family {family} is a guess",
                    facts::READ
                ),
            )
            .help("check that the family is right");
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "10.0"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "10.0"
  node_type                  = "cache.m7g.large"
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
      EngineVersion: "7.9"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.9"
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
      EngineVersion: "9.1"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.1"
  node_type                  = "cache.m7g.large"
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
"#,
    ),
];
