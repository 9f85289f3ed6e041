//! How Terraform hands a token over, where there is one.

use super::{Said, has_token};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "auth-token-update-strategy",
    title: "A strategy for a token that isn't there, or that should go",
    levels: Levels::ERROR,
    about: "`auth_token_update_strategy` says how a changed token is handed to a running cache: \
        SET and ROTATE need a token, and DELETE, which takes it away, needs it to be gone. \
        Terraform's provider refuses anything else while planning. A module that offers an \
        optional token must leave the strategy out together with it.",
    source: "Terraform's AWS provider, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(setting) = cache.setting("auth_token_update_strategy") else {
            continue;
        };
        let Some(strategy) = setting.text().filter(|text| !text.is_empty()) else {
            continue;
        };
        let word = setting.name();
        let token = has_token(check, &cache);
        let (message, allowed, help) = match (strategy, token) {
            ("SET" | "ROTATE", Some(Said::No)) => (
                format!("{word} is {strategy}, and there is no auth_token"),
                "a strategy together with a token",
                "leave the strategy out, or give the token",
            ),
            ("DELETE", Some(Said::Yes)) => (
                format!("{word} is DELETE beside an auth_token"),
                "DELETE without a token",
                "leave auth_token out where it should go",
            ),
            ("SET" | "ROTATE" | "DELETE", _) => continue,
            _ => (
                format!("{strategy:?} is no {word}"),
                "SET, ROTATE or DELETE",
                "say SET: only the new token opens",
            ),
        };
        check.report(&setting, message).allowed(allowed).help(help);
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token_update_strategy = "ROTATE"
}
"#,
    ),
    // an optional token that isn't given
    Example::bad_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
  default   = null
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
  auth_token_update_strategy = "SET"
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
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
  auth_token_update_strategy = "DELETE"
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
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
  auth_token_update_strategy = "set"
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
    // the token goes
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token_update_strategy = "DELETE"
}
"#,
    ),
    // a caller may give none, and no strategy either
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
  auth_token_update_strategy = "SET"
}
"#,
    ),
];
