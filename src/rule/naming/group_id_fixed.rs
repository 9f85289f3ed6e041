//! A fixed id keeps CloudFormation from replacing a replication group.

use super::{language, settings};
use crate::graph::{Kind, Language, Value};
use crate::rule::examples::template;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "group-id-fixed",
    title: "The replication group has an id of its own, so it can't be replaced",
    levels: Levels::INFORMATION,
    about: "CloudFormation makes a new replication group before it deletes the old one, and two can't \
            have one id: a change that needs a replacement fails instead. For a cache that holds data \
            that is a protection, and for one that doesn't it is in the way. Keep it on purpose, or \
            leave the id out and let CloudFormation make one up.",
    source: "CloudFormation user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("ReplicationGroupId: orders")),
        Example::good_cloudformation(template!("Port: 6379")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if language(check) != Some(Language::CloudFormation) {
        return;
    }
    for setting in settings(check, &[(Kind::ReplicationGroup, "ReplicationGroupId")]) {
        if *setting.value() != Value::Unknown {
            check
                .report(
                    &setting,
                    "a fixed id: a change that needs a new replication group will fail",
                )
                .allowed("no id, and CloudFormation makes one up for each")
                .help("keep it if that protects data, or leave it out");
        }
    }
}
