//! Log lines are kept for ever unless somebody says otherwise.

use super::{is_terraform, log_groups};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-retention",
    title: "Nobody says how long a cache's log is kept, so it is kept for ever",
    levels: Levels::INFORMATION,
    about: "CloudWatch Logs never deletes lines from a log group without a retention, and charges for them \
            every month. Slow logs name keys and clients, which may not be kept for ever either. Say for \
            how many days they are of use.",
    source: "",
    controls: &["CKV_AWS_66"],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let terraform = is_terraform(check);
    for group in log_groups(check) {
        let never = terraform && group.integer("RetentionInDays") == Some(0);
        if group.is_absent("RetentionInDays") || never {
            let word = group.word("RetentionInDays");
            check
                .report_at(&group, "RetentionInDays", "log lines are kept for ever")
                .allowed(format!("{word}, such as 30 or 365"))
                .help(format!("set {word}"));
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
    Properties: {RetentionInDays: 30}
  Audit:
    Type: AWS::Logs::LogGroup
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
  name = "/orders/cache"
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
  retention_in_days = 365
}
"#;
