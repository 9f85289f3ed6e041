//! A cache that may call anybody.

use super::caches;
use super::firewall::{self, Direction};
use crate::diagnostic::Level;
use crate::graph::Value;
use crate::rule::{Check, Example, Levels, Resource, Rule};
use crate::value::{Cidr, Word};

pub(super) const RULE: Rule = Rule {
    code: "egress-anywhere",
    title: "The cache may connect to anywhere",
    levels: Levels {
        development: None,
        ..Levels::always(Level::Information)
    },
    about: "A cache answers and never calls, so it needs no way out. CloudFormation keeps AWS's \
        rule that allows everything unless the group itself states another; Terraform takes that \
        rule away. One rule to 127.0.0.1/32 inside the group says nothing in both.",
    source: "EC2 user guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (rule, _) in firewall::rules_of_caches(check, Direction::Out) {
        let Some(setting) = rule.block() else {
            continue;
        };
        let anywhere = setting
            .text()
            .filter(|text| matches!(Cidr::parse(text), Ok(Cidr::V4(_, 0) | Cidr::V6(_, 0))));
        if let Some(text) = anywhere {
            check
                .report(&setting, format!("the cache may connect to {text}"))
                .help("leave the rule out, or say 127.0.0.1/32");
        }
    }
    if !check.is_cloudformation() {
        return;
    }
    let stated = firewall::rules(check, Direction::Out);
    let mut told: Vec<Resource<'_>> = Vec::new();
    for cache in caches(check) {
        for group in firewall::groups(check, &cache)
            .unwrap_or_default()
            .into_iter()
            .flatten()
        {
            let is_told = told.iter().any(|it| std::ptr::eq(it.node, group.node));
            // any rule, or one for a group that isn't known, may replace AWS's
            let replaced = stated
                .iter()
                .any(|rule| rule.group.is_none() || rule.is_of(&group));
            if is_told || replaced || !says_nothing(&group) {
                continue;
            }
            told.push(group);
            check
                .report_resource(
                    &group,
                    "SecurityGroupEgress isn't said: the cache may connect to anywhere",
                )
                .help("state one rule to 127.0.0.1/32 inside the group");
        }
    }
}

fn says_nothing(group: &Resource<'_>) -> bool {
    group.is_absent("SecurityGroupEgress")
        || group
            .setting("SecurityGroupEgress")
            .is_some_and(|setting| *setting.value() == Value::Objects(Vec::new()))
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      VpcId: vpc-0123456789abcdef0
      SecurityGroupEgress:
        - Description: Everything
          IpProtocol: "-1"
          CidrIp: 0.0.0.0/0
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  egress {
    description = "Everything"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = [aws_security_group.cache.id]
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.cache.id
  description       = "Everything"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = [aws_security_group.cache.id]
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      VpcId: vpc-0123456789abcdef0
      SecurityGroupEgress:
        - Description: Nothing
          IpProtocol: "-1"
          CidrIp: 127.0.0.1/32
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
"#,
    ),
    // Terraform takes AWS's rule away
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = [aws_security_group.cache.id]
}
"#,
    ),
];
