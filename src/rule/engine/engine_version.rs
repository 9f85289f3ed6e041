//! An engine version exists, and AWS makes caches of it.

use super::{Release, SIZED, all, creatable, engine};
use crate::facts;
use crate::graph::{Kind, Source};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "engine-version",
    title: "An engine version that AWS doesn't make",
    levels: Levels::ERROR,
    about: "AWS makes caches of a short list of versions and refuses any other. Before Redis 6 \
        a version has three numbers; from Redis 6 on and for all of Valkey it has two, and AWS \
        chooses the patch. Redis OSS ends at 7.1: what followed is Valkey, which starts at 7.2. \
        A number without quotes loses its zero in Terraform, and 7.10 becomes 7.1 everywhere. \
        Write one of the versions that are listed, in quotes.",
    source: "ElastiCache user guide (engine versions) and cfn-lint 1.58.0, read November 2026",
    controls: &["cfn-lint E3695"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let Some(engine) = engine(check, &resource) else {
            continue;
        };
        if engine == "memcached" {
            memcached(check, &resource);
        } else if (resource.node.kind, engine) != (Kind::CacheCluster, "valkey") {
            one(check, &resource, engine);
        }
    }
}

fn one<'g>(check: &mut Check<'g>, resource: &Resource<'g>, engine: &str) {
    let Some(setting) = resource.setting("EngineVersion") else {
        return;
    };
    let Some(version) = resource.text("EngineVersion") else {
        return;
    };
    match Release::of(engine, version) {
        // a definition says which version it is about
        Release::Floating(latest) if check.graph().source == Source::Definition => {
            check
                .report(&setting, format!("{engine} {version} isn't one version"))
                .allowed(creatable(engine))
                .help(format!("write {}", latest.version));
        }
        Release::Current(_) | Release::Floating(_) | Release::Newer => {}
        Release::Retired => {
            check
                .report(
                    &setting,
                    format!("{engine} {version} can no longer be made"),
                )
                .allowed(creatable(engine))
                .help("use a version that AWS still makes");
        }
        Release::Patch => {
            let short: Vec<&str> = version.split('.').take(2).collect();
            check
                .report(
                    &setting,
                    format!("{engine} {version} names a patch, which AWS chooses itself"),
                )
                .allowed("major.minor")
                .help(format!("write {}", short.join(".")));
        }
        Release::Unheard => {
            let help = instead(engine, version, resource.word("Engine"));
            check
                .report(&setting, format!("{engine} {version} doesn't exist"))
                .allowed(creatable(engine))
                .help(help);
        }
    }
}

fn instead(engine: &str, version: &str, word: &str) -> String {
    let other = if engine == "redis" { "valkey" } else { "redis" };
    if Release::of(other, version).fact().is_some() {
        return format!("say {other} in {word}, or use a version of {engine}");
    }
    let major = format!("{}.", version.split('.').next().unwrap_or_default());
    let same: Vec<String> = facts::engine_versions(engine)
        .filter(|known| known.starts_with(&major))
        .map(|known| format!("\"{known}\""))
        .collect();
    if same.is_empty() {
        "use a version that AWS makes".to_owned()
    } else {
        format!("write {}, in quotes", same.join(" or "))
    }
}

/// The tables don't have Memcached's versions; they all have three numbers.
fn memcached<'g>(check: &mut Check<'g>, resource: &Resource<'g>) {
    let Some(setting) = resource.setting("EngineVersion") else {
        return;
    };
    let Some(version) = setting.text() else {
        return;
    };
    let parts: Vec<&str> = version.split('.').collect();
    let numbers = parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if parts.len() != 3 || !numbers {
        check
            .report(&setting, format!("memcached {version} isn't a version"))
            .allowed("three numbers, such as 1.6.22")
            .help("add the patch: Memcached's is chosen by you");
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.0.7"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.0.7"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "6.2.6"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2.6"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.2"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.2"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: "7.0"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "7.0"
  node_type                  = "cache.m7g.large"
  transit_encryption_enabled = true
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "3.2.10"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "3.2.10"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "5.0.4"
      CacheNodeType: cache.m5.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0.4"
  node_type            = "cache.m5.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "5.0"
      CacheNodeType: cache.m5.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0"
  node_type            = "cache.m5.large"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 7.x
      CacheNodeType: cache.m7g.large
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.x"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = 7.0
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
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
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
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
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  transit_encryption_enabled = true
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
      EngineVersion: "5.0.6"
      CacheNodeType: cache.m5.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "5.0.6"
  node_type            = "cache.m5.large"
}
"#,
    ),
    Example::good_cloudformation(
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
    Example::good_terraform(
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
      Engine: valkey
      EngineVersion: "10.0"
      CacheNodeType: cache.m7g.large
      TransitEncryptionEnabled: true
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "valkey"
  engine_version             = "10.0"
  node_type                  = "cache.m7g.large"
  transit_encryption_enabled = true
}
"#,
    ),
    Example::good_cloudformation(
        "Parameters:
  Version:
    Type: String
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: !Ref Version
      CacheNodeType: cache.m7g.large
",
    ),
    Example::good_terraform(
        r#"variable "engine_version" {
  type = string
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = var.engine_version
  node_type            = "cache.m7g.large"
}
"#,
    ),
];
