//! A serverless cache in one subnet.

use crate::graph::{Kind, Value};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "serverless-subnets",
    title: "A serverless cache that is reached through one subnet",
    levels: Levels::PRODUCTION,
    about: "A serverless cache keeps its data in several availability zones, and clients reach it \
        through the subnets that it is given: AWS chooses three of them, or two where a region \
        has no more, if none are said. With a single one, the loss of its zone makes the cache \
        unreachable. The subnets can't be changed later. Give one in each zone.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        let Some(setting) = cache.setting("SubnetIds") else {
            continue;
        };
        if let Some([Value::Text(text)]) = cache.list("SubnetIds")
            && text.literal().is_some()
        {
            check
                .report(&setting, "one subnet is one availability zone")
                .allowed("subnets in two or three availability zones")
                .help("add the subnets of the other zones");
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
      Engine: valkey
      SubnetIds:
        - subnet-0123456789abcdef0
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name       = "orders"
  engine     = "valkey"
  subnet_ids = ["subnet-0123456789abcdef0"]
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
      SubnetIds:
        - subnet-0123456789abcdef0
        - subnet-0123456789abcdef1
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name       = "orders"
  engine     = "valkey"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
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
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "valkey"
}
"#,
    ),
    Example::good_cloudformation(
        "Parameters:
  Subnet:
    Type: String
Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      SubnetIds:
        - !Ref Subnet
",
    ),
];
