//! Terraform describes what nobody describes.

use super::{caches, language};
use crate::graph::{Kind, Language, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule};

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
        Example::good_terraform(ELSEWHERE),
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
            if group.is_absent(name) && !is_elsewhere(check, &group) {
                check
                    .report_resource(&group, "no description, so it is `Managed by Terraform`")
                    .allowed("a sentence that says what the group is for")
                    .help("set description");
            }
        }
    }
}

/// A security group that something else wears: there are caches, and none of them does.
fn is_elsewhere<'g>(check: &Check<'g>, group: &Resource<'g>) -> bool {
    if group.node.kind != Kind::SecurityGroup {
        return false;
    }
    let mut caches = caches(check).filter_map(|cache| {
        let name = match cache.node.kind {
            Kind::CacheCluster => "VpcSecurityGroupIds",
            Kind::ReplicationGroup | Kind::ServerlessCache => "SecurityGroupIds",
            _ => return None,
        };
        Some(cache.list(name).unwrap_or_default())
    });
    let wears = |values: &[Value]| {
        let mut worn = values.iter().filter_map(|value| check.referred(value));
        worn.any(|worn| std::ptr::eq(worn.node, group.node))
    };
    let Some(first) = caches.next() else {
        return false;
    };
    !wears(first) && !caches.any(wears)
}

const BAD: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = ["subnet-0123456789abcdef0"]
}
"#;

/// Nothing of a cache's.
const ELSEWHERE: &str = r#"resource "aws_security_group" "web" {
  name = "web"
}

resource "aws_security_group" "cache" {
  name        = "cache"
  description = "lets the web servers in"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  security_group_ids         = [aws_security_group.cache.id]
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
