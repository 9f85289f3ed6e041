//! Things that refer to one another in a circle.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "reference-cycle",
    title: "Things refer to one another in a circle",
    levels: Levels::ERROR,
    about: "None of these can be made or computed first, because each waits for another one of them. Two security groups that let each other in are the usual case. State one of the references in a resource of its own, which comes after both.",
    source: "CloudFormation troubleshooting guide, read November 2026",
    controls: &["cfn-lint E3004"],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::bad_terraform(BAD_TERRAFORM_0),
        Example::bad_terraform(BAD_TERRAFORM_1),
        Example::good_cloudformation(GOOD_0),
        Example::good_terraform(GOOD_TERRAFORM_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: clients of the cache
      SecurityGroupEgress:
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          DestinationSecurityGroupId: !GetAtt Cache.GroupId
  Cache:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the cache
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          SourceSecurityGroupId: !GetAtt Clients.GroupId
"#;

const BAD_1: &str = r#"Conditions:
  IsLarge: !Not [!Condition IsSmall]
  IsSmall: !Not [!Condition IsLarge]
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;

const BAD_2: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    DependsOn: Warnings
  Warnings:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !GetAtt Notices.TopicName
"#;

const GOOD_0: &str = r#"Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: clients of the cache
  Cache:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the cache
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 6379
          ToPort: 6379
          SourceSecurityGroupId: !GetAtt Clients.GroupId
  ClientsToCache:
    Type: AWS::EC2::SecurityGroupEgress
    Properties:
      GroupId: !GetAtt Clients.GroupId
      IpProtocol: tcp
      FromPort: 6379
      ToPort: 6379
      DestinationSecurityGroupId: !GetAtt Cache.GroupId
"#;

const BAD_TERRAFORM_0: &str = r#"locals {
  name   = "${local.prefix}-cache"
  prefix = trimsuffix(local.name, "-cache")
}
"#;

const BAD_TERRAFORM_1: &str = r#"resource "aws_security_group" "clients" {
  egress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.cache.id]
  }
}

resource "aws_security_group" "cache" {
  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.clients.id]
  }
}
"#;

const GOOD_TERRAFORM_0: &str = r#"resource "aws_security_group" "clients" {}

resource "aws_security_group" "cache" {
  ingress {
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.clients.id]
  }
}

resource "aws_vpc_security_group_egress_rule" "clients_to_cache" {
  security_group_id            = aws_security_group.clients.id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.cache.id
}
"#;
