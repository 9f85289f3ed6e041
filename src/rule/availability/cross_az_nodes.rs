//! One node over several availability zones.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "cross-az-nodes",
    title: "A single node over several availability zones",
    levels: Levels::ERROR,
    about: "A cache cluster whose AZ mode is cross-az spreads its nodes over zones, and a single node can't be spread. \
            Terraform refuses it while planning, and AWS when the cluster is made. Add nodes, or say single-az.",
    source: "Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 1
      AZMode: cross-az
",
        ),
        Example::bad_terraform(
            "\
resource \"aws_elasticache_cluster\" \"cache\" {
  cluster_id      = \"shop\"
  engine          = \"memcached\"
  node_type       = \"cache.t4g.small\"
  num_cache_nodes = 1
  az_mode         = \"cross-az\"
}
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 2
      AZMode: cross-az
",
        ),
        Example::good_terraform(
            "\
resource \"aws_elasticache_cluster\" \"cache\" {
  cluster_id      = \"shop\"
  engine          = \"memcached\"
  node_type       = \"cache.t4g.small\"
  num_cache_nodes = 1
  az_mode         = \"single-az\"
}
",
        ),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cluster in check.all(Kind::CacheCluster) {
        if let Some(setting) = cluster.setting("AZMode")
            && setting.text() == Some("cross-az")
            && cluster.integer("NumCacheNodes") == Some(1)
        {
            check
                .report(
                    &setting,
                    format!("{} cross-az with one node", setting.name()),
                )
                .allowed("cross-az with 2 nodes or more")
                .help("say single-az, or add a node");
        }
    }
}
