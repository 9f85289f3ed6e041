//! Maintenance whenever AWS likes.

use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "maintenance-window-unset",
    title: "AWS chooses when the cache is maintained",
    levels: Levels {
        development: None,
        staging: None,
        production: Some(Level::Information),
        unsaid: Some(Level::Information),
    },
    about: "Where no maintenance window is said, AWS chooses an hour of the region's night at random, on any day of the week, \
            and that may be the busiest hour of the business. Choose the hour in which a failover disturbs least, \
            beside the snapshot window and not over it.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("NumCacheClusters: 1")),
        Example::bad_terraform(module!("num_cache_clusters = 1")),
        Example::good_cloudformation(template!("PreferredMaintenanceWindow: sun:05:00-sun:06:00")),
        Example::good_cloudformation(template!(development; "NumCacheClusters: 1")),
        Example::good_terraform(module!("maintenance_window = \"sun:05:00-sun:06:00\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        let name = "PreferredMaintenanceWindow";
        if group.is_absent(name) && !cache::may_be_secondary(&group) {
            check
                .report_resource(&group, "AWS chooses when the cache is maintained")
                .allowed("an hour or more of the week")
                .help(format!(
                    "say {}, such as sun:05:00-sun:06:00",
                    group.word(name)
                ));
        }
    }
}
