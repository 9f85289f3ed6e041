//! A key for an encryption that isn't there.

use super::{Said, at_rest, said};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "kms-key-without-encryption",
    title: "A KMS key where encryption at rest is off",
    levels: Levels::ERROR,
    about: "A KMS key belongs to encryption at rest, which Redis OSS leaves off unless told \
        otherwise: ElastiCache refuses a key without it. Whoever named a key wanted the encryption, \
        so turn it on; on a cache that runs already that is a replacement.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        if at_rest(&cache) != Some(false) || said(check, &cache, "KmsKeyId") != Some(Said::Yes) {
            continue;
        }
        let encryption = cache.word("AtRestEncryptionEnabled");
        let message = format!(
            "{} names a key, and {encryption} is {}",
            cache.word("KmsKeyId"),
            if cache.is_absent("AtRestEncryptionEnabled") {
                "left out"
            } else {
                "off"
            }
        );
        check
            .report_at(&cache, "KmsKeyId", message)
            .allowed(format!("a key together with {encryption} true"))
            .help(format!("set {encryption} to true"));
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
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
      KmsKeyId: !GetAtt Key.Arn
"#,
    ),
    // Redis OSS doesn't encrypt unless told to
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
      KmsKeyId: arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-1111-2222-0123456789ab
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  kms_key_id           = aws_kms_key.cache.arn
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  at_rest_encryption_enabled = false
  kms_key_id                 = aws_kms_key.cache.arn
}
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
      KmsKeyId: arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-1111-2222-0123456789ab
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
}
"#,
    ),
    // a caller may give no key
    Example::good_terraform(
        r#"variable "kms_key_id" {
  type = string
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  kms_key_id           = var.kms_key_id
}
"#,
    ),
];
