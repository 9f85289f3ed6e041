//! A token over connections in clear.

use super::{Said, has_token, tls, token};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "auth-token-without-tls",
    title: "A token without encryption in transit",
    levels: Levels::ERROR,
    about: "ElastiCache takes a token only where connections are encrypted, because anybody who \
        listens would have it otherwise: it refuses the cache. A module that offers a token while \
        its encryption is off by default fails for whoever gives one. Turn encryption in transit \
        on, or leave the token out.",
    source: "errors of the API, read November 2026",
    controls: &["CKV_AWS_31"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(setting) = token(&cache) else {
            continue;
        };
        let level = match has_token(check, &cache) {
            Some(Said::Yes) => Level::Error,
            Some(Said::Perhaps) => Level::Warning,
            _ => continue,
        };
        if tls(check, &cache) != Some(false) {
            continue;
        }
        let encryption = cache.word("TransitEncryptionEnabled");
        let word = setting.name();
        let message = match level {
            Level::Error => format!("{word} where encryption in transit is off"),
            _ => format!("{word} can be given while encryption in transit is off"),
        };
        check
            .report(&setting, message)
            .allowed(format!("a token together with {encryption} true"))
            .help(format!("set {encryption} to true"))
            .level(level);
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
      AuthToken: "{{resolve:secretsmanager:sessions/token}}"
"#,
    ),
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
      TransitEncryptionEnabled: false
      AuthToken: "{{resolve:secretsmanager:sessions/token}}"
"#,
    ),
    Example::bad_cloudformation(
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
      TransitEncryptionEnabled: false
      AuthToken: !Ref AuthToken
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  auth_token           = random_password.token.result
}
"#,
    ),
    // a module that offers a token and leaves encryption off
    Example::bad_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
}

variable "encrypt" {
  type    = bool
  default = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = var.encrypt
  auth_token                 = var.auth_token
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
      AuthToken: "{{resolve:secretsmanager:sessions/token}}"
"#,
    ),
    // no token is no token
    Example::good_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
  default   = null
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  auth_token           = var.auth_token
}
"#,
    ),
    Example::good_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

variable "encrypt" {
  type = bool
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = var.encrypt
  auth_token                 = random_password.token.result
}
"#,
    ),
];
