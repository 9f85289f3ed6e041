//! Whether a cache says where its nodes stand.

use super::{Said, caches, said, tls};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "subnet-group",
    title: "No subnet group: the cache stands in the default VPC",
    levels: Levels {
        development: Some(Level::Information),
        ..Levels::PRODUCTION
    },
    about: "Without a subnet group the nodes go to the account's default VPC, whose subnets are \
        public, or nowhere where that VPC is gone. Encryption in transit asks for a subnet group by \
        the API's own words. A cache can't move afterwards: another subnet group replaces it. Name \
        one with the private subnets of the clients' VPC.",
    source: "CloudFormation reference, read November 2026",
    controls: &[
        "ElastiCache.7",
        "CKV_AWS_323",
        "CT.ELASTICACHE.PR.6",
        "AwsSolutions-AEC1",
    ],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in caches(check) {
        let name = match cache.node.kind {
            Kind::ServerlessCache => "SubnetIds",
            _ => "CacheSubnetGroupName",
        };
        let default = cache.text(name) == Some("default");
        // whoever uses the module names one
        let open = cache
            .setting(name)
            .is_some_and(|setting| setting.is_left_open());
        if open || !default && said(check, &cache, name) != Some(Said::No) {
            continue;
        }
        let word = cache.word(name);
        let encrypted =
            cache.node.kind != Kind::ServerlessCache && tls(check, &cache) == Some(true);
        let message = match (default, encrypted) {
            (true, _) => format!("{word} is the default group, of the account's default VPC"),
            (false, true) => format!("{word} isn't said, and encryption in transit asks for it"),
            (false, false) => {
                format!("{word} isn't said: the cache stands in the account's default VPC")
            }
        };
        let finding = check.report_at(&cache, name, message);
        finding.help("name a group of the private subnets that clients can reach");
        if encrypted && !default {
            finding.level(Level::Warning);
        }
    }
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
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: default
"#,
    ),
    Example::bad_cloudformation(
        r"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: sessions
      Engine: valkey
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "sessions"
  engine          = "memcached"
  node_type       = "cache.t4g.micro"
  num_cache_nodes = 1
}
"#,
    ),
    Example::good_cloudformation(
        r#"Parameters:
  Subnets:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Subnetworks:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: Private subnets
      SubnetIds: !Ref Subnets
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: !Ref Subnetworks
"#,
    ),
    Example::good_terraform(
        r#"variable "subnet_group" {
  type = string
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  subnet_group_name          = var.subnet_group
}
"#,
    ),
    // whoever uses the module says which
    Example::good_terraform(
        r#"variable "subnet_group" {
  type    = string
  default = ""
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  subnet_group_name          = var.subnet_group
}
"#,
    ),
];
