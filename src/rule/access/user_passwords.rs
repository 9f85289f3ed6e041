//! How many passwords a user has, and whether it may have any.

use super::user::{self, Login, PASSWORDS};
use crate::graph::{Kind, Value};
use crate::rule::secret;
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting};

pub(super) const RULE: Rule = Rule {
    code: "user-passwords",
    title: "Passwords that don't go with how the user logs in",
    levels: Levels::ERROR,
    about: "A user logs in by a password, by IAM or by its name alone. With passwords there are \
        one or two, of 16 to 128 characters, given in one place; with the others there are none. A \
        user about whom nothing is said is refused as well: say that no password is required, and \
        turn it off by its access string, if that is meant.",
    source: "errors of the API and Terraform's AWS provider, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for user in check.all(Kind::User) {
        check_user(check, &user);
    }
}

fn check_user<'g>(check: &mut Check<'g>, user: &Resource<'g>) {
    let given: Vec<_> = PASSWORDS
        .iter()
        .filter_map(|name| user.setting(name))
        .filter(|setting| *setting.value() != Value::List(Vec::new()))
        .collect();
    let none = given.is_empty()
        && PASSWORDS
            .iter()
            .all(|name| user.is_absent(name) || user.list(name).is_some());
    let login = user::login(user);
    if none {
        let unsaid = login.is_none()
            && user.is_absent("AuthenticationMode.Type")
            && user.bool_or("NoPasswordRequired", false) == Some(false);
        let said = login == Some(Login::Password);
        if said || unsaid {
            let message = if said {
                "a user with a password, and none is given"
            } else {
                "a user of whom nobody says how it logs in"
            };
            check
                .report_at(user, "AuthenticationMode.Type", message)
                .allowed("one or two passwords, IAM, or no password required")
                .help("give a password by reference to a secret");
        }
        return;
    }
    let [first, others @ ..] = given.as_slice() else {
        return;
    };
    if let Some(second) = others.iter().find(|other| in_one_file(first, other)) {
        check
            .report(
                second,
                format!("passwords in {} and in {}", first.name(), second.name()),
            )
            .allowed("one place")
            .help(format!("leave {} out", first.name()));
        return;
    }
    let no_password = user.bool("NoPasswordRequired") == Some(true);
    if no_password || matches!(login, Some(Login::Iam | Login::NoPassword)) {
        let how = if login == Some(Login::Iam) {
            "logs in by IAM"
        } else {
            "needs no password"
        };
        check
            .report(first, format!("{} for a user who {how}", first.name()))
            .allowed("no passwords")
            .help(format!("leave {} out, or ask for a password", first.name()));
        return;
    }
    let Value::List(passwords) = first.value() else {
        return;
    };
    if passwords.len() > 2 {
        check
            .report(first, format!("{} passwords", passwords.len()))
            .allowed("one or two")
            .help("two are enough to change one while the other still opens");
    }
    // those that are written down have another fault first
    let in_clear = secret::origins(check, first)
        .iter()
        .any(|origin| !matches!(origin, secret::Origin::Hidden));
    let length = passwords
        .iter()
        .filter_map(secret::clear)
        .map(|text| text.chars().count())
        .find(|length| !(16..=128).contains(length));
    if let Some(length) = length.filter(|_| !in_clear) {
        check
            .report(first, format!("a password of {length} characters"))
            .allowed("16 to 128 characters")
            .help("generate it");
    }
}

/// A definition says to each language what only that one has.
fn in_one_file(one: &Setting<'_>, other: &Setting<'_>) -> bool {
    let (one, other) = (one.property, other.property);
    (one.cloudformation.is_some() && other.cloudformation.is_some())
        || (one.terraform.is_some() && other.terraform.is_some())
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
      AuthenticationMode:
        Type: password
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
      AccessString: on ~orders:* -@all +@read
      NoPasswordRequired: true
      Passwords: ["{{resolve:secretsmanager:orders}}"]
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
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: password
        Passwords:
          - "{{resolve:secretsmanager:orders:SecretString:first}}"
          - "{{resolve:secretsmanager:orders:SecretString:second}}"
          - "{{resolve:secretsmanager:orders:SecretString:third}}"
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
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: iam
        Passwords: ["{{resolve:secretsmanager:orders}}"]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "orders" {
  length = 32
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"
  passwords     = [random_password.orders.result]

  authentication_mode {
    type      = "password"
    passwords = [random_password.orders.result]
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "orders" {
  length = 32
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type      = "no-password-required"
    passwords = [random_password.orders.result]
  }
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
      AuthenticationMode:
        Type: password
        Passwords:
          - "{{resolve:secretsmanager:orders:SecretString:first}}"
          - "{{resolve:secretsmanager:orders:SecretString:second}}"
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
"#,
    ),
    Example::good_terraform(
        r#"variable "passwords" {
  type      = list(string)
  sensitive = true
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
];
