//! Of some things it is too little that hurts.

use super::watch::watched;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-direction",
    title: "The alarm goes off when all is well",
    levels: Levels::WARNING,
    about: "Of free memory, CPU credits and cache hits it is too little that hurts. An alarm that goes \
            off above a threshold of these tells of a cache that is well, and keeps silent when it \
            isn't. Turn the comparison round.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(IDLE),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(name), Some(setting)) =
            (watched.name(), watched.alarm.setting("ComparisonOperator"))
        else {
            continue;
        };
        let too_little = matches!(name, "FreeableMemory" | "CPUCreditBalance" | "CacheHitRate");
        if too_little && watched.is_alone && watched.is_above() == Some(true) {
            check
                .report(&setting, format!("an alarm on too much {name}"))
                .allowed("LessThanThreshold or LessThanOrEqualToThreshold")
                .help("write LessThanThreshold");
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
      ComparisonOperator: GreaterThanThreshold
      Threshold: 100000000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
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
";

const IDLE: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 5
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const BAD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CacheHitRate"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CacheHitRate"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "LessThanOrEqualToThreshold"
  threshold           = 80
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
