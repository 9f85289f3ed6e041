//! Keys that are never changed.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "kms-key-rotation",
    title: "A KMS key that is never rotated",
    levels: Levels::PRODUCTION,
    about: "KMS can give a key new material every year, or as often as you say, and keeps the old \
        for what was written with it: nothing else changes, and nothing has to be encrypted again. \
        Without rotation one leak opens everything that was ever written. Only symmetric keys whose \
        material KMS made can be rotated by it.",
    source: "KMS developer guide, read November 2026",
    controls: &["CKV_AWS_7"],
    examples: EXAMPLES,
    check: Some(check),
};

const NAME: &str = "EnableKeyRotation";

fn check(check: &mut Check<'_>) {
    for key in check.all(Kind::Key) {
        let can = key.text_or("KeySpec", "SYMMETRIC_DEFAULT") == Some("SYMMETRIC_DEFAULT")
            && key.text_or("KeyUsage", "ENCRYPT_DECRYPT") == Some("ENCRYPT_DECRYPT")
            && key.text_or("Origin", "AWS_KMS") == Some("AWS_KMS")
            && key.is_absent("custom_key_store_id");
        if can && key.bool_or(NAME, false) == Some(false) {
            let word = key.word(NAME);
            let how = if key.setting(NAME).is_some() {
                "is off"
            } else {
                "isn't said, which leaves it off"
            };
            check
                .report_at(&key, NAME, format!("{word} {how}"))
                .help(format!("set {word} to true"));
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    Example::bad_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: false
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    Example::bad_terraform(
        r#"resource "aws_kms_key" "cache" {
  description = "Sessions"
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    // only symmetric keys are rotated
    Example::good_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeySpec: RSA_2048
      KeyUsage: SIGN_VERIFY
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    Example::good_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}
"#,
    ),
];
