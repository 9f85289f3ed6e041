//! Several availability zones, and subnets in one.

use crate::graph::{Kind, Reference, Source, Value};
use crate::rule::cache;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "multi-az-subnets",
    title: "Multi-AZ with subnets in one availability zone",
    levels: Levels::ERROR,
    about: "Nodes are placed in the subnets of the subnet group, and a subnet is in one availability zone. \
            With a single subnet, or with subnets of one zone only, Multi-AZ has nowhere to put the replicas. \
            Add the private subnets of the other zones to the subnet group.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(ONE_SUBNET),
        Example::bad_cloudformation(ONE_ZONE),
        Example::bad_terraform(ONE_SUBNET_TERRAFORM),
        Example::good_cloudformation(TWO_SUBNETS),
        Example::good_cloudformation(SUBNETS_GIVEN),
        Example::good_terraform(TWO_SUBNETS_TERRAFORM),
    ],
    check: Some(check),
};

const ONE_SUBNET: &str = "\
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [subnet-0123456789abcdef0]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
";

const ONE_ZONE: &str = "\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-01234567, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Second:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-01234567, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [!Ref First, !Ref Second]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
";

const TWO_SUBNETS: &str = "\
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-01234567, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  Second:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-01234567, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [!Ref First, !Ref Second]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
";

const SUBNETS_GIVEN: &str = "\
Parameters:
  SubnetIds: {Type: List<AWS::EC2::Subnet::Id>}
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: !Ref SubnetIds
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
      MultiAZEnabled: true
";

const ONE_SUBNET_TERRAFORM: &str = "\
resource \"aws_elasticache_subnet_group\" \"cache\" {
  name       = \"shop\"
  subnet_ids = [\"subnet-0123456789abcdef0\"]
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id       = \"shop\"
  description                = \"shop\"
  node_type                  = \"cache.t4g.small\"
  subnet_group_name          = aws_elasticache_subnet_group.cache.name
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
";

const TWO_SUBNETS_TERRAFORM: &str = "\
variable \"subnet_ids\" {
  type = list(string)
}

resource \"aws_elasticache_subnet_group\" \"cache\" {
  name       = \"shop\"
  subnet_ids = var.subnet_ids
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id       = \"shop\"
  description                = \"shop\"
  node_type                  = \"cache.t4g.small\"
  subnet_group_name          = aws_elasticache_subnet_group.cache.name
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
";

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        if cache::multi_az(&group) != Some(true) {
            continue;
        }
        let Some(subnets) = group
            .setting("CacheSubnetGroupName")
            .and_then(|setting| check.referred(setting.value()))
            .filter(|found| found.node.kind == Kind::SubnetGroup)
        else {
            continue;
        };
        let (Some(setting), Some(ids)) = (subnets.setting("SubnetIds"), subnets.list("SubnetIds"))
        else {
            continue;
        };
        let message = match ids {
            [one] if is_one_id(check, one) => {
                "one subnet can't hold nodes in several availability zones".to_owned()
            }
            [first, rest @ ..] if !rest.is_empty() => {
                let Some(zone) = zone(check, first) else {
                    continue;
                };
                if !rest.iter().all(|id| self::zone(check, id) == Some(zone)) {
                    continue;
                }
                format!("all subnets are in {zone}, and Multi-AZ needs a second zone")
            }
            _ => continue,
        };
        let said = group.setting("MultiAZEnabled");
        let place = said.and_then(|setting| setting.property.place.as_ref());
        let at = place.map_or_else(String::new, |place| format!("; Multi-AZ is at {place}"));
        check
            .report(&setting, message)
            .allowed("subnets in two availability zones or more")
            .help(format!("add the private subnets of the other zones{at}"));
    }
}

/// Not something that may stand for several.
fn is_one_id(check: &Check<'_>, value: &Value) -> bool {
    match value {
        Value::Text(text) => text.literal().is_some(),
        Value::Reference(Reference::Node { .. }) => true,
        // what a definition imports for a list is one or is split
        Value::Reference(Reference::Lookup { split, .. }) => {
            !split && check.graph().source == Source::Definition
        }
        _ => false,
    }
}

fn zone<'g>(check: &Check<'g>, id: &Value) -> Option<&'g str> {
    let subnet: Resource<'g> = check.referred(id)?;
    subnet
        .text("AvailabilityZone")
        .or_else(|| subnet.text("availability_zone"))
}
