//! What stands beside a cache and is encrypted with a key that AWS owns, or not at all.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "customer-key-absent",
    title: "A log group, secret or topic beside a cache without a key of the account",
    levels: Levels::INFORMATION,
    about: "Logs and secrets are encrypted with keys that AWS owns unless a key is named, and messages of a topic \
            are not encrypted at rest at all. Who audits by key, or has to be able to take access away \
            by one, names a key of the account.",
    source: "CloudWatch Logs, Secrets Manager and SNS user guides, read November 2026",
    controls: &["CKV_AWS_158", "CKV_AWS_149", "CKV_AWS_26"],
    examples: &[
        Example::bad_cloudformation(LOGS),
        Example::bad_terraform(TOPIC),
        Example::good_cloudformation(KEYS),
        Example::good_terraform(TOPIC_KEY),
    ],
    check: Some(check),
};

const KINDS: [(Kind, &str, &str); 3] = [
    (Kind::LogGroup, "KmsKeyId", "a log group"),
    (Kind::Secret, "KmsKeyId", "a secret"),
    (Kind::Topic, "KmsMasterKeyId", "a topic"),
];

fn check(check: &mut Check<'_>) {
    if cache::all(check).is_empty() {
        return;
    }
    for (kind, name, what) in KINDS {
        for resource in check.all(kind) {
            if resource.is_absent(name) {
                let word = resource.word(name);
                check
                    .report_resource(&resource, format!("{what} without {word}"))
                    .help(format!("name a key in {word}, if one is asked for"));
            }
        }
    }
}

const LOGS: &str = "Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /shop/slow, RetentionInDays: 30}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: shop, CacheNodeType: cache.t4g.small}
";

const KEYS: &str = "Parameters:
  Key: {Type: String}
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /shop/slow, RetentionInDays: 30, KmsKeyId: !Ref Key}
  Token:
    Type: AWS::SecretsManager::Secret
    Properties: {KmsKeyId: !Ref Key}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: shop, CacheNodeType: cache.t4g.small}
";

const TOPIC: &str = r#"resource "aws_sns_topic" "this" {
  name = "shop"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id   = "shop"
  description            = "shop"
  node_type              = "cache.t4g.small"
  notification_topic_arn = aws_sns_topic.this.arn
}
"#;

const TOPIC_KEY: &str = r#"resource "aws_sns_topic" "this" {
  name              = "shop"
  kms_master_key_id = "alias/shop"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id   = "shop"
  description            = "shop"
  node_type              = "cache.t4g.small"
  notification_topic_arn = aws_sns_topic.this.arn
}
"#;
