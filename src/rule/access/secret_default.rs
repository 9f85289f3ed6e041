//! Inputs for secrets that have a default.

use crate::graph::Kind;
use crate::rule::secret::{self, Origin};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "secret-default",
    title: "A parameter for a secret has a default",
    levels: Levels::WARNING,
    about: "The default of a parameter stands in the file in clear, hidden or not, and whoever \
        deploys without a word uses the same secret as everybody else. Leave the default out, so \
        that the value has to be given; better still, ask for the name of a secret and not for its \
        value.",
    source: "",
    controls: &["cfn_nag F44"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    // what ends up in a token or a password is told there
    let used: Vec<&str> = told(check);
    for input in &check.graph().inputs {
        let Some(default) = input.default.as_deref() else {
            continue;
        };
        let name = input.id.as_str();
        let is_secret =
            secret::is_secret_name(name) || input.no_echo && !secret::is_about_a_secret(name);
        let plain = default.is_empty()
            || secret::is_reference(default)
            || default.starts_with('/')
            || matches!(default, "true" | "false" | "null" | "[]" | "{}")
            || default.bytes().all(|b| b.is_ascii_digit());
        if !is_secret || plain || used.contains(&name) {
            continue;
        }
        let words = secret::input_words(check, input);
        check
            .report_place(&input.place, format!("{words} has a default, in clear"))
            .secret()
            .help("leave the default out, or ask for the name of a secret");
    }
}

/// The inputs whose defaults are in a token, a password or a secret.
fn told<'g>(check: &Check<'g>) -> Vec<&'g str> {
    let mut settings: Vec<_> = secret::secrets(check)
        .into_iter()
        .map(|(_, it)| it)
        .collect();
    for resource in check.all(Kind::Secret) {
        settings.extend(resource.setting("SecretString"));
    }
    for resource in check.all(Kind::SecretVersion) {
        settings.extend(resource.setting("secret_string"));
    }
    settings
        .iter()
        .flat_map(|setting| secret::origins(check, setting))
        .filter_map(|origin| match origin {
            Origin::Default(input) => Some(input.id.as_str()),
            _ => None,
        })
        .collect()
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Parameters:
  RedisPassword:
    Type: String
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
"#,
    ),
    Example::bad_cloudformation(
        r#"Parameters:
  Login:
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
"#,
    ),
    Example::bad_terraform(
        r#"variable "cache_token" {
  type    = string
  default = "this-is-no-secret-any-more"
}
"#,
    ),
    // what names a secret is none
    Example::good_cloudformation(
        r#"Parameters:
  TokenSecretName:
    Type: String
    NoEcho: true
    Default: sessions
  SessionToken:
    Type: AWS::SSM::Parameter::Value<String>
    Default: sessions-token
  TokenSecretArn:
    Type: String
    Default: ""
  AuthTokenEnabled:
    Type: String
    Default: "yes"
  PasswordLength:
    Type: Number
    Default: 32
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
"#,
    ),
    Example::good_terraform(
        r#"variable "auth_token" {
  type      = string
  sensitive = true
  default   = null
}

variable "auth_token_update_strategy" {
  type    = string
  default = "SET"
}
"#,
    ),
];
