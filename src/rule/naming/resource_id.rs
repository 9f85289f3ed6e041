//! The ids of subnets, security groups and VPCs are given by EC2.

use super::{language, refuse, settings, texts};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::ResourceId;

pub(super) static RULE: Rule = Rule {
    code: "resource-id",
    title: "That is not an id that EC2 gives",
    levels: Levels::ERROR,
    about: "Subnets, security groups and VPCs are named by the ids that EC2 gave them: a prefix, and 8 or \
            17 hexadecimal digits. A name in the place of an id, an id of another kind, or a placeholder \
            that nobody filled in is refused when the stack is made. Copy the id, or refer to the resource \
            itself.",
    source: "EC2 user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(NAME),
        Example::bad_cloudformation(template!("SecurityGroupIds: [orders-sg]")),
        Example::good_cloudformation(GOOD),
        Example::good_cloudformation(template!(
            "SecurityGroupIds: [sg-01234567, sg-0123456789abcdef0]"
        )),
        Example::bad_terraform(PLACEHOLDER),
        Example::bad_terraform(DEFAULT),
        Example::good_terraform(EMPTY_DEFAULT),
        Example::bad_terraform(module!(
            "security_group_ids = [\"subnet-0123456789abcdef0\"]"
        )),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if language(check).is_none() {
        // each is refused where the definition says it, while it is lowered
        return;
    }
    let ids = [
        (Kind::SubnetGroup, "SubnetIds", "subnet-"),
        (Kind::ServerlessCache, "SubnetIds", "subnet-"),
        (Kind::ReplicationGroup, "SecurityGroupIds", "sg-"),
        (Kind::CacheCluster, "VpcSecurityGroupIds", "sg-"),
        (Kind::ServerlessCache, "SecurityGroupIds", "sg-"),
        (Kind::SecurityGroup, "VpcId", "vpc-"),
    ];
    for (kind, name, prefix) in ids {
        for setting in settings(check, &[(kind, name)]) {
            if setting.is_nothing() {
                continue;
            }
            for id in texts(&setting) {
                if let Err(refusal) = ResourceId::with_prefix(id, prefix) {
                    let finding = refuse(check, &setting, "id", id, refusal);
                    // a default that only says that somebody has to say it
                    if !setting.property.inputs.is_empty() {
                        finding.level(Level::Warning);
                    }
                }
            }
        }
    }
}

const NAME: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: where the cache may be
      SubnetIds: [private-a, private-b]
";

const GOOD: &str = "Parameters:
  SubnetIds:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: where the cache may be
      SubnetIds: !Ref SubnetIds
";

/// Only a warning: whoever uses the module gives another.
const DEFAULT: &str = r#"variable "vpc_id" {
  default = "TO BE SAID"
}

resource "aws_security_group" "this" {
  name   = "orders"
  vpc_id = var.vpc_id
}
"#;

const EMPTY_DEFAULT: &str = r#"variable "vpc_id" {
  type    = string
  default = ""
}

resource "aws_security_group" "this" {
  name   = "orders"
  vpc_id = var.vpc_id
}
"#;

const PLACEHOLDER: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = ["subnet-xxxxxxxx", "subnet-yyyyyyyy"]
}
"#;

const GOOD_MODULE: &str = r#"variable "subnet_ids" {
  type = list(string)
}

resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = var.subnet_ids
}
"#;
