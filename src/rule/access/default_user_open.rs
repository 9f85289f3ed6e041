//! The user that everybody is who doesn't say a name.

use super::user::{self, Login, Member};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "default-user-open",
    title: "Clients without a name are let in",
    levels: Levels {
        development: Some(Level::Information),
        ..Levels::WARNING
    },
    about: "Whoever connects without a name is the user named `default`. The one that AWS makes \
        in every account may do everything and asks for no password, so a group with the id default \
        in it protects nothing. Put a user of your own with that name in its place and turn it off \
        with `off -@all`; with a password it does what a token does, for clients that can't say a \
        name yet.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::UserGroup) {
        let members = user::members(check, &group).unwrap_or_default();
        let built_in = members
            .iter()
            .any(|member| matches!(member, Some(Member::BuiltIn)));
        if built_in {
            check
                .report_at(
                    &group,
                    "UserIds",
                    "the built-in user default, who may do everything without a password",
                )
                .help("put a user of your own in its place, with the name default and off -@all");
        }
    }
    for user in check.all(Kind::User) {
        if user.text("UserName") != Some("default") {
            continue;
        }
        let (Some(setting), Some(access)) = (user.setting("AccessString"), user::access(&user))
        else {
            continue;
        };
        if !access.is_open() {
            continue;
        }
        let word = setting.name();
        match user::login(&user) {
            Some(Login::NoPassword) => {
                check
                    .report(
                        &setting,
                        format!("{word} lets in whoever connects, without a name or a password"),
                    )
                    .help("turn it off with off -@all, or give it a password");
            }
            Some(Login::Password) => {
                check
                    .report(
                        &setting,
                        format!("{word} lets in clients that say a password and no name"),
                    )
                    .help("turn it off with off -@all once every client says its name")
                    .level(Level::Information);
            }
            _ => {}
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [default, orders]
",
    ),
    Example::bad_cloudformation(
        r"Resources:
  Default:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: redis
      UserId: sessions-default
      UserName: default
      AccessString: on ~* +@all
      NoPasswordRequired: true
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "default" {
  engine        = "redis"
  user_id       = "sessions-default"
  user_name     = "default"
  access_string = "on ~* +@read"

  authentication_mode {
    type = "no-password-required"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "default" {
  length = 32
}

resource "aws_elasticache_user" "default" {
  engine        = "redis"
  user_id       = "sessions-default"
  user_name     = "default"
  access_string = "on ~* +@all"
  passwords     = [random_password.default.result]
}
"#,
    ),
    // turned off it needs no password
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
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "default" {
  engine               = "redis"
  user_id              = "sessions-default"
  user_name            = "default"
  access_string        = "on ~* -@all"
  no_password_required = true
}
"#,
    ),
];
