//! Users, their groups and the cache: whether the engines go together.

use super::user::{self, Login, Member};
use super::{caches, engine_words, user_groups};
use crate::facts;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule, cache};
use crate::value::older;

pub(super) const RULE: Rule = Rule {
    code: "user-group-engine",
    title: "Users that this engine can't have",
    levels: Levels::ERROR,
    about: "Users exist from Redis OSS 6.0 and with every Valkey, and from Redis OSS 7.0 they can \
        log in by their rights in the account. A cache of Redis OSS takes groups of the engine \
        redis only, and such a group only users of that engine; a cache of Valkey takes both. A \
        group of the engine valkey takes nobody who logs in without a password.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in caches(check) {
        check_cache(check, &cache);
    }
    for group in check.all(Kind::UserGroup) {
        check_group(check, &group);
    }
}

fn check_cache<'g>(check: &mut Check<'g>, cache: &Resource<'g>) {
    let Some(setting) = cache.setting(user_groups(cache.node.kind)) else {
        return;
    };
    if setting.value() == &crate::graph::Value::List(Vec::new()) {
        return;
    }
    if let (Some(engine), Some(version)) = (cache::engine(cache), cache::version(cache)) {
        let lacks = facts::engine_version(engine, version).map_or_else(
            || engine == "redis" && older(version, "6.0"),
            |fact| !fact.users,
        );
        if lacks {
            let who = engine_words(cache).unwrap_or_default();
            check
                .report(&setting, format!("{who} has no users"))
                .allowed("redis 6.0 or later, or valkey")
                .help(format!(
                    "use {}, or raise the engine version",
                    cache.word("AuthToken")
                ));
            return;
        }
    }
    for group in user::groups(check, cache) {
        if cache::engine(cache) == Some("redis")
            && user::engine(&group).as_deref() == Some("valkey")
        {
            check
                .report(
                    &setting,
                    format!("a cache of redis with {}, a group of valkey", group.name()),
                )
                .allowed("a group of the engine redis")
                .help("set the group's engine to redis");
        }
        let iam = user::members(check, &group)
            .unwrap_or_default()
            .into_iter()
            .flatten()
            .find_map(|member| match member {
                Member::User(user) if user::login(&user) == Some(Login::Iam) => Some(user),
                _ => None,
            });
        if let Some(iam) = iam.filter(|_| user::is_older(cache, "7.0")) {
            let who = engine_words(cache).unwrap_or_default();
            check
                .report(
                    &setting,
                    format!("{who} with the user {}, who logs in by IAM", iam.name()),
                )
                .allowed("redis 7.0 or later, or valkey")
                .help("give the user a password, or raise the engine version");
        }
    }
}

fn check_group<'g>(check: &mut Check<'g>, group: &Resource<'g>) {
    let (Some(engine), Some(setting)) = (user::engine(group), group.setting("UserIds")) else {
        return;
    };
    for member in user::members(check, group)
        .unwrap_or_default()
        .into_iter()
        .flatten()
    {
        let Member::User(user) = member else {
            continue;
        };
        if engine == "redis" && user::engine(&user).as_deref() == Some("valkey") {
            check
                .report(
                    &setting,
                    format!("a group of redis with {}, a user of valkey", user.name()),
                )
                .allowed("users of the engine redis")
                .help("set the group's engine to valkey, or the user's to redis");
        }
        if engine == "valkey" && user::login(&user) == Some(Login::NoPassword) {
            check
                .report(
                    &setting,
                    format!(
                        "a group of valkey with {}, who needs no password",
                        user.name()
                    ),
                )
                .allowed("users with a password or IAM")
                .help(
                    "leave the user out, or give it a password: Valkey needs no user named default",
                );
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
      EngineVersion: "5.0.6"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      UserGroupIds: [applications]
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: valkey
      UserIds: [orders]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      UserGroupIds: [!Ref Group]
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Nobody:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: nobody
      UserName: default
      AccessString: "off -@all"
      NoPasswordRequired: true
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: valkey
      UserIds: [!Ref Nobody]
"#,
    ),
    Example::bad_cloudformation(
        r#"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: default
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: password
        Passwords: ["{{resolve:secretsmanager:sessions/orders}}"]
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [!Ref Orders]
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "5.0.6"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  user_group_ids             = ["applications"]
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "nobody" {
  engine        = "redis"
  user_id       = "nobody"
  user_name     = "default"
  access_string = "off -@all"

  authentication_mode {
    type = "no-password-required"
  }
}

resource "aws_elasticache_user" "orders" {
  engine        = "redis"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* -@all +@read"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "applications" {
  engine        = "redis"
  user_group_id = "applications"
  user_ids      = [aws_elasticache_user.nobody.user_id, aws_elasticache_user.orders.user_id]
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  user_group_ids             = [aws_elasticache_user_group.applications.user_group_id]
}
"#,
    ),
    // a cache of Valkey takes groups of redis, too
    Example::good_cloudformation(
        r#"Resources:
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: redis
      UserIds: [default]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      UserGroupIds: [!Ref Group]
"#,
    ),
    // a user of redis with a password in a group of Valkey
    Example::good_cloudformation(
        r#"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: redis
      UserId: orders
      UserName: orders
      AccessString: on ~orders:* -@all +@read
      AuthenticationMode:
        Type: password
        Passwords: ["{{resolve:secretsmanager:sessions/orders}}"]
  Group:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: applications
      Engine: valkey
      UserIds: [!Ref Orders]
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "6.2"
  node_type                  = "cache.t4g.micro"
  transit_encryption_enabled = true
  user_group_ids             = ["applications"]
}
"#,
    ),
];
