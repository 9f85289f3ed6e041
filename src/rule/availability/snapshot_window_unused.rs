//! A snapshot window without snapshots.

use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "snapshot-window-unused",
    title: "A snapshot window without snapshots",
    levels: Levels::WARNING,
    about: "A snapshot window says when daily snapshots are taken, and none are: retention is 0 where nothing is said. \
            Whoever wrote the window probably believes that there are snapshots. \
            Say for how many days they are kept, or leave the window out.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("SnapshotWindow: 03:00-04:00")),
        Example::bad_terraform(module!("snapshot_window = \"03:00-04:00\"")),
        Example::bad_terraform(module!(
            "snapshot_window = \"03:00-04:00\"",
            "snapshot_retention_limit = 0",
        )),
        Example::good_cloudformation(template!(
            "SnapshotWindow: 03:00-04:00",
            "SnapshotRetentionLimit: 5"
        )),
        // CloudFormation may want the window to turn snapshots off
        Example::good_cloudformation(template!(
            "SnapshotWindow: 03:00-04:00",
            "SnapshotRetentionLimit: 0"
        )),
        Example::good_terraform(module!(
            "snapshot_window = \"03:00-04:00\"",
            "snapshot_retention_limit = 5",
        )),
        // to the provider that is none
        Example::good_terraform(module!("snapshot_window = \"\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::of_nodes(check) {
        let Some(setting) = resource
            .setting("SnapshotWindow")
            .filter(|_| resource.is_present("SnapshotWindow"))
        else {
            continue;
        };
        let name = "SnapshotRetentionLimit";
        let stated = resource.setting(name).is_some() && check.is_cloudformation();
        if cache::retention(&resource) == Some(0) && !stated {
            check
                .report(&setting, format!("{} without snapshots", setting.name()))
                .allowed("a window together with a retention of 1 to 35 days")
                .help(format!(
                    "say for how many days snapshots are kept in {}",
                    resource.word(name)
                ));
        }
    }
}
