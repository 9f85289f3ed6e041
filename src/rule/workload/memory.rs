//! Memory against the keys that the cache is to hold.

use super::examples::{holding, holding_module};
use super::only;
use crate::diagnostic::Level;
use crate::facts;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Resource, Rule, cache};
use crate::stage::Stage;

/// What the engine needs beside keys and values, in hundredths of them: pointers, tables, expiry and
/// fragmentation.
const OVERHEAD: u64 = 40;

/// From this part of the memory on, in hundredths, it is tight.
const TIGHT: u64 = 80;

pub(super) const RULE: Rule = Rule {
    code: "memory",
    title: "Memory that can't hold the keys that are declared",
    levels: Levels::PRODUCTION_ERROR,
    about: "The key families that are declared for this cache, with 40 % for what the engine needs beside keys and values, \
            are more than its shards hold once the reserved memory is taken off (25 % unless the parameter group says otherwise). \
            When memory is full, keys are evicted or writes are refused, and long before that failovers and snapshots suffer. \
            Use a larger node type, more shards, or fewer keys.",
    source: "ElastiCache user guide (maxmemory by node type, reserved memory), read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(holding!(
            "KeyFamilies: {order: {Keys: 500000, Bytes: 2048}}";
            "CacheNodeType: cache.t4g.small",
        )),
        // 300 MB of keys and 40 % are more than 80 % of 384 MiB
        Example::bad_cloudformation(holding!(
            "KeyFamilies: {order: {Keys: 100000, Bytes: 2400}}";
            "CacheNodeType: cache.t4g.micro",
        )),
        Example::bad_terraform(holding_module!(
            "keys order 500000 2048";
            "node_type = \"cache.t4g.small\"",
        )),
        Example::good_cloudformation(holding!(
            "KeyFamilies: {order: {Keys: 50000, Bytes: 2048}, position: {Keys: 5000, Bytes: 500}}";
            "CacheNodeType: cache.t4g.small",
        )),
        // spread over shards
        Example::good_cloudformation(holding!(
            "KeyFamilies: {order: {Keys: 500000, Bytes: 2048}}";
            "CacheNodeType: cache.t4g.small",
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        )),
        Example::good_terraform(holding_module!(
            "keys order 50000 2048";
            "node_type = \"cache.t4g.small\"",
        )),
        // a node type that is newer than the tables
        Example::good_terraform(holding_module!(
            "keys order 500000 2048";
            "node_type = \"cache.m99g.large\"",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let families = &check.graph().key_families;
    let Some(group) = only(check).filter(|one| one.node.kind == Kind::ReplicationGroup) else {
        return;
    };
    let (Some(setting), Some(has)) = (group.setting("CacheNodeType"), cache::memory(check, &group))
    else {
        return;
    };
    let keys = families
        .iter()
        .fold(0_u64, |sum, family| sum.saturating_add(family.total()));
    let needs = (keys / 100).saturating_mul(100 + OVERHEAD);
    let tight = has / 100 * TIGHT;
    if needs <= tight {
        return;
    }
    let stage = check.stage();
    if needs <= has && stage == Some(Stage::Development) {
        return;
    }
    let shards = cache::shards(&group).unwrap_or(1);
    let node = setting.text().unwrap_or_default();
    let holders = match shards {
        1 => node.to_owned(),
        _ => format!("{shards} shards of {node}"),
    };
    let message = if needs > has {
        format!(
            "the declared keys need {} with overhead, and {holders} can hold {}",
            size(needs),
            size(has)
        )
    } else {
        format!(
            "the declared keys need {} with overhead, which is {} % of the {} that {holders} can hold",
            size(needs),
            needs / (has / 100).max(1),
            size(has)
        )
    };
    let help = match larger(check, &group, needs, has) {
        Some(larger) => format!("use {larger}, more shards, or fewer keys"),
        None => "use larger nodes, more shards, or fewer keys".to_owned(),
    };
    let finding = check
        .report(&setting, message)
        .allowed(format!(
            "keys of {} or less with overhead: 80 % of what the memory holds",
            size(tight)
        ))
        .help(help);
    if needs <= has {
        finding.level(match stage {
            Some(Stage::Staging) => Level::Information,
            _ => Level::Warning,
        });
    }
}

/// The smallest node type of the same family that has enough room.
fn larger<'g>(
    check: &Check<'g>,
    group: &Resource<'g>,
    needs: u64,
    has: u64,
) -> Option<&'static str> {
    let now = group.text("CacheNodeType")?;
    let family = now.rsplit_once('.')?.0;
    let memory = facts::node_type(now)?.maxmemory_bytes;
    // what is reserved, and how many shards there are, stays as it is
    let enough =
        u128::from(memory) * u128::from(needs) * 100 / u128::from(has.max(1)) / u128::from(TIGHT);
    facts::node_types()
        .filter_map(facts::node_type)
        .filter(|fact| {
            let same = fact
                .node_type
                .rsplit_once('.')
                .is_some_and(|(of, _)| of == family);
            let sold = check
                .region()
                .and_then(|region| facts::sold_in(&fact.node_type, region));
            same && sold != Some(false) && u128::from(fact.maxmemory_bytes) > enough
        })
        .min_by_key(|fact| fact.maxmemory_bytes)
        .map(|fact| fact.node_type.as_str())
}

/// Bytes for a person.
fn size(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    let mib = bytes / MIB;
    if mib < 1024 {
        return format!("{mib} MiB");
    }
    let tenths = mib * 10 / 1024;
    format!("{}.{} GiB", tenths / 10, tenths % 10)
}
