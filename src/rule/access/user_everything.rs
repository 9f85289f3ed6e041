//! Users who may do everything.

use super::user;
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-everything",
    title: "A user who may run every command on every key",
    levels: Levels {
        development: None,
        staging: Some(Level::Information),
        production: Some(Level::Warning),
        unsaid: Some(Level::Information),
    },
    about: "`~* +@all` is what a token gives as well: the user reads and deletes what belongs to \
        others, empties the cache by one command, and a stolen password is worth everything. Name \
        the keys that the program uses and the groups of commands that it needs, or at least take \
        away `@dangerous`. A user whose name says that it administers is left alone.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// Words in the names of those who are meant to do everything.
const ADMINISTRATORS: [&str; 8] = [
    "admin",
    "root",
    "super",
    "ops",
    "operator",
    "owner",
    "maint",
    "break-glass",
];

fn check(check: &mut Check<'_>) {
    for user in check.all(Kind::User) {
        let (Some(setting), Some(access)) = (user.setting("AccessString"), user::access(&user))
        else {
            continue;
        };
        let name = user.text("UserName").unwrap_or_default();
        // another rule speaks of the user named default
        if name == "default" || !access.is_everything() {
            continue;
        }
        let names = [name, user.text("UserId").unwrap_or_default()].map(str::to_ascii_lowercase);
        let administers = ADMINISTRATORS
            .iter()
            .any(|word| names.iter().any(|name| name.contains(word)));
        if !administers {
            check
                .report(
                    &setting,
                    format!(
                        "{} lets the user run every command on every key",
                        setting.name()
                    ),
                )
                .help("name its keys and its commands, such as ~orders:* -@all +@read +@write");
        }
    }
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
      AccessString: on ~* +@all
      AuthenticationMode:
        Type: iam
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on allkeys allchannels allcommands"

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
      AccessString: on ~* +@all -@dangerous
      AuthenticationMode:
        Type: iam
",
    ),
    // somebody has to
    Example::good_cloudformation(
        r"Resources:
  Admin:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: sessions-admin
      UserName: sessions-admin
      AccessString: on ~* +@all
      AuthenticationMode:
        Type: iam
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@all"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
];
