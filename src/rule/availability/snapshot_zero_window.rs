//! Snapshots turned off in CloudFormation.

use crate::graph::{Kind, Language, Source};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "snapshot-zero-window",
    title: "Snapshots turned off without a window",
    levels: Levels::INFORMATION,
    about: "CloudFormation has refused a retention of 0 without a snapshot window, as people report: to turn snapshots off on a cache that had them, \
            state the window as well. On a new cache leaving the retention out does the same.",
    source: "a public issue (remind101/stacker_blueprints#117), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("SnapshotRetentionLimit: 0")),
        Example::good_cloudformation(template!(
            "SnapshotRetentionLimit: 0",
            "SnapshotWindow: 03:00-04:00"
        )),
        Example::good_cloudformation(template!("SnapshotRetentionLimit: 1")),
        Example::good_terraform(module!("snapshot_retention_limit = 0")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::CloudFormation) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        if let Some(setting) = group.setting("SnapshotRetentionLimit")
            && group.integer("SnapshotRetentionLimit") == Some(0)
            && group.is_absent("SnapshotWindow")
        {
            check
                .report(
                    &setting,
                    "a retention of 0 without SnapshotWindow, which CloudFormation may refuse",
                )
                .allowed("a window beside it, or neither")
                .help("leave it out on a new cache; say a window to turn snapshots off");
        }
    }
}
