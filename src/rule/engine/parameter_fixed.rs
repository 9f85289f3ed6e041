//! A parameter that nobody can change.

use super::{elsewhere, parameters};
use crate::facts::Modifiable;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-fixed",
    title: "A parameter that nobody can change",
    levels: Levels::ERROR,
    about: "A family lists parameters whose value AWS decides: memory and connections follow \
        from the node type, and there is no append-only file to switch on. To set one is \
        refused, even to the value that it has. Leave it out, and use the property of the cache \
        that does the work where there is one.",
    source: "ElastiCache user guide (engine-specific parameters), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for parameter in parameters(check) {
        let Some(fact) = parameter
            .fact
            .filter(|fact| fact.modifiable == Modifiable::No)
        else {
            continue;
        };
        let help = elsewhere(check, &fact.parameter)
            .map_or_else(|| "leave it out".to_owned(), |help| help.into_owned());
        check
            .report_name(
                &parameter.setting,
                parameter.entry,
                format!(
                    "parameter {:?} can't be changed in ElastiCache",
                    parameter.entry.name
                ),
            )
            .allowed(match fact.default.as_str() {
                "" => "the value that AWS sets".to_owned(),
                "node-type" => "the value that the node type has".to_owned(),
                fixed => format!("{fixed}, as AWS sets it"),
            })
            .help(help);
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
        maxmemory: "2147483648"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory"
    value = "2147483648"
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
        appendonly: "yes"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "appendonly"
    value = "yes"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        maxclients: "10000"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "maxclients"
    value = "10000"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis5.0
      Description: orders
      Properties:
        lua-time-limit: "10000"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis5.0"

  parameter {
    name  = "lua-time-limit"
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
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        reserved-memory-percent: "25"
        databases: "32"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "reserved-memory-percent"
    value = "25"
  }

  parameter {
    name  = "databases"
    value = "32"
  }
}
"#,
    ),
];
