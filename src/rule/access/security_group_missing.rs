//! Whether a cache says who may reach it.

use super::{Said, caches, firewall, said};
use crate::diagnostic::Level;
use crate::graph::{Reference, Value};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "security-group-missing",
    title: "No security group of the cache's own",
    levels: Levels {
        development: Some(Level::Information),
        ..Levels::WARNING
    },
    about: "Without a security group the cache wears the default one of its VPC, which lets in \
        everything else that wears it, and which nobody wrote for a cache. Others change it for \
        reasons of their own. Make a group for the cache, and let its clients in.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in caches(check) {
        let name = firewall::groups_name(cache.node.kind);
        let word = cache.word(name);
        // whoever uses the module names one
        if cache
            .setting(name)
            .is_some_and(|setting| setting.is_left_open())
        {
            continue;
        }
        if said(check, &cache, name) == Some(Said::No) {
            // its own fault, told by another rule
            if said(check, &cache, "CacheSecurityGroupNames") == Some(Said::No) {
                check
                    .report_at(
                        &cache,
                        name,
                        format!("{word} isn't said: the cache wears its VPC's default group"),
                    )
                    .help("make a security group for the cache, and let its clients in");
            }
            continue;
        }
        let default = cache
            .list(name)
            .is_some_and(|values| values.iter().any(is_default));
        if default {
            check
                .report_at(
                    &cache,
                    name,
                    format!("{word} names the VPC's default group"),
                )
                .help("make a security group for the cache, and let its clients in");
        }
    }
}

fn is_default(value: &Value) -> bool {
    let Value::Reference(Reference::Node { attribute, .. }) = value else {
        return false;
    };
    attribute.cloudformation.as_deref() == Some("DefaultSecurityGroup")
        || attribute.terraform == "default_security_group_id"
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/20
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      SecurityGroupIds: [!GetAtt Network.DefaultSecurityGroup]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_vpc" "network" {
  cidr_block = "10.20.0.0/20"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = [aws_vpc.network.default_security_group_id]
}
"#,
    ),
    Example::good_cloudformation(
        r#"Parameters:
  Firewall:
    Type: AWS::EC2::SecurityGroup::Id
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      SecurityGroupIds: [!Ref Firewall]
"#,
    ),
    Example::good_terraform(
        r#"variable "security_group_ids" {
  type = list(string)
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = var.security_group_ids
}
"#,
    ),
    // whoever uses the module says which
    Example::good_terraform(
        r#"variable "security_group_ids" {
  type    = list(string)
  default = []
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = var.security_group_ids
}
"#,
    ),
];
