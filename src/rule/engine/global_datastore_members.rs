//! The members of a global datastore.

use std::collections::BTreeSet;

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-members",
    title: "A global datastore without one primary, or with too many members",
    levels: Levels::ERROR,
    about: "A global datastore starts from one replication group, which alone takes writes, and \
        copies it into at most two other regions; the two regions of China only copy to each \
        other. Each region is in it once. AWS refuses two primaries, none, or a fourth region. \
        Give each member its role and its own region.",
    source: "ElastiCache user guide (global datastores, limitations), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for global in check.all(Kind::GlobalReplicationGroup) {
        members(check, &global);
    }
}

fn members<'g>(check: &mut Check<'g>, global: &Resource<'g>) {
    let Some(setting) = global.setting("Members") else {
        return;
    };
    let objects = global.objects("Members");
    let roles: Vec<Option<String>> = objects
        .iter()
        .map(|object| Some(global.within(object, "Role")?.text()?.to_ascii_uppercase()))
        .collect();
    let primaries: Vec<usize> = (0..roles.len())
        .filter(|&i| roles[i].as_deref() == Some("PRIMARY"))
        .collect();
    if let Some(&second) = primaries.get(1) {
        let place = global.within(&objects[second], "Role").unwrap_or(setting);
        check
            .report(&place, format!("{} primaries", primaries.len()))
            .allowed("one PRIMARY, and SECONDARY for each of the others")
            .help("make it a SECONDARY");
    } else if primaries.is_empty() && !roles.is_empty() && roles.iter().all(Option::is_some) {
        check
            .report(&setting, "no member is the primary")
            .allowed("one PRIMARY, and SECONDARY for each of the others")
            .help("say which of them takes the writes");
    }
    let mut regions = BTreeSet::new();
    for object in objects {
        let Some(place) = global.within(object, "ReplicationGroupRegion") else {
            continue;
        };
        let Some(region) = place.text() else {
            continue;
        };
        if !regions.insert(region) {
            check
                .report(&place, format!("two members in {region}"))
                .allowed("each region once")
                .help("a second copy in one region is a replica of the same group");
        }
    }
    let china = regions.iter().any(|region| region.starts_with("cn-"));
    let most = if china { 2 } else { 3 };
    if objects.len() > most {
        check
            .report(&setting, format!("{} members", objects.len()))
            .allowed(if china {
                "2: one PRIMARY and one SECONDARY"
            } else {
                "up to 3: one PRIMARY and two SECONDARY"
            })
            .help("leave out the regions that can read from another one");
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
        - ReplicationGroupId: orders-2
          ReplicationGroupRegion: eu-west-1
          Role: PRIMARY
",
    ),
    Example::bad_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: us-east-1
          Role: SECONDARY
        - ReplicationGroupId: orders-2
          ReplicationGroupRegion: eu-west-1
          Role: SECONDARY
",
    ),
    Example::bad_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
        - ReplicationGroupId: orders-2
          ReplicationGroupRegion: us-east-1
          Role: SECONDARY
",
    ),
    Example::bad_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
        - ReplicationGroupId: orders-2
          ReplicationGroupRegion: eu-west-1
          Role: SECONDARY
        - ReplicationGroupId: orders-3
          ReplicationGroupRegion: sa-east-1
          Role: SECONDARY
        - ReplicationGroupId: orders-4
          ReplicationGroupRegion: ap-south-1
          Role: SECONDARY
",
    ),
    Example::bad_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: cn-north-1
          Role: PRIMARY
        - ReplicationGroupId: orders-2
          ReplicationGroupRegion: cn-northwest-1
          Role: SECONDARY
        - ReplicationGroupId: orders-3
          ReplicationGroupRegion: cn-south-1
          Role: SECONDARY
",
    ),
    Example::good_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
        - ReplicationGroupId: orders-2
          ReplicationGroupRegion: eu-west-1
          Role: SECONDARY
        - ReplicationGroupId: orders-3
          ReplicationGroupRegion: sa-east-1
          Role: SECONDARY
",
    ),
    Example::good_cloudformation(
        "Resources:
  Everywhere:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties:
      GlobalReplicationGroupIdSuffix: orders
      Members:
        - ReplicationGroupId: orders
          ReplicationGroupRegion: us-east-1
          Role: PRIMARY
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
}
"#,
    ),
];
