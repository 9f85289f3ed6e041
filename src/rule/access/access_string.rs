//! Access strings that the engine or ElastiCache can't read.

use super::acl::{self, Access};
use super::user;
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "access-string",
    title: "An access string that can't be read",
    levels: Levels::ERROR,
    about: "An access string is a list of the engine's rules, separated by blanks: on or off, \
        patterns of keys after ~, of channels after &, commands and groups of commands after + or \
        -. ElastiCache takes no passwords among them, nor the commands that it keeps for itself; \
        selectors and rights to read or write keys need version 7.0. Without `on` the user is \
        turned off.",
    source: "ElastiCache user guide and the engines' documentation, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for user in check.all(Kind::User) {
        let Some(setting) = user.setting("AccessString") else {
            continue;
        };
        let Some(text) = setting.text() else {
            continue;
        };
        let word = setting.name();
        if text.trim().is_empty() {
            check
                .report(&setting, format!("an empty {word}"))
                .allowed("rules such as on ~orders:* -@all +@read")
                .help("say off -@all for a user that may do nothing");
            continue;
        }
        let access = acl::read(text);
        let has_password = text.split_whitespace().any(|rule| {
            rule.trim_start_matches('(')
                .starts_with(['>', '<', '#', '!'])
        });
        for problem in &access.problems {
            let finding = check.report(&setting, format!("{word} has {}", problem.message));
            finding
                .allowed("rules of keys, channels and commands, such as on ~orders:* -@all +@read")
                .help(problem.help.clone());
            // whichever rule is wrong, another may hold a password
            if has_password {
                finding.secret();
            }
            if !problem.certain {
                finding.level(Level::Warning);
            }
        }
        if access.on.is_none() && access.problems.is_empty() {
            check
                .report(
                    &setting,
                    format!("{word} says neither on nor off: the user is off"),
                )
                .help("begin with on, or say off")
                .level(Level::Warning);
        }
        if let Some((rule, cache)) = too_new(check, &user, &access) {
            let who = super::engine_words(&cache).unwrap_or_default();
            check
                .report(
                    &setting,
                    format!("{word} has {rule:?}, which {who} doesn't know"),
                )
                .allowed("rules of redis 6, or a cache of redis 7.0 or later")
                .help("raise the engine version, or leave the rule out");
        }
    }
}

/// A rule that a cache of the user doesn't know, and that cache.
pub(super) fn too_new<'g>(
    check: &Check<'g>,
    user: &Resource<'g>,
    access: &Access<'g>,
) -> Option<(&'g str, Resource<'g>)> {
    let rule = access.needs_seven?;
    let mut caches = user::caches_of(check, user).into_iter();
    let cache = caches.find(|cache| user::is_older(cache, "7.0"))?;
    Some((rule, cache))
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* @read
      AuthenticationMode:
        Type: iam
",
    ),
    Example::bad_cloudformation(
        r"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on nopass ~orders:* +@read
      AuthenticationMode:
        Type: iam
",
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: "on ~orders:* +@read (~carts:* +@write"
      AuthenticationMode:
        Type: iam
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: " "
      AuthenticationMode:
        Type: iam
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on, ~orders:*, +@read"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@read +config|get"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "nobody" {
  engine               = "redis"
  user_id              = "nobody"
  user_name            = "default"
  access_string        = "off -@all"
  no_password_required = true
}

resource "random_password" "orders" {
  length = 32
}

resource "aws_elasticache_user" "orders" {
  engine        = "redis"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on %R~orders:* +@read"
  passwords     = [random_password.orders.result]
}

resource "aws_elasticache_user_group" "applications" {
  engine        = "redis"
  user_group_id = "applications"
  user_ids      = [aws_elasticache_user.nobody.user_id, aws_elasticache_user.orders.user_id]
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  user_group_ids             = [aws_elasticache_user_group.applications.user_group_id]
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@reads"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* &orders:* -@all +@read +@hash -hdel +client|setname
      AuthenticationMode:
        Type: iam
",
    ),
    // selectors and rights to keys
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on %R~orders:* -@all +@read (~carts:* +@all -@dangerous)"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    // a part that isn't known
    Example::good_terraform(
        r#"variable "prefix" {
  type = string
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~${var.prefix}:* -@all +@read"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
];
