//! Log lines are kept for certain numbers of days.

use super::is_terraform;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-retention-days",
    title: "Log lines can't be kept for that many days",
    levels: Levels::ERROR,
    about: "CloudWatch Logs keeps lines for one of a fixed row of days, from 1 to 3653. Another number is \
            refused, however near it is. Take the next one of the row; Terraform writes 0 for ever, \
            CloudFormation leaves the setting out.",
    source: "CloudFormation resource schemas, October 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::bad_cloudformation(ZERO),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(ZERO_MODULE),
    ],
    check: Some(check),
};

const DAYS: [i64; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

fn check(check: &mut Check<'_>) {
    let terraform = is_terraform(check);
    for group in check.all(Kind::LogGroup) {
        let (Some(setting), Some(days)) = (
            group.setting("RetentionInDays"),
            group.integer("RetentionInDays"),
        ) else {
            continue;
        };
        if DAYS.contains(&days) || terraform && days == 0 {
            continue;
        }
        let next = DAYS.into_iter().find(|next| *next > days).unwrap_or(3653);
        let row: Vec<String> = DAYS.iter().map(i64::to_string).collect();
        check
            .report(&setting, format!("log lines kept for {days} days"))
            .allowed(row.join(", "))
            .help(format!("write {next}"));
    }
}

const BAD: &str = "Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 31}
";

const ZERO: &str = "Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 0}
";

const GOOD: &str = "Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 400}
";

const BAD_MODULE: &str = r#"resource "aws_cloudwatch_log_group" "this" {
  name              = "/orders/cache"
  retention_in_days = 10
}
"#;

const ZERO_MODULE: &str = r#"resource "aws_cloudwatch_log_group" "this" {
  name              = "/orders/cache"
  retention_in_days = 0
}
"#;
