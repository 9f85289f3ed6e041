//! For how long snapshots are kept.

use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "snapshot-retention",
    title: "Snapshots kept for longer than AWS keeps them",
    levels: Levels::ERROR,
    about: "Daily snapshots are kept for 1 to 35 days, and 0 means that none are taken. AWS refuses any other number. \
            What must be kept for longer is copied to S3.",
    source: "ElastiCache API reference, Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("SnapshotRetentionLimit: 36")),
        Example::bad_cloudformation(template!("SnapshotRetentionLimit: -1")),
        Example::bad_terraform(module!("snapshot_retention_limit = 90")),
        Example::good_cloudformation(template!("SnapshotRetentionLimit: 35")),
        Example::good_cloudformation(template!("SnapshotRetentionLimit: \"1\"")),
        Example::good_terraform(module!("snapshot_retention_limit = 0")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::all(check) {
        if let (Some(setting), Some(days)) = (
            resource.setting("SnapshotRetentionLimit"),
            resource.integer("SnapshotRetentionLimit"),
        ) && !(0..=35).contains(&days)
        {
            check
                .report(&setting, format!("snapshots kept for {days} days"))
                .allowed("1 to 35 days, or 0 for none")
                .help("copy to S3 what must be kept for longer");
        }
    }
}
