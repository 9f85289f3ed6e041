//! A security group in another VPC than the cache.

use crate::graph::{Kind, Reference, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule};

use super::values;

pub(super) const RULE: Rule = Rule {
    code: "vpc-mismatch",
    title: "A security group in another VPC than the cache",
    levels: Levels::ERROR,
    about: "A cache is in the VPC of its subnets, and its security groups are of the same VPC: AWS finds no group of another one. \
            Here the subnets and a security group name different VPCs. Make the group in the VPC of the subnets.",
    source: "EC2 and ElastiCache user guides, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(TWO_VPCS),
        Example::bad_terraform(TWO_VPCS_TERRAFORM),
        Example::good_cloudformation(ONE_VPC),
        Example::good_terraform(ONE_VPC_TERRAFORM),
    ],
    check: Some(check),
};

const TWO_VPCS: &str = "\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-01234567, CidrBlock: 10.0.0.0/24}
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [!Ref First]
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: shop
      VpcId: vpc-89abcdef
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      SecurityGroupIds: [!GetAtt Clients.GroupId]
";

const ONE_VPC: &str = "\
Parameters:
  VpcId: {Type: \"AWS::EC2::VPC::Id\"}
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref VpcId, CidrBlock: 10.0.0.0/24}
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [!Ref First]
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: shop
      VpcId: !Ref VpcId
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      SecurityGroupIds: [!GetAtt Clients.GroupId]
";

const TWO_VPCS_TERRAFORM: &str = "\
resource \"aws_vpc\" \"first\" {
  cidr_block = \"10.0.0.0/16\"
}

resource \"aws_vpc\" \"second\" {
  cidr_block = \"10.1.0.0/16\"
}

resource \"aws_subnet\" \"cache\" {
  vpc_id     = aws_vpc.first.id
  cidr_block = \"10.0.0.0/24\"
}

resource \"aws_elasticache_subnet_group\" \"cache\" {
  name       = \"shop\"
  subnet_ids = [aws_subnet.cache.id]
}

resource \"aws_security_group\" \"cache\" {
  name   = \"shop\"
  vpc_id = aws_vpc.second.id
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop\"
  description          = \"shop\"
  node_type            = \"cache.t4g.small\"
  subnet_group_name    = aws_elasticache_subnet_group.cache.name
  security_group_ids   = [aws_security_group.cache.id]
}
";

const ONE_VPC_TERRAFORM: &str = "\
resource \"aws_vpc\" \"first\" {
  cidr_block = \"10.0.0.0/16\"
}

resource \"aws_subnet\" \"cache\" {
  vpc_id     = aws_vpc.first.id
  cidr_block = \"10.0.0.0/24\"
}

resource \"aws_elasticache_subnet_group\" \"cache\" {
  name       = \"shop\"
  subnet_ids = [aws_subnet.cache.id]
}

resource \"aws_security_group\" \"cache\" {
  name   = \"shop\"
  vpc_id = aws_vpc.first.id
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop\"
  description          = \"shop\"
  node_type            = \"cache.t4g.small\"
  subnet_group_name    = aws_elasticache_subnet_group.cache.name
  security_group_ids   = [aws_security_group.cache.id]
}
";

fn check(check: &mut Check<'_>) {
    for resource in crate::rule::cache::of_nodes(check) {
        let Some(subnets) = resource
            .setting("CacheSubnetGroupName")
            .and_then(|setting| check.referred(setting.value()))
            .and_then(|group| group.setting("SubnetIds"))
        else {
            continue;
        };
        let home = values(subnets.value())
            .iter()
            .filter_map(|id| vpc(&check.referred(id)?))
            .next();
        let groups = ["SecurityGroupIds", "VpcSecurityGroupIds"]
            .into_iter()
            .find_map(|name| resource.setting(name));
        let (Some(home), Some(setting)) = (home, groups) else {
            continue;
        };
        for id in values(setting.value()) {
            let Some(group) = check
                .referred(id)
                .filter(|group| group.node.kind == Kind::SecurityGroup)
            else {
                continue;
            };
            if vpc(&group).is_some_and(|other| differ(home, other)) {
                check
                    .report(
                        &setting,
                        format!("{} is in another VPC than the subnets", group.name()),
                    )
                    .allowed("security groups of the VPC that the subnets are in")
                    .help(format!(
                        "give it the VPC of the subnets{}",
                        super::at(Some(&group.node.place))
                    ));
            }
        }
    }
}

fn vpc<'g>(resource: &Resource<'g>) -> Option<&'g Value> {
    ["VpcId", "vpc_id"]
        .into_iter()
        .find_map(|name| resource.setting(name))
        .map(|setting| setting.value())
}

/// Whether two VPCs are certainly not the same: two ids, or two resources.
fn differ(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            a.literal().is_some() && b.literal().is_some() && a != b
        }
        (
            Value::Reference(Reference::Node {
                kind: a_kind,
                logical_id: a_id,
                label: a_label,
                ..
            }),
            Value::Reference(Reference::Node {
                kind: b_kind,
                logical_id: b_id,
                label: b_label,
                ..
            }),
        ) => a_kind == b_kind && (a_id, a_label) != (b_id, b_label),
        _ => false,
    }
}
