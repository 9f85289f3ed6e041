//! How an alarm compares is said in known words.

use super::nearest;
use super::watch::alarms;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-word",
    title: "The alarm compares with an unknown word",
    levels: Levels::ERROR,
    about: "How an alarm compares, what it makes of missing data and in which unit it counts are words \
            of a fixed list, in which upper and lower case count: GreaterThanThreshold, notBreaching, \
            Percent. CloudFormation's schema and Terraform's provider refuse others. Write the word as \
            it stands in the list.",
    source: "CloudFormation resource schemas, October 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(COMPARISON),
        Example::bad_cloudformation(MISSING),
        Example::bad_cloudformation(UNIT),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(COMPARISON_MODULE),
        Example::bad_terraform(MISSING_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

const COMPARISONS: [&str; 7] = [
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
];

pub(super) const UNITS: [&str; 27] = [
    "Percent",
    "Count",
    "Bytes",
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
];

const WORDS: [(&str, &[&str]); 4] = [
    ("ComparisonOperator", &COMPARISONS),
    (
        "TreatMissingData",
        &["missing", "ignore", "breaching", "notBreaching"],
    ),
    ("Unit", &UNITS),
    ("EvaluateLowSampleCountPercentile", &["evaluate", "ignore"]),
];

fn check(check: &mut Check<'_>) {
    for alarm in alarms(check) {
        for (name, words) in WORDS {
            let Some(setting) = alarm.setting(name) else {
                continue;
            };
            let Some(given) = setting.text().filter(|given| !words.contains(given)) else {
                continue;
            };
            let near = match given {
                ">" => Some("GreaterThanThreshold"),
                ">=" => Some("GreaterThanOrEqualToThreshold"),
                "<" => Some("LessThanThreshold"),
                "<=" => Some("LessThanOrEqualToThreshold"),
                _ => nearest(given, words.iter().copied(), 0.6),
            };
            check
                .report(&setting, format!("{} is {given:?}", setting.name()))
                .allowed(words[..words.len().min(7)].join(", "))
                .help(format!("write {}", near.unwrap_or(words[0])));
        }
    }
}

const COMPARISON: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: '>'
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const MISSING: &str = "Resources:
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
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      TreatMissingData: notbreaching
";

const UNIT: &str = "Resources:
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
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      Unit: percent
";

const GOOD: &str = "Resources:
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
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      TreatMissingData: notBreaching
";

const COMPARISON_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThan"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const MISSING_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
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
  treat_missing_data  = "not_breaching"
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
  treat_missing_data  = "breaching"
}
"#;
