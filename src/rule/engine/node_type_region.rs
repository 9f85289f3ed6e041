//! A node type is sold in the region.

use super::{SIZED, all};
use crate::facts;
use crate::graph::{Property, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "node-type-region",
    title: "A node type that isn't sold in the region",
    levels: Levels::ERROR,
    about: "AWS sells each node type in some regions only, and the newest types in a few. A type \
        that isn't sold is refused when the cache is made, often in the one region that a team \
        hasn't tried. The region is the one that is given, the provider's, or that of the \
        availability zones. Use a type that the region has, or another region.",
    source: "AWS price list as carried by cfn-lint 1.58.0, read November 2026",
    controls: &["cfn-lint E3647"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let (Some(setting), Some(region)) =
            (resource.setting("CacheNodeType"), region(check, &resource))
        else {
            continue;
        };
        let Some(name) = setting.text() else {
            continue;
        };
        if facts::sold_in(name, &region) == Some(false) {
            check
                .report(&setting, format!("{name} is not sold in {region}"))
                .allowed(format!(
                    "the node types of {region} (facts of {})",
                    facts::READ
                ))
                .help("use another node type or region");
        }
    }
}

/// The region that a resource is in: its own in Terraform, that of the whole, or that of its
/// availability zones.
fn region(check: &Check<'_>, resource: &Resource<'_>) -> Option<String> {
    if !check.is_cloudformation() && resource.setting("region").is_some() {
        return resource.text("region").map(str::to_owned);
    }
    if let Some(region) = check.region() {
        return Some(region.to_owned());
    }
    let shards = resource.objects("NodeGroupConfiguration").iter().flatten();
    let properties: Vec<&Property> = resource.node.properties.iter().chain(shards).collect();
    let zones = [
        "PreferredCacheClusterAZs",
        "PreferredAvailabilityZone",
        "PreferredAvailabilityZones",
        "PrimaryAvailabilityZone",
    ];
    properties
        .into_iter()
        .filter(|property| {
            property
                .cloudformation
                .as_deref()
                .is_some_and(|name| zones.contains(&name))
        })
        .find_map(|property| zone(&property.value))
        .map(|zone| zone.trim_end_matches(|c: char| c.is_ascii_lowercase()))
        .filter(|region| facts::region_is_known(region))
        .map(str::to_owned)
}

fn zone(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => text.literal(),
        Value::List(values) => values.iter().find_map(zone),
        _ => None,
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
      CacheNodeType: cache.c7gn.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      PreferredCacheClusterAZs:
        - sa-east-1a
        - sa-east-1b
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.c7gn.large
      NumCacheNodes: 1
      PreferredAvailabilityZone: af-south-1a
"#,
    ),
    Example::bad_terraform(
        r#"provider "aws" {
  region = "sa-east-1"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.c7gn.large"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id        = "orders"
  description                 = "orders"
  engine                      = "redis"
  engine_version              = "7.1"
  node_type                   = "cache.c7gn.large"
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  preferred_cache_cluster_azs = ["sa-east-1a", "sa-east-1b"]
}
"#,
    ),
    Example::bad_terraform(
        r#"provider "aws" {
  region = "us-east-1"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.c7gn.large"
  region               = "af-south-1"
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
      CacheNodeType: cache.c7gn.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      PreferredCacheClusterAZs:
        - us-east-1a
        - us-east-1b
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
      CacheNodeType: cache.c7gn.large
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
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      PreferredCacheClusterAZs:
        - us-west-2a
        - us-west-2-lax-1a
"#,
    ),
    Example::good_terraform(
        r#"provider "aws" {
  region = "us-east-1"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.c7gn.large"
}
"#,
    ),
    Example::good_terraform(
        r#"provider "aws" {
  region = "sa-east-1"
}

variable "region" {
  type = string
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.c7gn.large"
  region               = var.region
}
"#,
    ),
];
