//! An alarm's threshold is in its metric's unit.

use super::watch::watched;
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-threshold",
    title: "The alarm's threshold is in another unit than its metric",
    levels: Levels::WARNING,
    about: "CloudWatch compares numbers and asks for no unit. Percentages of ElastiCache go from 0 to \
            100, so 0.8 is less than one percent and more than 100 is never reached; memory is in bytes, \
            so 128 is no megabyte; and a cache takes up to 65,000 connections. Such an alarm goes off \
            always or never. Write the threshold in the metric's unit.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(FRACTION),
        Example::bad_cloudformation(NEVER),
        Example::bad_cloudformation(MEGABYTES),
        Example::bad_cloudformation(FLAG),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(HUNDRED),
        Example::good_cloudformation(BYTES),
        Example::bad_terraform(FRACTION_MODULE),
        Example::bad_terraform(CONNECTIONS),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(fact), Some((setting, threshold)), Some(above)) =
            (watched.fact(), watched.threshold(), watched.is_above())
        else {
            continue;
        };
        // one that may be reached exactly is compared with `or equal`
        let strict = matches!(
            watched.alarm.text("ComparisonOperator"),
            Some("GreaterThanThreshold" | "LessThanThreshold")
        );
        let name = &fact.metric;
        let sum = watched.statistic.and_then(|setting| setting.text()) == Some("Sum");
        let (message, level, help) = match fact.unit.as_str() {
            "Percent" if sum => continue,
            "Percent" | "Boolean" => {
                let most = if fact.unit == "Percent" { 100.0 } else { 1.0 };
                let beyond = if above {
                    threshold > most
                } else {
                    threshold < 0.0
                };
                let just = strict
                    && (if above {
                        threshold == most
                    } else {
                        threshold == 0.0
                    });
                if beyond || just {
                    let message = format!("{name} goes from 0 to {most}: this never goes off");
                    let help = format!("write a number from 0 to {most}");
                    (message, Level::Error, help)
                } else if fact.unit == "Percent" && threshold > 0.0 && threshold < 1.0 {
                    let percent = threshold * 100.0;
                    let message = format!("{name} is a percentage, and {threshold} less than one");
                    (message, Level::Warning, format!("write {percent:.0}"))
                } else {
                    continue;
                }
            }
            "Bytes" if !above && name == "FreeableMemory" && threshold > 0.0 && threshold < 1e6 => {
                let message =
                    format!("{name} is in bytes, and {threshold} is less than a megabyte");
                let help = format!("write {:.0} if megabytes are meant", threshold * 1e6);
                (message, Level::Warning, help)
            }
            _ if above && name == "CurrConnections" && threshold >= 65_000.0 => {
                let message = format!("a cache takes 65,000 connections, and not {threshold}");
                (
                    message,
                    Level::Warning,
                    "write what the clients need at most".into(),
                )
            }
            _ => continue,
        };
        check.report(&setting, message).level(level).help(help);
    }
}

const FRACTION: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CacheHitRate
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 0.8
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const NEVER: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 120
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const MEGABYTES: &str = "Resources:
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
      Threshold: 128
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const FLAG: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: TrafficManagementActive
      Dimensions: [{Name: CacheClusterId, Value: orders-001}, {Name: CacheNodeId, Value: '0001'}]
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 1
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GOOD: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CacheHitRate
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 80
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const HUNDRED: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 100
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const BYTES: &str = "Resources:
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
      Threshold: 128000000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const FRACTION_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "DatabaseMemoryUsagePercentage"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.9
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const CONNECTIONS: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CurrConnections"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70000
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CurrConnections"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1000
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
