//! A URL with another port than the cache's.

use crate::graph::{Kind, Part, Text, Value};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "url-port",
    title: "A URL of the cache has another port than the cache",
    levels: Levels::WARNING,
    about: "A cache made of nodes listens on one port, the one that it is given, with TLS as without: \
            there is no second port 6380 beside it. Whoever connects by such a URL connects to nothing. \
            Take the port from the cache itself, or write the one that it has.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD_SUB),
        Example::bad_terraform(BAD_TEMPLATE),
        Example::good_cloudformation(GOOD_SUB),
        Example::good_terraform(GOOD_TEMPLATE),
    ],
    check: Some(check),
};

const BAD_SUB: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: true
Outputs:
  Url:
    Value: !Sub 'rediss://${Cache.PrimaryEndPoint.Address}:6380'
";

const GOOD_SUB: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: true
      Port: 6380
Outputs:
  Url:
    Value: !Sub 'rediss://${Cache.PrimaryEndPoint.Address}:6380/0'
";

const BAD_TEMPLATE: &str = r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "shop"
  description                = "shop"
  node_type                  = "cache.t4g.small"
  port                       = 6379
  transit_encryption_enabled = true
}

output "url" {
  value = "rediss://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6380/0"
}
"#;

const GOOD_TEMPLATE: &str = r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "shop"
  description                = "shop"
  node_type                  = "cache.t4g.small"
  port                       = 6379
  transit_encryption_enabled = true
}

output "url" {
  value = "rediss://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6379/0"
}

output "other" {
  value = "http://${aws_elasticache_replication_group.cache.primary_endpoint_address}:8001"
}
"#;

fn check(check: &mut Check<'_>) {
    // with several caches nobody knows which one a URL is of
    let [cache] = check.all(Kind::ReplicationGroup)[..] else {
        return;
    };
    let Some(port) = cache.integer_or("Port", 6379) else {
        return;
    };
    for output in &check.graph().outputs {
        let Value::Text(text) = &output.value else {
            continue;
        };
        if let Some(said) = port_of(text).filter(|said| *said != port) {
            check
                .report_place(
                    &output.place,
                    format!("port {said} in a URL of a cache that listens on {port}"),
                )
                .allowed(port.to_string())
                .help(format!("write {port}, or refer to the cache's own port"));
        }
    }
}

/// The port that a `redis://` or `rediss://` URL says after an address that is looked up.
fn port_of(text: &Text) -> Option<i64> {
    let mut parts = text.0.iter();
    let Part::Literal(start) = parts.next()? else {
        return None;
    };
    if !start.starts_with("redis://") && !start.starts_with("rediss://") {
        return None;
    }
    let Part::Literal(rest) = parts.next_back()? else {
        return None;
    };
    let digits = rest.strip_prefix(':')?;
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}
