//! The user named default, without whom a group of Redis OSS can't be made.

use super::user;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-group-default",
    title: "A user group of Redis OSS without a user named default",
    levels: Levels::ERROR,
    about: "Clients that log in without a name are the user named `default`, and ElastiCache \
        makes no group of the engine redis without one: not even when the association that would \
        add it stands beside the group. Make a user with that name and an access string that turns \
        it off, and name it first. Groups of the engine valkey don't need one.",
    source: "errors of the API, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::UserGroup) {
        if user::engine(&group).as_deref() != Some("redis") {
            continue;
        }
        let Some(members) = user::members(check, &group) else {
            continue;
        };
        let names: Option<Vec<&str>> = members
            .iter()
            .map(|member| member.as_ref().and_then(user::Member::name))
            .collect();
        if names.is_some_and(|names| !names.contains(&"default")) {
            let name = if check.is_cloudformation() {
                "UserName"
            } else {
                "user_name"
            };
            check
                .report_at(
                    &group,
                    "UserIds",
                    "a group of redis without a user named default",
                )
                .allowed("users of whom one has the name default")
                .help(format!(
                    "add a user whose {name} is default, turned off by its access string"
                ));
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
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: iam
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [!Ref Orders]
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "redis"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "applications" {
  engine        = "REDIS"
  user_group_id = "applications"
  user_ids      = [aws_elasticache_user.orders.user_id]
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user_group" "applications" {
  engine        = "redis"
  user_group_id = "applications"
}
"#,
    ),
    // the built-in user has the name
    Example::good_cloudformation(
        r"Resources:
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [default]
",
    ),
    // Valkey needs none
    Example::good_cloudformation(
        r"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: iam
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: valkey
      UserIds: [!Ref Orders]
",
    ),
    // a user that is made elsewhere may have the name
    Example::good_cloudformation(
        r"Resources:
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [nobody, orders]
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "nobody" {
  engine               = "redis"
  user_id              = "nobody"
  user_name            = "default"
  access_string        = "off -@all"
  no_password_required = true
}

resource "aws_elasticache_user_group" "applications" {
  engine        = "redis"
  user_group_id = "applications"
  user_ids      = [aws_elasticache_user.nobody.user_id]
}
"#,
    ),
];
