//! Rules of security groups that EC2 can't read.

use super::firewall::{self, Direction, FirewallRule};
use crate::graph::Source;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "security-group-rule",
    title: "A rule of a security group that EC2 refuses",
    levels: Levels::ERROR,
    about: "A rule speaks of exactly one peer: a block of addresses, a prefix list or a security \
        group. With TCP or UDP it says both ends of a range of ports, the lower one first. \
        A rule for every protocol says none.",
    source: "EC2 API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for direction in [Direction::In, Direction::Out] {
        for rule in firewall::rules(check, direction) {
            check_peers(check, &rule);
            check_ports(check, &rule);
        }
    }
}

fn check_peers<'g>(check: &mut Check<'g>, rule: &FirewallRule<'g>) {
    // Terraform's other forms take several peers at once, and none where a list is empty
    let other_form = firewall::is_terraform(check) && rule.resource.node.of.is_some();
    // a definition that names none has been refused for it
    let refused = check.graph().source == Source::Definition;
    if other_form || refused || rule.resource.node.partial {
        return;
    }
    let peers = rule.peers();
    let allowed = "one block of addresses, prefix list or security group";
    match peers.as_slice() {
        [] => {
            check
                .report_at(
                    &rule.resource,
                    "IpProtocol",
                    "a rule that doesn't say of whom it speaks",
                )
                .allowed(allowed)
                .help("name the peer");
        }
        [first, second, ..] => {
            check
                .report(
                    second,
                    format!("{} beside {} in one rule", second.name(), first.name()),
                )
                .allowed(allowed)
                .help("make a rule for each");
        }
        [_] => {}
    }
}

fn check_ports<'g>(check: &mut Check<'g>, rule: &FirewallRule<'g>) {
    let Some(protocol) = rule.protocol() else {
        return;
    };
    let (from, to) = (
        rule.resource.integer("FromPort"),
        rule.resource.integer("ToPort"),
    );
    let unsaid = rule.resource.is_absent("FromPort") && rule.resource.is_absent("ToPort");
    let (message, allowed, help) = match (protocol.as_str(), from, to) {
        ("tcp" | "udp", Some(from), Some(to)) if from > to => (
            format!("ports from {from} to {to}"),
            "a range whose lower end comes first",
            "turn the two round",
        ),
        ("tcp" | "udp", None, None) if unsaid => (
            format!("{protocol} without ports"),
            "both ends of a range",
            "say the cache's port for both",
        ),
        _ => return,
    };
    check
        .report_at(&rule.resource, rule.ports_name(), message)
        .allowed(allowed)
        .help(help);
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - Description: Nobody
          IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
",
    ),
    Example::bad_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
  FirewallRule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !GetAtt Firewall.GroupId
      IpProtocol: tcp
      FromPort: 6379
      ToPort: 6379
      CidrIp: 10.1.2.0/24
      SourceSecurityGroupId: sg-0123456789abcdef0
",
    ),
    Example::bad_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - IpProtocol: tcp
          CidrIp: 10.1.2.0/24
",
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    protocol    = "tcp"
    from_port   = 6380
    to_port     = 6379
    cidr_blocks = ["10.1.2.0/24"]
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id            = aws_security_group.cache.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  cidr_ipv4                    = "10.1.2.0/24"
  referenced_security_group_id = "sg-0123456789abcdef0"
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
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.1.2.0/24
        - IpProtocol: "-1"
          SourceSecurityGroupId: sg-0123456789abcdef0
        - IpProtocol: icmp
          FromPort: 8
          ToPort: -1
          CidrIp: 10.1.2.0/24
"#,
    ),
    // inside a group a rule may have several peers
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    cidr_blocks     = ["10.1.2.0/24", "10.1.3.0/24"]
    security_groups = ["sg-0123456789abcdef0"]
    self            = true
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["127.0.0.1/32"]
  }
}
"#,
    ),
];
