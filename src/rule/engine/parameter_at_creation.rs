//! A parameter that can be set as long as no cache uses its group.

use super::parameters;
use crate::facts::Modifiable;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-at-creation",
    title: "A parameter that can't be changed once a cache uses the group",
    levels: Levels::INFORMATION,
    about: "The number of databases is decided when a cache is made. The value here is taken \
        with a new group; a change of it later is refused as long as a cache uses the group, \
        and another group has to have the same value. Choose it for good, and leave it out \
        where the default will do.",
    source: "ElastiCache user guide (engine-specific parameters), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for parameter in parameters(check) {
        let Some(fact) = parameter.fact else {
            continue;
        };
        // that one is what cluster mode is made of, and always said
        if fact.modifiable != Modifiable::AtCreation || fact.parameter == "cluster-enabled" {
            continue;
        }
        check
            .report_name(
                &parameter.setting,
                parameter.entry,
                format!(
                    "parameter {:?} can't be changed once a cache uses the group",
                    parameter.entry.name
                ),
            )
            .help(format!("leave it out where {} will do", fact.default));
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        databases: "32"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "databases"
    value = "32"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        cluster-enabled: "yes"
        timeout: "300"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }

  parameter {
    name  = "timeout"
    value = "300"
  }
}
"#,
    ),
];
