//! A cache that everything in a network may reach.

use super::firewall::{self, Direction};
use crate::graph::{Kind, Reference, Value};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{Cidr, Word};

pub(super) const RULE: Rule = Rule {
    code: "ingress-wide",
    title: "Everything in the network may connect to the cache",
    levels: Levels::PRODUCTION,
    about: "A block the size of a VPC lets in every machine, function and container that will \
        ever stand there, so one that is broken into reaches the cache. A security group of the \
        clients says who they are and follows them when their addresses change. Where the whole \
        network is meant, allow this with the reason.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (rule, caches) in firewall::rules_of_caches(check, Direction::In) {
        if !firewall::reaches(&rule, &caches) {
            continue;
        }
        let Some(setting) = rule.block() else {
            continue;
        };
        if let Some(what) = wide(setting.value()) {
            check
                .report(&setting, format!("{what} may connect to the cache"))
                .allowed("the security groups of the cache's clients, or their subnets")
                .help("let in the security groups that the clients wear");
        }
    }
}

/// Who is let in, where that is a whole network.
fn wide(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => {
            let text = text.literal()?;
            match Cidr::parse(text).ok()? {
                Cidr::V4(_, prefix @ 8..=16) => Some(format!(
                    "any of {text}'s {} addresses",
                    1_u64 << (32 - prefix)
                )),
                Cidr::V6(_, 4..=56) => Some(format!("any address of {text}")),
                _ => None,
            }
        }
        Value::Reference(Reference::Node {
            kind: Kind::Other,
            attribute,
            ..
        }) => {
            let whole = attribute.cloudformation.as_deref() == Some("CidrBlock")
                || attribute.terraform == "cidr_block";
            whole.then(|| "everything in the VPC".to_owned())
        }
        _ => None,
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
        - Description: VPC
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.0.0.0/16
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
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/20
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      VpcId: !Ref Network
  FirewallRule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt Firewall.GroupId
      Description: VPC
      IpProtocol: tcp
      FromPort: 6379
      ToPort: 6379
      CidrIp: !GetAtt Network.CidrBlock
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
    description = "Private networks"
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["10.0.0.0/8", "172.16.0.0/12"]
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
        r#"resource "aws_vpc" "network" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "cache" {
  description = "Sessions"
  vpc_id      = aws_vpc.network.id
}

resource "aws_vpc_security_group_ingress_rule" "network" {
  security_group_id = aws_security_group.cache.id
  description       = "VPC"
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = aws_vpc.network.cidr_block
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Private subnets
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.0.16.0/20
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
    // allowed, with the reason
    Example::good_cloudformation(
        r#"Metadata:
  Cachewright:
    Stage: development
Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: VPC
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.0.0.0/16
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
    Example::good_terraform(
        r#"resource "aws_security_group" "application" {
  description = "Application"
}

resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id            = aws_security_group.cache.id
  description                  = "Application"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.application.id
}
"#,
    ),
];
