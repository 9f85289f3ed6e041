//! The description of a serverless cache.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "serverless-description",
    title: "A description that a serverless cache can't have",
    levels: Levels::ERROR,
    about: "The description of a serverless cache has at most 255 characters, and none of them is \
        an angle bracket: a placeholder such as `<team>` that nobody filled in is refused. \
        Shorten it, or write it without.",
    source: "ElastiCache API reference (CreateServerlessCache) and aws-cdk, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        let Some(setting) = cache.setting("Description") else {
            continue;
        };
        let Some(text) = setting.text() else {
            continue;
        };
        let length = text.chars().count();
        let message = if length > 255 {
            format!("a description of {length} characters")
        } else if text.contains(['<', '>']) {
            format!("description {text:?} has an angle bracket")
        } else {
            continue;
        };
        check
            .report(&setting, message)
            .allowed("up to 255 characters without < and >")
            .help("shorten it, or write it without");
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      Description: "orders of <team>"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name        = "orders"
  engine      = "valkey"
  description = "orders of <team>"
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
      Description: "orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders "
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name        = "orders"
  engine      = "valkey"
  description = "orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders orders "
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
      Description: orders of the shop
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name        = "orders"
  engine      = "valkey"
  description = "orders of the shop"
}
"#,
    ),
];
