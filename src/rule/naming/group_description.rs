//! Subnet groups and parameter groups have a description of 1 to 255 characters.

use super::{language, settings};
use crate::graph::{Kind, Language};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "group-description",
    title: "The description of a subnet group or parameter group is empty or too long",
    levels: Levels::ERROR,
    about: "ElastiCache wants a description of every cache subnet group and cache parameter group and \
            takes up to 255 characters. Others are refused when the group is created. Say in a sentence \
            what it is for.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(EMPTY),
        Example::bad_cloudformation(EMPTY_PARAMETERS),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(LONG),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let names = [
        (Kind::SubnetGroup, "Description"),
        (Kind::ParameterGroup, "Description"),
    ];
    for setting in settings(check, &names) {
        let Some(text) = setting.text() else {
            continue;
        };
        if text.is_empty() && language(check) == Some(Language::Terraform) {
            // as if nothing had been said
            continue;
        }
        let length = text.chars().count();
        if text.trim().is_empty() || length > 255 {
            check
                .report(&setting, format!("a description of {length} characters"))
                .allowed("1 to 255 characters")
                .help("say in a sentence what it is for");
        }
    }
}

const EMPTY: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: ''
      SubnetIds: [subnet-0123456789abcdef0]
";

const EMPTY_PARAMETERS: &str = "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      Description: ' '
      CacheParameterGroupFamily: redis7
";

const GOOD: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: !Sub 'Subnets of ${AWS::StackName}'
      SubnetIds: [subnet-0123456789abcdef0]
";

const LONG: &str = r#"resource "aws_elasticache_parameter_group" "this" {
  name        = "orders"
  family      = "redis7"
  description = join(" ", [
    "Everything that the cache of the orders does otherwise than a cache would do of itself:",
    "it drops what hasn't been used for longest, closes connections that have been silent for",
    "five minutes, and tells whoever listens about every key that has gone, because a job",
    "waits for that.",
  ])
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_parameter_group" "this" {
  name        = "orders"
  family      = "redis7"
  description = "what the orders' cache does otherwise"
}
"#;
