//! A token that anybody who reads the file can use.

use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::secret::{self, Origin};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "auth-token-in-clear",
    title: "A token in clear",
    levels: Levels::ERROR,
    about: "A token that stands in a template or a module is in its history for good, and in \
        every copy of it: who reads the file can log in to the cache. The default of a parameter \
        is no better, hidden or not, because the default stands in the same file. Put it into \
        Secrets Manager, refer to it from here, and change the token that was written down.",
    source: "",
    controls: &["cfn_nag F44", "cfn-lint W1011"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (resource, setting) in secret::secrets(check) {
        if resource.node.kind != Kind::ReplicationGroup {
            continue;
        }
        for origin in secret::origins(check, &setting) {
            let word = setting.name();
            let (message, level) = match origin {
                Origin::Clear => (format!("{word} is written down in clear"), Level::Error),
                Origin::Default(input) => (
                    format!(
                        "{word} is the default of {}, which is in clear",
                        secret::input_words(check, input)
                    ),
                    Level::Error,
                ),
                Origin::Variables => (
                    format!("{word} stands in a file of variables in clear"),
                    Level::Warning,
                ),
                Origin::Visible(_) | Origin::Hidden => continue,
            };
            check
                .report(&setting, message)
                .allowed("a reference to a secret")
                .help("refer to a secret of Secrets Manager, and change this token")
                .level(level);
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
      TransitEncryptionEnabled: true
      AuthToken: this-is-no-secret-any-more
"#,
    ),
    // through a parameter's default, hidden or not
    Example::bad_cloudformation(
        r#"Parameters:
  AuthToken:
    Type: String
    NoEcho: true
    Default: this-is-no-secret-any-more
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: !Ref AuthToken
"#,
    ),
    Example::bad_cloudformation(
        r#"Mappings:
  Environments:
    production:
      Token: this-is-no-secret-any-more
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: !FindInMap [Environments, production, Token]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = "this-is-no-secret-any-more"
}
"#,
    ),
    Example::bad_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
  default   = "this-is-no-secret-any-more"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
}
"#,
    ),
    Example::bad_terraform(
        r#"locals {
  token = "this-is-no-secret-any-more"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = local.token
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
      AuthToken: "{{resolve:secretsmanager:sessions:SecretString:token}}"
"#,
    ),
    // whoever deploys gives it, and nobody sees it
    Example::good_cloudformation(
        r#"Parameters:
  AuthToken:
    Type: String
    NoEcho: true
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: !Ref AuthToken
"#,
    ),
    // an empty default means no token
    Example::good_cloudformation(
        r#"Parameters:
  AuthToken:
    Type: String
    NoEcho: true
    Default: ""
Conditions:
  HasToken: !Not [!Equals [!Ref AuthToken, ""]]
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: !If [HasToken, !Ref AuthToken, !Ref "AWS::NoValue"]
"#,
    ),
    Example::good_terraform(
        r#"data "aws_secretsmanager_secret_version" "token" {
  secret_id = "sessions"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = data.aws_secretsmanager_secret_version.token.secret_string
}
"#,
    ),
    Example::good_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = var.auth_token
}
"#,
    ),
];
