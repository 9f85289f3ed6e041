//! Generated tokens that AUTH may refuse.

use super::{Said, has_token, token};
use crate::diagnostic::Level;
use crate::graph::{Kind, Part, Property, Value};
use crate::rule::secret::{self, TOKEN_FORM, TOKEN_SYMBOLS};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "generated-token",
    title: "A generated token or password that ElastiCache may refuse",
    levels: Levels::WARNING,
    about: "Generators put in whatever marks they know unless told otherwise, among them `@`, `/` \
        and `\"`, which AUTH refuses: the deployment fails now and then, by chance. A token has 16 \
        to 128 letters, digits and any of !&#$^<>-, a password 16 to 128 characters. Generate either \
        without punctuation, and longer instead.",
    source: "ElastiCache API reference, Secrets Manager's and random_password's documentation, read \
        November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

/// The marks that Secrets Manager uses unless told otherwise.
const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// The marks that Terraform's generators use unless told otherwise.
const SPECIAL: &str = "!@#$%&*()-_=+[]{}<>:?";

fn check(check: &mut Check<'_>) {
    let caches: Vec<_> = check
        .all(Kind::ReplicationGroup)
        .into_iter()
        .filter(|cache| matches!(has_token(check, cache), Some(Said::Yes)))
        .collect();
    let credentials = secret::secrets(check);
    for secret in check.all(Kind::Secret) {
        let of = |kind| {
            credentials.iter().any(|(resource, setting)| {
                resource.node.kind == kind && is_from(check, setting.value(), &secret)
            })
        };
        let (token, password) = (of(Kind::ReplicationGroup), of(Kind::User));
        if token || password {
            check_secret(check, &secret, token);
        }
    }
    let mut told: Vec<Resource<'_>> = Vec::new();
    for cache in &caches {
        let Some(generator) = token(cache).and_then(|it| check.referred(it.value())) else {
            continue;
        };
        let of = generator.node.of.as_deref().unwrap_or_default();
        let is_told = told.iter().any(|it| std::ptr::eq(it.node, generator.node));
        if matches!(of, "random_password" | "random_string") && !is_told {
            told.push(generator);
            check_random(check, &generator);
        }
    }
}

/// A token or a password is read from a secret in the same graph.
fn is_from(check: &Check<'_>, value: &Value, secret: &Resource<'_>) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| is_from(check, item, secret)),
        Value::Secret(read) => match read.name().0.as_slice() {
            [Part::Reference(reference)] => check
                .referred(&Value::Reference(reference.clone()))
                .is_some_and(|found| std::ptr::eq(found.node, secret.node)),
            [Part::Literal(name)] => secret.text("Name") == Some(name),
            _ => false,
        },
        _ => false,
    }
}

/// A setting of how its value is made.
fn generates(property: &Property) -> bool {
    let name = property.cloudformation.as_deref();
    name.is_some_and(|name| name.starts_with("GenerateSecretString"))
}

/// What AUTH takes is said of letters and marks; of passwords only how long they are.
fn check_secret<'g>(check: &mut Check<'g>, secret: &Resource<'g>, token: bool) {
    let name = |name: &str| format!("GenerateSecretString.{name}");
    let flag = |word: &str| secret.bool_or(&name(word), false);
    let excluded = secret.text_or(&name("ExcludeCharacters"), "");
    if !secret.node.properties.iter().any(generates) {
        return;
    }
    let marks = match (flag("ExcludePunctuation"), excluded) {
        (Some(true), _) => Some(String::new()),
        (Some(false), Some(excluded)) => Some(
            PUNCTUATION
                .chars()
                .filter(|c| !excluded.contains(*c))
                .collect(),
        ),
        _ => None,
    };
    if !token {
        // any letters and marks
    } else if flag("IncludeSpace") == Some(true) {
        check
            .report_at(secret, &name("IncludeSpace"), "a token with blanks in it")
            .allowed(TOKEN_FORM)
            .help("leave IncludeSpace out");
    } else if let Some(marks) = marks {
        report_marks(
            check,
            secret,
            &name("ExcludeCharacters"),
            &marks,
            "set ExcludePunctuation to true",
        );
    }
    report_length(
        check,
        secret,
        &name("PasswordLength"),
        secret.integer_or(&name("PasswordLength"), 32),
    );
}

