//! `6.x` is whichever version is the latest.

use super::{Release, SIZED, all, engine};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "engine-version-floating",
    title: "A version that is whichever is the latest",
    levels: Levels::WARNING,
    about: "`6.x` makes a cache of the latest minor version of Redis 6. The same file makes \
        another cache tomorrow, nobody can tell from it what runs, and an update may upgrade \
        the engine while something else was meant to change. Every later version has two \
        numbers. Write the one that runs, such as 6.2.",
    source: "ElastiCache user guide (engine versions), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let (Some(engine), Some(setting)) =
            (engine(check, &resource), resource.setting("EngineVersion"))
        else {
            continue;
        };
        let Some(version) = setting.text() else {
            continue;
        };
        if let Release::Floating(fact) = Release::of(engine, version) {
            check
                .report(
                    &setting,
                    format!("{engine} {version} is whichever minor version is the latest"),
                )
                .allowed("major.minor")
                .help(format!("write {}", fact.version));
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 6.x
      CacheNodeType: cache.m7g.large
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.x"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.2"
      CacheNodeType: cache.m7g.large
      CacheParameterGroupName: default.redis6.x
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
  parameter_group_name = "default.redis6.x"
}
"#,
    ),
];
