//! The id of a cache cluster has a form.

use super::{identifier, settings};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::ClusterId;

pub(super) static RULE: Rule = Rule {
    code: "cluster-id",
    title: "The cache cluster's id isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "The id of a cache cluster has 1 to 50 letters, digits and single hyphens and starts with a \
            letter; ElastiCache keeps it in lower case. Anything else is refused when it is created. \
            Replace underscores and dots by hyphens, and shorten what is too long.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::bad_terraform(LONG_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for setting in settings(check, &[(Kind::CacheCluster, "ClusterName")]) {
        identifier::<ClusterId>(check, &setting, 50);
    }
}

const BAD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      ClusterName: orders.cache
      Engine: memcached
      CacheNodeType: cache.t4g.micro
      NumCacheNodes: 2
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      ClusterName: orders-cache
      Engine: memcached
      CacheNodeType: cache.t4g.micro
      NumCacheNodes: 2
";

const BAD_MODULE: &str = r#"resource "aws_elasticache_cluster" "this" {
  cluster_id      = "orders_cache"
  engine          = "memcached"
  node_type       = "cache.t4g.micro"
  num_cache_nodes = 2
}
"#;

const LONG_MODULE: &str = r#"resource "aws_elasticache_cluster" "this" {
  cluster_id      = "the-cache-of-the-orders-of-our-customers-in-production"
  engine          = "memcached"
  node_type       = "cache.t4g.micro"
  num_cache_nodes = 2
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_cluster" "this" {
  cluster_id      = "the-cache-of-the-orders-of-our-customers-in-europe"
  engine          = "memcached"
  node_type       = "cache.t4g.micro"
  num_cache_nodes = 2
}
"#;
