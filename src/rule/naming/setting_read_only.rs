//! Some names can only be read.

use super::{caches, language, said, what};
use crate::graph::{Kind, Language};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "setting-read-only",
    title: "That can be read of a cache, and not be set",
    levels: Levels::ERROR,
    about: "Endpoints, ARNs and the version that runs are answers of AWS, and a template that sets one is \
            refused. So is a name for a parameter group in CloudFormation, which makes one up itself and \
            gives it by Ref; only Terraform can name it. Leave the setting out, and refer to it where it \
            is needed.",
    source: "CloudFormation resource schemas (October 2026) and the Terraform AWS provider 5.100.0 and 6.66.0",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(NAMED),
        Example::bad_cloudformation(template!(
            "PrimaryEndPoint: {Address: cache.orders.internal}"
        )),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(module!(
            "primary_endpoint_address = \"cache.orders.internal\""
        )),
        Example::bad_terraform(module!("cluster_enabled = false")),
        Example::good_terraform(NAMED_MODULE),
    ],
    check: Some(check),
};

/// What can only be read, in both languages. Deeper names begin with one of these.
const READ_ONLY: &[(Kind, &[&str], &[&str])] = &[
    (Kind::SubnetGroup, &[], &["arn", "vpc_id"]),
    (Kind::ParameterGroup, &["CacheParameterGroupName"], &["arn"]),
    (
        Kind::ReplicationGroup,
        &[
            "ConfigurationEndPoint",
            "EffectiveDurability",
            "PrimaryEndPoint",
            "ReadEndPoint",
            "ReaderEndPoint",
        ],
        &[
            "arn",
            "cluster_enabled",
            "configuration_endpoint_address",
            "engine_version_actual",
            "member_clusters",
            "primary_endpoint_address",
            "reader_endpoint_address",
        ],
    ),
    (
        Kind::CacheCluster,
        &["ConfigurationEndpoint", "RedisEndpoint"],
        &[
            "arn",
            "cache_nodes",
            "cluster_address",
            "configuration_endpoint",
            "engine_version_actual",
        ],
    ),
    (
        Kind::ServerlessCache,
        &[
            "ARN",
            "CreateTime",
            "Endpoint",
            "FullEngineVersion",
            "ReaderEndpoint",
            "Status",
        ],
        &[
            "arn",
            "create_time",
            "endpoint",
            "full_engine_version",
            "id",
            "reader_endpoint",
            "status",
            "tags_all",
        ],
    ),
    (
        Kind::GlobalReplicationGroup,
        &["Arn", "GlobalReplicationGroupId", "Status"],
        &[
            "arn",
            "at_rest_encryption_enabled",
            "auth_token_enabled",
            "cluster_enabled",
            "engine_version_actual",
            "global_node_groups",
            "global_replication_group_id",
            "transit_encryption_enabled",
        ],
    ),
    (Kind::User, &["Arn", "Status"], &["arn"]),
    (Kind::UserGroup, &["Arn", "Status"], &["arn"]),
];

/// Whether a name can only be read.
pub(super) fn is_read_only(kind: Kind, language: Language, path: &str) -> bool {
    let first = path.split(['.', '/']).next().unwrap_or(path);
    READ_ONLY.iter().any(|(of, cloudformation, terraform)| {
        let names = match language {
            Language::CloudFormation => cloudformation,
            Language::Terraform => terraform,
        };
        *of == kind && names.contains(&first)
    })
}

fn check(check: &mut Check<'_>) {
    let Some(language) = language(check) else {
        return;
    };
    for resource in caches(check) {
        let kind = resource.node.kind;
        for (path, setting) in said(&resource, language) {
            if !is_read_only(kind, language, &path) {
                continue;
            }
            let help = if kind == Kind::ParameterGroup && path == "CacheParameterGroupName" {
                "leave it out, and refer to the group with Ref"
            } else {
                "leave it out, and refer to it where it is needed"
            };
            check
                .report(
                    &setting,
                    format!("{path} of {} can only be read", what(kind)),
                )
                .help(help);
        }
    }
}

const NAMED: &str = "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupName: orders
      Description: what the cache does otherwise
      CacheParameterGroupFamily: redis7
";

const GOOD: &str = "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      Description: what the cache does otherwise
      CacheParameterGroupFamily: redis7
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      CacheParameterGroupName: !Ref Parameters
Outputs:
  Address:
    Value: !GetAtt Cache.PrimaryEndPoint.Address
";

const NAMED_MODULE: &str = r#"resource "aws_elasticache_parameter_group" "this" {
  name   = "orders"
  family = "redis7"
}
"#;
