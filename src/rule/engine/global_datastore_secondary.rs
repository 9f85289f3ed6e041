//! The secondary of a global datastore takes what its primary has.

use crate::graph::{Kind, Language, Source};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-secondary",
    title: "A secondary that states what its primary decides",
    levels: Levels::ERROR,
    about: "A replication group that joins a global datastore becomes a copy: engine, version, \
        node type, parameter group, shards and encryption are the primary's, and AWS refuses a \
        secondary that states any of them, even with the same value. Only what is local stays \
        its own: replicas, subnets, security groups, windows. Leave the others out.",
    source: "ElastiCache API reference and hashicorp/terraform-provider-aws#39745, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// What the primary decides.
const PRIMARYS: [&str; 11] = [
    "Engine",
    "EngineVersion",
    "CacheNodeType",
    "CacheParameterGroupName",
    "NumNodeGroups",
    "TransitEncryptionEnabled",
    "TransitEncryptionMode",
    "AtRestEncryptionEnabled",
    "SnapshotArns",
    "SnapshotName",
    "CacheSecurityGroupNames",
];

fn check(check: &mut Check<'_>) {
    // Terraform's own schema says so, and another rule repeats it
    if check.graph().source != Source::Read(Language::CloudFormation) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        if !group.is_present("GlobalReplicationGroupId") {
            continue;
        }
        for name in PRIMARYS {
            if let Some(setting) = group.setting(name)
                && group.is_present(name)
            {
                check
                    .report(
                        &setting,
                        format!("{name} of a secondary is its primary's"),
                    )
                    .allowed("NumCacheClusters or ReplicasPerNodeGroup, subnets, security groups, windows")
                    .help("leave it out");
            }
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      CacheNodeType: cache.m7g.large
",
    ),
    Example::bad_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      Engine: redis
",
    ),
    Example::bad_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      TransitEncryptionEnabled: true
",
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      EngineVersion: "7.1"
"#,
    ),
    Example::bad_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      CacheParameterGroupName: default.redis7
",
    ),
    Example::good_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
",
    ),
    Example::good_cloudformation(
        "Resources:
  Copy:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      SnapshotRetentionLimit: 7
      SnapshotWindow: 03:00-04:00
",
    ),
    Example::good_cloudformation(
        r#"Parameters:
  Global:
    Type: String
    Default: ""
Conditions:
  IsCopy: !Not [!Equals [!Ref Global, ""]]
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders in another region
      GlobalReplicationGroupId: !If [IsCopy, !Ref Global, !Ref AWS::NoValue]
      NumCacheClusters: 2
      CacheNodeType: !If [IsCopy, !Ref AWS::NoValue, cache.m7g.large]
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "copy" {
  replication_group_id        = "orders"
  description                 = "orders in another region"
  global_replication_group_id = "ldgnf-orders"
  num_cache_clusters          = 2
}
"#,
    ),
];
