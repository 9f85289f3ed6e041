//! Several availability zones without automatic failover.

use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "multi-az-failover",
    title: "Multi-AZ without automatic failover",
    levels: Levels::ERROR,
    about: "Multi-AZ promises that a replica in another availability zone takes over when a zone is lost, \
            and it is automatic failover that lets it. AWS refuses one without the other; Terraform refuses it while planning. \
            Turn automatic failover on, which is off where nothing is said, or Multi-AZ off.",
    source: "Terraform AWS provider 6.66.0, ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("NumCacheClusters: 2", "MultiAZEnabled: true")),
        Example::bad_cloudformation(template!(
            "NumCacheClusters: 2",
            "MultiAZEnabled: true",
            "AutomaticFailoverEnabled: false",
        )),
        Example::bad_terraform(module!("num_cache_clusters = 2", "multi_az_enabled = true")),
        Example::bad_terraform(module!(
            "num_cache_clusters = 3",
            "multi_az_enabled = true",
            "automatic_failover_enabled = false",
        )),
        // exactly two nodes are enough
        Example::good_cloudformation(template!(
            "NumCacheClusters: 2",
            "MultiAZEnabled: true",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "multi_az_enabled = true",
            "automatic_failover_enabled = true",
        )),
        Example::good_terraform(module!(
            "num_cache_clusters = 2",
            "multi_az_enabled = false"
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
        // without a replica there is more to say, and another rule says it
        if cache::failover(check, &group) == Some(false)
            && cache::replicas(check, &group) != Some(0)
        {
            check
                .report(&setting, "Multi-AZ without automatic failover")
                .allowed("Multi-AZ together with automatic failover")
                .help(format!(
                    "turn {} on",
                    group.word("AutomaticFailoverEnabled")
                ));
        }
    }
}
