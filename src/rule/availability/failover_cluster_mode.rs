//! Cluster mode without automatic failover.

use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "failover-cluster-mode",
    title: "Cluster mode without automatic failover",
    levels: Levels::ERROR,
    about: "With cluster mode enabled the shards fail over by themselves: AWS makes no such cache with automatic failover off, \
            whether it has replicas or not. Terraform turns it off where nothing is said, so that it must be said there; \
            what CloudFormation does then isn't certain, so that it is better said. Turn automatic failover on.",
    source: "ElastiCache API errors in public issues, CloudFormation documentation, read November 2026",
    controls: &["cfn-lint E3026"],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: false",
        )),
        Example::bad_cloudformation(template!("NumNodeGroups: 2", "ReplicasPerNodeGroup: 1")),
        Example::bad_cloudformation(concat!(
            "Resources:\n",
            "  Parameters:\n",
            "    Type: AWS::ElastiCache::ParameterGroup\n",
            "    Properties:\n",
            "      CacheParameterGroupFamily: redis7\n",
            "      Description: shop\n",
            "      Properties: {cluster-enabled: \"yes\"}\n",
            "  Cache:\n",
            "    Type: AWS::ElastiCache::ReplicationGroup\n",
            "    Properties:\n",
            "      ReplicationGroupDescription: shop\n",
            "      CacheNodeType: cache.t4g.small\n",
            "      EngineVersion: \"7.1\"\n",
            "      CacheParameterGroupName: !Ref Parameters\n",
            "      NumCacheClusters: 2\n",
            "      AutomaticFailoverEnabled: false\n",
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = false",
        )),
        Example::bad_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 1"
        )),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_cloudformation(template!("NumNodeGroups: 1", "ReplicasPerNodeGroup: 1")),
        Example::good_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
        )),
        Example::good_terraform(module!(
            "num_node_groups = 1",
            "replicas_per_node_group = 1"
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        if cache::cluster_mode(check, &group) != Some(ClusterMode::Enabled) {
            continue;
        }
        let name = "AutomaticFailoverEnabled";
        let help = format!("turn {} on", group.word(name));
        match cache::failover(check, &group) {
            Some(false) => {
                check
                    .report_at(&group, name, "cluster mode without automatic failover")
                    .allowed("automatic failover on, with cluster mode")
                    .help(help);
            }
            None if group.is_absent(name) => {
                check
                    .report_resource(&group, format!("cluster mode, and {name} isn't said"))
                    .allowed("automatic failover on, with cluster mode")
                    .help(help)
                    .level(Level::Warning);
            }
            _ => {}
        }
    }
}
