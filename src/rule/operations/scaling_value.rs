//! A metric is kept at a value that leaves room.

use super::scaling_policies;
use crate::graph::Value;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-value",
    title: "The value to keep is outside of what scaling a cache is made for",
    levels: Levels::WARNING,
    about: "ElastiCache keeps a metric at a value from 35 to 70 percent. Below, the cache grows for \
            nothing; above, new shards come when the old ones are full, since moving slots takes CPU and \
            memory as well. Choose a value within.",
    source: "ElastiCache user guide (automatic scaling), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(HIGH),
        Example::bad_cloudformation(FRACTION),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(LOW),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

const VALUE: &str = "TargetTrackingScalingPolicyConfiguration.TargetValue";

fn check(check: &mut Check<'_>) {
    for (policy, _) in scaling_policies(check) {
        // a metric of one's own has values of its own
        let predefined = "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType";
        let Some(setting) = policy
            .setting(VALUE)
            .filter(|_| policy.setting(predefined).is_some())
        else {
            continue;
        };
        let value = match setting.value() {
            Value::Integer(value) => *value as f64,
            Value::Number(value) => *value,
            _ => continue,
        };
        if !(35.0..=70.0).contains(&value) {
            check
                .report(
                    &setting,
                    format!("a metric is to be kept at {value} percent"),
                )
                .allowed("35 to 70")
                .help("write 60, or another value within");
        }
    }
}

const HIGH: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: orders
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 85
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCachePrimaryEngineCPUUtilization}
";

const FRACTION: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: orders
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 0.5
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCachePrimaryEngineCPUUtilization}
";

const GOOD: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: orders
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 70
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCachePrimaryEngineCPUUtilization}
";

const LOW: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "this" {
  name               = "orders"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 20

    predefined_metric_specification {
      predefined_metric_type = "ElastiCachePrimaryEngineCPUUtilization"
    }
  }
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "this" {
  name               = "orders"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 35

    predefined_metric_specification {
      predefined_metric_type = "ElastiCachePrimaryEngineCPUUtilization"
    }
  }
}
"#;
