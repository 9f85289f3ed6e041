//! Terraform describes what nobody describes.

use super::language;
use crate::graph::{Kind, Language};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "description-default",
    title: "Nobody says what a group is for, so it is `Managed by Terraform`",
    levels: Levels::INFORMATION,
    about: "Terraform's provider fills in the description `Managed by Terraform` where none is given. \
            Whoever finds the group in the console learns nothing of its purpose, and a security group \
            must be replaced to be described later. Say in a sentence what it is for.",
    source: "",
    controls: &["AWS-0049", "CKV_AWS_23"],
    examples: &[
        Example::bad_terraform(BAD),
        Example::bad_terraform(BAD_SECURITY_GROUP),
        Example::good_terraform(GOOD),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if language(check) != Some(Language::Terraform) {
        return;
    }
    for (kind, name) in [
        (Kind::SubnetGroup, "Description"),
        (Kind::ParameterGroup, "Description"),
        (Kind::SecurityGroup, "GroupDescription"),
    ] {
        for group in check.all(kind) {
            if group.is_absent(name) {
                check
                    .report_resource(&group, "no description, so it is `Managed by Terraform`")
                    .allowed("a sentence that says what the group is for")
                    .help("set description");
            }
        }
    }
}

const BAD: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = ["subnet-0123456789abcdef0"]
}
"#;

const BAD_SECURITY_GROUP: &str = r#"resource "aws_security_group" "this" {
  name   = "orders"
  vpc_id = "vpc-0123456789abcdef0"
}
"#;

const GOOD: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name        = "orders"
  description = "private subnets of the orders' cache"
  subnet_ids  = ["subnet-0123456789abcdef0"]
}
"#;
