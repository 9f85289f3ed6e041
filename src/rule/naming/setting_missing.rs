//! Some settings must be there.

use super::{caches, language, what};
use crate::graph::{Kind, Language};
use crate::rule::examples::template;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "setting-missing",
    title: "A setting is missing without which the resource can't be made",
    levels: Levels::ERROR,
    about: "CloudFormation and Terraform refuse a resource without what they require of it: a replication \
            group without a description, a user group without an engine, or in Terraform a group \
            without an id. The two languages require different things, so what was moved from one to the \
            other often lacks one. Add the setting.",
    source: "CloudFormation resource schemas (October 2026) and the Terraform AWS provider 5.100.0 and 6.66.0",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(NO_DESCRIPTION),
        Example::bad_cloudformation(NO_FAMILY),
        Example::bad_cloudformation(NO_ENGINE),
        Example::good_cloudformation(template!("Port: 6379")),
        Example::bad_terraform(NO_ID),
        Example::bad_terraform(NO_ENGINE_MODULE),
        Example::good_terraform(GOOD),
    ],
    check: Some(check),
};

/// What each language requires.
const REQUIRED: &[(Kind, &[&str], &[&str])] = &[
    (
        Kind::SubnetGroup,
        &["Description", "SubnetIds"],
        &["CacheSubnetGroupName", "SubnetIds"],
    ),
    (
        Kind::ParameterGroup,
        &["CacheParameterGroupFamily", "Description"],
        &["CacheParameterGroupFamily", "CacheParameterGroupName"],
    ),
    (
        Kind::ReplicationGroup,
        &["ReplicationGroupDescription"],
        &["ReplicationGroupDescription", "ReplicationGroupId"],
    ),
    (
        Kind::CacheCluster,
        &["CacheNodeType", "Engine", "NumCacheNodes"],
        &["ClusterName"],
    ),
    (
        Kind::ServerlessCache,
        &["Engine", "ServerlessCacheName"],
        &["Engine", "ServerlessCacheName"],
    ),
    (
        Kind::GlobalReplicationGroup,
        &["Members"],
        &[
            "GlobalReplicationGroupIdSuffix",
            "primary_replication_group_id",
        ],
    ),
    (
        Kind::User,
        &["Engine", "UserId", "UserName"],
        &["AccessString", "Engine", "UserId", "UserName"],
    ),
    (
        Kind::UserGroup,
        &["Engine", "UserGroupId", "UserIds"],
        &["Engine", "UserGroupId"],
    ),
];

fn check(check: &mut Check<'_>) {
    let Some(language) = language(check) else {
        return;
    };
    for resource in caches(check) {
        let required = REQUIRED
            .iter()
            .filter(|(kind, ..)| *kind == resource.node.kind)
            .flat_map(|(_, cloudformation, terraform)| match language {
                Language::CloudFormation => *cloudformation,
                Language::Terraform => *terraform,
            });
        // what is there and empty is another rule's
        let missing = |name: &&&str| resource.is_absent(name) && resource.setting(name).is_none();
        for name in required.filter(missing) {
            let word = resource.word(name);
            // a rule of its own says what to write instead
            if word == "name" && resource.setting("name_prefix").is_some() {
                continue;
            }
            let message = format!("{} without {word}", what(resource.node.kind));
            check
                .report_resource(&resource, message)
                .help(format!("add {word}"));
        }
    }
}

const NO_DESCRIPTION: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
";

const NO_FAMILY: &str = "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      Description: what the cache does otherwise
";

const NO_ENGINE: &str = "Resources:
  Apps:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: apps
      UserIds: [app]
";

const NO_ID: &str = r#"resource "aws_elasticache_replication_group" "this" {
  description = "orders"
  node_type   = "cache.t4g.micro"
}
"#;

const NO_ENGINE_MODULE: &str = r#"resource "aws_elasticache_user_group" "apps" {
  user_group_id = "apps"
  user_ids      = ["app"]
}
"#;

const GOOD: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = ["subnet-0123456789abcdef0"]
}
"#;
