//! The mode of encryption in transit: a word that the engine knows, where there is encryption.

use super::{engine_words, tls};
use crate::facts;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};
use crate::value::older;

pub(super) const RULE: Rule = Rule {
    code: "transit-encryption-mode",
    title: "A mode of encryption in transit that this cache can't have",
    levels: Levels::ERROR,
    about: "The mode says whether clients may speak TLS or must. It belongs to encryption in \
        transit, so it is refused where that is off, and engines before Redis OSS 7.0.5 don't have \
        one: there encryption is on or off. Leave it out for `required`, which is what encryption \
        means without it.",
    source: "CloudFormation reference and errors of the API, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

const NAME: &str = "TransitEncryptionMode";

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(setting) = cache.setting(NAME) else {
            continue;
        };
        let Some(mode) = setting.text().filter(|mode| !mode.is_empty()) else {
            continue;
        };
        let word = setting.name();
        if !matches!(mode, "preferred" | "required") {
            check
                .report(&setting, format!("{mode:?} is no {word}"))
                .allowed("preferred or required")
                .help("leave it out: encryption is required then");
            continue;
        }
        if tls(check, &cache) == Some(false) {
            let enabled = cache.word("TransitEncryptionEnabled");
            check
                .report(
                    &setting,
                    format!("{word} is {mode}, and encryption in transit is off"),
                )
                .allowed(format!("a mode together with {enabled} true"))
                .help(format!("set {enabled} to true, or leave {word} out"));
            continue;
        }
        let (Some(engine), Some(version)) = (cache::engine(&cache), cache::version(&cache)) else {
            continue;
        };
        let lacks = facts::engine_version(engine, version).map_or_else(
            || engine == "redis" && older(version, "7.0"),
            |fact| !fact.tls_preferred,
        );
        if lacks {
            let who = engine_words(&cache).unwrap_or_default();
            let message = if mode == "preferred" {
                format!("{who} can't prefer TLS: it is on or off")
            } else {
                format!("{who} has no {word}: TLS is on or off")
            };
            check
                .report(&setting, message)
                .allowed("redis 7.0 or later, or valkey")
                .help(format!("leave {word} out, or raise the engine version"));
        }
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
      TransitEncryptionMode: optional
"#,
    ),
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
      TransitEncryptionMode: required
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      TransitEncryptionMode: required
"#,
    ),
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
      TransitEncryptionEnabled: false
      TransitEncryptionMode: preferred
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  transit_encryption_mode    = "Required"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id    = "sessions"
  description             = "Sessions"
  engine                  = "redis"
  engine_version          = "7.1"
  node_type               = "cache.t4g.micro"
  transit_encryption_mode = "preferred"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
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
      EngineVersion: "7.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      TransitEncryptionMode: required
"#,
    ),
    // an old engine that says nothing of it
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "6.2"
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
  transit_encryption_mode    = "preferred"
}
"#,
    ),
    // a version that is newer than the tables
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "10.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
}
"#,
    ),
];
