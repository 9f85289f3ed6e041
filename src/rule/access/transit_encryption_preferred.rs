//! Encryption that clients may leave out.

use super::{Said, has_token, has_users, tls};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "transit-encryption-preferred",
    title: "Clients may still speak in clear",
    levels: Levels::PRODUCTION,
    about: "`preferred` is the step between no encryption in transit and encryption that every \
        client must use. While it lasts connections in clear are taken like any other, and neither \
        a token nor users can be asked for. Set it to `required` once every client speaks TLS, or \
        say that the step is on purpose.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(mode) = cache.setting("TransitEncryptionMode") else {
            continue;
        };
        // with access control or without encryption it is refused
        let refused = tls(check, &cache) == Some(false)
            || has_token(check, &cache) == Some(Said::Yes)
            || has_users(check, &cache) == Some(Said::Yes);
        if mode.text() == Some("preferred") && !refused {
            check
                .report(
                    &mode,
                    format!(
                        "{} is preferred: connections in clear are taken",
                        mode.name()
                    ),
                )
                .allowed("required")
                .help("set it to required once every client speaks TLS");
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
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      TransitEncryptionMode: preferred
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      TransitEncryptionMode: required
"#,
    ),
    // the step is on purpose
    Example::good_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      TransitEncryptionMode: !If [Migrating, preferred, required]
Conditions:
  Migrating: !Equals [!Ref Migration, "on"]
Parameters:
  Migration:
    Type: String
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
}
"#,
    ),
];
