//! A cache runs an engine that its kind has.

use super::{CLOSE, all, kind_word, nearest};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "engine-name",
    title: "An engine that such a cache does not run",
    levels: Levels::ERROR,
    about: "A replication group and a global datastore run redis or valkey, a cache cluster \
        memcached or redis, a serverless cache any of the three. Another word is refused when \
        the cache is made. The words are lower-case: Terraform sees a difference at every plan, \
        or refuses the word at once, where they aren't. Use one of the engine's names.",
    source: "ElastiCache API reference and Terraform AWS provider 6, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// What each kind runs.
const ENGINES: [(Kind, &[&str]); 6] = [
    (Kind::ReplicationGroup, &["redis", "valkey"]),
    (Kind::CacheCluster, &["memcached", "redis"]),
    (Kind::ServerlessCache, &["memcached", "redis", "valkey"]),
    (Kind::GlobalReplicationGroup, &["redis", "valkey"]),
    (Kind::User, &["redis", "valkey"]),
    (Kind::UserGroup, &["redis", "valkey"]),
];

fn check(check: &mut Check<'_>) {
    for (kind, engines) in ENGINES {
        for resource in all(check, &[kind]) {
            one(check, &resource, engines);
        }
    }
}

fn one<'g>(check: &mut Check<'g>, resource: &Resource<'g>, engines: &[&str]) {
    let Some(setting) = resource.setting("Engine") else {
        return;
    };
    if setting.is_left_open() {
        return;
    }
    let Some(name) = setting.text() else {
        return;
    };
    let kind = resource.node.kind;
    let lower = name.to_ascii_lowercase();
    if !engines.contains(&lower.as_str()) {
        // Valkey as a cache cluster has a rule of its own
        if (kind, lower.as_str()) == (Kind::CacheCluster, "valkey") {
            return;
        }
        let help = if lower == "memcached" {
            format!("make it an {}", kind_word(check, Kind::CacheCluster))
        } else {
            nearest(&lower, engines.iter().copied(), CLOSE).map_or_else(
                || "use one of them".to_owned(),
                |near| format!("did you mean {near:?}?"),
            )
        };
        check
            .report(&setting, format!("there is no engine {name:?} for this"))
            .allowed(engines.join(", "))
            .help(help);
    } else if lower != name && check.is_terraform() {
        // the provider takes any case for all but a cache cluster, and says that it won't for long
        let level = match kind {
            Kind::CacheCluster => Level::Error,
            _ => Level::Warning,
        };
        check
            .report(&setting, format!("engine {name:?} isn't in lower case"))
            .allowed(engines.join(", "))
            .help(format!("write {lower:?}"))
            .level(level);
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: reddis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "reddis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: memcached
      CacheNodeType: cache.m7g.large
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "memcached"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcache
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcache"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: dragonfly
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "dragonfly"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "Redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "Redis"
  engine_version  = "7.1"
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
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.m7g.large
      NumCacheNodes: 1
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
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
      Engine: Redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
"#,
    ),
    Example::good_cloudformation(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: orders
      Engine: memcached
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "orders"
  engine = "memcached"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  user_id       = "orders"
  user_name     = "orders"
  engine        = "REDIS"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    // whoever uses the module says which
    Example::good_terraform(
        r#"variable "cache" {
  type    = map(string)
  default = {}
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = lookup(var.cache, "engine", "")
  engine_version       = lookup(var.cache, "engine_version", "")
  node_type            = "cache.m7g.large"
}
"#,
    ),
];
