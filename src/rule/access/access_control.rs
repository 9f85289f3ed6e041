//! Whether anybody who reaches a cache may use it.

use super::{Said, caches, has_token, has_users, tls, user_groups};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) const RULE: Rule = Rule {
    code: "access-control",
    title: "Whoever reaches the cache may do everything",
    levels: Levels::PRODUCTION,
    about: "With neither a token nor users a cache asks nobody who they are: every program behind \
        the security group reads and deletes every key, and a mistake in a network rule opens all \
        of it. Users with rights of their own are the better way for Valkey and Redis OSS from 6.0; \
        one token for all works everywhere. If the security group is meant to be all there is, \
        allow this with the reason.",
    source: "",
    controls: &[
        "CKV_AWS_31",
        "ElastiCache.6",
        "CT.ELASTICACHE.PR.7",
        "CT.ELASTICACHE.PR.8",
        "AwsSolutions-AEC6",
    ],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in caches(check) {
        // without TLS nobody can be asked, and that is said already
        let possible = match cache.node.kind {
            Kind::CacheCluster => false,
            // one of Memcached has neither
            Kind::ServerlessCache => {
                matches!(cache::engine(&cache), Some("redis" | "valkey"))
            }
            _ => cache.text_or("TransitEncryptionMode", "required") == Some("required"),
        };
        let possible = possible && tls(check, &cache) == Some(true);
        if !possible
            || has_token(check, &cache) != Some(Said::No)
            || has_users(check, &cache) != Some(Said::No)
        {
            continue;
        }
        let users = cache.word(user_groups(cache.node.kind));
        let help = match cache.node.kind {
            Kind::ServerlessCache => format!("name a user group by {users}"),
            _ => format!(
                "name a user group by {users}, or a secret by {}",
                cache.word("AuthToken")
            ),
        };
        check
            .report_at(
                &cache,
                "TransitEncryptionEnabled",
                "neither a token nor users: whoever reaches the cache may do everything",
            )
            .help(help);
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
"#,
    ),
    Example::bad_cloudformation(
        r"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: sessions
      Engine: valkey
",
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
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  user_group_ids             = []
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
      AuthToken: "{{resolve:secretsmanager:sessions/token}}"
"#,
    ),
    // in clear nobody can be asked: another rule speaks of that
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
      TransitEncryptionEnabled: false
"#,
    ),
    Example::good_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
}
"#,
    ),
    // Memcached has neither
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "sessions"
  engine = "memcached"
}
"#,
    ),
];
