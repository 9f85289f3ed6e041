//! An alarm has what CloudWatch wants of every alarm.

use super::watch::alarms;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-incomplete",
    title: "The alarm lacks what CloudWatch wants of every alarm",
    levels: Levels::ERROR,
    about: "An alarm on a metric needs a comparison, a number of periods to look at, a threshold, a \
            period and a statistic. Neither CloudFormation's schema nor Terraform's requires them all, \
            because alarms on expressions need others; CloudWatch refuses the alarm when it is made. Add \
            what is missing.",
    source: "CloudWatch API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(THRESHOLD),
        Example::bad_cloudformation(PERIOD),
        Example::bad_cloudformation(COMPARISON),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(MATH),
        Example::bad_terraform(STATISTIC),
        Example::bad_terraform(PERIODS),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for alarm in alarms(check) {
        let absent = |name: &str| alarm.is_absent(name);
        let mut missing = Vec::new();
        for name in ["ComparisonOperator", "EvaluationPeriods"] {
            if absent(name) {
                missing.push(alarm.word(name));
            }
        }
        if absent("Threshold") && absent("ThresholdMetricId") {
            missing.push(alarm.word("Threshold"));
        }
        if alarm.setting("MetricName").is_some() {
            if absent("Period") {
                missing.push(alarm.word("Period"));
            }
            if absent("Statistic") && absent("ExtendedStatistic") {
                missing.push(alarm.word("Statistic"));
            }
        }
        if !missing.is_empty() {
            let words = missing.join(", ");
            check
                .report_resource(&alarm, format!("an alarm without {words}"))
                .help(format!("add {words}"));
        }
    }
}

const THRESHOLD: &str = "Resources:
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
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const PERIOD: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

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
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const MATH: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 0
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      Metrics:
        - Id: swap
          Expression: used - free
        - Id: used
          ReturnData: false
          MetricStat:
            Stat: Average
            Period: 60
            Metric:
              Namespace: AWS/ElastiCache
              MetricName: SwapUsage
              Dimensions: [{Name: CacheClusterId, Value: orders-001}]
        - Id: free
          ReturnData: false
          MetricStat:
            Stat: Average
            Period: 60
            Metric:
              Namespace: AWS/ElastiCache
              MetricName: FreeableMemory
              Dimensions: [{Name: CacheClusterId, Value: orders-001}]
";

const STATISTIC: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const PERIODS: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  extended_statistic  = "p99"
}
"#;
