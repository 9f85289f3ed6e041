//! A cache is scaled by a metric of its own.

use super::{nearest, scaling_policies};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-metric",
    title: "The cache can't be scaled by that metric",
    levels: Levels::ERROR,
    about: "Shards are scaled by the CPU of the primaries' engines or by the memory or capacity that \
            counts for eviction, and replicas by the CPU of the replicas' engines. The metrics of other \
            services and of the other dimension are refused. Choose one that belongs to what is scaled.",
    source: "ElastiCache user guide (automatic scaling), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(OTHER_DIMENSION),
        Example::bad_cloudformation(OTHER_SERVICE),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(SHARDS),
        Example::bad_terraform(SPELLING),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

const OF_SHARDS: [&str; 3] = [
    "ElastiCachePrimaryEngineCPUUtilization",
    "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage",
    "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage",
];
const OF_REPLICAS: [&str; 1] = ["ElastiCacheReplicaEngineCPUUtilization"];
const OF_CLUSTERS: [&str; 2] = [
    "ElastiCacheEngineCPUUtilization",
    "ElastiCacheDatabaseMemoryUsagePercentage",
];

const METRIC: &str =
    "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType";

fn check(check: &mut Check<'_>) {
    for (policy, dimension) in scaling_policies(check) {
        let Some(setting) = policy.setting(METRIC) else {
            continue;
        };
        let Some(metric) = setting.text() else {
            continue;
        };
        let replicas = dimension == Some("elasticache:replication-group:Replicas");
        let (right, what) = if replicas {
            (&OF_REPLICAS[..], "replicas aren't")
        } else {
            (&OF_SHARDS[..], "shards aren't")
        };
        let known = OF_SHARDS.contains(&metric) || OF_REPLICAS.contains(&metric);
        // what the documentation says of a cluster's metrics isn't of one mind
        let fits = right.contains(&metric) || OF_CLUSTERS.contains(&metric);
        if fits || known && dimension.is_none() {
            continue;
        }
        let near = nearest(metric, right.iter().copied(), 0.5).unwrap_or(right[0]);
        check
            .report(&setting, format!("{what} scaled by {metric}"))
            .allowed(right.join(", "))
            .help(format!("write {near}"));
    }
}

const OTHER_DIMENSION: &str = "Resources:
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
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCacheReplicaEngineCPUUtilization}
";

const OTHER_SERVICE: &str = "Resources:
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
        PredefinedMetricSpecification: {PredefinedMetricType: RDSReaderAverageCPUUtilization}
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
        PredefinedMetricSpecification: {PredefinedMetricType: ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage}
";

const SHARDS: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:Replicas"
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

const SPELLING: &str = r#"resource "aws_appautoscaling_target" "this" {
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
      predefined_metric_type = "ElastiCachePrimaryEngineCpuUtilization"
    }
  }
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:Replicas"
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
      predefined_metric_type = "ElastiCacheReplicaEngineCPUUtilization"
    }
  }
}
"#;
