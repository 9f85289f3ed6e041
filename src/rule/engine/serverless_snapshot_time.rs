//! When a serverless cache takes its daily snapshot.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "serverless-snapshot-time",
    title: "A snapshot time of a serverless cache that is no time of day",
    levels: Levels::ERROR,
    about: "A serverless cache takes its daily snapshot at a time, `03:00` in UTC, and not in a \
        window as a cache of nodes does. AWS refuses another form. Write hours and minutes with \
        two digits each.",
    source: "ElastiCache API reference (CreateServerlessCache), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        if let Some(setting) = cache.setting("DailySnapshotTime")
            && let Some(time) = setting.text()
            && !is_time(time)
        {
            let help = match time.split_once('-') {
                Some((start, _)) if is_time(start) => format!("write {start}: it is no window"),
                _ => "write a time in UTC, such as 03:00".to_owned(),
            };
            check
                .report(
                    &setting,
                    format!("snapshot time {time:?} isn't a time of day"),
                )
                .allowed("HH:MM, from 00:00 to 23:59")
                .help(help);
        }
    }
}

fn is_time(text: &str) -> bool {
    let digits = |text: &str, end: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|n| n < end)
    };
    text.split_once(':')
        .is_some_and(|(hours, minutes)| digits(hours, 24) && digits(minutes, 60))
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      SnapshotRetentionLimit: 7
      DailySnapshotTime: 03:00-04:00
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                     = "orders"
  engine                   = "valkey"
  snapshot_retention_limit = 7
  daily_snapshot_time      = "03:00-04:00"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      SnapshotRetentionLimit: 7
      DailySnapshotTime: "3:00"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                     = "orders"
  engine                   = "valkey"
  snapshot_retention_limit = 7
  daily_snapshot_time      = "3:00"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      SnapshotRetentionLimit: 7
      DailySnapshotTime: "24:00"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                     = "orders"
  engine                   = "valkey"
  snapshot_retention_limit = 7
  daily_snapshot_time      = "24:00"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      SnapshotRetentionLimit: 35
      DailySnapshotTime: "03:00"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                     = "orders"
  engine                   = "valkey"
  snapshot_retention_limit = 35
  daily_snapshot_time      = "03:00"
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      SnapshotRetentionLimit: 0
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                     = "orders"
  engine                   = "valkey"
  snapshot_retention_limit = 0
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: memcached
      SnapshotRetentionLimit: 1
      DailySnapshotTime: "23:59"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                     = "orders"
  engine                   = "memcached"
  snapshot_retention_limit = 1
  daily_snapshot_time      = "23:59"
}
"#,
    ),
];
