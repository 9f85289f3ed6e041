//! A parameter that nobody knows.

use super::parameter_unknown::{hint, reason};
use super::parameters;
use crate::facts;
use crate::graph::Source;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-unlisted",
    title: "A parameter that the tables do not know",
    levels: Levels::WARNING,
    about: "No family had a parameter of that name when the tables were read, and it is no \
        directive of redis.conf either. AWS refuses what it doesn't know, so a mistake fails \
        when the group is made; but the name may also be newer than this tool, and then nothing \
        about its value can be checked. Check the spelling against the family's list.",
    source: "ElastiCache user guide (engine-specific parameters), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    // a definition says itself which parameters the tables needn't know
    if check.graph().source == Source::Definition {
        return;
    }
    for parameter in parameters(check) {
        let (entry, family) = (parameter.entry, parameter.family);
        if parameter.fact.is_some() || reason(check, family, &entry.name).is_some() {
            continue;
        }
        let help = hint(family, &entry.name).unwrap_or_else(|| {
            "check name and value; nothing about it can be checked here".to_owned()
        });
        check
            .report_name(
                &parameter.setting,
                entry,
                format!(
                    "parameter {:?} is not among those of {family} known in {}",
                    entry.name,
                    facts::READ
                ),
            )
            .help(help);
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey9
      Description: orders
      Properties:
        something-new: "1"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey9"

  parameter {
    name  = "something-new"
    value = "1"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        slowlog-threshold: "10000"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "slowlog-threshold"
    value = "10000"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey9
      Description: orders
      Properties:
        timeout: "300"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey9"

  parameter {
    name  = "timeout"
    value = "300"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey10
      Description: orders
      Properties:
        something-new: "1"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey10"

  parameter {
    name  = "something-new"
    value = "1"
  }
}
"#,
    ),
];
