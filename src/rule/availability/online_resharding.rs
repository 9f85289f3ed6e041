//! Shards whose number can only change with a new cache.

use crate::graph::{Kind, Language, Source};
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "online-resharding",
    title: "Resharding would replace the cache",
    levels: Levels::PRODUCTION,
    about: "When the number of shards changes, CloudFormation makes a new cache and deletes the old one with its data, \
            unless the resource's UpdatePolicy says UseOnlineResharding. Terraform always reshards in place. \
            Say UpdatePolicy: {UseOnlineResharding: true} before the day on which a shard is added in a hurry.",
    source: "CloudFormation documentation, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::bad_cloudformation(concat!(
            template!(
                "NumNodeGroups: 2",
                "ReplicasPerNodeGroup: 1",
                "AutomaticFailoverEnabled: true",
            ),
            "    UpdatePolicy: {UseOnlineResharding: false}\n",
        )),
        Example::good_cloudformation(concat!(
            template!(
                "NumNodeGroups: 2",
                "ReplicasPerNodeGroup: 1",
                "AutomaticFailoverEnabled: true",
            ),
            "    UpdatePolicy: {UseOnlineResharding: true}\n",
        )),
        Example::good_cloudformation(template!("NumNodeGroups: 1", "ReplicasPerNodeGroup: 1")),
        Example::good_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::CloudFormation) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        let shards = ["NumNodeGroups", "NodeGroupConfiguration"]
            .into_iter()
            .find_map(|name| group.setting(name));
        if let Some(setting) = shards
            && !group.node.online_resharding
            && cache::cluster_mode(check, &group) == Some(ClusterMode::Enabled)
        {
            check
                .report(
                    &setting,
                    format!("a change of {} would replace the cache", setting.name()),
                )
                .allowed("UpdatePolicy: {UseOnlineResharding: true}")
                .help("add it to the resource, beside its Properties");
        }
    }
}
