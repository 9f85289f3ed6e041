//! The name of a serverless cache.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{ReplicationGroupId, Word};

pub(super) static RULE: Rule = Rule {
    code: "serverless-name",
    title: "A name that a serverless cache can't have",
    levels: Levels::ERROR,
    about: "The name of a serverless cache becomes a part of its address: 1 to 40 letters, digits \
        and hyphens, a letter first, no hyphen last and no two in a row. AWS stores it in lower \
        case. A name that is put together from others is easily too long. Shorten it.",
    source: "ElastiCache API reference (CreateServerlessCache), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        let Some(setting) = cache.setting("ServerlessCacheName") else {
            continue;
        };
        let Some(name) = setting.text() else {
            continue;
        };
        // the same letters and the same length, in either case
        if let Err(refusal) = ReplicationGroupId::parse(&name.to_ascii_lowercase()) {
            check
                .report(
                    &setting,
                    format!("serverless cache name {name:?} {}", refusal.because),
                )
                .allowed(refusal.allowed)
                .help(refusal.help);
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders_cache
      Engine: valkey
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders_cache"
  engine = "valkey"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: the-orders-of-the-online-shop-in-production
      Engine: valkey
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "the-orders-of-the-online-shop-in-production"
  engine = "valkey"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: 1-orders
      Engine: valkey
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "1-orders"
  engine = "valkey"
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: Orders
      Engine: valkey
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "Orders"
  engine = "valkey"
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: the-orders-of-the-shop-in-production-one
      Engine: valkey
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "the-orders-of-the-shop-in-production-one"
  engine = "valkey"
}
"#,
    ),
];
