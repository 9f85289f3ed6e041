//! Two users of a group with one name.

use super::user::{self, Member};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-name-twice",
    title: "Two users with one name in a group",
    levels: Levels::ERROR,
    about: "A client logs in by a user's name, so a group can't have two users of one name: \
        ElastiCache refuses it. It happens most when a user named `default` of one's own stands \
        beside the built-in user with the id default, which has that name too. Keep one of them.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::UserGroup) {
        let members = user::members(check, &group).unwrap_or_default();
        let known: Vec<Member<'_>> = members.into_iter().flatten().collect();
        for (at, member) in known.iter().enumerate() {
            let Some(name) = member.name() else {
                continue;
            };
            // one user who is named twice is another fault
            let twice = known[..at]
                .iter()
                .any(|other| other.name() == Some(name) && !other.is(member));
            if twice {
                check
                    .report_at(
                        &group,
                        "UserIds",
                        format!("two users with the name {name:?}"),
                    )
                    .allowed("users with different names")
                    .help(if name == "default" {
                        "leave the built-in user out: your own takes its place"
                    } else {
                        "leave one of them out"
                    });
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Nobody:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: redis
      UserId: nobody
      UserName: default
      AccessString: "off -@all"
      NoPasswordRequired: true
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [default, !Ref Nobody]
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

resource "aws_elasticache_user_group" "applications" {
  engine        = "redis"
  user_group_id = "applications"
  user_ids      = ["default", aws_elasticache_user.nobody.user_id]
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Nobody:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: redis
      UserId: nobody
      UserName: default
      AccessString: "off -@all"
      NoPasswordRequired: true
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [!Ref Nobody]
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "nobody" {
  engine               = "redis"
  user_id              = "nobody"
  user_name            = "default"
  access_string        = "off -@all"
  no_password_required = true
}

resource "aws_elasticache_user" "orders" {
  engine        = "redis"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "applications" {
  engine        = "redis"
  user_group_id = "applications"
  user_ids      = [aws_elasticache_user.nobody.user_id, aws_elasticache_user.orders.user_id]
}
"#,
    ),
];
