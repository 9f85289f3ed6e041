//! A parameter group is of a family that exists.

use super::engine_of_family;
use crate::diagnostic::Level;
use crate::facts;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, Setting};

pub(super) static RULE: Rule = Rule {
    code: "parameter-family",
    title: "A parameter group of a family that doesn't exist",
    levels: Levels::ERROR,
    about: "A family is an engine and, as a rule, its major version: redis7 serves 7.0 and 7.1, \
        valkey8 all of Valkey 8, and redis6.x keeps its own spelling. There is no redis7.2 and \
        no redis6.2. AWS refuses a name that isn't one. Use the family of the engine version \
        that the caches run.",
    source: "ElastiCache API reference (CreateCacheParameterGroup), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// The families of Memcached, of which the tables have no parameters.
const MEMCACHED: [&str; 3] = ["memcached1.4", "memcached1.5", "memcached1.6"];

/// What a name of a family is, as far as the tables know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// New caches use it.
    Current,
    /// It exists, and no new cache runs a version of it.
    Former,
    /// It may be newer than the tables.
    Newer,
    /// There is no such family.
    Wrong,
}

pub(super) fn verdict(family: &str) -> Verdict {
    if MEMCACHED.contains(&family) || facts::families().any(|known| known == family) {
        return Verdict::Current;
    }
    if ["redis2.6", "redis2.8", "redis3.2"].contains(&family) {
        return Verdict::Former;
    }
    let engine = engine_of_family(family);
    let number = |family: &str| -> Option<f64> { family.strip_prefix(engine)?.parse().ok() };
    let newest = facts::families()
        .chain(MEMCACHED)
        .filter(|known| engine_of_family(known) == engine)
        .filter_map(number)
        .reduce(f64::max);
    // the last families of both engines are whole numbers
    let is_next = |n: f64| engine == "memcached" || n.fract() == 0.0;
    match (number(family), newest) {
        (Some(number), Some(newest)) if number > newest && is_next(number) => Verdict::Newer,
        _ => Verdict::Wrong,
    }
}

/// The families of an engine version's engine, for a message.
pub(super) fn known(engine: &str) -> String {
    let all: Vec<&str> = facts::families().chain(MEMCACHED).collect();
    let same: Vec<&str> = all
        .iter()
        .copied()
        .filter(|family| engine_of_family(family) == engine)
        .collect();
    if same.is_empty() { all } else { same }.join(", ")
}

/// What somebody most likely means: the family of the same engine and major version.
pub(super) fn meant(family: &str) -> Option<&'static str> {
    let engine = engine_of_family(family);
    let major = |family: &str| -> Option<String> {
        let rest = family.strip_prefix(engine)?;
        let digits = rest.split('.').next()?;
        (!digits.is_empty()).then(|| digits.to_owned())
    };
    let wanted = major(family)?;
    facts::families()
        .filter(|known| engine_of_family(known) == engine)
        .find(|known| major(known).as_ref() == Some(&wanted))
}

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ParameterGroup) {
        let Some(setting) = group
            .setting("CacheParameterGroupFamily")
            .filter(Setting::is_said)
        else {
            continue;
        };
        let Some(family) = setting.text() else {
            continue;
        };
        let known = known(engine_of_family(family));
        match verdict(family) {
            Verdict::Current => {}
            Verdict::Former => {
                check
                    .report(
                        &setting,
                        format!("no new cache runs a version of the family {family}"),
                    )
                    .allowed(known)
                    .help("use the family of the version that the caches are to run")
                    .level(Level::Warning);
            }
            Verdict::Newer => {
                check
                    .report(
                        &setting,
                        format!(
                            "the family {family} is newer than those known in {}",
                            facts::READ
                        ),
                    )
                    .allowed(known)
                    .help("check that it exists; none of its parameters can be checked")
                    .level(Level::Warning);
            }
            Verdict::Wrong => {
                let help = meant(family).map_or_else(
                    || "use one of them".to_owned(),
                    |family| format!("use {family}"),
                );
                check
                    .report(
                        &setting,
                        format!("there is no parameter group family {family:?}"),
                    )
                    .allowed(format!("{known} (facts of {})", facts::READ))
                    .help(help);
            }
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7.2
      Description: orders
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis7.2"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis6.2
      Description: orders
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis6.2"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey8.0
      Description: orders
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey8.0"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis
      Description: orders
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis3.2
      Description: orders
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis3.2"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: valkey10
      Description: orders
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "valkey10"
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
        timeout: "300"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "redis6.x"

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
      CacheParameterGroupFamily: memcached1.6
      Description: orders
      Properties:
        max_item_size: "10485760"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_parameter_group" "parameters" {
  name   = "orders"
  family = "memcached1.6"

  parameter {
    name  = "max_item_size"
    value = "10485760"
  }
}
"#,
    ),
];
