//! The name of a secret has a form.

use super::{settings, word};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::SecretId;

pub(super) static RULE: Rule = Rule {
    code: "secret-name",
    title: "The secret's name isn't one that Secrets Manager takes",
    levels: Levels::ERROR,
    about: "Secrets Manager takes 1 to 512 letters, digits and the characters /_+=.@- as the name of a \
            secret. A blank or a colon is refused when the secret is created. Separate words by \
            hyphens, and levels by slashes.",
    source: "Secrets Manager API reference, read November 2026",
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
    for setting in settings(check, &[(Kind::Secret, "Name")]) {
        word::<SecretId>(check, &setting);
    }
}

const BAD: &str = "Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: orders cache token
      GenerateSecretString: {ExcludePunctuation: true, PasswordLength: 64}
";

const GOOD: &str = "Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: orders/cache_token
      GenerateSecretString: {ExcludePunctuation: true, PasswordLength: 64}
";

const BAD_MODULE: &str = r#"resource "aws_secretsmanager_secret" "token" {
  name = "orders:token"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_secretsmanager_secret" "token" {
  name = "orders/token"
}
"#;
