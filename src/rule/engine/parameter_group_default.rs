//! One of AWS's own parameter groups is used by name.

use super::{NODES, all};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-group-default",
    title: "One of AWS's own parameter groups, which can't be tuned",
    levels: Levels::INFORMATION,
    about: "The groups that start with `default.` belong to AWS: nobody can change a value in \
        them. The first parameter that has to change means a group of one's own, and for some \
        parameters a restart of the nodes. A name with a family in it also has to be changed \
        by hand at each major upgrade. Make a group early, or leave the name out.",
    source: "ElastiCache user guide (parameter management), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &NODES) {
        let Some(setting) = resource.setting("CacheParameterGroupName") else {
            continue;
        };
        // a definition writes down AWS's own where it says none
        if setting.property.place.is_none() {
            continue;
        }
        if let Some(name) = setting.text().filter(|name| name.starts_with("default.")) {
            check
                .report(
                    &setting,
                    format!("{name} is AWS's own: none of its parameters can be changed"),
                )
                .help("make a parameter group of that family when a parameter has to change");
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
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
        r#"resource "aws_elasticache_replication_group" "cache" {
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
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
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
  transit_encryption_enabled = true
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
        timeout: "300"
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
    name  = "timeout"
    value = "300"
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
];
