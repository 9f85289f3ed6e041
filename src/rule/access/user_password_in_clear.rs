//! A user's password that anybody who reads the file can use.

use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::secret::{self, Origin};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "user-password-in-clear",
    title: "A user's password in clear",
    levels: Levels::ERROR,
    about: "A password that stands in a template or a module is in its history for good: who \
        reads the file can log in as that user. The default of a parameter is no better, hidden or \
        not. Refer to a secret of Secrets Manager, or let the user log in by IAM, which has no \
        password at all; and change the one that was written down.",
    source: "",
    controls: &["cfn_nag F44"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (resource, setting) in secret::secrets(check) {
        if resource.node.kind != Kind::User {
            continue;
        }
        let word = setting.name();
        let found = secret::origins(check, &setting)
            .into_iter()
            .find_map(|origin| match origin {
                Origin::Clear => Some((format!("{word} are written down in clear"), Level::Error)),
                Origin::Default(input) => Some((
                    format!(
                        "{word} have the default of {}, which is in clear",
                        secret::input_words(check, input)
                    ),
                    Level::Error,
                )),
                Origin::Variables => Some((
                    format!("{word} stand in a file of variables in clear"),
                    Level::Warning,
                )),
                Origin::Visible(_) | Origin::Hidden => None,
            });
        if let Some((message, level)) = found {
            check
                .report(&setting, message)
                .allowed("references to secrets")
                .help("refer to a secret of Secrets Manager, and change this password")
                .level(level);
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
      AccessString: on ~orders:* -@all +@read
      Passwords: [this-is-no-secret-any-more]
",
    ),
    Example::bad_cloudformation(
        r"Parameters:
  Password:
    Type: String
    NoEcho: true
    Default: this-is-no-secret-any-more
Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: password
        Passwords: [!Ref Password]
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type      = "password"
    passwords = ["this-is-no-secret-any-more"]
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"variable "passwords" {
  type      = list(string)
  sensitive = true
  default   = ["this-is-no-secret-any-more"]
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"
  passwords     = var.passwords
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* -@all +@read
      Passwords: ["{{resolve:secretsmanager:orders}}"]
"#,
    ),
    Example::good_terraform(
        r#"resource "random_password" "orders" {
  length = 32
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"
  passwords     = [random_password.orders.result]
}
"#,
    ),
];
