//! What runs and on what: node types, engine versions, parameter groups and their parameters.

mod auto_minor_version;
mod cache_cluster_cluster_mode;
mod cache_cluster_encryption;
mod cache_cluster_engine;
mod cache_cluster_memcached;
mod cache_cluster_nodes;
mod cache_cluster_redis;
mod cluster_mode_compatible;
mod data_tiering;
mod durability;
mod engine_name;
mod engine_version;
mod engine_version_absent;
mod engine_version_floating;
mod engine_version_support;
mod engine_version_unknown;
mod global_datastore_member;
mod global_datastore_members;
mod global_datastore_node_type;
mod global_datastore_parameter_group;
mod global_datastore_secondary;
mod global_datastore_version;
mod ip_addressing;
mod node_type;
mod node_type_engine;
mod node_type_missing;
mod node_type_region;
mod node_type_unknown;
mod parameter_at_creation;
mod parameter_cluster_enabled;
mod parameter_cluster_mode_only;
mod parameter_family;
mod parameter_fixed;
mod parameter_group_default;
mod parameter_group_family;
mod parameter_group_unused;
mod parameter_twice;
mod parameter_unknown;
mod parameter_unlisted;
mod parameter_value;
mod parameter_version;
mod serverless_description;
mod serverless_limits;
mod serverless_name;
mod serverless_snapshot_time;
mod serverless_subnets;
mod serverless_user_group;
mod serverless_version;

use std::borrow::Cow;

use super::{Check, Resource, Rule, Setting, cache};
use crate::facts::{self, EngineVersionFact, ParameterFact};
use crate::graph::{Entry, Kind, Language, Source, Value};
use crate::value::older;
use crate::vocabulary;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &engine_name::RULE,
    &engine_version::RULE,
    &engine_version_unknown::RULE,
    &engine_version_floating::RULE,
    &engine_version_support::RULE,
    &engine_version_absent::RULE,
    &auto_minor_version::RULE,
    &node_type::RULE,
    &node_type_unknown::RULE,
    &node_type_missing::RULE,
    &node_type_engine::RULE,
    &node_type_region::RULE,
    &data_tiering::RULE,
    &ip_addressing::RULE,
    &durability::RULE,
    &cluster_mode_compatible::RULE,
    &parameter_family::RULE,
    &parameter_group_family::RULE,
    &parameter_group_default::RULE,
    &parameter_group_unused::RULE,
    &parameter_unknown::RULE,
    &parameter_unlisted::RULE,
    &parameter_fixed::RULE,
    &parameter_version::RULE,
    &parameter_value::RULE,
    &parameter_twice::RULE,
    &parameter_at_creation::RULE,
    &parameter_cluster_mode_only::RULE,
    &parameter_cluster_enabled::RULE,
    &cache_cluster_engine::RULE,
    &cache_cluster_nodes::RULE,
    &cache_cluster_encryption::RULE,
    &cache_cluster_cluster_mode::RULE,
    &cache_cluster_memcached::RULE,
    &cache_cluster_redis::RULE,
    &serverless_name::RULE,
    &serverless_version::RULE,
    &serverless_limits::RULE,
    &serverless_snapshot_time::RULE,
    &serverless_description::RULE,
    &serverless_user_group::RULE,
    &serverless_subnets::RULE,
    &global_datastore_members::RULE,
    &global_datastore_member::RULE,
    &global_datastore_node_type::RULE,
    &global_datastore_version::RULE,
    &global_datastore_secondary::RULE,
    &global_datastore_parameter_group::RULE,
];

/// Everything of several kinds.
fn all<'g>(check: &Check<'g>, kinds: &[Kind]) -> Vec<Resource<'g>> {
    kinds.iter().flat_map(|kind| check.all(*kind)).collect()
}

/// What has nodes of its own.
const NODES: [Kind; 2] = [Kind::ReplicationGroup, Kind::CacheCluster];

/// What says a node type and an engine version.
const SIZED: [Kind; 3] = [
    Kind::ReplicationGroup,
    Kind::CacheCluster,
    Kind::GlobalReplicationGroup,
];

