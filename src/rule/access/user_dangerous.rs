//! Commands that a program seldom needs.

use super::user;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-dangerous-commands",
    title: "A user is given commands that can harm everybody",
    levels: Levels::INFORMATION,
    about: "Some commands empty the cache, stop everybody while they run, or show what others do: \
        FLUSHALL, KEYS, MONITOR, and with them the groups @dangerous and @admin. An administrator \
        needs them and a program hardly ever does. Leave them out where nobody asked for them.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

const DANGEROUS: [&str; 10] = [
    "@dangerous",
    "@admin",
    "acl",
    "failover",
    "flushall",
    "flushdb",
    "keys",
    "module",
    "monitor",
    "swapdb",
];

fn check(check: &mut Check<'_>) {
    for user in check.all(Kind::User) {
        let (Some(setting), Some(access)) = (user.setting("AccessString"), user::access(&user))
        else {
            continue;
        };
        let given: Vec<String> = access
            .added
            .iter()
            .filter(|name| DANGEROUS.contains(&name.as_str()))
            .map(|name| format!("+{name}"))
            .collect();
        if access.on == Some(true) && !given.is_empty() {
            check
                .report(
                    &setting,
                    format!("{} gives {}", setting.name(), given.join(" and ")),
                )
                .help("leave it out unless the user administers the cache");
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
      AccessString: on ~orders:* -@all +@read +flushall
      AuthenticationMode:
        Type: iam
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read +@dangerous"

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
      AccessString: on ~orders:* +@all -@dangerous -keys
      AuthenticationMode:
        Type: iam
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read +@write"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
];
