//! A cache of nodes says of what type they are.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "node-type-missing",
    title: "A cache of nodes without a node type",
    levels: Levels::ERROR,
    about: "The node type decides how much memory a cache has and what it costs, so AWS takes no \
        default: without one the cache isn't made. Only what is a copy of something else does \
        without: the secondary of a global datastore, a replica of an existing group, or in \
        CloudFormation what is restored or made from an existing cluster. Say the node type.",
    source: "ElastiCache API reference and Terraform AWS provider 6, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let groups = check.all(Kind::ReplicationGroup);
    let clusters = check.all(Kind::CacheCluster);
    let in_terraform = !check.is_cloudformation();
    for group in groups {
        let copies = [
            "PrimaryClusterId",
            "SnapshotName",
            "SnapshotArns",
            "SnapshottingClusterId",
        ];
        let is_copy = !in_terraform && !copies.iter().all(|name| group.is_absent(name));
        if group.is_absent("GlobalReplicationGroupId") && !is_copy {
            one(check, &group);
        }
    }
    for cluster in clusters {
        // CloudFormation's schema asks for it, and another rule with it
        if in_terraform && cluster.is_absent("replication_group_id") {
            one(check, &cluster);
        }
    }
}

fn one<'g>(check: &mut Check<'g>, resource: &Resource<'g>) {
    if resource.is_absent("CacheNodeType") {
        let word = resource.word("CacheNodeType");
        check
            .report_resource(resource, format!("no {word}: AWS takes no default"))
            .allowed("a node type such as cache.t4g.micro or cache.m7g.large")
            .help(format!("add {word}"));
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "redis"
  engine_version  = "7.1"
  num_cache_nodes = 1
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
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
",
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      SnapshotName: orders-2026-11-20
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "copy" {
  replication_group_id        = "orders"
  description                 = "orders in another region"
  global_replication_group_id = "ldgnf-orders"
  num_cache_clusters          = 2
}
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_cluster" "replica" {
  cluster_id           = "orders-replica"
  replication_group_id = aws_elasticache_replication_group.cache.id
}
"#,
    ),
];
