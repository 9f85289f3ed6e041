//! Durable writes need a version, node types and a topology that have them.

use super::{named, running};
use crate::facts;
use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "durability",
    title: "Durable writes where they are impossible",
    levels: Levels::ERROR,
    about: "A durable cache keeps its writes in a log over several availability zones. It takes \
        Valkey 9.0 or later, nodes of the sixth generation of Graviton or newer without data \
        tiering, cluster mode, Multi-AZ with a replica for each shard, and both encryptions; it \
        can't be in a global datastore. AWS refuses a cache that lacks any of them. Add what \
        is missing, or leave the setting out.",
    source: "ElastiCache user guide (durability, limitations), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let Some(setting) = group.setting("Durability") else {
            continue;
        };
        if !matches!(setting.text(), Some("sync" | "async")) {
            continue;
        }
        if let Some(fact) = running(check, &group)
            && !fact.durability
        {
            check
                .report(
                    &setting,
                    format!("{} has no durability setting", named(fact)),
                )
                .allowed("valkey 9.0 or later")
                .help("leave it out, or raise the engine version");
            continue;
        }
        let missing = missing(check, &group);
        if !missing.is_empty() {
            check
                .report(
                    &setting,
                    format!("writes can't be made durable: {}", missing.join(", ")),
                )
                .allowed("cluster mode, Multi-AZ with replicas, both encryptions, and m6g, r6g, c7gn or newer nodes")
                .help("add what is missing, or leave it out");
        }
    }
}

/// What a durable cache lacks, each in a few words.
fn missing<'g>(check: &Check<'g>, group: &Resource<'g>) -> Vec<String> {
    let nodes = || {
        let fact = facts::node_type(group.text("CacheNodeType")?)?;
        (!fact.durability).then(|| format!("{} has no durability", fact.node_type))
    };
    let mode = || {
        (cache::cluster_mode(check, group)? == ClusterMode::Disabled)
            .then(|| "cluster mode is off".to_owned())
    };
    let zones = || {
        let word = group.word("MultiAZEnabled");
        (!cache::multi_az(group)?).then(|| format!("{word} isn't true"))
    };
    let replicas =
        || (cache::replicas(check, group)? == 0).then(|| "there are no replicas".to_owned());
    let off = |name: &'static str| {
        (group.bool(name) == Some(false)).then(|| format!("{} is false", group.word(name)))
    };
    let global = || {
        group
            .is_present("GlobalReplicationGroupId")
            .then(|| "it is in a global datastore".to_owned())
    };
    [
        nodes(),
        mode(),
        zones(),
        replicas(),
        off("TransitEncryptionEnabled"),
        off("AtRestEncryptionEnabled"),
        global(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.2"
      CacheNodeType: cache.r7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: sync
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.2"
  node_type                  = "cache.r7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = true
  durability                 = "sync"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.0"
      CacheNodeType: cache.t4g.medium
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: sync
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.t4g.medium"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = true
  durability                 = "sync"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.0"
      CacheNodeType: cache.r6gd.xlarge
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: sync
      DataTieringEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.r6gd.xlarge"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = true
  durability                 = "sync"
  data_tiering_enabled       = true
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.0"
      CacheNodeType: cache.r7g.large
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: async
      NumCacheClusters: 2
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.r7g.large"
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = true
  durability                 = "async"
  num_cache_clusters         = 2
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.0"
      CacheNodeType: cache.r7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: false
      TransitEncryptionEnabled: true
      Durability: sync
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.r7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = false
  transit_encryption_enabled = true
  durability                 = "sync"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.0"
      CacheNodeType: cache.r7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: false
      Durability: sync
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.r7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = false
  durability                 = "sync"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.0"
      CacheNodeType: cache.r7g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: sync
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.0"
  node_type                  = "cache.r7g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = true
  durability                 = "sync"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "9.1"
      CacheNodeType: cache.r8g.large
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
      TransitEncryptionEnabled: true
      Durability: async
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "9.1"
  node_type                  = "cache.r8g.large"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
  transit_encryption_enabled = true
  durability                 = "async"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      Durability: disabled
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  durability                 = "disabled"
  transit_encryption_enabled = true
}
"#,
    ),
];
