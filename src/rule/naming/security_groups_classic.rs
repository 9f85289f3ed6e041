//! Cache security groups were for caches outside of a VPC.

use super::{language, settings};
use crate::graph::{Kind, Language, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "security-groups-classic",
    title: "Cache security groups were for caches outside of a VPC, which are no more",
    levels: Levels::ERROR,
    about: "ElastiCache once had security groups of its own, for caches outside of a VPC. Since EC2-Classic \
            was shut down the API refuses them in every account. Give the cache security groups of its VPC, \
            by their ids.",
    source: "reported API errors, read November 2026",
    controls: &["CKV_AWS_196"],
    examples: &[
        Example::bad_cloudformation(template!("CacheSecurityGroupNames: [orders]")),
        Example::bad_cloudformation(GROUP),
        Example::good_cloudformation(template!("SecurityGroupIds: [sg-01234567]")),
        Example::bad_terraform(module!("security_group_names = [\"orders\"]")),
        Example::good_terraform(module!("security_group_names = []")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let mut names = vec![(Kind::ReplicationGroup, "CacheSecurityGroupNames")];
    if language(check) != Some(Language::Terraform) {
        // a cluster's argument was removed, and is reported where it is read
        names.push((Kind::CacheCluster, "CacheSecurityGroupNames"));
    }
    for setting in settings(check, &names) {
        if matches!(setting.value(), Value::List(names) if !names.is_empty()) {
            let word = match setting.resource().node.kind {
                Kind::CacheCluster => "VpcSecurityGroupIds",
                _ => setting.resource().word("SecurityGroupIds"),
            };
            check
                .report(&setting, format!("{} outside of a VPC", setting.name()))
                .allowed("the ids of security groups of the VPC")
                .help(format!("say {word} instead"));
        }
    }
    for other in check.all(Kind::Other) {
        let of = other.node.of.as_deref();
        if matches!(
            of,
            Some(
                "AWS::ElastiCache::SecurityGroup"
                    | "AWS::ElastiCache::SecurityGroupIngress"
                    | "aws_elasticache_security_group"
            )
        ) {
            check
                .report_resource(&other, "a cache security group, outside of a VPC")
                .allowed("a security group of the VPC")
                .help("make a security group of EC2 instead");
        }
    }
}

const GROUP: &str = "Resources:
  Clients:
    Type: AWS::ElastiCache::SecurityGroup
    Properties:
      Description: who may reach the cache
";
