//! An alarm's unit is its metric's.

use super::alarm_word::UNITS;
use super::watch::watched;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-unit",
    title: "The alarm names a unit that its metric doesn't have",
    levels: Levels::WARNING,
    about: "An alarm with a unit looks only at data of that unit. CloudWatch doesn't convert: an alarm \
            on FreeableMemory in Megabytes sees none of the numbers that ElastiCache publishes in Bytes, \
            and never goes off. Leave the unit out.",
    source: "CloudWatch API reference, read November 2026",
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
    for watched in watched(check) {
        let (Some(setting), Some(fact)) = (watched.unit, watched.fact()) else {
            continue;
        };
        let Some(unit) = setting.text() else {
            continue;
        };
        let known = UNITS.contains(&unit) && UNITS.contains(&fact.unit.as_str());
        if known && unit != fact.unit {
            check
                .report(
                    &setting,
                    format!("{} is in {}, and not in {unit}", fact.metric, fact.unit),
                )
                .allowed(fact.unit.as_str())
                .help("leave the unit out");
        }
    }
}

const BAD: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: FreeableMemory
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 100000000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      Unit: Megabytes
";

const GOOD: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: FreeableMemory
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 100000000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      Unit: Bytes
";

const BAD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  unit                = "Count"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  unit                = "Percent"
}
"#;
