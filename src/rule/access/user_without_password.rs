//! Users whose name alone opens the cache.

use super::user::{self, Login};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-without-password",
    title: "A user who may do something and needs no password",
    levels: Levels {
        development: Some(Level::Information),
        ..Levels::WARNING
    },
    about: "A user who needs no password is open to everybody who reaches the cache and knows the \
        name, and names aren't secret: whatever else the group asks of others is void. Let it log \
        in by IAM or by a password, or turn it off.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for user in check.all(Kind::User) {
        // another rule speaks of the user named default
        if user.text("UserName").is_none_or(|name| name == "default")
            || user::login(&user) != Some(Login::NoPassword)
        {
            continue;
        }
        if user::access(&user).is_some_and(|access| access.is_open()) {
            check
                .report_at(
                    &user,
                    "AccessString",
                    "a user who may do something and needs no password",
                )
                .help("let it log in by IAM or by a password");
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: redis
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* +@read
      NoPasswordRequired: true
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "redis"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@read"

  authentication_mode {
    type = "no-password-required"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: redis
      UserId: orders
      UserName: orders
      AccessString: "off ~orders:* +@read"
      NoPasswordRequired: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "redis"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@read"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
];
