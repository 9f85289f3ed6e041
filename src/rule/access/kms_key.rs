//! How a cache names its KMS key, and whether that key can encrypt a cache.

use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Reference, Source, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting};

pub(super) const RULE: Rule = Rule {
    code: "kms-key",
    title: "A KMS key that can't encrypt this cache, or isn't named for good",
    levels: Levels::ERROR,
    about: "A cache takes a symmetric KMS key of its own region that is enabled. CloudFormation \
        takes the key's id or its ARN. Terraform keeps what ElastiCache answers, which is always \
        the ARN: a key that is named by its id or an alias looks like a change at every run, and \
        that change replaces the cache. Use `arn` of the key.",
    source: "ElastiCache and KMS guides, issues 17371 and 25713 of Terraform's AWS provider, read \
        November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for kind in [Kind::ReplicationGroup, Kind::ServerlessCache] {
        for cache in check.all(kind) {
            let Some(setting) = cache.setting("KmsKeyId") else {
                continue;
            };
            if let Some(key) = check.referred(setting.value()) {
                check_key(check, &setting, &key);
            }
            check_name(check, &setting);
        }
    }
}

/// Whether a key in the same graph can encrypt a cache.
fn check_key<'g>(check: &mut Check<'g>, setting: &Setting<'g>, key: &Resource<'g>) {
    if key.node.kind != Kind::Key {
        return;
    }
    let disabled = key.bool("Enabled") == Some(false);
    let asymmetric = key
        .text("KeySpec")
        .is_some_and(|spec| spec != "SYMMETRIC_DEFAULT");
    let usage = key
        .text("KeyUsage")
        .is_some_and(|usage| usage != "ENCRYPT_DECRYPT");
    if disabled || asymmetric || usage {
        let because = if disabled {
            "is disabled"
        } else if asymmetric {
            "isn't symmetric"
        } else {
            "isn't for encryption"
        };
        check
            .report(
                setting,
                format!(
                    "{} names the key {}, which {because}",
                    setting.name(),
                    key.name()
                ),
            )
            .allowed("a symmetric key for encryption that is enabled")
            .help("use a key of the usual kind");
    }
}

/// Terraform holds what it was given against the ARN that ElastiCache answers.
fn check_name<'g>(check: &mut Check<'g>, setting: &Setting<'g>) {
    let terraform = check.graph().source == Source::Read(Language::Terraform);
    let ignored = setting.resource().node.ignores("kms_key_id");
    if terraform && !ignored && drifts(check, setting) {
        check
            .report(
                setting,
                format!(
                    "{} isn't the key's ARN: every run would replace the cache",
                    setting.name()
                ),
            )
            .allowed("the ARN of the key itself")
            .help("use the `arn` of the aws_kms_key, or the `target_key_arn` of the alias")
            .level(Level::Warning);
    }
}

/// It names a key by something else than its ARN.
fn drifts(check: &Check<'_>, setting: &Setting<'_>) -> bool {
    match setting.value() {
        Value::Reference(Reference::Node { attribute, .. }) => {
            let Some(node) = check.referred(setting.value()) else {
                return false;
            };
            match node.node.kind {
                Kind::Key => matches!(&*attribute.terraform, "id" | "key_id"),
                Kind::KeyAlias => {
                    matches!(
                        &*attribute.terraform,
                        "id" | "name" | "arn" | "target_key_id"
                    )
                }
                _ => false,
            }
        }
        Value::Text(text) => text.literal().is_some_and(|text| {
            !text.is_empty() && (!text.starts_with("arn:") || text.contains(":alias/"))
        }),
        _ => false,
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeySpec: RSA_2048
      KeyUsage: ENCRYPT_DECRYPT
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      KmsKeyId: !GetAtt Key.Arn
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Enabled: false
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      KmsKeyId: !Ref Key
"#,
    ),
    // the provider answers with the ARN
    Example::bad_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.key_id
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
  transit_encryption_enabled = true
  kms_key_id                 = "alias/cache"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_kms_key" "cache" {
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_2048"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
}
"#,
    ),
    // by its id
    Example::good_cloudformation(
        r#"Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      KmsKeyId: !Ref Key
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
      KmsKeyId: alias/cache
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
}
"#,
    ),
    // a difference that nobody looks at
    Example::good_terraform(
        r#"resource "aws_kms_key" "cache" {
  enable_key_rotation = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.id

  lifecycle {
    ignore_changes = [kms_key_id]
  }
}
"#,
    ),
];
