//! Log types, formats and destinations are known words.

use super::{deliveries, is_terraform, nearest};
use crate::diagnostic::Level;
use crate::facts;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-word",
    title: "A log delivery's type, format or destination isn't a known word",
    levels: Levels::ERROR,
    about: "A delivery names its log as slow-log or engine-log, its format as json or text, and its \
            destination as cloudwatch-logs or kinesis-firehose. CloudFormation's schema and Terraform's \
            provider refuse other words, Terraform upper case as well. Write the word with its hyphen.",
    source: "CloudFormation resource schemas (October 2026) and the Terraform AWS provider 5.100.0",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(TYPE),
        Example::bad_cloudformation(FORMAT),
        Example::bad_cloudformation(DESTINATION),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(TYPE_MODULE),
        Example::bad_terraform(FORMAT_MODULE),
        Example::bad_terraform(DESTINATION_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

const WORDS: [(&str, [&str; 2]); 3] = [
    ("LogType", ["slow-log", "engine-log"]),
    ("LogFormat", ["json", "text"]),
    ("DestinationType", ["cloudwatch-logs", "kinesis-firehose"]),
];

fn check(check: &mut Check<'_>) {
    let exact = is_terraform(check);
    for (cache, delivery) in deliveries(check) {
        for (name, words) in WORDS {
            let Some(setting) = cache.within(delivery, name) else {
                continue;
            };
            let Some(given) = setting.text() else {
                continue;
            };
            let is = |word: &&str| **word == *given || !exact && word.eq_ignore_ascii_case(given);
            if words.iter().any(is) {
                continue;
            }
            let finding = check
                .report(&setting, format!("{} is {given:?}", setting.name()))
                .allowed(words.join(" or "));
            match nearest(given, words.into_iter(), 0.5) {
                Some(near) => finding.help(format!("write {near}")),
                // an engine may get another log
                None if given.ends_with("-log") => finding.level(Level::Warning).help(format!(
                    "check the word: it wasn't known in {}",
                    facts::READ
                )),
                None => finding.help(format!("write {}", words[0])),
            };
        }
    }
}

const TYPE: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slowlog
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const FORMAT: &str = "Resources:
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
          LogFormat: plain
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const DESTINATION: &str = "Resources:
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
          DestinationType: cloudwatch
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
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
          LogFormat: JSON
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const TYPE_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow_log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = "/orders/cache"
  }
}
"#;

const FORMAT_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "JSON"
    destination_type = "cloudwatch-logs"
    destination      = "/orders/cache"
  }
}
"#;

const DESTINATION_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "firehose"
    destination      = "/orders/cache"
  }
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
    log_format       = "text"
    destination_type = "cloudwatch-logs"
    destination      = "/orders/cache"
  }
}
"#;
