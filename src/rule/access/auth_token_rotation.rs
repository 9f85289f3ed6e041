//! A rotation that leaves the old way in open.

use super::{Said, has_token};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "auth-token-rotation",
    title: "A rotation keeps the old way in open",
    levels: Levels {
        development: Some(Level::Information),
        ..Levels::WARNING
    },
    about: "With ROTATE the new token opens beside what opened before. For the first token of a \
        running cache that is login without any token, which stays possible until SET is said: the \
        cache looks protected and isn't. Say SET for a first token; for a rotation say ROTATE, \
        apply, move the clients, and say SET at once.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(setting) = cache.setting("auth_token_update_strategy") else {
            continue;
        };
        let token = has_token(check, &cache);
        if setting.text() == Some("ROTATE") && matches!(token, Some(Said::Yes | Said::Perhaps)) {
            check
                .report(
                    &setting,
                    format!(
                        "{} is ROTATE: the old token, or login without one, stays open",
                        setting.name()
                    ),
                )
                .allowed("SET, but for the first step of a rotation")
                .help("say SET once the clients have the new token");
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
  auth_token_update_strategy = "ROTATE"
}
"#,
    ),
    Example::bad_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
}

variable "strategy" {
  type    = string
  default = "ROTATE"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
  auth_token_update_strategy = var.strategy
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
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
  auth_token_update_strategy = "SET"
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
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
}
"#,
    ),
];
