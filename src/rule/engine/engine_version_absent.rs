//! No engine version: AWS chooses one.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "engine-version-absent",
    title: "No engine version, so that AWS chooses one",
    levels: Levels::INFORMATION,
    about: "A cache that says no version gets the engine's default of that day, so the same file \
        makes different caches at different times, and parameter groups and node types can't be \
        checked against it. In Terraform the move of an existing cache from redis to valkey is \
        refused as long as no version is said. Write the version that should run.",
    source: "ElastiCache API reference and Terraform AWS provider 6, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        // a secondary has its primary's; a snapshot and a cluster bring theirs along
        let own = [
            "EngineVersion",
            "GlobalReplicationGroupId",
            "PrimaryClusterId",
            "SnapshotName",
            "SnapshotArns",
        ];
        if !own.iter().all(|name| group.is_absent(name)) {
            continue;
        }
        let Some(engine) = cache::engine(&group) else {
            continue;
        };
        let word = group.word("EngineVersion");
        check
            .report_at(
                &group,
                "Engine",
                format!("no {word}: AWS chooses a version of {engine}"),
            )
            .help(format!("say {word}, so that the file says what runs"));
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      CacheNodeType: cache.m7g.large
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  transit_encryption_enabled = true
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
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "copy" {
  replication_group_id        = "orders"
  description                 = "orders in another region"
  global_replication_group_id = "ldgnf-orders"
  num_cache_clusters          = 2
}
"#,
    ),
];
