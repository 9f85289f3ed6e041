//! A key that goes while what it encrypts stays.

use crate::graph::{Kind, Language, Removal, Source};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "kms-key-removal",
    title: "A key goes while what it encrypts stays",
    levels: Levels::PRODUCTION_ERROR,
    about: "When a stack goes, a cache may stay, or leave a last snapshot: both are lost with the key \
        that they are encrypted with, once its waiting time is over. The same is true of a secret that \
        stays. A key has to stay where any of them does: say DeletionPolicy: Retain in \
        CloudFormation, prevent_destroy in Terraform.",
    source: "KMS developer guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let terraform = check.graph().source == Source::Read(Language::Terraform);
    for kind in [Kind::ReplicationGroup, Kind::Secret] {
        for encrypted in check.all(kind) {
            let Some(setting) = encrypted.setting("KmsKeyId") else {
                continue;
            };
            let key = check.referred(setting.value());
            let Some(key) = key.filter(|key| key.node.kind == Kind::Key) else {
                continue;
            };
            if !stays(&encrypted, terraform) || stays(&key, terraform) {
                continue;
            }
            let what = if kind == Kind::Secret {
                "a secret that stays"
            } else {
                "a cache that stays or leaves a last snapshot"
            };
            let help = if terraform {
                "say prevent_destroy in its lifecycle"
            } else {
                "let it stay as well: DeletionPolicy: Retain"
            };
            let place = key.node.removal_place.clone();
            check
                .report_resource(&key, format!("a key that goes encrypts {what}"))
                .at(place.as_ref())
                .allowed("a key that stays")
                .help(help);
        }
    }
}

/// It stays when the stack or the module goes, or something of it.
fn stays(resource: &Resource<'_>, terraform: bool) -> bool {
    let node = resource.node;
    if terraform {
        // a module's variable may say it
        return node.prevent_destroy || resource.is_present("final_snapshot_identifier");
    }
    !matches!(node.removal, None | Some(Removal::Delete))
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Metadata:
  Cachewright: {Stage: production}
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AtRestEncryptionEnabled: true
      KmsKeyId: !GetAtt Key.Arn
"#,
    ),
    Example::bad_terraform(
        r#"# cachewright: stage production

resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1
  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
  final_snapshot_identifier  = "sessions-final"
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AtRestEncryptionEnabled: true
      KmsKeyId: !GetAtt Key.Arn
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1
  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
  final_snapshot_identifier  = "sessions-final"
}
"#,
    ),
];
