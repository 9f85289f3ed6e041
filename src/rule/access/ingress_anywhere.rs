//! A cache that the whole internet may reach.

use super::firewall::{self, Direction};
use crate::diagnostic::Level;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{Cidr, Word};

pub(super) const RULE: Rule = Rule {
    code: "ingress-anywhere",
    title: "Anybody on the internet may connect to the cache",
    levels: Levels {
        development: Some(Level::Warning),
        ..Levels::ERROR
    },
    about: "A rule from 0.0.0.0/0 or ::/0 on the cache's port leaves nothing between the cache and \
        the internet but the route table, and inside the network it lets in everything that runs \
        there. Nobody means it: a cache has a handful of clients. Let in the security groups that \
        they wear, or at least their subnets.",
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
        if let Some(text) = setting.text().filter(|text| is_anywhere(text)) {
            check
                .report(
                    &setting,
                    format!("{text} lets the internet connect to the cache"),
                )
                .allowed("the security groups of the cache's clients, or their subnets")
                .help("let in the security groups that the clients wear");
        }
    }
}

/// A block that holds most of the internet.
fn is_anywhere(text: &str) -> bool {
    match Cidr::parse(text) {
        Ok(Cidr::V4(_, prefix)) => prefix < 8,
        Ok(Cidr::V6(_, prefix)) => prefix < 4,
        Err(_) => false,
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
        - Description: Everybody
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
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
    // a rule of its own, open by default
    Example::bad_cloudformation(
        r#"Parameters:
  Clients:
    Type: String
    Default: 0.0.0.0/0
Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
  FirewallRule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt Firewall.GroupId
      Description: Clients
      IpProtocol: tcp
      FromPort: 6379
      ToPort: 6379
      CidrIp: !Ref Clients
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
    // by every protocol
    Example::bad_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Everybody
          IpProtocol: "-1"
          CidrIpv6: ::/0
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
    description = "Everybody"
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["10.1.2.0/24", "0.0.0.0/0"]
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
        r#"variable "clients" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_security_group_rule" "clients" {
  type              = "ingress"
  security_group_id = aws_security_group.cache.id
  description       = "Clients"
  protocol          = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_blocks       = var.clients
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

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id = aws_security_group.cache.id
  description       = "Clients"
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = "0.0.0.0/0"
}
"#,
    ),
    // the same group lets web clients in at another port
    Example::good_cloudformation(
        r#"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Web
          IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 0.0.0.0/0
        - Description: Clients
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
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
    // a group that no cache wears
    Example::good_cloudformation(
        r#"Resources:
  Balancer:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web
      SecurityGroupIngress:
        - Description: Web
          IpProtocol: "-1"
          CidrIp: 0.0.0.0/0
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    description     = "Application"
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = ["sg-0123456789abcdef0"]
  }

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
];
