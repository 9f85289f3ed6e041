//! The id of a replication group has a form.

use super::{identifier, settings};
use crate::graph::Kind;
use crate::rule::examples::template;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::ReplicationGroupId;

pub(super) static RULE: Rule = Rule {
    code: "replication-group-id",
    title: "The replication group's id isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "An id has 1 to 40 letters, digits and single hyphens and starts with a letter. Ids are \
            mostly put together from a project's and an environment's name, and the deployment fails \
            when one of them brings an underscore, a dot or ten letters too many. ElastiCache lowers \
            upper-case letters, after which CloudFormation compares two different texts. Replace what \
            the parts bring along, or write the id in full.",
    source: "ElastiCache API reference and the provider's validation, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("ReplicationGroupId: orders_cache")),
        Example::bad_cloudformation(template!("ReplicationGroupId: orders--cache")),
        Example::bad_cloudformation(template!("ReplicationGroupId: orders-")),
        Example::bad_cloudformation(template!("ReplicationGroupId: 1-orders")),
        Example::bad_cloudformation(template!(
            "ReplicationGroupId: the-cache-of-the-orders-of-our-customers-prod"
        )),
        Example::bad_cloudformation(template!(
            "ReplicationGroupId: !Sub '${AWS::StackName}_cache'"
        )),
        Example::good_cloudformation(template!(
            "ReplicationGroupId: the-cache-of-the-orders-of-our-customers"
        )),
        Example::good_cloudformation(template!(
            "ReplicationGroupId: !Sub '${AWS::StackName}-cache'"
        )),
        Example::bad_terraform(UNDERSCORE),
        Example::bad_terraform(DOT),
        Example::bad_terraform(LONG),
        Example::good_terraform(GOOD),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for setting in settings(check, &[(Kind::ReplicationGroup, "ReplicationGroupId")]) {
        identifier::<ReplicationGroupId>(check, &setting, 40);
    }
}

const UNDERSCORE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders_cache"
  description          = "orders"
  node_type            = "cache.t4g.micro"
}
"#;

const DOT: &str = r#"variable "environment" {
  type = string
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "${var.environment}.orders"
  description          = "orders"
  node_type            = "cache.t4g.micro"
}
"#;

const LONG: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "the-cache-of-the-orders-of-our-customers-prod"
  description          = "orders"
  node_type            = "cache.t4g.micro"
}
"#;

const GOOD: &str = r#"variable "environment" {
  type = string
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "${var.environment}-orders"
  description          = "orders"
  node_type            = "cache.t4g.micro"
}
"#;
