//! A parameter has a value that it takes.

use super::{Parameter, parameters, users};
use crate::facts::{self, Modifiable, ParameterFact, ParameterType};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-value",
    title: "A parameter with a value that it doesn't take",
    levels: Levels::ERROR,
    about: "Each parameter takes words from a list or numbers from a range, narrower than \
        redis.conf's: a timeout is 0 or at least 20 seconds, bytes are written as a number \
        without `mb`, and yes and no are words, which YAML turns into true and false unless \
        they are quoted. With data tiering some eviction policies are missing. AWS refuses any \
        other value. Use one that is listed.",
    source: "ElastiCache user guide (engine-specific parameters, data tiering), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// The policies that AWS allows with data tiering.
const TIERING_POLICIES: [&str; 5] = [
    "volatile-lru",
    "allkeys-lru",
    "volatile-lfu",
    "allkeys-lfu",
    "noeviction",
];

fn check(check: &mut Check<'_>) {
    for parameter in parameters(check) {
        let Some(fact) = parameter
            .fact
            .filter(|fact| fact.modifiable != Modifiable::No)
        else {
            continue;
        };
        let Some(value) = parameter.entry.value.literal() else {
            continue;
        };
        let allowed = fact.allowed();
        // AWS's own table gives a default outside of the range
        let is_default = !fact.default.is_empty() && value == fact.default;
        if !is_default && !allowed.admits(fact.kind, value) {
            let default = match fact.default.as_str() {
                "" => "empty",
                default => default,
            };
            check
                .report_entry(
                    &parameter.setting,
                    parameter.entry,
                    format!(
                        "parameter {:?} doesn't take {value:?}",
                        parameter.entry.name
                    ),
                )
                .allowed(format!("{allowed} (default {default})"))
                .help(instead(fact, value));
        } else if fact.parameter == "maxmemory-policy" {
            tiering(check, &parameter, value);
        }
    }
}

fn instead(fact: &ParameterFact, value: &str) -> String {
    let takes = |word: &str| fact.allowed().admits(fact.kind, word);
    match value.to_ascii_lowercase().as_str() {
        "true" | "on" | "1" if takes("yes") && !takes("1") => {
            return "write yes in quotes: \"yes\"".to_owned();
        }
        "false" | "off" | "0" if takes("no") && !takes("0") => {
            return "write no in quotes: \"no\"".to_owned();
        }
        lower if lower != value && takes(lower) => return format!("write {lower}"),
        _ => {}
    }
    match bytes(value) {
        Some(bytes) if fact.kind == ParameterType::Integer && takes(&bytes.to_string()) => {
            format!("write the number of bytes: {bytes}")
        }
        _ => "use one of the allowed values".to_owned(),
    }
}

/// What redis.conf means by `64mb` or `1g`.
fn bytes(value: &str) -> Option<u64> {
    let lower = value.to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let factor = match &lower[digits.len()..] {
        "k" => 1000,
        "kb" => 1 << 10,
        "m" => 1_000_000,
        "mb" => 1 << 20,
        "g" => 1_000_000_000,
        "gb" => 1 << 30,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

fn tiering<'g>(check: &mut Check<'g>, parameter: &Parameter<'g>, value: &str) {
    let tiered = users(check, &parameter.group).into_iter().any(|cache| {
        cache
            .text("CacheNodeType")
            .and_then(facts::node_type)
            .is_some_and(|fact| fact.data_tiering)
    });
    if tiered && !TIERING_POLICIES.contains(&value) {
        check
            .report_entry(
                &parameter.setting,
                parameter.entry,
                format!(
                    "parameter {:?} doesn't take {value:?} with data tiering",
                    parameter.entry.name
                ),
            )
            .allowed(TIERING_POLICIES.join(", "))
            .help("use one of the allowed values, or a node type without data tiering");
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
        timeout: "5"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "5"
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
        maxmemory-policy: lru
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory-policy"
    value = "lru"
  }
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8
      Description: orders
      Properties:
        repl-backlog-size: 64mb
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8"

  parameter {
    name  = "repl-backlog-size"
    value = "64mb"
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
        notify-keyspace-events: Ex!
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "notify-keyspace-events"
    value = "Ex!"
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
        reserved-memory-percent: "120"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "reserved-memory-percent"
    value = "120"
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
        activedefrag: yes
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "activedefrag"
    value = true
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
        maxmemory-policy: volatile-ttl
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.r6gd.xlarge
      DataTieringEnabled: true
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-ttl"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.r6gd.xlarge"
  data_tiering_enabled = true
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
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
        timeout: "0"
        notify-keyspace-events: ""
        activedefrag: "yes"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = "0"
  }

  parameter {
    name  = "notify-keyspace-events"
    value = ""
  }

  parameter {
    name  = "activedefrag"
    value = "yes"
  }
}
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: orders
      Properties:
        timeout: 20
        maxmemory-policy: allkeys-lfu
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "timeout"
    value = 20
  }

  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lfu"
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
        maxmemory-policy: volatile-ttl
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-ttl"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
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
        maxmemory-policy: volatile-lru
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.r6gd.xlarge
      DataTieringEnabled: true
      CacheParameterGroupName: !Ref Parameters
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7"

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-lru"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.r6gd.xlarge"
  data_tiering_enabled = true
  parameter_group_name = aws_elasticache_parameter_group.parameters.name
}
"#,
    ),
];
