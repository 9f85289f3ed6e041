//! The name of a log group has a form.

use super::{LOG_GROUP, deliveries};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{LogGroupName, Word};

pub(super) static RULE: Rule = Rule {
    code: "log-group-name",
    title: "The log group's name isn't one that CloudWatch Logs takes",
    levels: Levels::ERROR,
    about: "A log group is named by 1 to 512 letters, digits and the characters _-/.# and nothing else. A \
            blank, a colon or an ARN is refused, where the group is made or where a cache delivers to it. \
            Separate levels by slashes and words by hyphens.",
    source: "CloudFormation resource schemas, October 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BLANK),
        Example::bad_cloudformation(GROUP),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(COLON),
        Example::bad_terraform(GROUP_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let made = check.all(Kind::LogGroup);
    let used = deliveries(check);
    let names = made
        .iter()
        .filter_map(|group| group.setting("LogGroupName"))
        .chain(
            used.iter()
                .filter_map(|(cache, delivery)| cache.within(delivery, LOG_GROUP)),
        );
    for setting in names {
        let Some(name) = setting.text() else {
            continue;
        };
        // an ARN is met by log-destination
        if name.starts_with("arn:") {
            continue;
        }
        if let Err(refusal) = LogGroupName::parse(name) {
            let message = format!("{} {name:?} {}", LogGroupName::WHAT, refusal.because);
            check
                .report(&setting, message)
                .allowed(refusal.allowed)
                .help(refusal.help);
        }
    }
}

const BLANK: &str = "Resources:
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
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: orders cache}}
";

const GROUP: &str = "Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: 'orders:cache'
      RetentionInDays: 30
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
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /aws/elasticache/orders_1.slow#2}}
";

const COLON: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = "/orders/cache:*"
  }
}
"#;

const GROUP_MODULE: &str = r#"resource "aws_cloudwatch_log_group" "this" {
  name              = "orders cache"
  retention_in_days = 30
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/elasticache/orders"
  retention_in_days = 30
}
"#;
