//! What a member of a global datastore can't be.

use std::collections::BTreeSet;

use super::{named, primaries, running};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule, cache};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-member",
    title: "A cache that can't be in a global datastore",
    levels: Levels::ERROR,
    about: "The copies of a global datastore keep step from Redis OSS 5.0.6 on and with Valkey, \
        and over IPv4 only: a group with another network can't be a member, and its network \
        can't be changed. Raise the version before the group becomes a member, and make it with \
        ipv4.",
    source: "ElastiCache user guide (global datastores, limitations), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for member in members(check) {
        if let (Some(setting), Some(fact)) =
            (member.setting("EngineVersion"), running(check, &member))
            && fact.engine == "redis"
            && older(&fact.version, "5.0.6")
        {
            check
                .report(
                    &setting,
                    format!("{} can't be in a global datastore", named(fact)),
                )
                .allowed("redis 5.0.6 or later, or valkey")
                .help("raise the engine version");
        }
        if let Some(setting) = member.setting("NetworkType")
            && let Some(network @ ("ipv6" | "dual_stack")) = setting.text()
        {
            check
                .report(
                    &setting,
                    format!("a cache with network type {network} can't be in a global datastore"),
                )
                .allowed("ipv4")
                .help("leave it out");
        }
    }
}

/// The replication groups that are certainly in a global datastore, each once.
fn members<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    let secondaries = check
        .all(Kind::ReplicationGroup)
        .into_iter()
        .filter(|group| {
            cache::may_be_secondary(group) && group.is_present("GlobalReplicationGroupId")
        });
    let primaries = primaries(check).into_iter().map(|(_, group)| group);
    let mut seen = BTreeSet::new();
    primaries
        .chain(secondaries)
        .filter(|group| seen.insert((group.node.module.clone(), group.name())))
        .collect()
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "4.0.10"
      CacheNodeType: cache.m5.large
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "4.0.10"
  node_type            = "cache.m5.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
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
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NetworkType: dual_stack
      IpDiscovery: ipv4
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  network_type         = "dual_stack"
  ip_discovery         = "ipv4"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      NetworkType: ipv6
      IpDiscovery: ipv6
",
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "5.0.6"
      CacheNodeType: cache.m5.large
      NetworkType: ipv4
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: !Ref Cache
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0.6"
  node_type            = "cache.m5.large"
  network_type         = "ipv4"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
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
      NetworkType: dual_stack
      IpDiscovery: ipv4
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  network_type         = "dual_stack"
  ip_discovery         = "ipv4"
}
"#,
    ),
];
