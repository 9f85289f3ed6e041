//! An alarm watches a metric that exists.

use super::nearest;
use super::watch::watched;
use crate::diagnostic::Level;
use crate::facts;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-metric",
    title: "The alarm watches a metric that ElastiCache doesn't publish",
    levels: Levels::WARNING,
    about: "CloudWatch takes any name as a metric's and waits for data that never comes, so a slip of \
            the hand makes an alarm that stays silent for ever. Upper and lower case count: \
            cpuutilization is no metric. A name that the tables don't know may be newer than they are. \
            Check the spelling.",
    source: "ElastiCache and CloudWatch user guides, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BRITISH),
        Example::bad_cloudformation(CASE),
        Example::bad_cloudformation(OTHER),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(MEMCACHED),
        Example::bad_terraform(MODULE),
        Example::bad_terraform(QUERY),
        Example::good_terraform(GOOD_MODULE),
        Example::good_terraform(SERVERLESS),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(setting), Some(name)) = (watched.metric, watched.name()) else {
            continue;
        };
        if watched.fact().is_some() {
            continue;
        }
        let names = || facts::metrics().iter().map(|fact| fact.metric.as_str());
        let same = names().find(|known| known.eq_ignore_ascii_case(name));
        let finding = match same {
            Some(same) => check
                .report(&setting, format!("no metric is called {name:?}"))
                .level(Level::Error)
                .help(format!("write {same}")),
            None => {
                let message = format!(
                    "metric {name:?} is not among those known in {}",
                    facts::READ
                );
                let finding = check.report(&setting, message);
                match nearest(name, names(), 0.75) {
                    Some(near) => finding.help(format!("did you mean {near}?")),
                    None => finding.help("check the name: an alarm without data never goes off"),
                }
            }
        };
        finding.allowed("a metric that ElastiCache publishes, such as EngineCPUUtilization");
    }
}

const BRITISH: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CPUUtilisation
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const CASE: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: engineCPUUtilization
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
      Namespace: AWS/ElastiCache
      MetricName: DatabaseConnections
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
      MetricName: DatabaseMemoryUsagePercentage
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 80
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const MEMCACHED: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: GetMisses
      Dimensions: [{Name: CacheClusterId, Value: sessions}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "MemoryUsage"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const QUERY: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  threshold           = 1000
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]

  metric_query {
    id          = "evictions"
    return_data = true

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "Eviction"
      period      = 60
      stat        = "Sum"
      dimensions  = { CacheClusterId = "orders-001" }
    }
  }
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

const SERVERLESS: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "ThrottledCmds"
  dimensions          = { clusterId = "orders" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
