//! The major version of a serverless cache.

use crate::diagnostic::Level;
use crate::facts;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) static RULE: Rule = Rule {
    code: "serverless-version",
    title: "A major version that serverless caches don't run",
    levels: Levels::ERROR,
    about: "A serverless cache is told the major version only and gets its minor versions by \
        itself: 7 for Redis OSS, 7 or later for Valkey, 1.6 for Memcached. There is no \
        serverless Redis OSS 6 and no Redis OSS 8. Write the major version of the engine, or \
        leave it out for the latest.",
    source: "ElastiCache user guide (version management), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ServerlessCache) {
        let (Some(setting), Some(engine)) =
            (cache.setting("MajorEngineVersion"), cache::engine(&cache))
        else {
            continue;
        };
        let Some(version) = setting.text() else {
            continue;
        };
        let majors = majors(engine);
        if majors.iter().any(|major| major == version) {
            continue;
        }
        let number = |version: &str| version.parse::<f64>().ok();
        let newest = majors
            .iter()
            .filter_map(|major| number(major))
            .reduce(f64::max);
        let minor_of = majors.iter().find(|major| {
            version
                .strip_prefix(major.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
        });
        let allowed = format!("{engine} {} (facts of {})", majors.join(", "), facts::READ);
        if let Some(major) = minor_of {
            check
                .report(&setting, format!("{engine} {version} names a minor version, which a serverless cache gets by itself"))
                .allowed(allowed)
                .help(format!("write {major}"))
                .level(Level::Warning);
        } else if number(version) > newest && engine != "redis" {
            check
                .report(
                    &setting,
                    format!(
                        "{engine} {version} is newer than the versions known in {}",
                        facts::READ
                    ),
                )
                .allowed(allowed)
                .help("check that it exists")
                .level(Level::Warning);
        } else {
            let help = if engine == "redis" && number(version) > newest {
                "say valkey: Redis OSS ends at 7"
            } else {
                "use one of them, or leave it out for the latest"
            };
            check
                .report(
                    &setting,
                    format!("there is no serverless {engine} {version}"),
                )
                .allowed(allowed)
                .help(help);
        }
    }
}

/// The major versions that serverless caches run: from 7 on for Redis OSS and Valkey.
fn majors(engine: &str) -> Vec<String> {
    if engine == "memcached" {
        return vec!["1.6".to_owned()];
    }
    let mut majors: Vec<String> = facts::engine_versions(engine)
        .filter_map(|version| version.split('.').next())
        .filter(|major| major.parse::<u32>().is_ok_and(|major| major >= 7))
        .map(str::to_owned)
        .collect();
    majors.dedup();
    majors
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: redis
      MajorEngineVersion: "6"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "redis"
  major_engine_version = "6"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: redis
      MajorEngineVersion: "8"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "redis"
  major_engine_version = "8"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: memcached
      MajorEngineVersion: "1.5"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "memcached"
  major_engine_version = "1.5"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      MajorEngineVersion: "6"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "valkey"
  major_engine_version = "6"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      MajorEngineVersion: "8.1"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "valkey"
  major_engine_version = "8.1"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      MajorEngineVersion: "10"
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "valkey"
  major_engine_version = "10"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: valkey
      MajorEngineVersion: "8"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "valkey"
  major_engine_version = "8"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: redis
      MajorEngineVersion: "7"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "redis"
  major_engine_version = "7"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: memcached
      MajorEngineVersion: "1.6"
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name                 = "orders"
  engine               = "memcached"
  major_engine_version = "1.6"
}
"#,
    ),
];