/// A kind in the words of the file.
fn kind_word(check: &Check<'_>, kind: Kind) -> &'static str {
    match check.graph().source {
        Source::Read(Language::Terraform) => kind.terraform(),
        _ => kind.cloudformation(),
    }
}

/// A setting of a replication group in the words of the file.
fn group_word<'a>(check: &Check<'_>, name: &'a str) -> &'a str {
    match check.graph().source {
        Source::Definition => return vocabulary::in_definition(name).unwrap_or(name),
        Source::Read(Language::CloudFormation) => return name,
        Source::Read(Language::Terraform) => {}
    }
    vocabulary::setting(Kind::ReplicationGroup, Language::CloudFormation, name)
        .map(|setting| setting.terraform)
        .filter(|word| !word.is_empty())
        .unwrap_or(name)
}

/// What a version is, as far as the tables know.
#[derive(Clone, Copy, Debug)]
enum Release {
    /// AWS makes caches of it.
    Current(&'static EngineVersionFact),
    /// `6.x`: whichever minor version is the latest, which is this one.
    Floating(&'static EngineVersionFact),
    /// AWS makes no more caches of it.
    Retired,
    /// A patch of a version whose patches AWS chooses itself.
    Patch,
    /// Newer than the tables.
    Newer,
    /// There is no such version.
    Unheard,
}

impl Release {
    fn of(engine: &str, version: &str) -> Self {
        if (engine, version) == ("redis", "6.x") {
            return match facts::engine_version("redis", "6.2") {
                Some(fact) => Self::Floating(fact),
                None => Self::Newer,
            };
        }
        if let Some(fact) = facts::engine_version(engine, version) {
            return if fact.create_allowed {
                Self::Current(fact)
            } else {
                Self::Retired
            };
        }
        let parts: Vec<&str> = version.split('.').collect();
        let numbers = parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        let known = facts::engine_version(engine, &parts[..parts.len().min(2)].join("."));
        // Redis OSS has ended, and Valkey counts on from there
        let is_valkeys = engine == "redis" && facts::engine_version("valkey", version).is_some();
        if numbers && parts.len() > 2 && known.is_some() {
            Self::Patch
        } else if numbers
            && parts.len() == 2
            && !is_valkeys
            && facts::engine_versions(engine).all(|known| older(known, version))
        {
            Self::Newer
        } else {
            Self::Unheard
        }
    }

    /// What is known of the version that would run.
    fn fact(self) -> Option<&'static EngineVersionFact> {
        match self {
            Self::Current(fact) | Self::Floating(fact) => Some(fact),
            _ => None,
        }
    }
}

/// What is known of the Redis OSS or Valkey version that a cache would run: nothing where AWS
/// wouldn't make it, so that nothing more is said of it.
fn running(check: &Check<'_>, resource: &Resource<'_>) -> Option<&'static EngineVersionFact> {
    Release::of(engine(check, resource)?, cache::version(resource)?).fact()
}

/// A version with its engine, for a message: `redis 7.1`.
fn named(fact: &EngineVersionFact) -> String {
    format!("{} {}", fact.engine, fact.version)
}

/// The engine of a cache; a global datastore has its primary's unless it says its own.
fn engine(check: &Check<'_>, resource: &Resource<'_>) -> Option<&'static str> {
    if resource.node.kind == Kind::GlobalReplicationGroup && resource.is_absent("Engine") {
        return cache::engine(&primary(check, resource)?);
    }
    cache::engine(resource)
}

/// The replication group that a global datastore starts from, where it is in the same graph.
fn primary<'g>(check: &Check<'g>, global: &Resource<'g>) -> Option<Resource<'g>> {
    if let Some(setting) = global.setting("primary_replication_group_id") {
        return group_of_id(check, &setting);
    }
    let object = global.objects("Members").iter().find(|object| {
        global
            .within(object, "Role")
            .and_then(|role| role.text())
            .is_some_and(|role| role.eq_ignore_ascii_case("PRIMARY"))
    })?;
    group_of_id(check, &global.within(object, "ReplicationGroupId")?)
}

/// The replication group that an id stands for, where it is in the same graph.
fn group_of_id<'g>(check: &Check<'g>, id: &Setting<'g>) -> Option<Resource<'g>> {
    if let Some(group) = check.referred(id.value()) {
        return (group.node.kind == Kind::ReplicationGroup).then_some(group);
    }
    let id = id.text()?;
    check
        .all(Kind::ReplicationGroup)
        .into_iter()
        .find(|group| group.text("ReplicationGroupId") == Some(id))
}

/// Each global datastore with the replication group that it starts from.
fn primaries<'g>(check: &Check<'g>) -> Vec<(Resource<'g>, Resource<'g>)> {
    check
        .all(Kind::GlobalReplicationGroup)
        .into_iter()
        .filter_map(|global| Some((global, primary(check, &global)?)))
        .collect()
}

