//! What is called otherwise, and is the same thing: a new logical id, a new Terraform address.

use serde_json::Value;

use super::change::{Path, Rename};
use super::side::Side;
use crate::graph::{Kind, Language};

/// The resources that have another name on the new side: those that a `moved` block names, and
/// those that are the only ones of their type to be the same thing.
#[must_use]
pub fn renames(old: &Side, new: &Side) -> Vec<Rename> {
    let (was, is) = (old.resources(), new.resources());
    let mut gone: Vec<&(Path, Kind)> = was.iter().filter(|one| !is.contains(one)).collect();
    let mut come: Vec<&(Path, Kind)> = is.iter().filter(|one| !was.contains(one)).collect();
    let mut found = Vec::new();
    for (from, to) in moved(new) {
        if gone.iter().any(|(path, _)| *path == from) && come.iter().any(|(path, _)| *path == to) {
            gone.retain(|(path, _)| *path != from);
            come.retain(|(path, _)| *path != to);
            found.push(Rename {
                from,
                to,
                declared: true,
            });
        }
    }
    for (from, kind) in &gone {
        let alike: Vec<_> = come
            .iter()
            .filter(|(to, other)| kind == other && is_same((old, from), (new, to), *kind))
            .collect();
        let [(to, _)] = alike.as_slice() else {
            continue;
        };
        let rivals = gone
            .iter()
            .filter(|(other, of)| of == kind && is_same((old, other), (new, to), *kind));
        if rivals.count() == 1 {
            found.push(Rename {
                from: from.clone(),
                to: to.clone(),
                declared: false,
            });
        }
    }
    found
}

/// The type of a resource, in the words of its file.
pub(super) fn type_of<'s>(side: &'s Side, resource: &'s Path) -> Option<&'s str> {
    match side.language {
        Language::CloudFormation => resource.get(&side.tree)?.get("Type")?.as_str(),
        Language::Terraform => resource.0.iter().rev().nth(1).map(String::as_str),
    }
}

/// One type and one name, or else the same settings throughout.
fn is_same((old, from): (&Side, &Path), (new, to): (&Side, &Path), kind: Kind) -> bool {
    if type_of(old, from) != type_of(new, to) {
        return false;
    }
    let (Some(was), Some(is)) = (from.get(&old.tree), to.get(&new.tree)) else {
        return false;
    };
    let name = |side: &Side, body: &Value| {
        let name = identity(kind, side.language)?;
        let body = match side.language {
            Language::CloudFormation => body.get("Properties")?,
            Language::Terraform => body,
        };
        body.get(name).cloned()
    };
    match (name(old, was), name(new, is)) {
        (Some(was), Some(is)) => was == is,
        (None, None) => was == is,
        _ => false,
    }
}

/// The setting that names a thing of that kind for AWS: two can't have the same. Nothing where
/// AWS finds the name.
pub(super) fn identity(kind: Kind, language: Language) -> Option<&'static str> {
    let (cloudformation, terraform) = match kind {
        Kind::SubnetGroup => ("CacheSubnetGroupName", "name"),
        Kind::ParameterGroup => ("", "name"),
        Kind::ReplicationGroup => ("ReplicationGroupId", "replication_group_id"),
        Kind::SecurityGroup => ("GroupName", "name"),
        Kind::CacheCluster => ("ClusterName", "cluster_id"),
        Kind::ServerlessCache => ("ServerlessCacheName", "name"),
        Kind::User => ("UserId", "user_id"),
        Kind::UserGroup => ("UserGroupId", "user_group_id"),
        Kind::Alarm => ("AlarmName", "alarm_name"),
        Kind::LogGroup => ("LogGroupName", "name"),
        Kind::Topic => ("TopicName", "name"),
        Kind::KeyAlias => ("AliasName", "name"),
        Kind::Secret => ("Name", "name"),
        Kind::ScalingPolicy => ("PolicyName", "name"),
        _ => return None,
    };
    let name = match language {
        Language::CloudFormation => cloudformation,
        Language::Terraform => terraform,
    };
    (!name.is_empty()).then_some(name)
}

/// What `moved` blocks say.
fn moved(side: &Side) -> Vec<(Path, Path)> {
    let Some(Value::Array(blocks)) = side.tree.get("moved") else {
        return Vec::new();
    };
    let address = |value: Option<&Value>| {
        let text = value?.get("$expr")?.as_str()?;
        let (of, label) = text.trim().split_once('.')?;
        (!label.contains(['.', '['])).then(|| Path::of(["resource", of, label]))
    };
    blocks
        .iter()
        .filter_map(|block| Some((address(block.get("from"))?, address(block.get("to"))?)))
        .collect()
}
