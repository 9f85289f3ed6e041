//! A security group that nothing here wears.

use crate::graph::{Kind, Value};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "security-group-unworn",
    title: "A security group that nothing here wears",
    levels: Levels::INFORMATION,
    about: "A security group protects whatever wears it. One that nothing in the file wears may be made \
        for others, such as the clients of a cache, who then name it, or be left over. Where it is for \
        others, put out its id.",
    source: "",
    controls: &["CKV2_AWS_5"],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    // what a rule says of its group isn't what the group protects
    let own = [
        Kind::SecurityGroup,
        Kind::SecurityGroupIngress,
        Kind::SecurityGroupEgress,
    ];
    let kinds = Kind::ALL.into_iter().chain([Kind::Other]);
    let others: Vec<Resource<'_>> = kinds
        .filter(|kind| !own.contains(kind))
        .flat_map(|kind| check.all(kind))
        .collect();
    // whoever wears what nobody knows may wear this
    if others.iter().any(is_unclear) {
        return;
    }
    for group in check.all(Kind::SecurityGroup) {
        if others.iter().any(|other| other.mentions(group.node)) {
            continue;
        }
        check
            .report_resource(&group, "nothing here wears this security group")
            .help("name it where it is worn, or leave it out");
    }
}

fn is_unclear(resource: &Resource<'_>) -> bool {
    resource.node.partial
        || resource
            .node
            .properties
            .iter()
            .any(|property| is_unknown(&property.value))
}

fn is_unknown(value: &Value) -> bool {
    match value {
        Value::Unknown => true,
        Value::List(items) => items.iter().any(is_unknown),
        Value::Objects(objects) => objects.iter().flatten().any(|it| is_unknown(&it.value)),
        _ => false,
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Clients of the sessions
      VpcId: vpc-0123456789abcdef0
",
    ),
    Example::bad_terraform(
        r#"resource "aws_security_group" "clients" {
  name        = "sessions-clients"
  description = "Clients of the sessions"
  vpc_id      = "vpc-0123456789abcdef0"
}

output "clients" {
  value = aws_security_group.clients.id
}
"#,
    ),
    Example::good_cloudformation(
        r#"Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Sessions
      VpcId: vpc-0123456789abcdef0
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
      CacheSubnetGroupName: sessions
      SecurityGroupIds: [!GetAtt Group.GroupId]
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_security_group" "cache" {
  name        = "sessions"
  description = "Sessions"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 1
  transit_encryption_enabled = true
  security_group_ids         = [aws_security_group.cache.id]
}
"#,
    ),
];
