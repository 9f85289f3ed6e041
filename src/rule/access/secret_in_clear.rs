//! Secrets that are made with their value in the file.

use crate::graph::Kind;
use crate::rule::secret::{self, Origin};
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting};

pub(super) const RULE: Rule = Rule {
    code: "secret-in-clear",
    title: "A secret's value stands in the file",
    levels: Levels::WARNING,
    about: "A secret whose value is written down beside it is none: the value is in the file's \
        history and in every copy. Let Secrets Manager or Terraform generate it, or make the secret \
        empty and put the value in by hand. A value that only fills the place until then is left \
        alone where it says so.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// What stands in the place of a value that comes later.
const PLACEHOLDERS: [&str; 9] = [
    "change",
    "placeholder",
    "replace",
    "todo",
    "tbd",
    "dummy",
    "example",
    "initial",
    "empty",
];

fn check(check: &mut Check<'_>) {
    let mut found: Vec<(Resource<'_>, Setting<'_>)> = Vec::new();
    for resource in check.all(Kind::Secret) {
        found.extend(resource.setting("SecretString").map(|it| (resource, it)));
    }
    for resource in check.all(Kind::SecretVersion) {
        found.extend(resource.setting("secret_string").map(|it| (resource, it)));
    }
    for (_, setting) in found {
        let Some(text) = secret::clear(setting.value()) else {
            continue;
        };
        if !holds_a_secret(text) {
            continue;
        }
        for origin in secret::origins(check, &setting) {
            let message = match origin {
                Origin::Clear => format!("{} is written down in clear", setting.name()),
                Origin::Default(input) => format!(
                    "{} is the default of {}, which is in clear",
                    setting.name(),
                    secret::input_words(check, input)
                ),
                Origin::Variables => format!("{} stands in a file of variables", setting.name()),
                Origin::Visible(_) | Origin::Hidden => continue,
            };
            check
                .report(&setting, message)
                .help("generate it, or put it in by hand, and change this one");
        }
    }
}

/// A text that is a secret itself, or an object with one in it.
fn holds_a_secret(text: &str) -> bool {
    let is_meant = |text: &str| {
        let lower = text.to_ascii_lowercase();
        !lower.trim().is_empty() && !PLACEHOLDERS.iter().any(|word| lower.contains(word))
    };
    match serde_json::from_str(text) {
        Ok(serde_json::Value::Object(members)) => members.iter().any(|(name, value)| {
            secret::is_secret_name(name) && value.as_str().is_some_and(is_meant)
        }),
        Ok(serde_json::Value::Array(_) | serde_json::Value::Null) => false,
        _ => is_meant(text),
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: this-is-no-secret-any-more
",
    ),
    Example::bad_cloudformation(
        r"Parameters:
  Token:
    Type: String
    NoEcho: true
    Default: this-is-no-secret-any-more
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: !Ref Token
",
    ),
    Example::bad_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name = "sessions"
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = "this-is-no-secret-any-more"
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        ExcludePunctuation: true
",
    ),
    // it says that it will be changed
    Example::good_cloudformation(
        r"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: changeme
",
    ),
    // an object without a secret
    Example::good_cloudformation(
        r#"Resources:
  Login:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: '{"username": "orders", "host": "cache.internal"}'
"#,
    ),
    Example::good_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

resource "aws_secretsmanager_secret" "token" {
  name = "sessions"
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = random_password.token.result
}
"#,
    ),
];
