//! Words with a form: names, ids, ARNs, ports, windows, tags, and what AWS counts.

use super::{Check, Finding, Resource, Rule, Setting};
use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Part, Property, Source, Text, Value};
use crate::value::{Refusal, Word};
use crate::vocabulary;

mod arn;
mod cluster_id;
mod description;
mod description_default;
mod environment_description;
mod export_name;
mod export_twice;
mod global_datastore_id;
mod group_description;
mod group_id_fixed;
mod group_name;
mod list_twice;
mod logical_id;
mod maintenance_window;
mod port;
mod replication_group_description;
mod replication_group_id;
mod resource_id;
mod secret_name;
mod security_group_name;
mod security_groups;
mod security_groups_classic;
mod setting_missing;
mod setting_read_only;
mod setting_type;
mod setting_unknown;
mod snapshot_name;
mod snapshot_window;
mod subnets;
mod tags;
mod template_limits;
mod user_group_id;
mod user_id;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &arn::RULE,
    &cluster_id::RULE,
    &description::RULE,
    &description_default::RULE,
    &environment_description::RULE,
    &export_name::RULE,
    &export_twice::RULE,
    &global_datastore_id::RULE,
    &group_description::RULE,
    &group_id_fixed::RULE,
    &group_name::RULE,
    &list_twice::RULE,
    &logical_id::RULE,
    &maintenance_window::RULE,
    &port::RULE,
    &replication_group_description::RULE,
    &replication_group_id::RULE,
    &resource_id::RULE,
    &secret_name::RULE,
    &security_group_name::RULE,
    &security_groups::RULE,
    &security_groups_classic::RULE,
    &setting_missing::RULE,
    &setting_read_only::RULE,
    &setting_type::RULE,
    &setting_unknown::RULE,
    &snapshot_name::RULE,
    &snapshot_window::RULE,
    &subnets::RULE,
    &tags::RULE,
    &template_limits::RULE,
    &user_group_id::RULE,
    &user_id::RULE,
];

/// ElastiCache's own kinds.
const ELASTICACHE: [Kind; 8] = [
    Kind::SubnetGroup,
    Kind::ParameterGroup,
    Kind::ReplicationGroup,
    Kind::CacheCluster,
    Kind::ServerlessCache,
    Kind::GlobalReplicationGroup,
    Kind::User,
    Kind::UserGroup,
];

/// What a thing of ElastiCache's is called in a message.
const fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::SubnetGroup => "a subnet group",
        Kind::ParameterGroup => "a parameter group",
        Kind::ReplicationGroup => "a replication group",
        Kind::CacheCluster => "a cache cluster",
        Kind::ServerlessCache => "a serverless cache",
        Kind::GlobalReplicationGroup => "a global datastore",
        Kind::User => "a user",
        Kind::UserGroup => "a user group",
        _ => "it",
    }
}

/// The language that was read; none for a definition.
fn language(check: &Check<'_>) -> Option<Language> {
    match check.graph().source {
        Source::Read(language) => Some(language),
        Source::Definition => None,
    }
}

/// Everything of ElastiCache's own kinds.
fn caches<'g>(check: &Check<'g>) -> impl Iterator<Item = Resource<'g>> + use<'g> {
    let all: Vec<_> = ELASTICACHE
        .into_iter()
        .flat_map(|kind| check.all(kind))
        .collect();
    all.into_iter()
}

/// The settings of these names, wherever somebody says one.
fn settings<'g>(check: &Check<'g>, names: &[(Kind, &str)]) -> Vec<Setting<'g>> {
    names
        .iter()
        .flat_map(|(kind, name)| {
            let all = check.all(*kind);
            let settings = all.into_iter().filter_map(|node| node.setting(name));
            settings.filter(Setting::is_said)
        })
        .collect()
}

/// Every setting that the file says of a resource, with its path in the vocabulary: a setting of
/// one of several objects stands after a slash.
fn said<'g>(resource: &Resource<'g>, language: Language) -> Vec<(String, Setting<'g>)> {
    let mut all = Vec::new();
    objects(resource, language, "", &resource.node.properties, &mut all);
    all
}

fn objects<'g>(
    resource: &Resource<'g>,
    language: Language,
    prefix: &str,
    object: &'g [Property],
    all: &mut Vec<(String, Setting<'g>)>,
) {
    for property in object {
        let name = match language {
            Language::CloudFormation => property.cloudformation.as_deref(),
            Language::Terraform => property.terraform.as_deref(),
        };
        let Some((name, setting)) =
            name.and_then(|name| Some((name, resource.within(object, name)?)))
        else {
            continue;
        };
        let path = format!("{prefix}{name}");
        all.push((path.clone(), setting));
        let known = vocabulary::setting(resource.node.kind, language, &path).is_some();
        if let (true, Value::Objects(inner)) = (known, &property.value) {
            for object in inner {
                objects(resource, language, &format!("{path}/"), object, all);
            }
        }
    }
}

