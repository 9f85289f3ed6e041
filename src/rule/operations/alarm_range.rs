//! An alarm looks back a day, or a week.

use super::watch::watched;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-range",
    title: "The alarm looks back further than CloudWatch does",
    levels: Levels::ERROR,
    about: "The period times the evaluation periods is how far an alarm looks back: at most a day with \
            periods of less than an hour, and at most a week with longer ones. CloudWatch refuses what \
            is more. Look at fewer periods, or take longer ones.",
    source: "CloudWatch API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(DAY),
        Example::bad_cloudformation(WEEK),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(DAY_MODULE),
        Example::good_terraform(WEEK_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(setting), Some(periods), Some(seconds)) = (
            watched.alarm.setting("EvaluationPeriods"),
            watched.alarm.integer("EvaluationPeriods"),
            watched.seconds().filter(|seconds| *seconds > 0),
        ) else {
            continue;
        };
        let (most, words) = if seconds < 3600 {
            (86_400, "a day, with periods of less than an hour")
        } else {
            (604_800, "a week")
        };
        if periods.saturating_mul(seconds) > most {
            check
                .report(&setting, format!("{periods} periods of {seconds} seconds"))
                .allowed(format!("at most {words}"))
                .help(format!("look at {} periods at most", most / seconds));
        }
    }
}

const DAY: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 289
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const WEEK: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 3600
      EvaluationPeriods: 169
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GOOD: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 288
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const DAY_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 1500
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const WEEK_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 3600
  evaluation_periods  = 168
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
