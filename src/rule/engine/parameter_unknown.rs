//! A parameter that its family doesn't have.

use super::{CLOSE, elsewhere, nearest, parameters};
use crate::facts;
use crate::graph::Source;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-unknown",
    title: "A parameter that its family doesn't have",
    levels: Levels::ERROR,
    about: "ElastiCache takes a part of what a redis.conf can say, and calls it parameters; each \
        family has its own list. Passwords, memory, snapshots, ports and logs are properties of \
        the cache instead, and names change between families: slave became replica with \
        Redis 5, ziplist became listpack with Redis 7. AWS refuses what it doesn't know. Use \
        the family's name, or the property that does the work.",
    source: "ElastiCache user guide (engine-specific parameters), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// So close to a known name that it can't be another parameter.
const TYPO: f64 = 0.9;

/// Why a name isn't a parameter of a family, where that is certain: what to do instead.
pub(super) fn reason(check: &Check<'_>, family: &str, name: &str) -> Option<String> {
    let name = &*name.to_ascii_lowercase();
    if let Some(new) = renamed(family, name) {
        return Some(format!("in {family} it is called {new:?}"));
    }
    if let Some(help) = elsewhere(check, name) {
        return Some(help.into_owned());
    }
    let others: Vec<&str> = facts::families()
        .filter(|other| facts::parameter(other, name).is_some())
        .collect();
    if let (Some(first), Some(last)) = (others.first(), others.last()) {
        return Some(if first == last {
            format!("only {first} has it; leave it out")
        } else {
            format!("the families from {first} to {last} have it; leave it out")
        });
    }
    let known = || facts::family_parameters(family).map(|fact| fact.parameter.as_str());
    let plain = name.replace('_', "-");
    nearest(&plain, known(), TYPO).map(|near| format!("did you mean {near:?}?"))
}

/// What a parameter of another family is called in this one.
fn renamed(family: &str, name: &str) -> Option<String> {
    let words = [
        ("slave", "replica"),
        ("ziplist", "listpack"),
        ("rename-command", "rename-commands"),
    ];
    words
        .into_iter()
        .flat_map(|(old, new)| [(old, new), (new, old)])
        .filter(|(from, _)| name.contains(from))
        .map(|(from, to)| name.replacen(from, to, 1))
        .find(|new| new != name && facts::parameter(family, new).is_some())
}

fn check(check: &mut Check<'_>) {
    // a definition says itself which parameters the tables needn't know
    if check.graph().source == Source::Definition {
        return;
    }
    for parameter in parameters(check) {
        let (entry, family) = (parameter.entry, parameter.family);
        if parameter.fact.is_some() {
            continue;
        }
        if let Some(help) = reason(check, family, &entry.name) {
            check
                .report_name(
                    &parameter.setting,
                    entry,
                    format!("{:?} isn't a parameter of the family {family}", entry.name),
                )
                .allowed(format!(
                    "the parameters of {family} (facts of {})",
                    facts::READ
                ))
                .help(help);
        }
    }
}

/// What to say of a name that is like a known one.
pub(super) fn hint(family: &str, name: &str) -> Option<String> {
    let known = || facts::family_parameters(family).map(|fact| fact.parameter.as_str());
    nearest(name, known(), CLOSE).map(|near| format!("did you mean {near:?}?"))
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        maxmemory-polcy: allkeys-lru
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory-polcy"
    value = "allkeys-lru"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        requirepass: secret
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "requirepass"
    value = "secret"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        save: 900 1
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "save"
    value = "900 1"
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
        reserved-memory: "512"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "reserved-memory"
    value = "512"
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
        hash-max-ziplist-entries: "512"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "hash-max-ziplist-entries"
    value = "512"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        appendfilename: orders.aof
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "appendfilename"
    value = "orders.aof"
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
        tls-port: "6380"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "tls-port"
    value = "6380"
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
        min-slaves-to-write: "1"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "min-slaves-to-write"
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
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        lazyfree-lazy-expire: "yes"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "lazyfree-lazy-expire"
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
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        commandlog-request-larger-than: "1000"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "commandlog-request-larger-than"
    value = "1000"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "client-output-buffer-limit"
    value = "normal 0 0 0"
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
        maxmemory-policy: allkeys-lru
        hash-max-listpack-entries: "512"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }

  parameter {
    name  = "hash-max-listpack-entries"
    value = "512"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis4.0
      Description: orders
      Properties:
        min-slaves-to-write: "1"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis4.0"

  parameter {
    name  = "min-slaves-to-write"
    value = "1"
  }
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis6.x
      Description: orders
      Properties:
        hash-max-ziplist-entries: "512"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis6.x"

  parameter {
    name  = "hash-max-ziplist-entries"
    value = "512"
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
