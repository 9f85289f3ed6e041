//! The name of a Firehose stream has a form.

use super::{STREAM, deliveries};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "delivery-stream",
    title: "A log's destination can't be the name of a Firehose stream",
    levels: Levels::ERROR,
    about: "A Firehose stream is named by 1 to 64 letters, digits and the characters _.- and ElastiCache \
            wants that name, not the stream's ARN. Anything else is refused when the delivery is set \
            up. Copy the stream's name.",
    source: "Firehose API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(ARN),
        Example::bad_cloudformation(NAME),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(ARN_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (cache, delivery) in deliveries(check) {
        let Some(stream) = cache.within(delivery, STREAM) else {
            continue;
        };
        let Some(name) = stream.text() else {
            continue;
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
            check
                .report(&stream, format!("{name:?} can't be a Firehose stream"))
                .allowed("1 to 64 letters, digits and any of _.-")
                .help("copy the stream's name, not its ARN");
        }
    }
}

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
          DestinationType: kinesis-firehose
          DestinationDetails: 
            KinesisFirehoseDetails:
              DeliveryStream: arn:aws:firehose:eu-west-1:123456789012:deliverystream/orders
";

const NAME: &str = "Resources:
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
          DestinationDetails: {KinesisFirehoseDetails: {DeliveryStream: orders cache}}
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
          DestinationType: kinesis-firehose
          DestinationDetails: {KinesisFirehoseDetails: {DeliveryStream: orders_cache.slow}}
";

const ARN_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"

  log_delivery_configuration {
    log_type         = "slow-log"
    log_format       = "json"
    destination_type = "kinesis-firehose"
    destination      = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/orders"
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
    log_format       = "json"
    destination_type = "kinesis-firehose"
    destination      = "orders-cache"
  }
}
"#;