/// The versions of which AWS makes new caches, for a message.
fn creatable(engine: &str) -> String {
    let versions: Vec<&str> = facts::engine_versions(engine).collect();
    format!(
        "{engine} {} (facts of {})",
        versions.join(", "),
        facts::READ
    )
}

/// The known name closest to a mistyped one, where it is as close as that: 1 is the same.
fn nearest<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
    closeness: f64,
) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let ratio = f64::from(similar::TextDiff::from_chars(name, candidate).ratio());
        if ratio >= closeness && best.is_none_or(|(most, _)| ratio > most) {
            best = Some((ratio, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// Close enough to say `did you mean`.
const CLOSE: f64 = 0.7;

/// A parameter that a parameter group sets, of a family that the tables know.
#[derive(Clone, Copy)]
struct Parameter<'g> {
    group: Resource<'g>,
    setting: Setting<'g>,
    entry: &'g Entry,
    family: &'g str,
    /// What is known of it, whatever the case of its name.
    fact: Option<&'static ParameterFact>,
}

/// Every parameter that is set in a group of a family that the tables know.
fn parameters<'g>(check: &Check<'g>) -> Vec<Parameter<'g>> {
    let mut parameters = Vec::new();
    for group in check.all(Kind::ParameterGroup) {
        let (Some(setting), Some(family)) = (
            group.setting("Properties"),
            group.text("CacheParameterGroupFamily"),
        ) else {
            continue;
        };
        let Value::Map(_, entries) = setting.value() else {
            continue;
        };
        if facts::family_parameters(family).next().is_none() {
            continue;
        }
        parameters.extend(entries.iter().map(|entry| Parameter {
            group,
            setting,
            entry,
            family,
            fact: facts::parameter(family, &entry.name.to_ascii_lowercase()),
        }));
    }
    parameters
}

/// The caches that use a parameter group of the same graph.
fn users<'g>(check: &Check<'g>, group: &Resource<'g>) -> Vec<Resource<'g>> {
    let is_user = |cache: &Resource<'g>| {
        cache::parameter_group(check, cache)
            .is_some_and(|found| std::ptr::eq(found.node, group.node))
    };
    let mut users = all(check, &NODES);
    users.retain(is_user);
    users
}

