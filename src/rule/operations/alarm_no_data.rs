//! An alarm watches a metric that its cache publishes.

use super::watch::watched;
use crate::diagnostic::Level;
use crate::facts;
use crate::rule::cache::{engine, replicas};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "alarm-no-data",
    title: "This cache doesn't publish the metric that the alarm watches",
    levels: Levels::ERROR,
    about: "Some metrics exist only for some caches: CPU credits on burstable nodes other than t2, disk \
            metrics with data tiering, the replication lag where there are replicas, and most names of \
            Memcached not with Redis OSS or Valkey. An alarm on a metric without data never goes off. \
            Watch what this cache publishes.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(CREDITS),
        Example::bad_cloudformation(MEMCACHED),
        Example::bad_cloudformation(LAG),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(GOOD_LAG),
        Example::bad_terraform(CREDITS_MODULE),
        Example::bad_terraform(DISK),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(setting), Some(fact), Some(target)) =
            (watched.metric, watched.fact(), watched.target(check))
        else {
            continue;
        };
        let cache = target.cache();
        let node = cache.text("CacheNodeType");
        let known = node.and_then(facts::node_type);
        let because = if let Some(engine) =
            engine(&cache).filter(|name| !fact.is_published_by(name))
        {
            format!("{engine} doesn't publish {}", fact.metric)
        } else if let (true, Some(known)) = (fact.needs("credits"), known)
            && (known.cpu_credits_per_hour.is_none() || known.node_type.starts_with("cache.t2."))
        {
            format!("{} doesn't publish {}", known.node_type, fact.metric)
        } else if let (true, Some(known)) = (fact.needs("tiering"), known)
            && !known.data_tiering
        {
            format!(
                "{} has no disk, and doesn't publish {}",
                known.node_type, fact.metric
            )
        } else if fact.needs("replicas") && replicas(check, &cache) == Some(0) {
            // a replica may be added later
            check
                .report(&setting, format!("{} without a replica", fact.metric))
                .level(Level::Warning)
                .allowed("a cache with replicas")
                .help("leave the alarm out, or add a replica");
            continue;
        } else {
            continue;
        };
        check
            .report(&setting, because)
            .allowed("a metric that this cache publishes")
            .help("watch another metric");
    }
}

const CREDITS: &str = "Resources:
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
      MetricName: CPUCreditBalance
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 3
      ComparisonOperator: LessThanThreshold
      Threshold: 20
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const MEMCACHED: &str = "Resources:
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
      MetricName: GetMisses
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 1000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const LAG: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      ReplicationGroupId: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: ReplicationLag
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 30
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
      CacheNodeType: cache.t4g.small
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CPUCreditBalance
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 3
      ComparisonOperator: LessThanThreshold
      Threshold: 20
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GOOD_LAG: &str = "Resources:
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
      MetricName: ReplicationLag
      Dimensions: [{Name: CacheClusterId, Value: orders-002}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 30
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const CREDITS_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
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
  metric_name         = "CPUCreditBalance"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = 20
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const DISK: &str = r#"resource "aws_elasticache_replication_group" "this" {
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
  metric_name         = "BytesReadFromDisk"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1000000
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "CPUCreditBalance"
  dimensions          = { CacheClusterId = "orders-001" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = 20
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
