//! Tokens and passwords among what is shown to everybody.

use crate::graph::{Output, Part, Reference, Value};
use crate::rule::secret;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "secret-output",
    title: "An output shows a token or a password",
    levels: Levels::WARNING,
    about: "Whoever may look at a stack reads its outputs, and CloudFormation can hide none. \
        Terraform prints an output at the end of every run unless it is marked as sensitive, and \
        refuses one of the root module whose value it knows to be. Put out the name of the secret \
        instead: who needs the value can read it there.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let template = check.is_cloudformation();
    for output in &check.graph().outputs {
        if output.sensitive && !template {
            continue;
        }
        let Some(what) = secret_in(check, output) else {
            continue;
        };
        let help = if template {
            "put out the name or the ARN of the secret instead"
        } else {
            "add sensitive = true, or put out the ARN of the secret instead"
        };
        check
            .report_place(
                &output.place,
                format!("the output {} shows {what}", output.id.as_str()),
            )
            .help(help);
    }
}

/// What an output shows that nobody should read.
fn secret_in(check: &Check<'_>, output: &Output) -> Option<String> {
    let hidden = |name: &str| {
        secret::input(check, name)
            .filter(|input| input.no_echo)
            .map(|input| secret::input_words(check, input))
    };
    match &output.value {
        Value::Secret(_) => Some("a secret's value".to_owned()),
        Value::Reference(Reference::Input(id)) => hidden(id.as_str()),
        Value::Text(text) => {
            if let Some(text) = text.literal() {
                let said = !text.is_empty() && !secret::is_reference(text);
                return (said && secret::is_secret_name(output.id.as_str()))
                    .then(|| "a value in clear".to_owned());
            }
            text.0.iter().find_map(|part| match part {
                Part::Input(id) => hidden(id.as_str()),
                Part::Reference(reference) => shown(check, reference),
                _ => None,
            })
        }
        Value::Reference(reference) => shown(check, reference),
        _ => None,
    }
}

/// An attribute of something that nobody should read.
fn shown(check: &Check<'_>, reference: &Reference) -> Option<String> {
    let Reference::Node { attribute, .. } = reference else {
        return None;
    };
    let value = Value::Reference(reference.clone());
    let node = check.referred(&value)?;
    let of = node.node.of.as_deref().unwrap_or_default();
    let attribute = &*attribute.terraform;
    let secret = matches!(
        attribute,
        "auth_token" | "secret_string" | "secret_binary" | "passwords" | "authentication_mode"
    ) || attribute == "result" && matches!(of, "random_password" | "random_string");
    secret.then(|| format!("the {attribute} of {}", node.name()))
}

const EXAMPLES: &[Example] = &[
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
      TransitEncryptionEnabled: true
      AuthToken: !Ref AuthToken
Outputs:
  Token:
    Value: !Ref AuthToken
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
      TransitEncryptionEnabled: true
      AuthToken: !Ref AuthToken
Outputs:
  Url:
    Value: !Sub "rediss://:${AuthToken}@${Cache.PrimaryEndPoint.Address}:6379"
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
}

output "token" {
  value = random_password.token.result
}
"#,
    ),
    Example::bad_terraform(
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

output "auth_token" {
  value = var.auth_token
}
"#,
    ),
    // the ARN is no secret
    Example::good_cloudformation(
        r#"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        ExcludePunctuation: true
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: !Sub "{{resolve:secretsmanager:${Token}}}"
Outputs:
  TokenSecret:
    Value: !Ref Token
"#,
    ),
    Example::good_terraform(
        r#"resource "random_password" "token" {
  length  = 64
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = random_password.token.result
}

output "token" {
  value     = random_password.token.result
  sensitive = true
}

output "auth_token_enabled" {
  value = true
}
"#,
    ),
];
