//! The slots that each shard holds.

use crate::graph::{Kind, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Resource, Rule, Setting};

/// The keys of a cache are spread over this many.
const SLOTS: usize = 16384;

const ALLOWED: &str = "each of the slots 0 to 16383 in exactly one shard, or slots named in none";

pub(super) const RULE: Rule = Rule {
    code: "slots",
    title: "Slots that overlap, are missing or malformed",
    levels: Levels::ERROR,
    about: "The keys of a cache in cluster mode are spread over 16384 slots, and every slot is in exactly one shard. \
            AWS refuses slots that are in two shards, in none, or named in some shards only. \
            Leave the slots out, and AWS spreads them evenly.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{Slots: 0-8191, ReplicaCount: 1}, {Slots: 8191-16383, ReplicaCount: 1}]",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{Slots: 0-8191, ReplicaCount: 1}, {Slots: 8193-16383, ReplicaCount: 1}]",
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{Slots: 0-8191, ReplicaCount: 1}, {ReplicaCount: 1}]",
        )),
        Example::bad_terraform(module!(
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  slots         = \"0-8191\"",
            "  replica_count = 1",
            "}",
            "node_group_configuration {",
            "  slots         = \"8192-16384\"",
            "  replica_count = 1",
            "}",
        )),
        Example::good_cloudformation(template!(
            "AutomaticFailoverEnabled: true",
            "NumNodeGroups: 2",
            "NodeGroupConfiguration: [{Slots: \"0-4,6-16383\", ReplicaCount: 1}, {Slots: \"5\", ReplicaCount: 1}]",
        )),
        Example::good_terraform(module!(
            "automatic_failover_enabled = true",
            "node_group_configuration {",
            "  slots         = \"0-8191\"",
            "  replica_count = 1",
            "}",
            "node_group_configuration {",
            "  slots         = \"8192-16383\"",
            "  replica_count = 1",
            "}",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ReplicationGroup) {
        if let Some(all) = group.setting("NodeGroupConfiguration") {
            shards(check, &group, &all);
        }
    }
}

fn shards<'g>(check: &mut Check<'g>, group: &Resource<'g>, all: &Setting<'g>) {
    let shards = group.objects("NodeGroupConfiguration");
    let given: Vec<Setting<'g>> = shards
        .iter()
        .filter_map(|shard| group.within(shard, "Slots"))
        .collect();
    // a single one that isn't known may hold whatever is missing
    if given.is_empty()
        || given
            .iter()
            .any(|setting| *setting.value() == Value::Unknown)
    {
        return;
    }
    if given.len() != shards.len() {
        check
            .report(all, "slots are named in some shards only")
            .allowed(ALLOWED)
            .help("name them in every shard");
        return;
    }
    let mut taken = vec![false; SLOTS];
    for setting in &given {
        let Some(text) = setting.text() else {
            return;
        };
        for range in text.split(',') {
            let Some((from, to)) = bounds(range) else {
                check
                    .report(setting, format!("{range:?} isn't a range of slots"))
                    .allowed(ALLOWED)
                    .help("write it like 0-5460");
                return;
            };
            let twice = (from..=to).find(|slot| std::mem::replace(&mut taken[*slot], true));
            if let Some(twice) = twice {
                check
                    .report(setting, format!("slot {twice} is in two shards"))
                    .allowed(ALLOWED)
                    .help("let the ranges only touch");
                return;
            }
        }
    }
    if let Some(missing) = taken.iter().position(|taken| !taken) {
        check
            .report(all, format!("slot {missing} is in no shard"))
            .allowed(ALLOWED)
            .help("let the ranges touch, up to 16383");
    }
}

/// The first and the last slot of `0-5460` or `5`.
fn bounds(range: &str) -> Option<(usize, usize)> {
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from <= to && to < SLOTS).then_some((from, to))
}
