//! An alarm's statistic exists and fits its metric.

use super::nearest;
use super::watch::{Watched, watched};
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule, Setting};

pub(super) static RULE: Rule = Rule {
    code: "alarm-statistic",
    title: "The alarm's statistic doesn't exist, or doesn't fit the metric",
    levels: Levels::ERROR,
    about: "A statistic is one of Average, Maximum, Minimum, SampleCount and Sum; a percentile such as \
            p99 goes into the extended statistic, and one of the two it must be. The sum of a percentage \
            over five minutes is five times too much, and percentiles are documented for the latency of \
            requests only. Choose the statistic that the metric is made for.",
    source: "CloudWatch API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(PERCENTILE),
        Example::bad_cloudformation(CASE),
        Example::bad_cloudformation(BOTH),
        Example::bad_cloudformation(SUM),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(LATENCY),
        Example::good_cloudformation(ONE_MINUTE),
        Example::bad_terraform(WORD),
        Example::bad_terraform(EXTENDED),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

const STATISTICS: [&str; 5] = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let Some(setting) = watched.statistic else {
            continue;
        };
        if setting.name().eq_ignore_ascii_case("statistic")
            && let Some(extended) = watched.alarm.setting("ExtendedStatistic")
        {
            check
                .report(&extended, "a statistic and an extended one")
                .allowed("one of the two")
                .help("leave one of them out");
            continue;
        }
        let Some(given) = setting.text() else {
            continue;
        };
        // a metric among several has one setting for both
        let of_several = !watched.alarm.objects("Metrics").is_empty();
        let extended = setting.name().to_ascii_lowercase().starts_with("extended");
        let plain = STATISTICS.contains(&given);
        let fits = match (of_several, extended) {
            (true, _) => plain || is_extended(given),
            (false, true) => is_extended(given),
            (false, false) => plain,
        };
        if !fits {
            let finding = check.report(&setting, format!("{} is {given:?}", setting.name()));
            if extended {
                finding
                    .allowed("a percentile such as p99 or p99.9, or a trimmed mean such as tm90")
                    .help("write p and a number up to 100");
            } else {
                let word = watched.alarm.word("ExtendedStatistic");
                finding.allowed(STATISTICS.join(", "));
                match nearest(given, STATISTICS.into_iter(), 0.5) {
                    _ if is_extended(given) => finding.help(format!("say it as {word}")),
                    Some(near) => finding.help(format!("write {near}")),
                    None => finding.help("write Average or Maximum"),
                };
            }
            continue;
        }
        fit(check, &watched, &setting, given);
    }
}

/// Whether the metric has such a statistic in any sense.
fn fit<'g>(check: &mut Check<'g>, watched: &Watched<'g>, setting: &Setting<'g>, given: &str) {
    let Some(fact) = watched.fact() else {
        return;
    };
    let several = watched
        .seconds()
        .is_some_and(|seconds| seconds > fact.period_s);
    if given == "Sum" && fact.unit == "Percent" && several {
        check
            .report(
                setting,
                format!("the sum of {}, which is a percentage", fact.metric),
            )
            .level(Level::Warning)
            .allowed("Average, Maximum or Minimum")
            .help("write Average");
    }
    if !STATISTICS.contains(&given) && !fact.metric.ends_with("RequestLatency") {
        check
            .report(
                setting,
                format!("{given} of {}, which is one number a minute", fact.metric),
            )
            .level(Level::Information)
            .allowed("Average, Maximum or Minimum")
            .help("write Maximum");
    }
}

/// A percentile, a trimmed mean or another of CloudWatch's extended statistics.
fn is_extended(text: &str) -> bool {
    if text == "IQM" {
        return true;
    }
    let number = |text: &str| {
        text.parse::<f64>()
            .is_ok_and(|number| (0.0..=100.0).contains(&number))
    };
    let lower = text.to_ascii_lowercase();
    let short = ["tm", "tc", "ts", "wm", "p"]
        .into_iter()
        .find_map(|prefix| lower.strip_prefix(prefix));
    let long = ["TM(", "TC(", "TS(", "WM(", "PR("]
        .iter()
        .any(|prefix| text.starts_with(prefix));
    short.is_some_and(number) || long && text.ends_with(')') && text.contains(':')
}

const PERCENTILE: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: p99
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
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const BOTH: &str = "Resources:
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
      ExtendedStatistic: p99
";

const SUM: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Sum
      Period: 300
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
      MetricName: Evictions
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 1000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const LATENCY: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: SuccessfulReadRequestLatency
      Dimensions: [{Name: CacheClusterId, Value: orders-001}, {Name: CacheNodeId, Value: '0001'}]
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 1000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
      ExtendedStatistic: p99.9
";

const ONE_MINUTE: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const WORD: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Avg"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const EXTENDED: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  extended_statistic  = "99"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