/// A text that is known in full. Nobody knows what becomes of an empty one in a template, and
/// to Terraform's provider it is nothing at all.
fn text<'g>(check: &Check<'g>, setting: &Setting<'g>) -> Option<&'g str> {
    let text = setting.text()?;
    (!text.is_empty() || language(check).is_none()).then_some(text)
}

/// A name that AWS finds in either case, to hold against its form; a definition says it as it is.
fn as_found(check: &Check<'_>, name: &str) -> String {
    if language(check).is_none() {
        return name.to_owned();
    }
    name.to_ascii_lowercase()
}

/// The texts of a setting that are known in full: its own, or those of a list.
fn texts<'g>(setting: &Setting<'g>) -> Vec<&'g str> {
    match setting.value() {
        Value::List(values) => values
            .iter()
            .filter_map(|value| match value {
                Value::Text(text) => text.literal(),
                _ => None,
            })
            .collect(),
        _ => setting.text().into_iter().collect(),
    }
}

/// Says that a text isn't such a word, as a definition's would be refused.
fn refuse<'c, 'g>(
    check: &'c mut Check<'g>,
    setting: &Setting<'g>,
    what: &str,
    text: &str,
    refusal: Refusal,
) -> &'c mut Finding {
    check
        .report(setting, format!("{what} {text:?} {}", refusal.because))
        .allowed(refusal.allowed)
        .help(refusal.help)
}

/// Holds a text against the form of a word.
fn word<'g, W: Word>(check: &mut Check<'g>, setting: &Setting<'g>) {
    if let Some(text) = text(check, setting)
        && let Err(refusal) = W::parse(text)
    {
        refuse(check, setting, W::WHAT, text, refusal);
    }
}

/// Holds a name of ElastiCache's against its form. It lowers upper-case letters by itself:
/// Terraform's provider knows, CloudFormation compares letter by letter.
fn identifier<'g, W: Word>(check: &mut Check<'g>, setting: &Setting<'g>, most: usize) {
    let Some(given) = setting.text() else {
        if let Value::Text(text) = setting.value()
            && let Some(because) = wrong_in_parts(text, most)
        {
            check
                .report(setting, format!("{} {because}", W::WHAT))
                .allowed(format!(
                    "1 to {most} ASCII letters, digits and single hyphens, a letter first"
                ))
                .help("replace what the parts bring along, or choose other words between them");
        }
        return;
    };
    let Err(refusal) = W::parse(given) else {
        return;
    };
    let level = match (language(check), W::parse(&given.to_ascii_lowercase())) {
        (None, _) => None,
        (Some(_), Err(refusal)) => {
            refuse(check, setting, W::WHAT, given, refusal);
            return;
        }
        (Some(Language::CloudFormation), Ok(_)) => Some(Level::Warning),
        (Some(Language::Terraform), Ok(_)) => Some(Level::Information),
    };
    let finding = refuse(check, setting, W::WHAT, given, refusal);
    if let Some(level) = level {
        finding.level(level);
    }
}

/// What is wrong with a name whatever its unknown parts turn out to be.
fn wrong_in_parts(text: &Text, most: usize) -> Option<String> {
    let mut length = 0;
    for (i, part) in text.0.iter().enumerate() {
        let Part::Literal(literal) = part else {
            continue;
        };
        length += literal.len();
        if let Some(c) = literal
            .chars()
            .find(|c| !c.is_ascii_alphanumeric() && *c != '-')
        {
            return Some(format!("contains {c:?}"));
        }
        if i == 0 && !literal.starts_with(|c: char| c.is_ascii_alphabetic()) && !literal.is_empty()
        {
            return Some(format!("starts with {literal:?}, and not with a letter"));
        }
        let last = i + 1 == text.0.len();
        if literal.contains("--") || last && literal.ends_with('-') {
            return Some("has a hyphen too many".to_owned());
        }
    }
    (length > most).then(|| format!("is at least {length} characters long"))
}

/// The known name that is most like another, where one is at least so like it.
pub(super) fn nearest<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
    least: f64,
) -> Option<&'a str> {
    let plain = |name: &str| name.replace(['_', '-', '.'], "").to_ascii_lowercase();
    let given = plain(name);
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let ratio = f64::from(similar::TextDiff::from_chars(&*given, &*plain(candidate)).ratio());
        if ratio >= least && best.is_none_or(|(most, _)| ratio > most) {
            best = Some((ratio, candidate));
        }
    }
    best.map(|(_, name)| name)
}
