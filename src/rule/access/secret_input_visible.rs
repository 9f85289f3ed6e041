//! A token or a password that is given in a way that others see.

use crate::rule::secret::{self, Origin};
use crate::rule::{Check, Example, Levels, Rule};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    code: "secret-input-visible",
    title: "A token or a password is given where others can read it",
    levels: Levels::WARNING,
    about: "Whoever may look at a stack sees the parameters that it was made with, and whoever \
        reads the output of a plan sees the variables, unless they are hidden: `NoEcho: true` of a \
        parameter, `sensitive = true` of a variable. A reference to a secret is better than either, \
        because then no deployment carries the value at all.",
    source: "",
    controls: &["cfn_nag F44", "cfn-lint W1011"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for (_, setting) in secret::secrets(check) {
        let mut told = BTreeSet::new();
        for origin in secret::origins(check, &setting) {
            let Origin::Visible(input) = origin else {
                continue;
            };
            if !told.insert(input.id.as_str()) {
                continue;
            }
            let (words, hiding) = (secret::input_words(check, input), secret::hiding(check));
            check
                .report(
                    &setting,
                    format!(
                        "{} comes through {words}, which others can read",
                        setting.name()
                    ),
                )
                .allowed("a reference to a secret, or a hidden input")
                .help(format!("add {hiding}, or refer to a secret"));
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Parameters:
  AuthToken:
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
      TransitEncryptionEnabled: true
      AuthToken: !Ref AuthToken
"#,
    ),
    Example::bad_cloudformation(
        r"Parameters:
  Password:
    Type: String
Resources:
  User:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* -@all +@read
      Passwords: [!Ref Password]
",
    ),
    Example::bad_terraform(
        r#"variable "auth_token" {
  type = string
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
        r#"variable "password" {
  type = string
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"
  passwords     = [var.password]
}
"#,
    ),
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
    // only the name of the secret is given
    Example::good_cloudformation(
        r#"Parameters:
  Secret:
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
      TransitEncryptionEnabled: true
      AuthToken: !Sub "{{resolve:secretsmanager:${Secret}}}"
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
    // a parameter names the key within the secret
    Example::good_cloudformation(
        r#"Parameters:
  Secret:
    Type: String
  Key:
    Type: String
    Default: token
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
      AuthToken: !Sub "{{resolve:secretsmanager:${Secret}:SecretString:${Key}}}"
"#,
    ),
    // what is secret in it comes from elsewhere
    Example::good_cloudformation(
        r#"Parameters:
  Environment:
    Type: String
    Default: shop
Resources:
  Random:
    Type: Custom::RandomText
    Properties:
      ServiceToken: arn:aws:lambda:eu-west-1:123456789012:function:random
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: !Sub "${Environment}-${Random.Text}"
"#,
    ),
];
