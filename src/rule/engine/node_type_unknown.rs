//! A node type of a family that the tables don't know.

use super::node_type::{Verdict, verdict};
use super::{SIZED, all};
use crate::facts;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "node-type-unknown",
    title: "A node type that the tables do not know",
    levels: Levels::WARNING,
    about: "The name has the form of a node type, and its family isn't in the tables. Either it \
        is mistyped, and AWS will refuse it, or it is newer than this tool, and nothing about \
        it can be checked: not the region, nor the engine, nor its memory. Check the spelling, \
        or update the tool.",
    source: "ElastiCache user guide (supported node types), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let Some(setting) = resource.setting("CacheNodeType") else {
            continue;
        };
        let Some(name) = setting.text() else {
            continue;
        };
        if verdict(name) != Verdict::Unknown {
            continue;
        }
        let near = facts::node_types().find(|known| letters(known) == letters(name));
        check
            .report(
                &setting,
                format!(
                    "node type {name:?} is not among those known in {}",
                    facts::READ
                ),
            )
            .help(match near {
                Some(near) => {
                    format!("check the spelling ({near} exists); nothing about it can be checked")
                }
                None => "check the spelling; nothing about it can be checked".to_owned(),
            });
    }
}

/// A name that differs from a known one in the order of its letters only is mistyped.
fn letters(name: &str) -> Vec<u8> {
    let mut letters = name.as_bytes().to_vec();
    letters.sort_unstable();
    letters
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
      CacheNodeType: cache.m9g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m9g.large"
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
      CacheNodeType: cache.mg7.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.mg7.large"
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
      CacheNodeType: cache.c7gn.16xlarge
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.c7gn.16xlarge"
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
      EngineVersion: "8.0"
      CacheNodeType: cache.r8g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.r8g.large"
  transit_encryption_enabled = true
}
"#,
    ),
];
