//! Whether what a cache writes to disks and snapshots can be read there.

use super::at_rest;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "encryption-at-rest",
    title: "Disks and snapshots are in clear",
    levels: Levels::PRODUCTION,
    about: "Without encryption at rest whatever the engine writes when it synchronizes, swaps or \
        takes a snapshot is in clear, and so are copies of the snapshots. Redis OSS leaves it off \
        unless told otherwise; Valkey turns it on. It costs nothing, and it can't be changed on a \
        running cache: a change replaces it with an empty one, so decide before there is data.",
    source: "ElastiCache user guide and API reference, read November 2026",
    controls: &[
        "CKV_AWS_29",
        "ElastiCache.4",
        "CT.ELASTICACHE.PR.4",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_AT_REST",
        "cfn_nag F25",
        "trivy AWS-0045",
        "AwsSolutions-AEC3",
    ],
    examples: EXAMPLES,
    check: Some(check),
};

const NAME: &str = "AtRestEncryptionEnabled";

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        if at_rest(&cache) != Some(false) {
            continue;
        }
        let word = cache.word(NAME);
        let message = if cache.setting(NAME).is_some() {
            format!("{word} is off: disks and snapshots are in clear")
        } else {
            format!(
                "{word} isn't said, which leaves it off for Redis OSS: disks and snapshots are in clear"
            )
        };
        check.report_at(&cache, NAME, message).help(format!(
            "set {word} to true when the cache is made: later, the change replaces it"
        ));
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AtRestEncryptionEnabled: false
"#,
    ),
    // nothing said leaves Redis OSS in clear
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
}
"#,
    ),
    // the provider takes a text, too
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  at_rest_encryption_enabled = "false"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AtRestEncryptionEnabled: true
"#,
    ),
    // Valkey encrypts unless told otherwise
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
}
"#,
    ),
    // in development anything goes
    Example::good_terraform(
        r#"# cachewright: stage development
resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = false
}
"#,
    ),
];
