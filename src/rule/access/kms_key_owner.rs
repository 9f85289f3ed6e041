//! Encryption at rest with a key that nobody in the account can see.

use super::{Said, at_rest, caches, said};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "kms-key-aws-owned",
    title: "Encrypted at rest with a key that AWS owns",
    levels: Levels {
        development: None,
        ..Levels::always(Level::Information)
    },
    about: "Without a KMS key of the account's own the data is encrypted with one that AWS owns: \
        nobody can see its use, restrict it by a policy, or withdraw it. That is enough for most \
        caches. Where a rule asks for a key under your control, name one when the cache is made: a \
        change of the key replaces the cache.",
    source: "",
    controls: &["CKV_AWS_191"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in caches(check) {
        let has_key = cache.node.kind != Kind::CacheCluster;
        if !has_key
            || at_rest(&cache) != Some(true)
            || said(check, &cache, "KmsKeyId") != Some(Said::No)
        {
            continue;
        }
        check
            .report_at(
                &cache,
                "AtRestEncryptionEnabled",
                "encrypted at rest with a key that AWS owns",
            )
            .help(format!(
                "name a key of the account by {}, if one is asked for",
                cache.word("KmsKeyId")
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
      AtRestEncryptionEnabled: true
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
  at_rest_encryption_enabled = true
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
      KmsKeyId: arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-1111-2222-0123456789ab
"#,
    ),
    // what isn't encrypted has no key to speak of
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
}
"#,
    ),
    Example::good_terraform(
        r#"variable "kms_key_id" {
  type = string
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_id
}
"#,
    ),
];
