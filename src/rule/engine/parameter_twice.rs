//! A parameter stands once in its group.

use super::parameters;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-twice",
    title: "A parameter that is set twice in its group",
    levels: Levels::WARNING,
    about: "The same parameter is set twice with different values. Which of them AWS keeps isn't \
        said anywhere, and Terraform plans a change again and again because it finds only one \
        of the two. Delete one of them.",
    source: "Terraform AWS provider 6 (aws_elasticache_parameter_group), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let all = parameters(check);
    for (i, parameter) in all.iter().enumerate() {
        let twice = all[..i].iter().any(|other| {
            std::ptr::eq(other.group.node, parameter.group.node)
                && other.entry.name.eq_ignore_ascii_case(&parameter.entry.name)
                && other.entry.value != parameter.entry.value
        });
        if twice {
            check
                .report_name(
                    &parameter.setting,
                    parameter.entry,
                    format!("parameter {:?} is set a second time", parameter.entry.name),
                )
                .allowed("each parameter once")
                .help("delete one of the two");
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "300"
  }

  parameter {
    name  = "timeout"
    value = "600"
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
        timeout: "300"
        tcp-keepalive: "300"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "300"
  }

  parameter {
    name  = "tcp-keepalive"
    value = "300"
  }
}
"#,
    ),
];
