//! IPv6 needs a version and node types that have it.

use super::{NODES, all, named, running};
use crate::diagnostic::Level;
use crate::facts;
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting, cache};
use crate::value::older;

pub(super) static RULE: Rule = Rule {
    code: "ip-addressing",
    title: "IPv6 with an engine version or nodes that don't have it",
    levels: Levels::ERROR,
    about: "Networks of IPv6 and of both kinds work from Redis OSS 6.2 and Memcached 1.6.6 on and \
        with Valkey, and only on node types of the Nitro system: not on t2, m4 and r4. The \
        network type can't be changed later, and what clients are told has to be an address \
        that the nodes have. Raise the version, use another node type, or stay with ipv4.",
    source: "ElastiCache user guide (network type) and API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &NODES) {
        if let Some(setting) = resource.setting("NetworkType")
            && matches!(setting.text(), Some("ipv6" | "dual_stack"))
        {
            lacking(check, &resource, &setting);
        }
        if resource.text_or("NetworkType", "ipv4") == Some("ipv4")
            && let Some(setting) = resource.setting("IpDiscovery")
            && setting.text() == Some("ipv6")
        {
            let network = resource.word("NetworkType");
            check
                .report(
                    &setting,
                    "clients are told of IPv6 addresses, and the nodes have IPv4 only",
                )
                .allowed(format!("ipv6 together with {network} ipv6 or dual_stack"))
                .help(format!("say {network} dual_stack, or leave it out"))
                .level(Level::Warning);
        }
    }
}

fn lacking<'g>(check: &mut Check<'g>, resource: &Resource<'g>, setting: &Setting<'g>) {
    let old = match running(check, resource) {
        Some(fact) => (!fact.ipv6).then(|| named(fact)),
        None => cache::version(resource)
            .filter(|_| cache::engine(resource) == Some("memcached"))
            .filter(|version| older(version, "1.6.6"))
            .map(|version| format!("memcached {version}")),
    };
    let nodes = || {
        let fact = facts::node_type(resource.text("CacheNodeType")?)?;
        (!fact.ipv6).then(|| fact.node_type.clone())
    };
    let Some(who) = old.or_else(nodes) else {
        return;
    };
    check
        .report(setting, format!("{who} takes IPv4 only"))
        .allowed("IPv6 from redis 6.2 and with Valkey, on Nitro node types")
        .help("raise the engine version, use another node type, or say ipv4");
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.0"
      CacheNodeType: cache.m5.large
      NetworkType: ipv6
      IpDiscovery: ipv6
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.0"
  node_type            = "cache.m5.large"
  network_type         = "ipv6"
  ip_discovery         = "ipv6"
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
      CacheNodeType: cache.m4.large
      NetworkType: dual_stack
      IpDiscovery: ipv4
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m4.large"
  network_type         = "dual_stack"
  ip_discovery         = "ipv4"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.5.16"
      CacheNodeType: cache.m5.large
      NumCacheNodes: 1
      NetworkType: dual_stack
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.5.16"
  node_type       = "cache.m5.large"
  num_cache_nodes = 1
  network_type    = "dual_stack"
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
      IpDiscovery: ipv6
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  ip_discovery         = "ipv6"
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
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
      NetworkType: dual_stack
      IpDiscovery: ipv6
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
  network_type         = "dual_stack"
  ip_discovery         = "ipv6"
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
      EngineVersion: "6.0"
      CacheNodeType: cache.m4.large
      NetworkType: ipv4
      IpDiscovery: ipv4
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.0"
  node_type            = "cache.m4.large"
  network_type         = "ipv4"
  ip_discovery         = "ipv4"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
      NetworkType: ipv6
      IpDiscovery: ipv6
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
  network_type    = "ipv6"
  ip_discovery    = "ipv6"
}
"#,
    ),
];
