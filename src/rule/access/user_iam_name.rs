//! The name of a user that logs in by IAM.

use super::user::{self, Login};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-iam-name",
    title: "A user of IAM whose name isn't its id in lower case",
    levels: Levels::ERROR,
    about: "A user that logs in by its rights in the account must have the same name and id, and \
        ids are kept in lower case: a name with a capital letter never matches. For that reason the \
        user named `default` of a group can't log in by IAM unless its id is default, too, which \
        AWS keeps for itself. Give the name and the id one lower-case word.",
    source: "errors of the API, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for user in check.all(Kind::User) {
        if user::login(&user) != Some(Login::Iam) {
            continue;
        }
        let (Some(id), Some(name)) = (user.text("UserId"), user.text("UserName")) else {
            continue;
        };
        let word = user.word("UserName");
        if name.chars().any(|c| c.is_ascii_uppercase()) {
            check
                .report_at(
                    &user,
                    "UserName",
                    format!("{word} {name:?} has upper-case letters, and logs in by IAM"),
                )
                .allowed("the user's id, in lower case")
                .help(format!("write {}", name.to_ascii_lowercase()));
        } else if name != id.to_ascii_lowercase() {
            check
                .report_at(
                    &user,
                    "UserName",
                    format!("{word} is {name:?}, and the id is {id:?}: IAM needs them to be one"),
                )
                .allowed("a name that is the id")
                .help(if name == "default" {
                    "let it log in by a password, or turn it off and ask for none".to_owned()
                } else {
                    format!("set {word} to {id}")
                });
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
      UserName: order-service
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: iam
",
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Default:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: sessions-default
      UserName: default
      AccessString: "off -@all"
      AuthenticationMode:
        Type: iam
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "Orders"
  access_string = "on ~orders:* -@all +@read"

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
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: iam
",
    ),
    // with a password any name will do
    Example::good_terraform(
        r#"data "aws_secretsmanager_secret_version" "orders" {
  secret_id = "orders"
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "OrderService"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type      = "password"
    passwords = [data.aws_secretsmanager_secret_version.orders.secret_string]
  }
}
"#,
    ),
];
