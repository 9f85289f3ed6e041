//! References to a thing of another kind than the setting wants, or to another part of it.

use crate::graph::{Kind, Language, Source, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting};

use super::{By, Use, attributes, called, values};

pub(super) const RULE: Rule = Rule {
    code: "reference-kind",
    title: "A reference to the wrong kind of thing",
    levels: Levels::ERROR,
    about: "A setting that names a subnet group, a parameter group, a security group and so on refers to something else, or to a part that isn't its name or id. \
            AWS looks for a thing of the right kind by that text and finds none. \
            Refer to the right resource, by its name or id.",
    source: "CloudFormation documentation, Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(SWAPPED),
        Example::bad_cloudformation(SUBNET_GROUP_OF_RDS),
        Example::bad_cloudformation(SUBNET_GROUP_AS_SECURITY_GROUP),
        Example::bad_terraform(SWAPPED_TERRAFORM),
        Example::bad_terraform(SECURITY_GROUP_NAME),
        Example::good_cloudformation(RIGHT),
        Example::good_cloudformation(DEFAULT_GROUP),
        Example::good_terraform(RIGHT_TERRAFORM),
    ],
    check: Some(check),
};

const SWAPPED: &str = "\
Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: shop
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Parameters
";

const SUBNET_GROUP_OF_RDS: &str = "\
Resources:
  Subnets:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: shop
      SubnetIds: [subnet-01234567, subnet-89abcdef]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
";

const SUBNET_GROUP_AS_SECURITY_GROUP: &str = "\
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [subnet-01234567, subnet-89abcdef]
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: !Ref Subnets
      SecurityGroupIds: [!Ref Subnets]
";

const RIGHT: &str = "\
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: shop
      SubnetIds: [subnet-01234567, subnet-89abcdef]
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
      CacheSubnetGroupName: !Ref Subnets
      SecurityGroupIds: [!GetAtt Clients.GroupId, !Ref Clients]
";

/// A VPC knows the id of its default security group.
const DEFAULT_GROUP: &str = "\
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      CacheNodeType: cache.t4g.small
      SecurityGroupIds: [!GetAtt Network.DefaultSecurityGroup]
";

const SWAPPED_TERRAFORM: &str = "\
resource \"aws_elasticache_subnet_group\" \"cache\" {
  name       = \"shop\"
  subnet_ids = [\"subnet-01234567\", \"subnet-89abcdef\"]
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop\"
  description          = \"shop\"
  node_type            = \"cache.t4g.small\"
  parameter_group_name = aws_elasticache_subnet_group.cache.name
}
";

const SECURITY_GROUP_NAME: &str = "\
resource \"aws_security_group\" \"cache\" {
  name   = \"shop\"
  vpc_id = \"vpc-01234567\"
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop\"
  description          = \"shop\"
  node_type            = \"cache.t4g.small\"
  security_group_ids   = [aws_security_group.cache.name]
}
";

const RIGHT_TERRAFORM: &str = "\
resource \"aws_elasticache_subnet_group\" \"cache\" {
  name       = \"shop\"
  subnet_ids = [\"subnet-01234567\", \"subnet-89abcdef\"]
}

resource \"aws_security_group\" \"cache\" {
  name   = \"shop\"
  vpc_id = \"vpc-01234567\"
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop\"
  description          = \"shop\"
  node_type            = \"cache.t4g.small\"
  subnet_group_name    = aws_elasticache_subnet_group.cache.id
  security_group_ids   = [aws_security_group.cache.id]
}
";

/// A setting that names something.
struct Names {
    kind: Kind,
    setting: &'static str,
    /// What it names.
    target: Kind,
    /// What may be read of it: attributes of `Fn::GetAtt`, none being `Ref`.
    cloudformation: &'static [&'static str],
    terraform: &'static [&'static str],
}

const fn names(
    kind: Kind,
    setting: &'static str,
    target: Kind,
    cloudformation: &'static [&'static str],
    terraform: &'static [&'static str],
) -> Names {
    Names {
        kind,
        setting,
        target,
        cloudformation,
        terraform,
    }
}

const SUBNET_GROUP: &str = "CacheSubnetGroupName";
const PARAMETER_GROUP: &str = "CacheParameterGroupName";
const TOPIC: &str = "NotificationTopicArn";

