//! A security group's name where its id is wanted.

use crate::graph::{Kind, Language, Reference, Source, Value};
use crate::rule::{Check, Example, Levels, Rule, cache};

use super::values;

pub(super) const RULE: Rule = Rule {
    code: "security-group-ref",
    title: "Ref of a security group that gives its name",
    levels: Levels::ERROR,
    about: "Ref of a security group gives its id where the group says its VpcId, and its name where it doesn't, in the default VPC. \
            A cache wants ids, and finds no group by that name. \
            Say VpcId, which is better in any case, or use Fn::GetAtt with GroupId.",
    source: "CloudFormation documentation, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "\
Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: shop
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      SecurityGroupIds: [!Ref Clients]
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: shop
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      SecurityGroupIds: [!GetAtt Clients.GroupId]
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: shop
      VpcId: vpc-01234567
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      SecurityGroupIds: [!Ref Clients]
",
        ),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let source = check.graph().source;
    if source != Source::Read(Language::CloudFormation) {
        return;
    }
    for resource in cache::all(check) {
        let setting = ["SecurityGroupIds", "VpcSecurityGroupIds"]
            .into_iter()
            .find_map(|name| resource.setting(name));
        let Some(setting) = setting else {
            continue;
        };
        for value in values(setting.value()) {
            let is_ref = matches!(
                value,
                Value::Reference(Reference::Node { attribute, .. })
                    if attribute.cloudformation.is_none()
            );
            let Some(group) = check.referred(value) else {
                continue;
            };
            if is_ref && group.node.kind == Kind::SecurityGroup && group.is_absent("VpcId") {
                let name = group.name();
                check
                    .report(
                        &setting,
                        format!("Ref of {name} is its name, because it says no VpcId"),
                    )
                    .allowed("the group's id")
                    .help(format!("write !GetAtt {name}.GroupId, and say its VpcId"));
            }
        }
    }
}
