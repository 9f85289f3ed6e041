//! A cache is scaled by target tracking.

use super::{is_terraform, scaling_policies};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-policy",
    title: "A cache can't be scaled by that type of policy",
    levels: Levels::ERROR,
    about: "ElastiCache is scaled by target tracking, beside schedules; step scaling and predictive \
            scaling are for other services. Terraform takes step scaling where no type is given. Say \
            TargetTrackingScaling, with a metric and the value to keep.",
    source: "ElastiCache user guide (automatic scaling), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(STEP),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(ABSENT),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let terraform = is_terraform(check);
    for (policy, _) in scaling_policies(check) {
        let given = match policy.text("PolicyType") {
            Some("TargetTrackingScaling") => continue,
            Some(given) => format!("PolicyType {given}"),
            None if terraform && policy.is_absent("PolicyType") => {
                "no policy type, which is StepScaling".to_owned()
            }
            None => continue,
        };
        check
            .report_at(&policy, "PolicyType", given)
            .allowed("TargetTrackingScaling")
            .help("write TargetTrackingScaling, with a metric and a target value");
    }
}

const STEP: &str = "Resources:
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
      PolicyType: StepScaling
      ScalingTargetId: !Ref Target
      StepScalingPolicyConfiguration:
        AdjustmentType: ChangeInCapacity
        StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]
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
        TargetValue: 50
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCachePrimaryEngineCPUUtilization}
";

const ABSENT: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "this" {
  name               = "orders"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 50

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
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ElastiCachePrimaryEngineCPUUtilization"
    }
  }
}
"#;
