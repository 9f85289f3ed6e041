//! A cache whose port nobody may reach.

use super::caches;
use super::firewall::{self, Direction};
use crate::graph::Value;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "ingress-port",
    title: "The cache's port is closed to everybody",
    levels: Levels::WARNING,
    about: "The cache wears security groups whose rules open other ports than its own, so every \
        connection waits until it times out. It happens when the cache gets another port and the \
        rule keeps the old one. Say the port once and use it in both places, or let the rule refer \
        to the cache.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let rules = firewall::rules(check, Direction::In);
    for cache in caches(check) {
        let (Some(port), Some(groups)) = (firewall::port(&cache), groups(check, &cache)) else {
            continue;
        };
        let own: Vec<_> = rules
            .iter()
            .filter(|rule| rule.group.is_none() || groups.iter().any(|group| rule.is_of(group)))
            .collect();
        // a rule whose group isn't known could be this one's
        let closed = own
            .iter()
            .all(|rule| rule.group.is_some() && rule.opens(port) == Some(false));
        if own.is_empty() || !closed {
            continue;
        }
        let open: Vec<String> = own
            .iter()
            .filter_map(|rule| rule.ports()?)
            .map(|(from, to)| match from == to {
                true => from.to_string(),
                false => format!("{from} to {to}"),
            })
            .collect();
        let message = if open.is_empty() {
            format!("the cache listens on {port}, and its security groups open no TCP port")
        } else {
            format!(
                "the cache listens on {port}, and its security groups open {}",
                open.join(", ")
            )
        };
        check
            .report_at(&cache, "Port", message)
            .allowed(format!("a rule for TCP and port {port}"))
            .help(format!("open {port} in one of its security groups"));
    }
}

/// The security groups of a cache, where all of them and their rules are known.
fn groups<'g>(check: &Check<'g>, cache: &Resource<'g>) -> Option<Vec<Resource<'g>>> {
    let groups: Vec<Resource<'g>> = firewall::groups(check, cache)?
        .into_iter()
        .collect::<Option<_>>()?;
    // rules inside a group that aren't known leave it partial, or a setting without a value
    let known = groups.iter().all(|group| {
        ["SecurityGroupIngress", "ingress"]
            .into_iter()
            .filter_map(|name| group.setting(name))
            .all(|setting| *setting.value() != Value::Unknown)
            && !group.node.partial
    });
    (known && !groups.is_empty()).then_some(groups)
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
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
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
      Port: 6380
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id            = aws_security_group.cache.id
  description                  = "Application"
  ip_protocol                  = "tcp"
  from_port                    = 11211
  to_port                      = 11211
  referenced_security_group_id = "sg-0123456789abcdef0"
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
        r#"Parameters:
  Port:
    Type: Number
    Default: 6380
Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Application
          IpProtocol: tcp
          FromPort: !Ref Port
          ToPort: !Ref Port
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
      Port: !Ref Port
      SecurityGroupIds: [!GetAtt Firewall.GroupId]
"#,
    ),
    // the rules may be elsewhere
    Example::good_cloudformation(
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
    // another group opens it
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    description     = "Monitoring"
    protocol        = "tcp"
    from_port       = 9121
    to_port         = 9121
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
  security_group_ids         = [aws_security_group.cache.id, "sg-0123456789abcdef1"]
}
"#,
    ),
];
