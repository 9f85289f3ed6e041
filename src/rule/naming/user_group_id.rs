//! The id of a user group has a form.

use super::{as_found, refuse, settings, texts};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{UserGroupId, Word};

pub(super) static RULE: Rule = Rule {
    code: "user-group-id",
    title: "The user group's id isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "The id of a user group has 1 to 40 letters, digits and single hyphens and starts with a \
            letter. ElastiCache refuses others when the group is created, and a cache that names one \
            finds no group. Replace underscores and dots by hyphens.",
    source: "ElastiCache API reference and CloudFormation schema, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::bad_cloudformation(USED),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let named = settings(check, &[(Kind::UserGroup, "UserGroupId")]);
    let used = settings(
        check,
        &[
            (Kind::ReplicationGroup, "UserGroupIds"),
            (Kind::ServerlessCache, "UserGroupId"),
        ],
    );
    for setting in named.into_iter().chain(used) {
        for id in texts(&setting) {
            if let Err(refusal) = UserGroupId::parse(&as_found(check, id)) {
                refuse(check, &setting, "user group id", id, refusal);
            }
        }
    }
}

const BAD: &str = "Resources:
  Apps:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: orders_apps
      Engine: valkey
      UserIds: [app-reader]
";

const USED: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: '8.0'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      UserGroupIds: [orders.apps]
";

const GOOD: &str = "Resources:
  Apps:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: orders-apps
      Engine: valkey
      UserIds: [app-reader]
";

const BAD_MODULE: &str = r#"resource "aws_elasticache_user_group" "apps" {
  user_group_id = "orders_apps"
  engine        = "valkey"
  user_ids      = ["app-reader"]
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_user_group" "apps" {
  user_group_id = "orders-apps"
  engine        = "valkey"
  user_ids      = ["app-reader"]
}
"#;
