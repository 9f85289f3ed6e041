//! A version whose standard support has ended, or soon will.

use super::{SIZED, all, named, running};
use crate::facts::{self, READ_ON};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "engine-version-support",
    title: "An engine version whose standard support ends",
    levels: Levels::WARNING,
    about: "When the standard support of a version ends, AWS moves its caches to extended \
        support by itself, which is charged for each node and hour and costs more in its third \
        year. When that ends too, AWS upgrades the caches. The dates are held against the day \
        on which the tables were read, never against today's. Upgrade to a version of which no \
        end is announced; from Redis OSS to Valkey is an upgrade in place.",
    source: "ElastiCache user guide (extended support), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let (Some(fact), Some(setting)) =
            (running(check, &resource), resource.setting("EngineVersion"))
        else {
            continue;
        };
        let (end, last) = (&*fact.standard_support_end, &*fact.extended_support_end);
        if end.is_empty() || end > &*a_year_later(READ_ON) {
            continue;
        }
        let tense = if end <= READ_ON { "ended" } else { "ends" };
        check
            .report(
                &setting,
                format!(
                    "the standard support of {} {tense} on {end}; extended support costs extra and ends on {last}",
                    named(fact)
                ),
            )
            .allowed(format!("versions without an end: {}", unending()))
            .help("plan the upgrade: Valkey takes over from Redis OSS in place");
    }
}

/// The same day of the next year: what soon means.
fn a_year_later(day: &str) -> String {
    let (year, rest) = day.split_once('-').unwrap_or((day, ""));
    let year: u32 = year.parse().unwrap_or_default();
    format!("{}-{rest}", year + 1)
}

fn unending() -> String {
    let of = |engine: &'static str| {
        facts::engine_versions(engine)
            .filter(move |version| {
                facts::engine_version(engine, version)
                    .is_some_and(|fact| fact.standard_support_end.is_empty())
            })
            .map(move |version| format!("{engine} {version}"))
    };
    of("redis")
        .chain(of("valkey"))
        .collect::<Vec<_>>()
        .join(", ")
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "5.0.6"
      CacheNodeType: cache.m5.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0.6"
  node_type            = "cache.m5.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 6.x
      CacheNodeType: cache.m7g.large
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.x"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.0"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.0"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "7.2"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "7.2"
  node_type                  = "cache.m7g.large"
  transit_encryption_enabled = true
}
"#,
    ),
];
