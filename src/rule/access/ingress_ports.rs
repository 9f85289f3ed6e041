//! Rules that open more ports of a cache than it has.

use super::firewall::{self, Direction};
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "ingress-ports",
    title: "A rule opens more ports than the cache has",
    levels: Levels {
        development: None,
        staging: Some(Level::Information),
        ..Levels::WARNING
    },
    about: "A cache listens on one port; a serverless one on a second for reads. A rule for every \
        protocol or for a range of ports says nothing about the cache, and opens whatever else will \
        wear the same group later. Say TCP and the cache's port.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (rule, caches) in firewall::rules_of_caches(check, Direction::In) {
        // members of one group may talk to each other as they like
        if rule.is_own() || caches.is_empty() || !firewall::reaches(&rule, &caches) {
            continue;
        }
        let Some(Some((from, to))) = rule.ports() else {
            continue;
        };
        if to - from <= 1 {
            continue;
        }
        let message = if (from, to) == firewall::ALL_PORTS {
            "every port is open".to_owned()
        } else {
            format!("the ports {from} to {to} are open")
        };
        let port = caches.iter().find_map(firewall::port).unwrap_or(6379);
        check
            .report_at(&rule.resource, rule.ports_name(), message)
            .allowed(format!("TCP and the cache's port, {port}"))
            .help(format!("open {port} only"));
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Application
          IpProtocol: "-1"
          SourceSecurityGroupId: sg-0123456789abcdef0
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
      SecurityGroupIngress:
        - Description: Application
          IpProtocol: tcp
          FromPort: 6000
          ToPort: 7000
          CidrIp: 10.1.2.0/24
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

  ingress {
    description     = "Application"
    protocol        = "-1"
    from_port       = 0
    to_port         = 0
    security_groups = ["sg-0123456789abcdef0"]
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

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id = aws_security_group.cache.id
  description       = "Application"
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_ipv4         = "10.1.2.0/24"
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
    // a serverless cache has two ports
    Example::good_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Application
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6380
          CidrIp: 10.1.2.0/24
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: sessions
      Engine: valkey
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
",
    ),
    // those who wear the same group may talk to each other
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    description = "Members"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    self        = true
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
];
