//! How long a key waits before it goes, and before it is rotated.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "kms-key-days",
    title: "A number of days that KMS refuses",
    levels: Levels::ERROR,
    about: "A key that is deleted waits 7 to 30 days, in which it can be brought back, and a key \
        that is rotated gets new material every 90 to 2560 days. KMS refuses other numbers. A key \
        that is gone takes the caches and snapshots with it that it encrypted, so wait long.",
    source: "KMS API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for key in check.all(Kind::Key) {
        for (name, least, most) in [
            ("PendingWindowInDays", 7, 30),
            ("RotationPeriodInDays", 90, 2560),
        ] {
            let days = key.integer(name);
            if let Some(days) = days.filter(|days| !(least..=most).contains(days)) {
                let word = key.word(name);
                check
                    .report_at(&key, name, format!("{word} is {days}"))
                    .allowed(format!("{least} to {most} days"))
                    .help(format!(
                        "leave it out for {}",
                        if least == 7 { 30 } else { 365 }
                    ));
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      PendingWindowInDays: 3
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    Example::bad_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      RotationPeriodInDays: 30
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    Example::bad_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation     = true
  deletion_window_in_days = 60
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      PendingWindowInDays: 7
      RotationPeriodInDays: 90
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
",
    ),
    Example::good_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}
"#,
    ),
];
