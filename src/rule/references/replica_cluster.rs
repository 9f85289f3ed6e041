//! A replica as a cache cluster of its own, with settings that its group decides.

use crate::graph::{Kind, Language, Source};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "replica-cluster",
    title: "Settings of a replica that its group decides",
    levels: Levels::ERROR,
    about: "In Terraform a cache cluster with replication_group_id is one more replica of that group, and has the group's node type, engine, network and windows. \
            The provider refuses these arguments beside it. Leave them out; \
            better still, say the number of replicas in the group itself.",
    source: "Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(concat!(
            "resource \"aws_elasticache_cluster\" \"replica\" {\n",
            "  cluster_id           = \"shop-replica\"\n",
            "  replication_group_id = \"shop\"\n",
            "  node_type            = \"cache.t4g.small\"\n",
            "}\n",
        )),
        Example::bad_terraform(concat!(
            "resource \"aws_elasticache_cluster\" \"replica\" {\n",
            "  cluster_id           = \"shop-replica\"\n",
            "  replication_group_id = \"shop\"\n",
            "  engine               = \"redis\"\n",
            "}\n",
        )),
        Example::good_terraform(concat!(
            "resource \"aws_elasticache_cluster\" \"replica\" {\n",
            "  cluster_id           = \"shop-replica\"\n",
            "  replication_group_id = \"shop\"\n",
            "  availability_zone    = \"eu-west-1b\"\n",
            "}\n",
        )),
        Example::good_terraform(concat!(
            "resource \"aws_elasticache_cluster\" \"cache\" {\n",
            "  cluster_id      = \"shop\"\n",
            "  engine          = \"redis\"\n",
            "  node_type       = \"cache.t4g.small\"\n",
            "  num_cache_nodes = 1\n",
            "}\n",
        )),
    ],
    check: Some(check),
};

const DECIDED: [&str; 15] = [
    "AZMode",
    "Engine",
    "EngineVersion",
    "PreferredMaintenanceWindow",
    "CacheNodeType",
    "NotificationTopicArn",
    "NumCacheNodes",
    "CacheParameterGroupName",
    "Port",
    "VpcSecurityGroupIds",
    "SnapshotArns",
    "SnapshotName",
    "SnapshotRetentionLimit",
    "SnapshotWindow",
    "CacheSubnetGroupName",
];

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::Terraform) {
        return;
    }
    for cluster in check.all(Kind::CacheCluster) {
        if !cluster.is_present("replication_group_id") {
            continue;
        }
        for name in DECIDED {
            let Some(setting) = cluster.setting(name).filter(|_| cluster.is_present(name)) else {
                continue;
            };
            check
                .report(
                    &setting,
                    format!("{} together with replication_group_id", setting.name()),
                )
                .allowed("what the group decides, said by the group alone")
                .help("leave it out of the replica");
        }
    }
}
