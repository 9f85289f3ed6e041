//! An alarm looks at a dimension that its metric is published with.

use super::watch::{Target, Watched, watched};
use crate::diagnostic::Level;
use crate::facts;
use crate::graph::Entry;
use crate::rule::{Check, Example, Levels, Rule, Setting};

pub(super) static RULE: Rule = Rule {
    code: "alarm-dimension",
    title: "The alarm looks at a dimension that its metric doesn't have",
    levels: Levels::ERROR,
    about: "Almost every metric of a cache is published for a member: by CacheClusterId, which is the id \
            of the replication group with -001, -002 and so on behind it, or -0001-001 with cluster \
            mode. An alarm on the group's own id, or on a dimension that the metric doesn't have, is \
            made without a word and never sees any data. Make one alarm for each member.",
    source: "CloudWatch user guide (dimensions of each metric) and reported cases, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(GROUP_DIMENSION),
        Example::bad_cloudformation(GROUP_ID),
        Example::bad_cloudformation(GROUP_NAME),
        Example::bad_cloudformation(SPELLING),
        Example::bad_cloudformation(NODE),
        Example::bad_cloudformation(NO_NODE),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(WHOLE_GROUP),
        Example::good_cloudformation(HOST),
        Example::bad_terraform(GROUP_DIMENSION_MODULE),
        Example::bad_terraform(GROUP_ID_MODULE),
        Example::bad_terraform(OTHER_MODULE),
        Example::good_terraform(GOOD_MODULE),
        Example::good_terraform(MEMBERS),
    ],
    check: Some(check),
};

const KNOWN: [&str; 7] = [
    "CacheClusterId",
    "CacheNodeId",
    "ReplicationGroupId",
    "NodeGroupId",
    "Role",
    "Tier",
    "clusterId",
];

fn check(check: &mut Check<'_>) {
    for watched in watched(check) {
        let (Some(setting), Some(entries)) = (watched.dimensions, watched.entries()) else {
            nothing(check, &watched);
            continue;
        };
        for entry in entries {
            names(check, &setting, entry);
        }
        values(check, &watched, &setting);
    }
}

/// An alarm without dimensions looks at all caches at once, for which nothing is published.
fn nothing<'g>(check: &mut Check<'g>, watched: &Watched<'g>) {
    let alone = watched.alarm.setting("Metrics").is_none();
    if alone && watched.dimensions.is_none() && watched.alarm.is_absent("Dimensions") {
        check
            .report_resource(
                &watched.alarm,
                "an alarm on a metric of no cache in particular",
            )
            .level(Level::Warning)
            .allowed("CacheClusterId, and the id of a member")
            .help("add the dimension CacheClusterId");
    }
}

/// Whether there is a dimension of that name.
fn names<'g>(check: &mut Check<'g>, setting: &Setting<'g>, entry: &Entry) {
    let name = entry.name.as_str();
    if KNOWN.contains(&name) {
        return;
    }
    let same = KNOWN
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name));
    let finding = check.report_name(
        setting,
        entry,
        format!("no metric has a dimension {name:?}"),
    );
    match same {
        Some(same) => finding.help(format!("write {same}")),
        None => finding.level(Level::Warning).help(format!(
            "write CacheClusterId: {name} wasn't known in {}",
            facts::READ
        )),
    };
}

/// Whether the dimensions are ones that the metric is published with.
fn values<'g>(check: &mut Check<'g>, watched: &Watched<'g>, setting: &Setting<'g>) {
    let metric = watched.name().unwrap_or("the metric");
    let fact = watched.fact();
    let target = watched.target(check);
    if let (Some(group), Some(fact)) = (watched.dimension("ReplicationGroupId"), fact)
        && !fact.is_of("group")
    {
        check
            .report_entry(setting, group, format!("{metric} isn't published by ReplicationGroupId"))
            .allowed("CacheClusterId, and the id of a member")
            .help("make one alarm for each member: the group's id with -001, -002 and so on behind it");
        return;
    }
    if let (Some(member), Some(Target::Group(_))) = (watched.dimension("CacheClusterId"), &target) {
        check
            .report_entry(setting, member, "this is the replication group's id, and no member's")
            .allowed("the id of a member, which has -001 or, with cluster mode, -0001-001 behind the group's")
            .help("make one alarm for each member");
        return;
    }
    match watched.dimension("CacheNodeId") {
        Some(node) => {
            let of_group = matches!(target, Some(Target::Member(..)));
            let wrong = node.value.literal().filter(|id| {
                let digits = id.len() == 4 && id.bytes().all(|b| b.is_ascii_digit());
                !digits || of_group && *id != "0001"
            });
            if let Some(id) = wrong {
                check
                    .report_entry(setting, node, format!("no node is called {id:?}"))
                    .allowed("0001, and higher with Memcached only")
                    .help("write '0001'");
            }
        }
        None => {
            let alone = fact.is_some_and(|fact| fact.is_of("node") && !fact.is_of("member"));
            if alone && watched.dimension("CacheClusterId").is_some() {
                let message = format!("{metric} is published for a member together with its node");
                check
                    .report(setting, message)
                    .level(Level::Warning)
                    .allowed("CacheClusterId and CacheNodeId")
                    .help("add CacheNodeId with '0001'");
            }
        }
    }
}

const GROUP_DIMENSION: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: DatabaseMemoryUsagePercentage
      Dimensions: [{Name: ReplicationGroupId, Value: orders}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 80
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GROUP_ID: &str = "Resources:
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
      Dimensions: [{Name: CacheClusterId, Value: !Ref Cache}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GROUP_NAME: &str = "Resources:
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
      Dimensions: [{Name: CacheClusterId, Value: orders}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const SPELLING: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: EngineCPUUtilization
      Dimensions: [{Name: CacheClusterID, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const NODE: &str = "Resources:
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
      MetricName: FreeableMemory
      Dimensions: [{Name: CacheClusterId, Value: orders-001}, {Name: CacheNodeId, Value: '001'}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: LessThanThreshold
      Threshold: 100000000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const NO_NODE: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: NetworkMaxBytesIn
      Dimensions: [{Name: CacheClusterId, Value: orders-001}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 100000000
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GOOD: &str = "Resources:
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
      Dimensions: [{Name: CacheClusterId, Value: !Sub '${Cache}-001'}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const WHOLE_GROUP: &str = "Resources:
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
      Dimensions: [{Name: ReplicationGroupId, Value: orders}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 90
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const HOST: &str = "Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ElastiCache
      MetricName: CPUUtilization
      Dimensions: [{Name: CacheClusterId, Value: orders-001}, {Name: CacheNodeId, Value: '0001'}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 5
      ComparisonOperator: GreaterThanThreshold
      Threshold: 40
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms']
";

const GROUP_DIMENSION_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
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
  metric_name         = "CPUUtilization"
  dimensions          = { ReplicationGroupId = aws_elasticache_replication_group.this.id }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 40
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GROUP_ID_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
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
  dimensions          = { CacheClusterId = aws_elasticache_replication_group.this.id }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const OTHER_MODULE: &str = r#"resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "orders-cache"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { DBInstanceIdentifier = "orders-001" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
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
  dimensions          = { CacheClusterId = "${aws_elasticache_replication_group.this.id}-002" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;

const MEMBERS: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = toset(aws_elasticache_replication_group.this.member_clusters)

  alarm_name          = "orders-${each.value}"
  namespace           = "AWS/ElastiCache"
  metric_name         = "EngineCPUUtilization"
  dimensions          = { CacheClusterId = each.value }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
}
"#;
