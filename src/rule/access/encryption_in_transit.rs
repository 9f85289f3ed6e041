//! Whether what clients and cache say to each other can be read on the way.

use super::{caches, tls};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) const RULE: Rule = Rule {
    code: "encryption-in-transit",
    title: "The cache speaks in clear",
    levels: Levels::PRODUCTION,
    about: "Without encryption in transit keys, values, tokens and passwords can be read and \
        changed by whoever can listen on the network, and neither a token nor users can be asked \
        for. Redis OSS and Terraform leave it off unless told otherwise. Turn it on when the cache \
        is made; on a running cache it takes two steps, `preferred` and then `required`, and on \
        Redis OSS before 7.0.5 another cache.",
    source: "ElastiCache user guide and API reference, read November 2026",
    controls: &[
        "CKV_AWS_30",
        "CKV_AWS_31",
        "ElastiCache.5",
        "CT.ELASTICACHE.PR.5",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT",
        "cfn_nag F33",
        "trivy AWS-0051",
        "AwsSolutions-AEC3",
    ],
    examples: EXAMPLES,
    check: Some(check),
};

const NAME: &str = "TransitEncryptionEnabled";

fn check(check: &mut Check<'_>) {
    for cache in caches(check) {
        let engine = cache::engine(&cache);
        // of a cluster that may be one of Memcached less is expected
        if cache.node.kind == Kind::CacheCluster && engine.is_none() {
            continue;
        }
        let unsaid = cache.setting(NAME).is_none();
        // what Valkey leaves unsaid is another rule's
        if tls(check, &cache) != Some(false) || unsaid && engine == Some("valkey") {
            continue;
        }
        let word = cache.word(NAME);
        let single = cache.node.kind == Kind::CacheCluster && engine == Some("redis");
        let message = if single {
            "a cache cluster of Redis OSS, which can't encrypt what it says".to_owned()
        } else if unsaid {
            format!("{word} isn't said, which leaves it off: clients speak in clear")
        } else {
            format!("{word} is off: clients speak in clear")
        };
        let finding = check.report_at(&cache, NAME, message);
        if single {
            finding.help("make it a replication group of one node, which can");
        } else {
            finding.help(format!(
                "set {word} to true, and let clients connect with TLS"
            ));
        }
        if engine == Some("memcached") {
            finding.level(Level::Information);
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: false
"#,
    ),
    // nothing said leaves Redis OSS in clear
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
"#,
    ),
    // through a parameter's default
    Example::bad_cloudformation(
        r#"Parameters:
  Encrypt:
    Type: String
    Default: "false"
    AllowedValues: ["true", "false"]
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: !Ref Encrypt
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheNodes: 1
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = false
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
"#,
    ),
    // in development anything goes
    Example::good_cloudformation(
        r#"Metadata:
  Cachewright:
    Stage: development
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: false
"#,
    ),
    // what whoever deploys will say isn't known
    Example::good_cloudformation(
        r#"Parameters:
  Encrypt:
    Type: String
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: !Ref Encrypt
"#,
    ),
    // a secondary of a global datastore has its primary's
    Example::good_cloudformation(
        r"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      GlobalReplicationGroupId: ldgnf-sessions
      NumCacheClusters: 2
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
}
"#,
    ),
    // a serverless cache always encrypts
    Example::good_terraform(
        r#"resource "aws_elasticache_serverless_cache" "cache" {
  name   = "sessions"
  engine = "valkey"
}
"#,
    ),
];
