//! A log's destination is of the type that it is said to be.

use super::{LOG_GROUP, STREAM, deliveries};
use crate::graph::{Kind, Reference, Value};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-destination",
    title: "A log delivery has no destination, or one of another type",
    levels: Levels::ERROR,
    about: "A delivery to CloudWatch Logs names a log group and one to Firehose names a stream, both by \
            name. Without a destination, with the details of the other type, or with an ARN in the place \
            of the name the API refuses it. Give the name of the log group or of the stream that \
            fits the destination type.",
    source: "CloudFormation resource schemas (October 2026) and ElastiCache API reference",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(OTHER),
        Example::bad_cloudformation(NONE),
        Example::bad_cloudformation(ARN),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(FIREHOSE),
        Example::bad_terraform(NONE_MODULE),
        Example::bad_terraform(ARN_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (cache, delivery) in deliveries(check) {
        let Some(of) = cache.within(delivery, "DestinationType") else {
            continue;
        };
        let firehose = match of.text().map(str::to_ascii_lowercase).as_deref() {
            Some("kinesis-firehose") => true,
            Some("cloudwatch-logs") => false,
            _ => continue,
        };
        let (right, wrong, what) = if firehose {
            (STREAM, LOG_GROUP, "a Firehose stream's name")
        } else {
            (LOG_GROUP, STREAM, "a log group's name")
        };
        let Some(destination) = cache.within(delivery, right) else {
            // what is deeper may be there, and not be known
            let details = "DestinationDetails";
            let unseen = cache.node.partial || cache.within(delivery, details).is_some();
            let other = cache.within(delivery, wrong);
            if other.is_some() || !unseen {
                let (name, word) = (of.name(), of.text().unwrap_or_default());
                let message = match other {
                    Some(_) => format!("{name} is {word:?}, and the details are of another"),
                    None => format!("{name} is {word:?}, without a destination"),
                };
                check
                    .report(&of, message)
                    .allowed(what)
                    .help("give the destination that fits the type");
            }
            continue;
        };
        let arn = match destination.value() {
            Value::Text(_) => destination
                .text()
                .is_some_and(|text| text.starts_with("arn:")),
            Value::Reference(Reference::Node {
                kind, attribute, ..
            }) => {
                matches!(kind, Kind::LogGroup | Kind::Other)
                    && attribute.cloudformation.as_deref() == Some("Arn")
            }
            _ => false,
        };
        // the name of a stream has a code of its own
        let literal = destination.text().is_some();
        if arn && !(firehose && literal) {
            check
                .report(&destination, format!("{} is an ARN", destination.name()))
                .allowed(what)
                .help("give the name, and not the ARN");
        }
    }
}

const OTHER: &str = "Resources:
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
          DestinationType: kinesis-firehose
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const NONE: &str = "Resources:
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
";

const ARN: &str = "Resources:
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
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: !GetAtt Log.Arn}}
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30}
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
";

const FIREHOSE: &str = "Resources:
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
          DestinationType: kinesis-firehose
          DestinationDetails: {KinesisFirehoseDetails: {DeliveryStream: orders}}
";

const NONE_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
  }
}
"#;

const ARN_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "cloudwatch-logs"
    destination      = aws_cloudwatch_log_group.this.arn
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/orders/cache"
  retention_in_days = 30
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
