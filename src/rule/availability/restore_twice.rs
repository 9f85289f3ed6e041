//! Two sources for one new cache.

use crate::graph::Value;
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "restore-twice",
    title: "A new cache filled from two sources",
    levels: Levels::WARNING,
    about: "A new cache is filled from a snapshot by its name, or from RDB files in S3, and not from both: at best one of the two is ignored. \
            Both only count when the cache is made, and a later change replaces it. Keep one.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "SnapshotName: shop-2026-11-01",
            "SnapshotArns: [\"arn:aws:s3:::shop/dump.rdb\"]",
        )),
        Example::bad_terraform(module!(
            "snapshot_name = \"shop-2026-11-01\"",
            "snapshot_arns = [\"arn:aws:s3:::shop/dump.rdb\"]",
        )),
        Example::good_cloudformation(template!("SnapshotName: shop-2026-11-01")),
        Example::good_terraform(module!("snapshot_arns = [\"arn:aws:s3:::shop/dump.rdb\"]")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::of_nodes(check) {
        let files = match resource.setting("SnapshotArns").map(|s| s.value()) {
            Some(Value::List(files)) => !files.is_empty(),
            _ => false,
        };
        if let Some(setting) = resource.setting("SnapshotName")
            && resource.is_present("SnapshotName")
            && setting.text() != Some("")
            && files
        {
            let other = resource.word("SnapshotArns");
            check
                .report(
                    &setting,
                    format!("{} together with {other}", setting.name()),
                )
                .allowed("one of the two")
                .help("keep the one that the cache is to be filled from");
        }
    }
}
