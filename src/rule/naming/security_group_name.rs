//! The name of a security group has a form.

use super::{settings, word};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::SecurityGroupName;

pub(super) static RULE: Rule = Rule {
    code: "security-group-name",
    title: "The security group's name isn't one that EC2 takes",
    levels: Levels::ERROR,
    about: "EC2 takes 1 to 255 characters out of a small part of ASCII as the name of a security group, \
            and keeps names that start with `sg-` for its own ids. An accent or an apostrophe is refused \
            when the group is created. Write the name in plain ASCII, the system's name first.",
    source: "EC2 API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(PREFIX),
        Example::bad_terraform(ACCENT),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for setting in settings(check, &[(Kind::SecurityGroup, "GroupName")]) {
        word::<SecurityGroupName>(check, &setting);
    }
}

const BAD: &str = "Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: sg-orders
      GroupDescription: who may reach the cache
      VpcId: vpc-0123456789abcdef0
";

const GOOD: &str = "Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: orders-sg
      GroupDescription: who may reach the cache
      VpcId: vpc-0123456789abcdef0
";

const PREFIX: &str = r#"resource "aws_security_group" "this" {
  name   = "sg-orders"
  vpc_id = "vpc-0123456789abcdef0"
}
"#;

const ACCENT: &str = r#"resource "aws_security_group" "this" {
  name   = "órdenes"
  vpc_id = "vpc-0123456789abcdef0"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_security_group" "this" {
  name   = "orders (cache)"
  vpc_id = "vpc-0123456789abcdef0"
}
"#;
