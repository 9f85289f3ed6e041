//! A last snapshot of what takes none.

use crate::diagnostic::Level;
use crate::graph::{Kind, Removal};
use crate::rule::cache;
use crate::rule::examples::template;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "removal-snapshot",
    title: "A last snapshot of something that takes none",
    levels: Levels::ERROR,
    about: "A last snapshot can be taken of a replication group and of a Redis OSS cache cluster. \
            CloudFormation refuses the policy Snapshot on groups of subnets and parameters and the like, \
            and Memcached keeps nothing that a snapshot could hold. Say Retain or Delete there; \
            a serverless cache has FinalSnapshotName.",
    source: "CloudFormation documentation, Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "\
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    DeletionPolicy: Snapshot
    Properties:
      Description: shop
      SubnetIds: [subnet-01234567, subnet-89abcdef]
",
        ),
        Example::bad_cloudformation(
            "\
Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    UpdateReplacePolicy: Snapshot
    Properties:
      CacheParameterGroupFamily: redis7
      Description: shop
",
        ),
        Example::bad_terraform(
            "\
resource \"aws_elasticache_cluster\" \"cache\" {
  cluster_id                = \"shop\"
  engine                    = \"memcached\"
  node_type                 = \"cache.t4g.small\"
  num_cache_nodes           = 2
  final_snapshot_identifier = \"shop-final\"
}
",
        ),
        Example::good_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: Snapshot\n",
            "    UpdateReplacePolicy: Snapshot\n",
        )),
        Example::good_cloudformation(
            "\
Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    DeletionPolicy: Retain
    Properties:
      Description: shop
      SubnetIds: [subnet-01234567, subnet-89abcdef]
",
        ),
        Example::good_terraform(
            "\
resource \"aws_elasticache_cluster\" \"cache\" {
  cluster_id                = \"shop\"
  engine                    = \"redis\"
  node_type                 = \"cache.t4g.small\"
  num_cache_nodes           = 1
  final_snapshot_identifier = \"shop-final\"
}
",
        ),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for kind in Kind::ALL {
        for resource in check.all(kind) {
            let memcached = cache::engine(&resource) == Some("memcached");
            if let Some(setting) = resource.setting("final_snapshot_identifier")
                && memcached
                && resource.is_present("final_snapshot_identifier")
            {
                check
                    .report(&setting, format!("{} of Memcached", setting.name()))
                    .allowed("a last snapshot of Redis OSS or Valkey")
                    .help("leave it out: Memcached keeps nothing");
            }
            let policy = match (resource.node.removal, resource.node.replacement) {
                (Some(Removal::Snapshot), _) => "DeletionPolicy",
                (_, Some(Removal::Snapshot)) => "UpdateReplacePolicy",
                _ => continue,
            };
            let what = kind.cloudformation();
            let message = format!("{policy} Snapshot on {what}, which takes no snapshot");
            match kind {
                Kind::ReplicationGroup => {}
                Kind::CacheCluster if !memcached => {}
                Kind::CacheCluster => {
                    check
                        .report_resource(&resource, format!("{policy} Snapshot of Memcached"))
                        .at(resource.node.removal_place.as_ref())
                        .allowed("Delete or Retain")
                        .help("say Delete: Memcached keeps nothing")
                        .level(Level::Warning);
                }
                _ => {
                    check
                        .report_resource(&resource, message)
                        .at(resource.node.removal_place.as_ref())
                        .allowed("Delete, Retain or RetainExceptOnCreate")
                        .help(format!("say {policy}: Retain, or leave it out"));
                }
            }
        }
    }
}
