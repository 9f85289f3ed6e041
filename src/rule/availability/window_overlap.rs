//! The hours of snapshots against those of maintenance.

use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{MaintenanceWindow, SnapshotWindow, Word};

pub(super) const RULE: Rule = Rule {
    code: "window-overlap",
    title: "The snapshot window and the maintenance window overlap",
    levels: Levels::ERROR,
    about: "The snapshot window comes every day and the maintenance window once a week, and AWS refuses them if they share a minute of any day, \
            even where no snapshots are taken. Windows that only touch are fine, and so are windows across midnight. Move one of them.",
    source: "ElastiCache API errors in public issues, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "SnapshotRetentionLimit: 7",
            "SnapshotWindow: 03:00-05:00",
            "PreferredMaintenanceWindow: sun:04:00-sun:06:00",
        )),
        // it doesn't matter that no snapshots are taken
        Example::bad_cloudformation(template!(
            "SnapshotRetentionLimit: 0",
            "SnapshotWindow: 03:00-05:00",
            "PreferredMaintenanceWindow: wed:04:30-wed:05:30",
        )),
        Example::bad_cloudformation(template!(
            "SnapshotRetentionLimit: 7",
            "SnapshotWindow: 23:30-00:30",
            "PreferredMaintenanceWindow: mon:00:00-mon:01:00",
        )),
        Example::bad_terraform(module!(
            "snapshot_retention_limit = 7",
            "snapshot_window = \"05:00-09:00\"",
            "maintenance_window = \"Sun:05:00-Sun:06:00\"",
        )),
        Example::bad_terraform(module!(
            "snapshot_retention_limit = 7",
            "snapshot_window = \"00:00-01:00\"",
            "maintenance_window = \"sun:23:00-mon:01:30\"",
        )),
        // windows that touch
        Example::good_cloudformation(template!(
            "SnapshotRetentionLimit: 7",
            "SnapshotWindow: 03:00-05:00",
            "PreferredMaintenanceWindow: sun:05:00-sun:07:00",
        )),
        Example::good_cloudformation(template!(
            "SnapshotRetentionLimit: 7",
            "SnapshotWindow: 02:00-03:00",
            "PreferredMaintenanceWindow: sun:23:00-mon:01:30",
        )),
        Example::good_terraform(module!(
            "snapshot_retention_limit = 7",
            "snapshot_window = \"23:00-00:00\"",
            "maintenance_window = \"mon:00:00-mon:01:00\"",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::of_nodes(check) {
        let (Some(snapshot), Some(maintenance)) = (
            resource.setting("SnapshotWindow"),
            resource.setting("PreferredMaintenanceWindow"),
        ) else {
            continue;
        };
        let (Some(daily), Some(weekly)) = (snapshot.text(), maintenance.text()) else {
            continue;
        };
        // Terraform writes days in lower case by itself; CloudFormation's are another rule's
        let (Ok(first), Ok(second)) = (
            SnapshotWindow::parse(daily),
            MaintenanceWindow::parse(&weekly.to_ascii_lowercase()),
        ) else {
            continue;
        };
        if first.overlaps(second) {
            let place = maintenance.property.place.as_ref();
            let at = place.map_or_else(String::new, |place| {
                format!("; the maintenance window is at {place}")
            });
            check
                .report(
                    &snapshot,
                    format!(
                        "the snapshot window {daily} and the maintenance window {weekly} overlap"
                    ),
                )
                .allowed("windows that at most touch")
                .help(format!("move one of them{at}"));
        }
    }
}
