//! Metrics of caches are in the namespace `AWS/ElastiCache`.

use super::watch::NAMESPACE;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-namespace",
    title: "The alarm looks into a namespace that has no metrics of caches",
    levels: Levels::ERROR,
    about: "ElastiCache publishes its metrics in the namespace AWS/ElastiCache, and CloudWatch tells \
            upper from lower case. An alarm on AWS/Elasticache or AWS/ElasticCache is made without a \
            word, finds no data, and never goes off. Write AWS/ElastiCache.",
    source: "CloudWatch user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(CASE),
        Example::bad_cloudformation(SPELLING),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(OTHER),
        Example::bad_terraform(CASE_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for alarm in check.all(Kind::Alarm) {
        let within = alarm
            .objects("Metrics")
            .iter()
            .filter_map(|metric| alarm.within(metric, "MetricStat.Metric.Namespace"));
        for setting in alarm.setting("Namespace").into_iter().chain(within) {
            let Some(name) = setting.text() else {
                continue;
            };
            let plain = name.to_ascii_lowercase().replace("cc", "c");
            let ours = matches!(
                plain.as_str(),
                "aws/elasticache" | "elasticache" | "aws/elasti-cache"
            );
            if ours && name != NAMESPACE {
                check
                    .report(&setting, format!("no namespace is called {name:?}"))
                    .allowed(NAMESPACE)
                    .help(format!("write {NAMESPACE}"));
            }
        }
    }
}

const CASE: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Elasticache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const SPELLING: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElasticCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
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
";

const OTHER: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Orders/Cache
      MetricName: Baskets
      Dimensions: [{Name: Shop, Value: eu}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const CASE_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/elasticache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
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
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
