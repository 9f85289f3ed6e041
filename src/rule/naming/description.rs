//! Descriptions of security groups and their rules are plain ASCII.

use super::{settings, word};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::DescriptionText;

pub(super) static RULE: Rule = Rule {
    code: "description",
    title: "A description of a security group holds what EC2 refuses",
    levels: Levels::ERROR,
    about: "EC2 takes up to 255 ASCII letters, digits, blanks and the characters ._-:/()#,@[]+=&;{}!$* \
            in the description of a security group and of its rules. An accent, an apostrophe or an \
            angle bracket makes the deployment fail, and a group's description can't be changed later \
            without replacing the group. Write it in plain ASCII.",
    source: "EC2 API reference and CloudFormation schema, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(ACCENT),
        Example::bad_cloudformation(RULE_OF_A_GROUP),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(APOSTROPHE),
        Example::bad_terraform(ARROW),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let texts = [
        (Kind::SecurityGroup, "GroupDescription"),
        (Kind::SecurityGroupIngress, "Description"),
        (Kind::SecurityGroupEgress, "Description"),
    ];
    for setting in settings(check, &texts) {
        word::<DescriptionText>(check, &setting);
    }
}

const ACCENT: &str = "Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Serviço de cache
      VpcId: vpc-0123456789abcdef0
";

const RULE_OF_A_GROUP: &str = "Resources:
  Web:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: sg-0123456789abcdef0
      IpProtocol: tcp
      FromPort: 6379
      ToPort: 6379
      SourceSecurityGroupId: sg-0123456789abcdef1
      Description: the shop's web servers
";

const GOOD: &str = "Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Redis for OMS (orders); 6379/tcp
      VpcId: vpc-0123456789abcdef0
";

const APOSTROPHE: &str = r#"resource "aws_security_group" "this" {
  name        = "orders"
  description = "the shop's cache"
  vpc_id      = "vpc-0123456789abcdef0"
}
"#;

const ARROW: &str = r#"resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id            = "sg-0123456789abcdef0"
  referenced_security_group_id = "sg-0123456789abcdef1"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  description                  = "web -> cache"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_security_group" "this" {
  name        = "orders"
  description = "Cache of the shop (orders), 6379/tcp"
  vpc_id      = "vpc-0123456789abcdef0"
}
"#;