fn check_random<'g>(check: &mut Check<'g>, generator: &Resource<'g>) {
    let marks = match generator.bool_or("special", true) {
        Some(true) => generator.text_or("override_special", SPECIAL),
        Some(false) => Some(""),
        None => None,
    };
    if let Some(marks) = marks {
        let marks = if marks.is_empty() && generator.bool("special") != Some(false) {
            SPECIAL
        } else {
            marks
        };
        report_marks(
            check,
            generator,
            "override_special",
            marks,
            "set special to false",
        );
    }
    report_length(check, generator, "length", generator.integer("length"));
}

/// Says which marks AUTH refuses, or may refuse.
fn report_marks<'g>(
    check: &mut Check<'g>,
    generator: &Resource<'g>,
    name: &str,
    marks: &str,
    help: &str,
) {
    let refused: String = marks.chars().filter(|c| "@/\"".contains(*c)).collect();
    let doubtful = marks.chars().any(|c| !TOKEN_SYMBOLS.contains(c));
    if refused.is_empty() && !doubtful {
        return;
    }
    let finding = if refused.is_empty() {
        check.report_at(
            generator,
            name,
            "a token may get marks that the user guide doesn't allow",
        )
    } else {
        check.report_at(
            generator,
            name,
            format!("a token may get {refused}, which AUTH refuses"),
        )
    };
    finding.allowed(TOKEN_FORM).help(help);
    if refused.is_empty() {
        finding.level(Level::Information);
    }
}

fn report_length<'g>(
    check: &mut Check<'g>,
    generator: &Resource<'g>,
    name: &str,
    length: Option<i64>,
) {
    if let Some(length) = length.filter(|length| !(16..=128).contains(length)) {
        check
            .report_at(
                generator,
                name,
                format!("a token or password of {length} characters"),
            )
            .allowed("16 to 128 characters")
            .help("generate 64")
            .level(Level::Error);
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: {PasswordLength: 12, ExcludePunctuation: true}
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~order:* -@all +@read
      AuthenticationMode:
        Type: password
        Passwords: [!Sub '{{resolve:secretsmanager:${Password}:SecretString}}']
",
    ),
    Example::good_cloudformation(
        r"Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: {PasswordLength: 48}
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on ~order:* -@all +@read
      AuthenticationMode:
        Type: password
        Passwords: [!Sub '{{resolve:secretsmanager:${Password}:SecretString}}']
",
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        PasswordLength: 64
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
    Example::bad_cloudformation(
        r#"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        ExcludePunctuation: true
        PasswordLength: 12
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
    Example::bad_cloudformation(
        r#"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: sessions/token
      GenerateSecretString:
        SecretStringTemplate: "{}"
        GenerateStringKey: token
        ExcludeCharacters: '"@'
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      AuthToken: "{{resolve:secretsmanager:sessions/token:SecretString:token}}"
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length = 64
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
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length           = 64
  override_special = "!@-"
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
"#,
    ),
    Example::bad_terraform(
        r#"resource "random_password" "token" {
  length  = 8
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
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Token:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        ExcludePunctuation: true
        PasswordLength: 64
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
    // a secret of somebody else's
    Example::good_cloudformation(
        r#"Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        PasswordLength: 12
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
    Example::good_terraform(
        r#"resource "random_password" "token" {
  length           = 64
  override_special = "!&#$^<>-"
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
"#,
    ),
    // what isn't a token may be anything
    Example::good_terraform(
        r#"resource "random_password" "database" {
  length = 8
}
"#,
    ),
];
