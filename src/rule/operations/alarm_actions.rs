//! An alarm tells somebody.

use super::watch::alarms;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-actions",
    title: "Nobody is told when the alarm goes off",
    levels: Levels::PRODUCTION,
    about: "An alarm without an action turns red in a console that nobody looks at. Of metrics that wake \
            somebody it is the action that matters: a topic that a person or a pager listens to. Add \
            one, or leave the alarm to a composite alarm that has one.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::bad_cloudformation(EMPTY),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(COMPOSITE),
        Example::good_cloudformation(DEVELOPMENT),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if !check.all(Kind::CompositeAlarm).is_empty() {
        return;
    }
    for alarm in alarms(check) {
        let setting = alarm.setting("AlarmActions");
        // what is empty by default is given where the module or the template is used
        let is_given = setting.is_some_and(|setting| !setting.property.inputs.is_empty());
        let list = alarm.list("AlarmActions").filter(|_| !is_given);
        let empty = list.is_some_and(<[_]>::is_empty);
        if alarm.is_absent("AlarmActions") || empty {
            check
                .report_at(&alarm, "AlarmActions", "nobody is told")
                .allowed("one action or more, such as a topic")
                .help(format!("set {}", alarm.word("AlarmActions")));
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
";

const EMPTY: &str = "Resources:
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
      AlarmActions: []
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

const COMPOSITE: &str = "Resources:
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
  Both:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmRule: !Sub ALARM(${Alarm})
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const DEVELOPMENT: &str = "Metadata: {Cachewright: {Stage: development}}
Resources:
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
}
"#;

const GOOD_MODULE: &str = r#"variable "actions" {
  type    = list(string)
  default = []
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = var.actions
}
"#;
