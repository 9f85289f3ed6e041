//! Replicas that may all stand in one zone.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "multi-az-off",
    title: "Replicas that may all be in one availability zone",
    levels: Levels::PRODUCTION,
    about: "The cache has replicas and fails over to them, but without Multi-AZ AWS may place all nodes in one availability zone, \
            and a zone that is lost takes the whole cache along. Multi-AZ costs nothing but the traffic between zones. \
            Turn it on.",
    source: "",
    controls: &["AwsSolutions-AEC4"],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true"
        )),
        Example::bad_cloudformation(template!(
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: false",
        )),
        Example::bad_terraform(module!(
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
            "MultiAZEnabled: true",
        )),
        Example::good_cloudformation(template!(
            development;
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
            "multi_az_enabled = true",
        )),
        Example::good_terraform(module!("num_cache_clusters = 1")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let replicas = cache::replicas(check, &group).is_some_and(|replicas| replicas > 0);
        if replicas
            && cache::failover(check, &group) == Some(true)
            && cache::multi_az(&group) == Some(false)
        {
            let name = "MultiAZEnabled";
            check
                .report_at(
                    &group,
                    name,
                    "replicas that may all be in one availability zone",
                )
                .allowed("Multi-AZ wherever there is a replica")
                .help(format!("turn {} on", group.word(name)));
        }
    }
}
