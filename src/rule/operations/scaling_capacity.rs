//! A cache is scaled within limits.

use super::{scalable_targets, scaled};
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-capacity",
    title: "A cache can't be scaled between these numbers",
    levels: Levels::ERROR,
    about: "The least capacity is at most the greatest. Shards go from 1 to 500 and replicas from 1 to \
            5; other numbers are refused when the target is registered or when it is first scaled. Where \
            the cache is made outside of the range it is scaled into it at once. Choose a range that \
            holds what the cache starts with.",
    source: "ElastiCache user guide (automatic scaling), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(TURNED),
        Example::bad_cloudformation(REPLICAS),
        Example::bad_cloudformation(NONE),
        Example::bad_cloudformation(OUTSIDE),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(SAME),
        Example::bad_terraform(MANY),
        Example::bad_terraform(TURNED_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for target in scalable_targets(check) {
        let (most, words, of_group) = match target.text("ScalableDimension") {
            Some("elasticache:replication-group:NodeGroups") => (500, "shards", "NumNodeGroups"),
            Some("elasticache:replication-group:Replicas") => {
                (5, "replicas", "ReplicasPerNodeGroup")
            }
            _ => continue,
        };
        let capacity = |name: &str| Some((target.setting(name)?, target.integer(name)?));
        let (least, greatest) = (capacity("MinCapacity"), capacity("MaxCapacity"));
        let mut good = true;
        for (setting, number) in [&least, &greatest].into_iter().flatten() {
            if !(1..=most).contains(number) {
                good = false;
                check
                    .report(setting, format!("{number} {words}"))
                    .allowed(format!("1 to {most} {words}"))
                    .help("choose a range within");
            }
        }
        let (Some((_, from)), Some((setting, to))) = (least, greatest) else {
            continue;
        };
        if from > to {
            check
                .report(&setting, format!("at most {to}, and at least {from}"))
                .allowed("a least capacity that is at most the greatest")
                .help("turn the two numbers round");
        } else if good
            && let Some(group) = scaled(check, &target)
            && let Some(now) = group.setting(of_group)
            && let Some(number) = group.integer(of_group)
            && !(from..=to).contains(&number)
        {
            check
                .report(
                    &now,
                    format!("{number} {words} are scaled to between {from} and {to} at once"),
                )
                .level(Level::Warning)
                .allowed(format!("{from} to {to}, which the scalable target says"))
                .help("make the cache within the range");
        }
    }
}

const TURNED: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 4
      MaxCapacity: 2
";

const REPLICAS: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:Replicas
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 6
";

const NONE: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 0
      MaxCapacity: 4
";

const OUTSIDE: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7.cluster.on
      NumNodeGroups: 6
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
";

const GOOD: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:Replicas
      ResourceId: replication-group/orders
      MinCapacity: 1
      MaxCapacity: 5
";

const SAME: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis7.cluster.on
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 2
";

const MANY: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 501
}
"#;

const TURNED_MODULE: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 5
  max_capacity       = 4
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 500
}
"#;
