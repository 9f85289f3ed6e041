//! Access control beside encryption that clients may leave out.

use super::{Said, has_token, has_users};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "transit-encryption-preferred-access",
    title: "A token or users where encryption in transit is only preferred",
    levels: Levels::ERROR,
    about: "While TLS is only preferred some clients speak in clear, and ElastiCache asks nobody \
        for a token or a password over such a connection: it refuses the combination. Move all \
        clients to TLS and set the mode to `required` first, then add the token or the users.",
    source: "errors of the API, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(mode) = cache.setting("TransitEncryptionMode") else {
            continue;
        };
        if mode.text() != Some("preferred") {
            continue;
        }
        let access = if has_token(check, &cache) == Some(Said::Yes) {
            cache.word("AuthToken")
        } else if has_users(check, &cache) == Some(Said::Yes) {
            cache.word("UserGroupIds")
        } else {
            continue;
        };
        check
            .report(
                &mode,
                format!("{} is preferred beside {access}", mode.name()),
            )
            .allowed("required, or no access control yet")
            .help("set it to required once every client speaks TLS");
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
      TransitEncryptionMode: preferred
      AuthToken: "{{resolve:secretsmanager:sessions/token}}"
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
      TransitEncryptionEnabled: true
      TransitEncryptionMode: preferred
      UserGroupIds: [applications]
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
  transit_encryption_mode    = "preferred"
  user_group_ids             = ["applications"]
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
  auth_token                 = random_password.token.result
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
      TransitEncryptionMode: required
      UserGroupIds: [applications]
"#,
    ),
    // a caller may give no group
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
  transit_encryption_mode    = "preferred"
  user_group_ids             = var.user_group_ids
}
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
  user_group_ids             = []
}
"#,
    ),
];
