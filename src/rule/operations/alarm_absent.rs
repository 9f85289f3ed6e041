//! A cache in production has alarms.

use super::watch::NAMESPACE;
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-absent",
    title: "A cache in production is watched by no alarm of this file",
    levels: Levels {
        development: None,
        staging: None,
        production: Some(Level::Information),
        unsaid: None,
    },
    about: "A cache that fills up or runs out of CPU is noticed by its users first when no alarm watches \
            it. Memory, the engine's CPU, evictions and connections are the four to begin with. Alarms \
            may well stand elsewhere; where they don't, add one of each for every member.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(UNSAID),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let watched = check.all(Kind::Alarm).into_iter().any(|alarm| {
        let of_several = alarm.setting("Metrics").is_some();
        of_several
            || alarm
                .text("Namespace")
                .is_none_or(|name| name.eq_ignore_ascii_case(NAMESPACE))
    });
    if watched {
        return;
    }
    for cache in check.all(Kind::ReplicationGroup) {
        check
            .report_resource(&cache, "no alarm watches this cache here")
            .allowed("alarms on memory, the engine's CPU, evictions and connections")
            .help("add an alarm on DatabaseMemoryUsagePercentage for each member");
    }
}

const BAD: &str = "Metadata: {Cachewright: {Stage: production}}
Resources:
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
";

const GOOD: &str = "Metadata: {Cachewright: {Stage: production}}
Resources:
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
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const UNSAID: &str = "Resources:
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
";

const BAD_MODULE: &str = r#"# cachewright: stage production
resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}
"#;

const GOOD_MODULE: &str = r#"# cachewright: stage production
resource "aws_elasticache_replication_group" "this" {
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
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