/// What does the work of a redis.conf directive in ElastiCache, where it is known.
fn elsewhere(check: &Check<'_>, name: &str) -> Option<Cow<'static, str>> {
    let directive = facts::directive(name)?;
    Some(directive.help(|name| group_word(check, name)))
}

/// The engine whose parameters a family has.
fn engine_of_family(family: &str) -> &str {
    family.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == 'x')
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::cloudformation;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::facts::{Allowed, Modifiable};
    use crate::read::Given;

    /// What this area says of a template, without what somebody may merely want to know.
    fn said(template: &str) -> Vec<Diagnostic> {
        let outcome = cloudformation::graph("template.yaml", template, &Given::default());
        assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
        let graph = outcome.graph.expect("a template that can be read");
        let mut found = crate::rule::check(&graph);
        found.retain(|finding| {
            finding.level != Level::Information
                && finding.code != "engine-version-support"
                && RULES.iter().any(|rule| rule.code == finding.code)
        });
        found
    }

    fn group(properties: &str) -> String {
        format!(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      \
             ReplicationGroupDescription: orders\n{properties}"
        )
    }

    fn parameter_group(family: &str, values: &[(&str, &str)]) -> String {
        let mut text = format!(
            "Resources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      \
             CacheParameterGroupFamily: {family}\n      Description: orders\n      Properties:\n"
        );
        for (name, value) in values {
            let _ = writeln!(text, "        {name}: \"{value}\"");
        }
        text
    }

    fn changeable(family: &'static str) -> impl Iterator<Item = &'static ParameterFact> {
        facts::family_parameters(family).filter(|fact| fact.modifiable != Modifiable::No)
    }

    #[test]
    fn every_parameter_takes_its_default() {
        for family in facts::families() {
            let defaults: Vec<(&str, &str)> = changeable(family)
                .filter(|fact| fact.default != "node-type")
                .map(|fact| (&*fact.parameter, &*fact.default))
                .collect();
            assert!(defaults.len() > 30, "{family}");
            assert_eq!(said(&parameter_group(family, &defaults)), [], "{family}");
        }
    }

    #[test]
    fn every_parameter_takes_the_ends_of_its_range_and_nothing_beyond() {
        for family in facts::families() {
            let (mut within, mut beyond) = (Vec::new(), Vec::new());
            for fact in changeable(family) {
                let Allowed::OneOf(alternatives) = fact.allowed() else {
                    continue;
                };
                for one in alternatives {
                    // a word, or from a number to a number
                    let text = Allowed::OneOf(vec![one]).to_string();
                    let ends: Vec<String> = text
                        .trim_end_matches(" or more")
                        .split(" to ")
                        .map(str::to_owned)
                        .collect();
                    if let Some(last) = ends.get(1).and_then(|end| end.parse::<i64>().ok()) {
                        beyond.push((&*fact.parameter, (last + 1).to_string()));
                    }
                    within.extend(ends.into_iter().map(|end| (&*fact.parameter, end)));
                }
                beyond.push((&*fact.parameter, "neither".to_owned()));
            }
            for (name, value) in within {
                let found = said(&parameter_group(family, &[(name, &value)]));
                assert_eq!(found, [], "{family} {name} {value}");
            }
            for (name, value) in beyond {
                let found = said(&parameter_group(family, &[(name, &value)]));
                let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
                assert_eq!(codes, ["parameter-value"], "{family} {name} {value}");
            }
        }
    }

    #[test]
    fn every_node_type_runs_the_versions_from_its_oldest_on() {
        for name in facts::node_types() {
            let fact = facts::node_type(name).expect("a row of the table");
            let mut expected = Vec::new();
            if !fact.new_clusters {
                expected.push("node-type");
            }
            for (engine, oldest) in [("redis", &fact.min_redis), ("valkey", &fact.min_valkey)] {
                for version in facts::engine_versions(engine) {
                    let tls = engine == "valkey";
                    let found = said(&group(&format!(
                        "      Engine: {engine}\n      EngineVersion: \"{version}\"\n      \
                         CacheNodeType: {name}\n      DataTieringEnabled: {}\n      \
                         TransitEncryptionEnabled: {tls}\n",
                        fact.data_tiering
                    )));
                    let is_old = oldest.is_empty() || older(version, oldest);
                    let codes: Vec<_> = found
                        .iter()
                        .map(|finding| finding.code)
                        .filter(|code| *code != "data-tiering" || !is_old)
                        .collect();
                    let mut expected = expected.clone();
                    if is_old {
                        expected.push("node-type-engine");
                    }
                    assert_eq!(codes, expected, "{name} {engine} {version}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn every_version_takes_the_default_group_of_its_family_and_no_other() {
        for engine in ["redis", "valkey"] {
            for version in facts::engine_versions(engine) {
                let right = &facts::engine_version(engine, version)
                    .expect("a row of the table")
                    .family;
                for family in facts::families() {
                    for shards in [1, 2] {
                        let suffix = if shards == 2 { ".cluster.on" } else { "" };
                        let found = said(&group(&format!(
                            "      Engine: {engine}\n      EngineVersion: \"{version}\"\n      \
                             CacheNodeType: cache.m5.large\n      NumNodeGroups: {shards}\n      \
                             CacheParameterGroupName: default.{family}{suffix}\n"
                        )));
                        let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
                        let expected: &[&str] = if family == right {
                            &[]
                        } else {
                            &["parameter-group-family"]
                        };
                        assert_eq!(codes, expected, "{engine} {version} {family}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_directive_of_a_redis_conf_says_what_to_do_instead() {
        let graph = cloudformation::graph(
            "template.yaml",
            &parameter_group("redis7", &[]),
            &Given::default(),
        )
        .graph
        .expect("a template that can be read");
        let check = Check::new(&graph);
        for fact in facts::directives() {
            let help = elsewhere(&check, &fact.directive).expect("it is in the table");
            assert!(!help.contains(['{', '}']), "{help}");
            for family in facts::families() {
                let is_settable = facts::parameter(family, &fact.directive)
                    .is_some_and(|known| known.modifiable == Modifiable::Yes);
                assert!(
                    !is_settable,
                    "{} is a parameter of {family}",
                    fact.directive
                );
            }
        }
    }

    #[test]
    fn a_name_is_close_to_what_it_was_meant_to_be() {
        let known = || ["maxmemory-policy", "timeout"].into_iter();
        assert_eq!(
            nearest("maxmemory-polcy", known(), CLOSE),
            Some("maxmemory-policy")
        );
        assert_eq!(nearest("requirepass", known(), CLOSE), None);
    }
}
