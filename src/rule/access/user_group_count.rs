//! One user group to a cache.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-group-count",
    title: "More than one user group on a cache",
    levels: Levels::ERROR,
    about: "The setting is a list, and ElastiCache takes one group: a cache belongs to exactly one \
        set of users. A user may belong to several groups, so make a group for this cache that has \
        everybody who needs it.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let count = cache.list("UserGroupIds").map_or(0, <[_]>::len);
        if count > 1 {
            let word = cache.word("UserGroupIds");
            check
                .report_at(
                    &cache,
                    "UserGroupIds",
                    format!("{word} names {count} groups"),
                )
                .allowed("one group")
                .help("make one group of all their users");
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
      UserGroupIds: [readers, writers]
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
  user_group_ids             = ["readers", "writers"]
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
        r#"variable "user_group_ids" {
  type = list(string)
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  user_group_ids             = var.user_group_ids
}
"#,
    ),
];
