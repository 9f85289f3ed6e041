//! The names of snapshots have a form.

use super::{as_found, refuse, settings, text};
use crate::graph::Kind;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{SnapshotName, Word};

pub(super) static RULE: Rule = Rule {
    code: "snapshot-name",
    title: "The snapshot's name isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "The name of a snapshot has 1 to 255 letters, digits and single hyphens and starts with a \
            letter; only the automatic ones start with `automatic.`. The name of the last snapshot is \
            looked at when the cache is deleted, so a wrong one is found at the worst moment: the \
            deletion fails. Replace underscores, dots and colons by hyphens.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("SnapshotName: orders_2026")),
        Example::good_cloudformation(template!("SnapshotName: orders-2026-11-20")),
        Example::good_cloudformation(template!("SnapshotName: automatic.orders-2026-11-20-03-00")),
        Example::bad_terraform(module!("final_snapshot_identifier = \"orders_final\"")),
        Example::bad_terraform(module!("snapshot_name = \"2026-orders\"")),
        Example::good_terraform(module!("final_snapshot_identifier = \"orders-final\"")),
        Example::good_terraform(module!("snapshot_name = \"\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let names = [
        (Kind::ReplicationGroup, "SnapshotName"),
        (Kind::ReplicationGroup, "final_snapshot_identifier"),
        (Kind::CacheCluster, "SnapshotName"),
        (Kind::CacheCluster, "final_snapshot_identifier"),
        (Kind::ServerlessCache, "FinalSnapshotName"),
    ];
    for setting in settings(check, &names) {
        let Some(name) = text(check, &setting) else {
            continue;
        };
        let manual = name.strip_prefix("automatic.").unwrap_or(name);
        if let Err(refusal) = SnapshotName::parse(&as_found(check, manual)) {
            refuse(check, &setting, SnapshotName::WHAT, manual, refusal);
        }
    }
}
