//! Whether a cache of Valkey says if it encrypts in transit.

use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule, cache};

pub(super) const RULE: Rule = Rule {
    code: "transit-encryption-unsaid",
    title: "Valkey without a word about encryption in transit",
    levels: Levels::ERROR,
    about: "A replication group of Valkey must say whether it encrypts in transit, true or false: \
        CloudFormation refuses one that doesn't when it is made. Terraform's provider says no on \
        your behalf, so the cache speaks in clear and nobody decided it. Say which one is meant.",
    source: "CloudFormation reference and Terraform's AWS provider, read November 2026",
    controls: &["cfn-lint E3704"],
    examples: EXAMPLES,
    check: Some(check),
};

const NAME: &str = "TransitEncryptionEnabled";

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let is_new = !cache::may_be_secondary(&cache) && cache.is_absent("PrimaryClusterId");
        if cache::engine(&cache) != Some("valkey") || !cache.is_absent(NAME) || !is_new {
            continue;
        }
        let template = check.is_cloudformation();
        let word = cache.word(NAME);
        let message = if template {
            format!("a replication group of Valkey doesn't say {word}")
        } else {
            format!("{word} isn't said, and Terraform says false for it: clients speak in clear")
        };
        let finding = check.report_resource(&cache, message);
        finding
            .allowed("true or false")
            .help(format!("set {word} to true"));
        if !template {
            finding.level(Level::Warning);
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
"#,
    ),
    Example::bad_cloudformation(
        r"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      CacheNodeType: cache.t4g.micro
      NumNodeGroups: 2
      ReplicasPerNodeGroup: 1
      AutomaticFailoverEnabled: true
      CacheParameterGroupName: default.valkey8.cluster.on
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = "cache.t4g.micro"
}
"#,
    ),
    // false is said, too
    Example::good_cloudformation(
        r#"Metadata:
  Cachewright:
    Stage: development
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: false
"#,
    ),
    // Redis OSS may leave it unsaid
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
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
}
"#,
    ),
];
