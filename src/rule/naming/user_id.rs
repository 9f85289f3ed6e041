//! The id of a user has a form.

use super::{refuse, settings};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::Refusal;

pub(super) static RULE: Rule = Rule {
    code: "user-id",
    title: "The user's id isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "The id of a user has letters, digits and hyphens and starts with a letter. It isn't the name \
            that clients log in with: that name is the user name, and may hold other characters. Put the \
            login name into the user name, and a plain id here.",
    source: "ElastiCache API reference and CloudFormation schema, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for setting in settings(check, &[(Kind::User, "UserId")]) {
        let Some(text) = setting.text() else {
            continue;
        };
        let because = if text.is_empty() {
            "is empty".to_owned()
        } else if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            "doesn't start with a letter".to_owned()
        } else if let Some(c) = text
            .chars()
            .find(|c| !c.is_ascii_alphanumeric() && *c != '-')
        {
            format!("contains {c:?}")
        } else {
            continue;
        };
        let refusal = Refusal {
            because,
            allowed: "ASCII letters, digits and hyphens, a letter first".into(),
            help: "keep the login name in the user name, and choose a plain id".into(),
        };
        refuse(check, &setting, "user id", text, refusal);
    }
}

const BAD: &str = "Resources:
  App:
    Type: AWS::ElastiCache::User
    Properties:
      UserId: app_reader
      UserName: app_reader
      Engine: valkey
      AccessString: on ~app:* +@read
      AuthenticationMode:
        Type: password
        Passwords: ['{{resolve:secretsmanager:orders/reader}}']
";

const GOOD: &str = "Resources:
  App:
    Type: AWS::ElastiCache::User
    Properties:
      UserId: app-reader
      UserName: app_reader
      Engine: valkey
      AccessString: on ~app:* +@read
      AuthenticationMode:
        Type: password
        Passwords: ['{{resolve:secretsmanager:orders/reader}}']
";

const BAD_MODULE: &str = r#"resource "aws_elasticache_user" "app" {
  user_id       = "app.reader"
  user_name     = "app.reader"
  engine        = "valkey"
  access_string = "on ~app:* +@read"

  authentication_mode {
    type = "iam"
  }
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_user" "app" {
  user_id       = "app-reader"
  user_name     = "app-reader"
  engine        = "valkey"
  access_string = "on ~app:* +@read"

  authentication_mode {
    type = "iam"
  }
}
"#;
