//! An alarm looks as often as CloudWatch and the metric allow.

use super::watch::watched;
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-period",
    title: "CloudWatch has no such period, or the metric comes less often",
    levels: Levels::ERROR,
    about: "A period is 10, 20 or 30 seconds, or a multiple of a minute. ElastiCache publishes one \
            number a minute, and CPU credits every five minutes: with a shorter period most intervals \
            are empty, and the alarm keeps falling back to insufficient data. Take 60 seconds or more, \
            and 300 for credits.",
    source: "CloudWatch API reference and ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(ODD),
        Example::bad_cloudformation(ZERO),
        Example::bad_cloudformation(SHORT),
        Example::bad_cloudformation(CREDITS),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(ODD_MODULE),
        Example::bad_terraform(CREDITS_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(setting), Some(seconds)) = (watched.period, watched.seconds()) else {
            continue;
        };
        let short = [10, 20, 30].contains(&seconds);
        if !short && (seconds < 60 || seconds % 60 != 0) {
            let next = (seconds.max(1) + 59) / 60 * 60;
            check
                .report(&setting, format!("a period of {seconds} seconds"))
                .allowed("10, 20, 30, or a multiple of 60")
                .help(format!("write {next}"));
            continue;
        }
        let least = watched.fact().map_or(60, |fact| fact.period_s);
        if seconds < least {
            let metric = watched.name().unwrap_or("the metric");
            check
                .report(
                    &setting,
                    format!(
                        "{metric} comes every {least} seconds, and is looked at every {seconds}"
                    ),
                )
                .level(Level::Warning)
                .allowed(format!("{least} or more"))
                .help(format!("write {least}"));
        }
    }
}

const ODD: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 90
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const ZERO: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 0
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const SHORT: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 10
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const CREDITS: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CPUCreditBalance
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 20
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
      Period: 120
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const ODD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 45
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const CREDITS_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CPUCreditBalance"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = 20
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CPUCreditBalance"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = 20
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
