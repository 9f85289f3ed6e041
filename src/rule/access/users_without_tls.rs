//! Users over connections in clear.

use super::{Said, has_users, tls};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "users-without-tls",
    title: "A user group without encryption in transit",
    levels: Levels::ERROR,
    about: "ElastiCache lets users log in only where connections are encrypted and refuses a user \
        group on a cache without encryption in transit. On a running cache turn the encryption on \
        first, with the mode `preferred` and then `required`, and add the group after that.",
    source: "errors of the API, read November 2026",
    controls: &["CKV_AWS_31"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let level = match has_users(check, &cache) {
            Some(Said::Yes) => Level::Error,
            Some(Said::Perhaps) => Level::Warning,
            _ => continue,
        };
        if tls(check, &cache) != Some(false) {
            continue;
        }
        let (users, encryption) = (
            cache.word("UserGroupIds"),
            cache.word("TransitEncryptionEnabled"),
        );
        let message = match level {
            Level::Error => format!("{users} where encryption in transit is off"),
            _ => format!("{users} can be given while encryption in transit is off"),
        };
        check
            .report_at(&cache, "UserGroupIds", message)
            .allowed(format!("a user group together with {encryption} true"))
            .help(format!("set {encryption} to true"))
            .level(level);
    }
}

const EXAMPLES: &[Example] = &[
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
      UserGroupIds: [applications]
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
      UserGroupIds: [applications]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  user_group_ids       = ["applications"]
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = false
  user_group_ids             = ["applications"]
}
"#,
    ),
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
      UserGroupIds: [applications]
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  user_group_ids       = []
}
"#,
    ),
    // a serverless cache always encrypts
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name          = "sessions"
  engine        = "valkey"
  user_group_id = "applications"
}
"#,
    ),
];
