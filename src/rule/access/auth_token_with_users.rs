//! A token beside users: two ways to log in that exclude each other.

use super::{Said, has_token, has_users, token};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "auth-token-with-users",
    title: "A token and a user group on the same cache",
    levels: Levels::ERROR,
    about: "A cache asks either for one token that all clients share or for users with rights of \
        their own. Terraform's provider refuses both together, and ElastiCache does. Keep the user \
        group: its user named `default`, with a password, does what the token did.",
    source: "schema of Terraform's AWS provider, ElastiCache user guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(setting) = token(&cache) else {
            continue;
        };
        if has_token(check, &cache) == Some(Said::Yes)
            && has_users(check, &cache) == Some(Said::Yes)
        {
            let (token, users) = (setting.name(), cache.word("UserGroupIds"));
            check
                .report(&setting, format!("{token} beside {users}"))
                .allowed("one of the two")
                .help(format!("leave {token} out"));
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
      AuthToken: "{{resolve:secretsmanager:sessions/token}}"
      UserGroupIds: [applications]
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
  auth_token                 = random_password.token.result
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
    // a caller gives one of the two
    Example::good_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
}

variable "user_group_ids" {
  type = list(string)
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
  user_group_ids             = var.user_group_ids
}
"#,
    ),
    Example::good_terraform(
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
  auth_token                 = random_password.token.result
  user_group_ids             = []
}
"#,
    ),
];
