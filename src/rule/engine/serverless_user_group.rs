//! Memcached has no users.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "serverless-user-group",
    title: "A user group with Memcached, which has no users",
    levels: Levels::ERROR,
    about: "Users and their access strings are a thing of Redis OSS and Valkey. Memcached has no \
        log-in: who may use the cache is decided by security groups alone, and AWS refuses a \
        user group. Leave it out, or use another engine.",
    source: "ElastiCache API reference (CreateServerlessCache), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        let Some(setting) = cache.setting("UserGroupId") else {
            continue;
        };
        if cache.is_present("UserGroupId") && cache::engine(&cache) == Some("memcached") {
            check
                .report(&setting, "memcached has no users")
                .allowed("a user group with redis or valkey")
                .help("leave it out, or use another engine");
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: memcached
      UserGroupId: applications
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name          = "orders"
  engine        = "memcached"
  user_group_id = "applications"
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
      UserGroupId: applications
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name          = "orders"
  engine        = "valkey"
  user_group_id = "applications"
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: memcached
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "memcached"
}
"#,
    ),
];
