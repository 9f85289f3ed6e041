//! Several availability zones without a replica.

use crate::graph::{Kind, Source, Value};
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "multi-az-replicas",
    title: "Multi-AZ without a replica to fail over to",
    levels: Levels::ERROR,
    about: "With Multi-AZ every shard has a replica in another availability zone than its primary, and so one replica at least. \
            A cache that has none isn't made, or isn't what its owner believes. Add a replica to each shard, or turn Multi-AZ off.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: true",
        )),
        Example::bad_cloudformation(template!("NumCacheClusters: 1", "MultiAZEnabled: true")),
        Example::bad_terraform(module!(
            "num_node_groups = 2",
            "replicas_per_node_group = 0",
            "automatic_failover_enabled = true",
            "multi_az_enabled = true",
        )),
        Example::bad_terraform(module!("num_cache_clusters = 1", "multi_az_enabled = true")),
        Example::good_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: true",
        )),
        Example::good_cloudformation(template!("NumCacheClusters: 1", "MultiAZEnabled: false")),
        Example::good_terraform(module!(
            "num_node_groups = 1",
            "replicas_per_node_group = 1",
            "automatic_failover_enabled = true",
            "multi_az_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let (Some(setting), Some(true)) = (
            group.setting("MultiAZEnabled"),
            group.bool("MultiAZEnabled"),
        ) else {
            continue;
        };
        let shards = group.objects("NodeGroupConfiguration");
        let without: Vec<_> = shards
            .iter()
            .filter_map(|shard| group.within(shard, "ReplicaCount"))
            .filter(|count| *count.value() == Value::Integer(0))
            .collect();
        // a definition's shard that says nothing is refused where it stands
        let refused = check.graph().source == Source::Definition && !shards.is_empty();
        let whole = without.is_empty() && !refused && cache::replicas(check, &group) == Some(0);
        for setting in without.iter().chain(whole.then_some(&setting)) {
            check
                .report(setting, "Multi-AZ without a replica to fail over to")
                .allowed("1 replica or more in each shard")
                .help(format!(
                    "add a replica, or turn {} off",
                    group.word("MultiAZEnabled")
                ));
        }
    }
}
