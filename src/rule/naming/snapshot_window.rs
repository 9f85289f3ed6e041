//! A snapshot window is an hour or more of the day, in UTC.

use super::{settings, word};
use crate::graph::Kind;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::SnapshotWindow;

pub(super) static RULE: Rule = Rule {
    code: "snapshot-window",
    title: "The snapshot window isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "A snapshot window names two times of the day in UTC, such as 03:00-04:00, at least 60 minutes \
            apart; it may pass midnight and has no day. Others are refused when the cache is made. Write \
            two digits for hours and minutes, and give it an hour or more.",
    source: "ElastiCache API reference and reported API errors, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "SnapshotWindow: 03:00-03:30",
            "SnapshotRetentionLimit: 7"
        )),
        Example::bad_cloudformation(template!(
            "SnapshotWindow: 3am-4am",
            "SnapshotRetentionLimit: 7"
        )),
        Example::bad_cloudformation(template!(
            "SnapshotWindow: sun:03:00-sun:04:00",
            "SnapshotRetentionLimit: 7"
        )),
        Example::good_cloudformation(template!(
            "SnapshotWindow: 23:30-00:30",
            "SnapshotRetentionLimit: 7"
        )),
        Example::bad_terraform(module!(
            "snapshot_window = \"3:00-4:00\"",
            "snapshot_retention_limit = 7"
        )),
        Example::bad_terraform(module!(
            "snapshot_window = \"03:00-03:59\"",
            "snapshot_retention_limit = 7"
        )),
        Example::bad_terraform(module!(
            "snapshot_window = \"23:00-24:00\"",
            "snapshot_retention_limit = 7"
        )),
        Example::good_terraform(module!(
            "snapshot_window = \"03:00-04:00\"",
            "snapshot_retention_limit = 7"
        )),
        Example::good_terraform(module!("snapshot_window = \"\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let windows = [
        (Kind::ReplicationGroup, "SnapshotWindow"),
        (Kind::CacheCluster, "SnapshotWindow"),
    ];
    for setting in settings(check, &windows) {
        word::<SnapshotWindow>(check, &setting);
    }
}
