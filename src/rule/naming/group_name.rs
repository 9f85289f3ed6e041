//! The names of subnet groups and parameter groups have a form.

use super::{identifier, language, settings, text};
use crate::graph::{Kind, Language};
use crate::rule::examples::template;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{GroupName, Word};

pub(super) static RULE: Rule = Rule {
    code: "group-name",
    title: "The name of a subnet group or parameter group isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "The names of cache subnet groups and cache parameter groups have 1 to 255 letters, digits \
            and single hyphens, start with a letter and are kept in lower case; `default` is AWS's own. \
            A family such as redis6.x or valkey8.0 put into a name brings a dot along, which is refused. \
            Replace dots and underscores by hyphens.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(SUBNETS_UNDERSCORE),
        Example::bad_cloudformation(SUBNETS_DEFAULT),
        Example::bad_cloudformation(template!("CacheParameterGroupName: orders_parameters")),
        Example::good_cloudformation(SUBNETS),
        Example::good_cloudformation(template!("CacheParameterGroupName: default.redis7")),
        Example::good_cloudformation(template!("CacheSubnetGroupName: default")),
        Example::bad_terraform(PARAMETERS_DOT),
        Example::bad_terraform(SUBNETS_DOUBLE),
        Example::bad_terraform(SUBNETS_NUMBER),
        Example::good_terraform(PARAMETERS),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let mut made = vec![(Kind::SubnetGroup, "CacheSubnetGroupName")];
    if language(check) == Some(Language::Terraform) {
        made.push((Kind::ParameterGroup, "CacheParameterGroupName"));
    }
    for setting in settings(check, &made) {
        identifier::<GroupName>(check, &setting, 255);
    }
    let used = [
        (Kind::ReplicationGroup, "CacheParameterGroupName"),
        (Kind::CacheCluster, "CacheParameterGroupName"),
        (Kind::ReplicationGroup, "CacheSubnetGroupName"),
        (Kind::CacheCluster, "CacheSubnetGroupName"),
    ];
    for setting in settings(check, &used) {
        let Some(name) = text(check, &setting) else {
            continue;
        };
        // a VPC of AWS's own making has a subnet group `default`, and a name finds its group in either case
        let lower = name.to_ascii_lowercase();
        let found =
            language(check).is_some() && (lower == "default" || GroupName::parse(&lower).is_ok());
        if name.starts_with("default.") || found {
            continue;
        }
        identifier::<GroupName>(check, &setting, 255);
    }
}

const SUBNETS_UNDERSCORE: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      CacheSubnetGroupName: orders_subnets
      Description: where the cache may be
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
";

const SUBNETS_DEFAULT: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      CacheSubnetGroupName: default
      Description: where the cache may be
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
";

const SUBNETS: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      CacheSubnetGroupName: !Sub '${AWS::StackName}-subnets'
      Description: where the cache may be
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
";

const PARAMETERS_DOT: &str = r#"resource "aws_elasticache_parameter_group" "this" {
  name   = "orders-redis6.x"
  family = "redis6.x"
}
"#;

const SUBNETS_DOUBLE: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders--subnets"
  subnet_ids = ["subnet-0123456789abcdef0"]
}
"#;

const SUBNETS_NUMBER: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "2-orders"
  subnet_ids = ["subnet-0123456789abcdef0"]
}
"#;

const PARAMETERS: &str = r#"resource "aws_elasticache_parameter_group" "this" {
  name   = "orders-${replace("redis6.x", ".", "-")}"
  family = "redis6.x"
}
"#;
