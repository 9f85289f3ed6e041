//! A token that AUTH can't take.

use super::token;
use crate::diagnostic::Level;
use crate::graph::{Kind, Part, Reference, Value};
use crate::rule::secret::{self, Origin, TOKEN_FORM, TOKEN_SYMBOLS};
use crate::rule::{Check, Example, Levels, Rule, Setting};

pub(super) const RULE: Rule = Rule {
    code: "auth-token-form",
    title: "A token that AUTH refuses",
    levels: Levels::ERROR,
    about: "A token has 16 to 128 characters: letters, digits and any of !&#$^<>-. A slash, a \
        quotation mark and an at sign are refused for certain, and the user guide allows no other \
        mark. A reference to a secret itself instead of its value gives the cache the secret's ARN \
        as its token, which has colons. Generate it without punctuation.",
    source: "API reference and Terraform's AWS provider, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        let Some(setting) = token(&cache) else {
            continue;
        };
        if let Some(secret) = names_a_secret(check, &setting) {
            let help = if check.is_cloudformation() {
                "write {{resolve:secretsmanager:…}} around it"
            } else {
                "use the secret_string of its aws_secretsmanager_secret_version"
            };
            check
                .report(
                    &setting,
                    format!("{} is the name of {secret}, not its value", setting.name()),
                )
                .allowed("a reference to the secret's value")
                .help(help);
            continue;
        }
        check_text(check, &setting);
    }
}

/// The secret that is named where its value is meant.
fn names_a_secret(check: &Check<'_>, setting: &Setting<'_>) -> Option<String> {
    match setting.value() {
        Value::Reference(Reference::Node { attribute, .. }) => {
            let node = check.referred(setting.value())?;
            let named = matches!(
                &*attribute.terraform,
                "" | "id" | "arn" | "name" | "version_id"
            );
            let is_secret = matches!(node.node.kind, Kind::Secret | Kind::SecretVersion);
            (is_secret && named).then(|| node.name())
        }
        Value::Text(text) => {
            let text = text.literal()?;
            (text.starts_with("arn:aws") && text.contains(":secretsmanager:"))
                .then(|| "a secret".to_owned())
        }
        _ => None,
    }
}

fn check_text<'g>(check: &mut Check<'g>, setting: &Setting<'g>) {
    let Value::Text(text) = setting.value() else {
        return;
    };
    let known: String = text
        .0
        .iter()
        .filter_map(|part| match part {
            Part::Literal(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    // what is written down in clear has another fault first
    let in_clear = secret::origins(check, setting)
        .iter()
        .any(|origin| matches!(origin, Origin::Clear | Origin::Default(_)));
    let ends = matches!(text.0.last(), Some(Part::Literal(_)));
    if known.contains("{{resolve:") && !known.contains("}}") && ends {
        check
            .report(
                setting,
                format!(
                    "{} begins a dynamic reference and never ends it",
                    setting.name()
                ),
            )
            .allowed("{{resolve:secretsmanager:…}}")
            .help("close it with two braces: without them the text itself would be the token");
        return;
    }
    if known.is_empty() || in_clear || secret::is_reference(&known) {
        return;
    }
    let word = setting.name();
    let length = known.chars().count();
    let short = text.literal().is_some() && length < 16;
    let refused = known
        .chars()
        .find(|c| !c.is_ascii_graphic() || matches!(c, '/' | '"' | '@'));
    let doubtful = known
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !TOKEN_SYMBOLS.contains(*c));
    let (message, level) = if let Some(c) = refused {
        (format!("{word} contains {c:?}"), Level::Error)
    } else if short || length > 128 {
        (format!("{word} has {length} characters"), Level::Error)
    } else if let Some(c) = doubtful {
        (
            format!("{word} contains {c:?}, which AUTH may refuse"),
            Level::Warning,
        )
    } else {
        return;
    };
    check
        .report(setting, message)
        .allowed(TOKEN_FORM)
        .help("generate it without punctuation")
        .level(level);
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
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
      AuthToken: !Ref Token
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
      AuthToken: !Sub "${AuthToken}@sessions"
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length  = 32
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = "sessions/${random_password.token.result}"
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name = "sessions"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = aws_secretsmanager_secret.token.arn
}
"#,
    ),
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
"#,
    ),
    Example::good_terraform(
        r#"resource "random_password" "token" {
  length  = 32
  special = false
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  auth_token                 = "sessions-${random_password.token.result}"
}
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: "{}"
        GenerateStringKey: token
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
      AuthToken: !Sub "{{resolve:secretsmanager:${Token}:SecretString:token}"
"#,
    ),
];
