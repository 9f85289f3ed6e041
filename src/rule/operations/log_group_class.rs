//! A cache's log goes to a log group of the standard class.

use super::log_groups;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-group-class",
    title: "A cache's log goes to a log group of a class that is made for something else",
    levels: Levels::WARNING,
    about: "CloudWatch Logs has cheaper classes of log groups that can do less: INFREQUENT_ACCESS has no \
            metric filters, subscriptions or live tail, and DELIVERY is for Lambda's logs on their way to \
            S3 and keeps them for a day. A slow log is read when something is wrong, and a class can't be \
            changed later. Use the class STANDARD.",
    source: "CloudWatch Logs user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in log_groups(check) {
        let Some(setting) = group.setting("LogGroupClass") else {
            continue;
        };
        if let Some(class @ ("INFREQUENT_ACCESS" | "DELIVERY")) = setting.text() {
            check
                .report(
                    &setting,
                    format!("a cache's log in a log group of the class {class}"),
                )
                .allowed("STANDARD")
                .help("leave the class out");
        }
    }
}

const BAD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: !Ref Log}}
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30, LogGroupClass: INFREQUENT_ACCESS}
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: !Ref Log}}
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30, LogGroupClass: STANDARD}
  Archive:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30, LogGroupClass: INFREQUENT_ACCESS}
";

const BAD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = aws_cloudwatch_log_group.this.name
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/orders/cache"
  retention_in_days = 30
  log_group_class   = "DELIVERY"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = aws_cloudwatch_log_group.this.name
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/orders/cache"
  retention_in_days = 30
}
"#;
