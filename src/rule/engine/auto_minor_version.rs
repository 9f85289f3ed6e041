//! Automatic minor upgrades before Redis 6.

use super::{NODES, all, named, running};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "auto-minor-version-ignored",
    title: "Automatic minor upgrades of an engine that has none",
    levels: Levels::INFORMATION,
    about: "AWS upgrades minor versions by itself from Redis 6.0 on and for Valkey. An older \
        version stays as it is whatever the setting says, so whoever relies on it gets no \
        upgrades. Upgrade the engine, or leave the setting out.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &NODES) {
        let (Some(setting), Some(fact)) = (
            resource.setting("AutoMinorVersionUpgrade"),
            running(check, &resource),
        ) else {
            continue;
        };
        // a definition states its default too, with no place
        let said = setting.property.place.is_some();
        let on = resource.bool("AutoMinorVersionUpgrade") == Some(true);
        if said && on && fact.engine == "redis" && older(&fact.version, "6.0") {
            check
                .report(
                    &setting,
                    format!("{} isn't upgraded automatically", named(fact)),
                )
                .allowed("redis 6.0 or later, or valkey")
                .help("raise the engine version, or leave it out");
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
      EngineVersion: "5.0.6"
      CacheNodeType: cache.m5.large
      AutoMinorVersionUpgrade: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "5.0.6"
  node_type                  = "cache.m5.large"
  auto_minor_version_upgrade = true
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
      AutoMinorVersionUpgrade: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.m7g.large"
  auto_minor_version_upgrade = true
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
      CacheNodeType: cache.m5.large
      AutoMinorVersionUpgrade: false
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "5.0.6"
  node_type                  = "cache.m5.large"
  auto_minor_version_upgrade = false
}
"#,
    ),
];
