//! What is scaled is named as the service knows it.

use super::{nearest, scalable_targets};
use crate::graph::{Kind, Part, Reference, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-target",
    title: "The scalable target names no cache, or no dimension of one",
    levels: Levels::ERROR,
    about: "What is scaled is named by the service elasticache, by the dimension, which is the shards or \
            the replicas of a replication group, and by the resource as replication-group/ and the \
            group's id. With the id alone, with an ARN, or with a word in another case the target can't \
            be registered. Write all three as the service knows them.",
    source: "Application Auto Scaling API reference and ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(ID),
        Example::bad_cloudformation(ARN),
        Example::bad_cloudformation(DIMENSION),
        Example::bad_cloudformation(SERVICE),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(OTHER),
        Example::bad_terraform(ID_MODULE),
        Example::bad_terraform(NAME),
        Example::bad_terraform(DIMENSION_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

const DIMENSIONS: [&str; 3] = [
    "elasticache:replication-group:NodeGroups",
    "elasticache:replication-group:Replicas",
    "elasticache:cache-cluster:Nodes",
];

fn check(check: &mut Check<'_>) {
    for target in scalable_targets(check) {
        if let Some(setting) = target.setting("ServiceNamespace")
            && let Some(word) = setting.text().filter(|word| *word != "elasticache")
        {
            check
                .report(&setting, format!("no service is called {word:?} there"))
                .allowed("elasticache")
                .help("write elasticache");
        }
        if let Some(setting) = target.setting("ScalableDimension")
            && let Some(word) = setting.text().filter(|word| !DIMENSIONS.contains(word))
        {
            let near = nearest(word, DIMENSIONS.into_iter(), 0.6).unwrap_or(DIMENSIONS[0]);
            check
                .report(&setting, format!("a cache has no dimension {word:?}"))
                .allowed(DIMENSIONS.join(", "))
                .help(format!("write {near}"));
        }
        resource(check, &target);
    }
}

fn resource<'g>(check: &mut Check<'g>, target: &Resource<'g>) {
    let Some(setting) = target.setting("ResourceId") else {
        return;
    };
    let cluster = target.text("ScalableDimension") == Some(DIMENSIONS[2]);
    let prefix = if cluster {
        "cache-cluster/"
    } else {
        "replication-group/"
    };
    let wrong = match setting.value() {
        Value::Text(text) => match text.0.as_slice() {
            [Part::Literal(first)] => first.strip_prefix(prefix).is_none_or(str::is_empty),
            // the parts that follow may begin anyhow
            [Part::Literal(first), ..] => !first.starts_with(prefix),
            _ => false,
        },
        Value::Reference(Reference::Node { kind, .. }) => {
            matches!(kind, Kind::ReplicationGroup | Kind::CacheCluster)
        }
        _ => false,
    };
    if wrong {
        let message = match setting.text() {
            Some(text) => format!("{text:?} names nothing to scale"),
            None => format!("the id alone, without {prefix} before it"),
        };
        check
            .report(&setting, message)
            .allowed(format!("{prefix} and the id"))
            .help(format!("put {prefix} before the id"));
    }
}

const ID: &str = "Resources:
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
      ResourceId: !Ref Cache
      MinCapacity: 2
      MaxCapacity: 4
";

const ARN: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:orders
      MinCapacity: 2
      MaxCapacity: 4
";

const DIMENSION: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: elasticache
      ScalableDimension: elasticache:replication-group:Shards
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
";

const SERVICE: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ElastiCache
      ScalableDimension: elasticache:replication-group:NodeGroups
      ResourceId: replication-group/orders
      MinCapacity: 2
      MaxCapacity: 4
";

const GOOD: &str = "Resources:
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
      ResourceId: !Sub 'replication-group/${Cache}'
      MinCapacity: 2
      MaxCapacity: 4
";

const OTHER: &str = "Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: service/shop/orders
      MinCapacity: 1
      MaxCapacity: 4
";

const ID_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true

  lifecycle {
    ignore_changes = [num_node_groups, replicas_per_node_group]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = aws_elasticache_replication_group.this.id
  min_capacity       = 2
  max_capacity       = 4
}
"#;

const NAME: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replicationgroup/orders"
  min_capacity       = 2
  max_capacity       = 4
}
"#;

const DIMENSION_MODULE: &str = r#"resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:Nodegroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true

  lifecycle {
    ignore_changes = [num_node_groups, replicas_per_node_group]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/${aws_elasticache_replication_group.this.id}"
  min_capacity       = 2
  max_capacity       = 4
}
"#;
