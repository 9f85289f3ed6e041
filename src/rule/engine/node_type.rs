//! A node type exists, and takes new caches.

use super::{CLOSE, SIZED, all, nearest};
use crate::diagnostic::Level;
use crate::facts;
use crate::graph::Source;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "node-type",
    title: "A node type that doesn't exist or takes no new caches",
    levels: Levels::ERROR,
    about: "A node type is `cache.`, a family and a size, and not every family has every size: \
        there is a cache.t3.medium and no cache.t3.large. Families of former generations are \
        known and take no new caches, though existing ones go on: in a file that may be of a running \
        cache that is a warning. AWS refuses both when the cache is made. Use one of the types that are listed, of the current generation.",
    source: "ElastiCache user guide (supported node types), read November 2026",
    controls: &["cfn-lint E3647"],
    examples: EXAMPLES,
    check: Some(check),
};

/// What a name of a node type is, as far as the tables know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A type that is sold.
    Sold,
    /// A type, or at least a family, that takes no new caches.
    Former,
    /// It can't be one: the form is wrong, or the family has no such size.
    Wrong,
    /// Nobody knows the family.
    Unknown,
}

pub(super) fn verdict(name: &str) -> Verdict {
    let well_formed = name
        .strip_prefix("cache.")
        .and_then(|rest| rest.split_once('.'))
        .is_some_and(|(family, size)| {
            [family, size].iter().all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            })
        });
    match facts::node_type(name) {
        Some(fact) if fact.new_clusters => Verdict::Sold,
        Some(_) => Verdict::Former,
        None if !well_formed => Verdict::Wrong,
        None if facts::successor(name).is_some() => Verdict::Former,
        None if !sizes(name).is_empty() => Verdict::Wrong,
        None => Verdict::Unknown,
    }
}

/// The types of the same family.
fn sizes(name: &str) -> Vec<&'static str> {
    let Some((family, _)) = name.rsplit_once('.') else {
        return Vec::new();
    };
    facts::node_types()
        .filter(|known| known.rsplit_once('.').is_some_and(|(f, _)| f == family))
        .collect()
}

fn check(check: &mut Check<'_>) {
    for resource in all(check, &SIZED) {
        let Some(setting) = resource.setting("CacheNodeType") else {
            continue;
        };
        let Some(name) = setting.text() else {
            continue;
        };
        match verdict(name) {
            Verdict::Sold | Verdict::Unknown => {}
            Verdict::Former => {
                let successor = facts::successor(name);
                let is_definition = check.graph().source == Source::Definition;
                let finding = check.report(&setting, format!("{name} takes no new caches"));
                if !is_definition {
                    // what somebody wrote may be running already, and goes on
                    finding.level(Level::Warning);
                }
                finding
                    .allowed("a node type of the current generation")
                    .help(match successor {
                        Some(family) => format!("use its successor {family}"),
                        None => "use its successor".to_owned(),
                    });
            }
            Verdict::Wrong => {
                let sizes = sizes(name);
                let listed = if sizes.is_empty() {
                    "cache.FAMILY.SIZE, such as cache.m7g.large".to_owned()
                } else {
                    sizes.join(", ")
                };
                let mut help = instead(name, &sizes);
                if check.graph().source == Source::Definition {
                    help.push_str("; node_type has a constant for each that exists");
                }
                check
                    .report(&setting, format!("node type {name:?} doesn't exist"))
                    .allowed(listed)
                    .help(help);
            }
        }
    }
}

fn instead(name: &str, sizes: &[&str]) -> String {
    let lower = name.to_ascii_lowercase();
    let full = match lower.split_once('.') {
        Some(("cache", _)) => lower,
        // EC2 and RDS call theirs otherwise
        Some(("db", rest)) => format!("cache.{rest}"),
        _ => format!("cache.{lower}"),
    };
    if full != name && verdict(&full) == Verdict::Sold {
        return format!("write {full}");
    }
    let distance = |known: &&&str| Some(rank(known)?.abs_diff(rank(name)?));
    if let Some(near) = sizes
        .iter()
        .min_by_key(|known| distance(known).unwrap_or(u32::MAX))
    {
        return format!("the nearest of its family is {near}");
    }
    let sold = || facts::node_types().filter(|known| verdict(known) == Verdict::Sold);
    match nearest(&full, sold(), CLOSE) {
        Some(near) => format!("the nearest that exists is {near}"),
        None => "use one of the node types that exist".to_owned(),
    }
}

/// Where the size of a node type stands among all sizes.
fn rank(name: &str) -> Option<u32> {
    let (_, size) = name.rsplit_once('.')?;
    let small = ["micro", "small", "medium", "large", "xlarge"];
    match small.iter().position(|known| *known == size) {
        Some(at) => u32::try_from(at).ok(),
        None => Some(3 + size.strip_suffix("xlarge")?.parse::<u32>().ok()?),
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
      EngineVersion: "7.1"
      CacheNodeType: cache.t3.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t3.large"
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
      EngineVersion: "7.1"
      CacheNodeType: t3.micro
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "t3.micro"
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
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g"
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
      EngineVersion: "7.1"
      CacheNodeType: cache.t2.micro
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t2.micro"
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
      EngineVersion: "7.1"
      CacheNodeType: cache.m3.medium
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m3.medium"
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
      EngineVersion: "7.1"
      CacheNodeType: db.r6g.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "db.r6g.large"
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
      EngineVersion: "7.1"
      CacheNodeType: cache.M5.large
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.M5.large"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      EngineVersion: "1.6.22"
      CacheNodeType: cache.r3.large
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.r3.large"
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
      CacheNodeType: cache.t3.medium
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t3.medium"
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
      CacheNodeType: cache.m4.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m4.large"
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
      CacheNodeType: cache.m9g.large
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m9g.large"
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
      CacheNodeType: cache.t4g.micro
      NumCacheNodes: 1
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_cluster" "cache" {
  cluster_id      = "orders"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.t4g.micro"
  num_cache_nodes = 1
}
"#,
    ),
];
