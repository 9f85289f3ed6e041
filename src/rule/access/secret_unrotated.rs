//! A secret that nothing rotates.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "secret-unrotated",
    title: "A secret that nothing here rotates",
    levels: Levels::INFORMATION,
    about: "Secrets Manager changes a secret by itself where a rotation is made for it, with a function \
        that tells the cache as well. Without one, somebody has to: a token is rotated by ROTATE and \
        SET, a user's password by a second one. That is enough where it happens; say who does it.",
    source: "",
    controls: &["CKV2_AWS_57"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let others = check.all(Kind::Other);
    let rotates = |of: &str| {
        [
            "AWS::SecretsManager::RotationSchedule",
            "aws_secretsmanager_secret_rotation",
        ]
        .contains(&of)
    };
    // one that rotates what nobody knows may rotate this
    let rotations: Vec<_> = others
        .into_iter()
        .filter(|other| other.node.of.as_deref().is_some_and(rotates))
        .collect();
    for secret in check.all(Kind::Secret) {
        let known = |name: &str| {
            rotations
                .iter()
                .filter_map(|it| it.setting(name))
                .any(|it| *it.value() == crate::graph::Value::Unknown)
        };
        let is_rotated = rotations.iter().any(|it| it.mentions(secret.node));
        if is_rotated || known("SecretId") || known("secret_id") {
            continue;
        }
        check
            .report_resource(&secret, "nothing here rotates this secret")
            .help("make a rotation of it, or say who does it by hand");
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: {PasswordLength: 64, ExcludePunctuation: true}
",
    ),
    Example::bad_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name = "sessions/token"
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: {PasswordLength: 64, ExcludePunctuation: true}
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Token
      RotationLambdaARN: arn:aws:lambda:us-east-1:123456789012:function:rotate
      RotationRules: {AutomaticallyAfterDays: 30}
",
    ),
    Example::good_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name = "sessions/token"
}

resource "aws_secretsmanager_secret_rotation" "token" {
  secret_id           = aws_secretsmanager_secret.token.id
  rotation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}
"#,
    ),
];