const NAMES: [Names; 17] = {
    use Kind::{
        CacheCluster, Key, ParameterGroup, ReplicationGroup, SecurityGroup, SecurityGroupEgress,
        SecurityGroupIngress, ServerlessCache, SubnetGroup, Topic, User, UserGroup,
    };
    const ID: &[&str] = &["id"];
    const NAME: &[&str] = &["name", "id"];
    const GROUP_ID: &[&str] = &["", "GroupId", "Id"];
    [
        names(ReplicationGroup, SUBNET_GROUP, SubnetGroup, &[""], NAME),
        names(CacheCluster, SUBNET_GROUP, SubnetGroup, &[""], NAME),
        names(
            ReplicationGroup,
            PARAMETER_GROUP,
            ParameterGroup,
            &["", PARAMETER_GROUP],
            NAME,
        ),
        names(
            CacheCluster,
            PARAMETER_GROUP,
            ParameterGroup,
            &["", PARAMETER_GROUP],
            NAME,
        ),
        names(
            ReplicationGroup,
            "SecurityGroupIds",
            SecurityGroup,
            GROUP_ID,
            ID,
        ),
        names(
            ServerlessCache,
            "SecurityGroupIds",
            SecurityGroup,
            GROUP_ID,
            ID,
        ),
        names(
            CacheCluster,
            "VpcSecurityGroupIds",
            SecurityGroup,
            GROUP_ID,
            ID,
        ),
        names(SecurityGroupIngress, "GroupId", SecurityGroup, GROUP_ID, ID),
        names(SecurityGroupEgress, "GroupId", SecurityGroup, GROUP_ID, ID),
        names(
            SecurityGroupIngress,
            "SourceSecurityGroupId",
            SecurityGroup,
            GROUP_ID,
            ID,
        ),
        names(
            SecurityGroupEgress,
            "DestinationSecurityGroupId",
            SecurityGroup,
            GROUP_ID,
            ID,
        ),
        names(
            ReplicationGroup,
            TOPIC,
            Topic,
            &["", "TopicArn"],
            &["arn", "id"],
        ),
        names(
            CacheCluster,
            TOPIC,
            Topic,
            &["", "TopicArn"],
            &["arn", "id"],
        ),
        names(
            ReplicationGroup,
            "KmsKeyId",
            Key,
            &["", "KeyId", "Arn"],
            &["arn", "key_id", "id"],
        ),
        names(
            ServerlessCache,
            "KmsKeyId",
            Key,
            &["", "KeyId", "Arn"],
            &["arn", "key_id", "id"],
        ),
        names(
            ReplicationGroup,
            "UserGroupIds",
            UserGroup,
            &[""],
            &["user_group_id", "id"],
        ),
        names(UserGroup, "UserIds", User, &[""], &["user_id", "id"]),
    ]
};

/// What other services make, and what is none of the things that a cache is made of.
const OTHERS: [&str; 14] = [
    "AWS::DAX::",
    "AWS::DocDB::",
    "AWS::EC2::",
    "AWS::MemoryDB::",
    "AWS::Neptune::",
    "AWS::RDS::",
    "AWS::Redshift::",
    "aws_dax_",
    "aws_db_",
    "aws_docdb_",
    "aws_memorydb_",
    "aws_neptune_",
    "aws_subnet",
    "aws_vpc",
];

fn check(check: &mut Check<'_>) {
    for row in &NAMES {
        for resource in check.all(row.kind) {
            let Some(setting) = resource.setting(row.setting) else {
                continue;
            };
            for value in values(setting.value()) {
                one(check, row, &setting, value);
            }
        }
    }
}

fn one<'g>(check: &mut Check<'g>, row: &Names, setting: &Setting<'g>, value: &'g Value) {
    let source = check.graph().source;
    let Some(target) = check.referred(value) else {
        return;
    };
    let Value::Reference(reference) = value else {
        return;
    };
    let by = By::Setting(setting.resource(), setting.property);
    let Some(used) = Use::new(by, reference) else {
        return;
    };
    let attribute = used.name(source).unwrap_or_default();
    let (allowed, language) = match source {
        Source::Read(Language::Terraform) => (row.terraform, Language::Terraform),
        _ => (row.cloudformation, Language::CloudFormation),
    };
    if target.node.kind == row.target {
        // an attribute that doesn't exist is another rule's
        let exists = attribute.is_empty()
            || attributes(row.target, language).is_some_and(|known| known.contains(&attribute));
        if exists && !allowed.contains(&attribute) && source != Source::Definition {
            let right: Vec<&str> = allowed.iter().map(|name| word(name)).collect();
            check
                .report(
                    setting,
                    format!(
                        "{} is given the {} of {}",
                        setting.name(),
                        word(attribute),
                        target.name()
                    ),
                )
                .allowed(right.join(", "))
                .help(format!("refer to its {}", right[0]));
        }
    } else if is_certainly_other(&target, attribute) {
        let message = format!(
            "{} refers to {}, which is {}",
            setting.name(),
            target.name(),
            called(check, &target)
        );
        let right = match language {
            Language::CloudFormation => row.target.cloudformation(),
            Language::Terraform => row.target.terraform(),
        };
        check
            .report(setting, message)
            .allowed(right)
            .help(format!("refer to one of type {right}"));
    }
}

/// An attribute for a message; `Ref` where there is none.
fn word(attribute: &str) -> &str {
    if attribute.is_empty() {
        "Ref"
    } else {
        attribute
    }
}

fn is_certainly_other(target: &Resource<'_>, attribute: &str) -> bool {
    let default_group = ["DefaultSecurityGroup", "default_security_group_id"];
    if default_group.contains(&attribute) {
        return false;
    }
    match &target.node.of {
        Some(of) => OTHERS.iter().any(|other| of.starts_with(other)),
        None => !matches!(
            target.node.kind,
            Kind::Other | Kind::Secret | Kind::SecretVersion | Kind::TerraformData
        ),
    }
}
