//! An alarm can't want more data points than it looks at.

use super::watch::alarms;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-datapoints",
    title: "The alarm wants more data points than it looks at",
    levels: Levels::ERROR,
    about: "An alarm goes off when so many data points of the last so many periods are beyond the \
            threshold. It can't be more of them than there are periods, and both are at least 1; \
            CloudWatch refuses it. Raise the evaluation periods, or lower the data points.",
    source: "CloudWatch API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::bad_cloudformation(ZERO),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for alarm in alarms(check) {
        for name in ["EvaluationPeriods", "DatapointsToAlarm"] {
            if let (Some(setting), Some(number @ ..1)) = (alarm.setting(name), alarm.integer(name))
            {
                check
                    .report(&setting, format!("{} is {number}", setting.name()))
                    .allowed("1 or more")
                    .help("write 1");
            }
        }
        if let (Some(setting), Some(points), Some(periods)) = (
            alarm.setting("DatapointsToAlarm"),
            alarm.integer("DatapointsToAlarm"),
            alarm.integer("EvaluationPeriods"),
        ) && points > periods.max(1)
        {
            check
                .report(
                    &setting,
                    format!("{points} data points of {periods} periods"),
                )
                .allowed(format!("up to {periods}"))
                .help(format!("write {periods}, or look at more periods"));
        }
    }
}

const BAD: &str = "Resources:
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
      DatapointsToAlarm: 6
";

const ZERO: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 0
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
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      DatapointsToAlarm: 5
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
  datapoints_to_alarm = 10
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
  datapoints_to_alarm = 3
}
"#;
