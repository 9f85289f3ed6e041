//! Parameters are tuned in a group that the cache doesn't use.

use super::{NODES, all, users};
use crate::graph::{Graph, Kind, Node, Reference, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "parameter-group-unused",
    title: "Parameters in a group that no cache uses",
    levels: Levels::WARNING,
    about: "A parameter group has an effect only on the caches that name it. Here one is made, \
        and the cache beside it uses AWS's own group of the same family, which can't be \
        changed: the parameters tune nothing. Name the group in the cache, or delete it.",
    source: "ElastiCache user guide (parameter management), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ParameterGroup) {
        let Some(family) = group.text("CacheParameterGroupFamily") else {
            continue;
        };
        if group.entries("Properties").is_none_or(<[_]>::is_empty) {
            continue;
        }
        let caches = all(check, &NODES);
        // what a cache uses may be this one as long as it isn't known
        let is_clear = |cache: &Resource<'_>| {
            cache.is_absent("CacheParameterGroupName")
                || cache.text("CacheParameterGroupName").is_some()
                || cache::parameter_group(check, cache).is_some()
        };
        let is_used = !users(check, &group).is_empty()
            || is_referred_to(check.graph(), group.node)
            || !caches.iter().all(is_clear);
        let Some(cache) = caches
            .iter()
            .find(|cache| uses_default_of(check, cache, family))
            .filter(|_| !is_used)
        else {
            continue;
        };
        let word = cache.word("CacheParameterGroupName");
        let message = format!(
            "the parameters of {} tune nothing: {} uses AWS's own group",
            group.name(),
            cache.name()
        );
        check.report_resource(&group, message).help(format!(
            "name it in {word} of {}, or delete it",
            cache.name()
        ));
    }
}

/// Whether a cache uses AWS's own group of that family, by its name or by saying none. A
/// module that isn't read may take the group too, so in Terraform only the name counts.
fn uses_default_of(check: &Check<'_>, cache: &Resource<'_>, family: &str) -> bool {
    if cache.is_absent("CacheParameterGroupName") {
        return check.is_cloudformation()
            && !cache::may_be_secondary(cache)
            && cache::family(cache).as_deref() == Some(family);
    }
    cache
        .text("CacheParameterGroupName")
        .and_then(cache::default_group)
        .is_some_and(|(own, _)| own == family)
}

/// Whether anything else of the graph, or an output, refers to a node.
fn is_referred_to(graph: &Graph, node: &Node) -> bool {
    let others = graph
        .nodes
        .iter()
        .filter(|other| !std::ptr::eq(*other, node));
    others
        .flat_map(|other| &other.properties)
        .any(|property| refers(&property.value, node))
        || graph
            .outputs
            .iter()
            .any(|output| refers(&output.value, node))
}

fn refers(value: &Value, node: &Node) -> bool {
    match value {
        Value::Reference(Reference::Node {
            kind,
            logical_id,
            label,
            ..
        }) => *kind == node.kind && *logical_id == node.logical_id && *label == node.label,
        Value::List(values) => values.iter().any(|value| refers(value, node)),
        Value::Objects(objects) => objects
            .iter()
            .flatten()
            .any(|property| refers(&property.value, node)),
        _ => false,
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        maxmemory-policy: allkeys-lru
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.valkey8
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.valkey8"
  transit_encryption_enabled = true
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        maxmemory-policy: allkeys-lru
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        maxmemory-policy: allkeys-lru
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = aws_elasticache_parameter_group.parameters.name
  transit_encryption_enabled = true
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        maxmemory-policy: allkeys-lru
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        maxmemory-policy: allkeys-lru
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
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}
"#,
    ),
];
