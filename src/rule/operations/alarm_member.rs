//! An alarm looks at a member that is there.

use super::watch::{Target, watched};
use super::{scalable_targets, scaled};
use crate::diagnostic::Level;
use crate::rule::cache::{ClusterMode, cluster_mode, nodes, shards};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-member",
    title: "The alarm looks at a member that its replication group doesn't have",
    levels: Levels::ERROR,
    about: "The members of a replication group are called by its id and a number: orders-001 and \
            orders-002 for two nodes, and with cluster mode orders-0001-001, the shard's number first. \
            An alarm on a member that doesn't exist never sees any data, which is easily overlooked \
            after nodes were taken away or cluster mode was changed. Write the ids of the members that \
            are there.",
    source: "ElastiCache user guide and CloudWatch user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(MANY),
        Example::bad_cloudformation(SHARD),
        Example::bad_cloudformation(NUMBER),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(ANOTHER),
        Example::bad_terraform(NO_SHARD),
        Example::bad_terraform(MANY_MODULE),
        Example::good_terraform(SHARDS_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(setting), Some(entry)) =
            (watched.dimensions, watched.dimension("CacheClusterId"))
        else {
            continue;
        };
        let Some(Target::Member(group, suffix)) = watched.target(check) else {
            continue;
        };
        let numbers: Vec<&str> = suffix.trim_start_matches('-').split('-').collect();
        let digits =
            |number: &&str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        if numbers.len() > 2 || !numbers.iter().all(digits) {
            // the id of something else that begins alike
            continue;
        }
        let Some(mode) = cluster_mode(check, &group) else {
            continue;
        };
        let form = match mode {
            ClusterMode::Disabled => "-001",
            ClusterMode::Enabled => "-0001-001",
            ClusterMode::Compatible => continue,
        };
        let widths: Vec<usize> = numbers.iter().map(|number| number.len()).collect();
        let expected: &[usize] = if mode.is_on() { &[4, 3] } else { &[3] };
        if widths != expected {
            let message = format!("no member of the group is called by its id and {suffix:?}");
            check
                .report_entry(&setting, entry, message)
                .allowed(format!("the group's id and {form}, counted from there"))
                .help(if mode.is_on() {
                    "put the shard's number before the node's, as cluster mode is on"
                } else {
                    "leave the shard's number out, as cluster mode is off"
                });
            continue;
        }
        if let Some(most) = beyond(check, &group, &numbers) {
            // a node that was replaced may have got a higher number
            check
                .report_entry(&setting, entry, format!("no member {suffix:?}: {most}"))
                .level(Level::Warning)
                .allowed(format!("the group's id and {form}, counted from there"))
                .help("name a member that is there, or leave the alarm out");
        }
    }
}

/// How many there are, where a number is beyond.
fn beyond<'g>(check: &Check<'g>, group: &Resource<'g>, numbers: &[&str]) -> Option<String> {
    let is_scaled = scalable_targets(check)
        .iter()
        .any(|target| scaled(check, target).is_none_or(|one| std::ptr::eq(one.node, group.node)));
    let numbers_move = [
        "num_cache_clusters",
        "num_node_groups",
        "replicas_per_node_group",
        "node_group_configuration",
    ];
    if is_scaled || numbers_move.iter().any(|it| group.node.ignores(it)) {
        return None;
    }
    let number = |text: &str| text.parse::<i64>().ok();
    if let [shard, _] = numbers {
        let shards = shards(group)?;
        let ids_of_their_own = !group.objects("NodeGroupConfiguration").is_empty();
        if !ids_of_their_own && number(shard)? > shards {
            return Some(format!("there are {shards} shards"));
        }
    }
    let each = nodes(check, group)?.checked_div(shards(group)?)?;
    let same = group.objects("NodeGroupConfiguration").is_empty();
    (same && number(numbers.last()?)? > each).then(|| match numbers.len() {
        1 => format!("there are {each} nodes"),
        _ => format!("there are {each} nodes in each shard"),
    })
}

const MANY: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-003}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const SHARD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: !Sub '${Cache}-0001-001'}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const NUMBER: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-1}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
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
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-002}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const ANOTHER: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-eu-003}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const NO_SHARD: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
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
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const MANY_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "${aws_elasticache_replication_group.this.id}-003" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const SHARDS_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = "orders-0002-002" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
