//! Replicas that don't take over.

use crate::graph::Kind;
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "failover-off",
    title: "Replicas without automatic failover",
    levels: Levels::PRODUCTION,
    about: "The cache has replicas, and when the primary is lost none of them is promoted until somebody does it by hand. \
            Until then nothing can be written. Automatic failover costs nothing more and takes seconds. \
            Turn it on; it is off where nothing is said.",
    source: "",
    controls: &[
        "ElastiCache.3",
        "CT.ELASTICACHE.PR.3",
        "CKV2_AWS_50",
        "elasticache-repl-grp-auto-failover-enabled",
    ],
    examples: &[
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: false"
        )),
        Example::bad_cloudformation(template!("NumCacheClusters: 3")),
        Example::bad_terraform(module!("num_cache_clusters = 2")),
        Example::bad_terraform(module!(
            "num_cache_clusters = 2",
            "automatic_failover_enabled = false",
        )),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true"
        )),
        Example::good_cloudformation(template!(development; "NumCacheClusters: 2")),
        Example::good_cloudformation(template!(
            "NumCacheClusters: 1",
            "AutomaticFailoverEnabled: false"
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "automatic_failover_enabled = true",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        // what is refused is refused elsewhere
        let refused = cache::multi_az(&group) == Some(true)
            || cache::cluster_mode(check, &group) == Some(ClusterMode::Enabled);
        let replicas = cache::replicas(check, &group).is_some_and(|replicas| replicas > 0);
        if !refused
            && replicas
            && !cache::may_be_secondary(&group)
            && cache::failover(check, &group) == Some(false)
        {
            let name = "AutomaticFailoverEnabled";
            check
                .report_at(&group, name, "replicas without automatic failover")
                .allowed("automatic failover wherever there is a replica")
                .help(format!("turn {} on", group.word(name)));
        }
    }
}
