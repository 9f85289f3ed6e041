//! Blocks of addresses that can't be read.

use super::firewall::{self, Direction};
use crate::diagnostic::Level;
use crate::graph::{Language, Source};
use crate::rule::{Check, Example, Levels, Rule, Setting};
use crate::value::{Cidr, Word};

pub(super) const RULE: Rule = Rule {
    code: "cidr",
    title: "A block of addresses that can't be read",
    levels: Levels::ERROR,
    about: "A block is the address of a network, a slash and a prefix length. An address without \
        a length is refused, and a block of IPv6 where IPv4 is asked for. With host bits set, as in \
        10.0.0.1/16, Terraform refuses it; EC2 clears them silently, and the rule then speaks of \
        another block than the file does.",
    source: "EC2 API reference and Terraform's AWS provider, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for direction in [Direction::In, Direction::Out] {
        for rule in firewall::rules(check, direction) {
            if let Some(setting) = rule.block() {
                check_block(check, &setting);
            }
        }
    }
}

fn check_block<'g>(check: &mut Check<'g>, setting: &Setting<'g>) {
    let Some(text) = setting.text() else {
        return;
    };
    let six = setting.property.cloudformation.as_deref() == Some("CidrIpv6");
    let other = match Cidr::parse(text) {
        Ok(Cidr::V4(..)) if six => ("IPv4", "IPv6"),
        Ok(Cidr::V6(..)) if !six => ("IPv6", "IPv4"),
        Ok(_) => return,
        Err(refusal) => {
            // EC2 clears them, Terraform doesn't pass them on
            let cleared = refusal.because.contains("host bits")
                && check.graph().source == Source::Read(Language::CloudFormation);
            let message = format!("{} {text:?} {}", Cidr::WHAT, refusal.because);
            let finding = check.report(setting, message);
            finding.allowed(refusal.allowed).help(refusal.help);
            if cleared {
                finding.level(Level::Warning);
            }
            return;
        }
    };
    let (is, asked) = other;
    check
        .report(setting, format!("{} is {text}, of {is}", setting.name()))
        .allowed(format!("a block of {asked}"))
        .help(format!("use the setting for {is}"));
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.1.2.3
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
          FromPort: 6379
          ToPort: 6379
          CidrIp: 2001:db8::/56
",
    ),
    // EC2 would clear the host bits
    Example::bad_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.1.2.3/24
",
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["10.1.2.3/24"]
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id = aws_security_group.cache.id
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = "10.1.2.0/33"
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIp: 10.1.2.3/32
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          CidrIpv6: 2001:db8::/56
",
    ),
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  description = "Sessions"

  ingress {
    protocol         = "tcp"
    from_port        = 6379
    to_port          = 6379
    cidr_blocks      = ["10.1.2.0/24"]
    ipv6_cidr_blocks = ["2001:db8::/56"]
  }
}
"#,
    ),
];
