//! Old engines deliver no logs.

use super::deliveries;
use crate::facts;
use crate::rule::cache::{engine, version};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-delivery",
    title: "The engine's version doesn't deliver that log",
    levels: Levels::ERROR,
    about: "Redis OSS delivers its slow log from 6.0 on and the engine's own log from 6.2 on; Valkey \
            delivers both. The API refuses the delivery from an older version, and Memcached has none at \
            all. Raise the engine's version, or leave the delivery out.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(ENGINE_LOG),
        Example::bad_cloudformation(SLOW_LOG),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(ENGINE_LOG_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (cache, delivery) in deliveries(check) {
        let (Some(log), Some(engine)) = (cache.within(delivery, "LogType"), engine(&cache)) else {
            continue;
        };
        let Some(word) = log.text().map(str::to_ascii_lowercase) else {
            continue;
        };
        let fact = version(&cache).and_then(|version| facts::engine_version(engine, version));
        let has = match (engine, word.as_str(), fact) {
            ("memcached", ..) => false,
            (_, "slow-log", Some(fact)) => fact.slow_log,
            (_, "engine-log", Some(fact)) => fact.engine_log,
            _ => continue,
        };
        if has {
            continue;
        }
        let since = if word == "slow-log" {
            "redis 6.0"
        } else {
            "redis 6.2"
        };
        let named = match version(&cache) {
            Some(version) if engine != "memcached" => format!("{engine} {version}"),
            _ => engine.to_owned(),
        };
        check
            .report(&log, format!("{named} delivers no {word}"))
            .allowed(format!("{since} or later, or valkey"))
            .help("leave it out, or raise the engine version");
    }
}

const ENGINE_LOG: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '6.0'
      CacheNodeType: cache.m6g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: engine-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const SLOW_LOG: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 5.0.6
      CacheNodeType: cache.m6g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '6.0'
      CacheNodeType: cache.m6g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const ENGINE_LOG_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0.6"
  node_type            = "cache.m6g.large"

  log_delivery_configuration {
    log_type         = "engine-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = "/orders/cache"
  }
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "7.2"
  node_type                  = "cache.m7g.large"
  transit_encryption_enabled = true

  log_delivery_configuration {
    log_type         = "engine-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = "/orders/cache"
  }
}
"#;
