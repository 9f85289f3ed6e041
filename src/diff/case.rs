//! One change of one resource, with everything that a verdict may depend on.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::change::{Change, Path};
use super::side::{Side, known};
use crate::facts::{UpdateBehaviour, update_behaviour};
use crate::graph::{Kind, Language, Node};
use crate::vocabulary;

/// A setting that changes, and what is around it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The files as they were, with the new names.
    pub old: &'a Side,
    /// The files as they are.
    pub new: &'a Side,
    /// Where the old files have the resource; it may have had another name.
    pub was_at: &'a Path,
    /// Where the new ones have it.
    pub resource: &'a Path,
    /// Its kind.
    pub kind: Kind,
    /// The setting, in CloudFormation's word; in Terraform's where only that has it.
    pub setting: &'a str,
    /// The names and positions below the setting.
    pub below: &'a [String],
    /// What changes.
    pub change: &'a Change,
    /// All that changes in the resource, by setting, in the same words.
    pub together: &'a [String],
}

impl<'a> Case<'a> {
    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.new.language
    }

    /// Whether it is CloudFormation.
    #[must_use]
    pub fn in_cloudformation(&self) -> bool {
        self.language() == Language::CloudFormation
    }

    /// The resource as it was read on the old side.
    #[must_use]
    pub fn before(&self) -> Option<&'a Node> {
        self.old.node(self.was_at)
    }

    /// The resource as it was read on the new side.
    #[must_use]
    pub fn after(&self) -> Option<&'a Node> {
        self.new.node(self.resource)
    }

    /// What a setting was, by CloudFormation's name; nothing where it isn't known or wasn't there.
    #[must_use]
    pub fn was(&self, name: &str) -> Option<Value> {
        known(self.before()?, name)
    }

    /// What a setting is.
    #[must_use]
    pub fn is(&self, name: &str) -> Option<Value> {
        known(self.after()?, name)
    }

    /// A text that a setting was and is.
    #[must_use]
    pub fn texts(&self, name: &str) -> (Option<String>, Option<String>) {
        let text = |value: Option<Value>| match value? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        };
        (text(self.was(name)), text(self.is(name)))
    }

    /// A number that a setting was and is.
    #[must_use]
    pub fn numbers(&self, name: &str) -> Option<(i64, i64)> {
        let number = |value: Value| match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        Some((number(self.was(name)?)?, number(self.is(name)?)?))
    }

    /// Whether a setting was on and is on.
    #[must_use]
    pub fn switch(&self, name: &str) -> (Option<bool>, Option<bool>) {
        let on = |value: Option<Value>| match value? {
            Value::Bool(on) => Some(on),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        (on(self.was(name)), on(self.is(name)))
    }

    /// Whether a setting was there.
    #[must_use]
    pub fn had(&self, name: &str) -> bool {
        self.before().is_some_and(|node| has(node, name))
    }

    /// Whether a setting is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.after().is_some_and(|node| has(node, name))
    }

    /// Whether another setting changes in the same step.
    #[must_use]
    pub fn changes(&self, name: &str) -> bool {
        self.together.iter().any(|setting| setting == name)
    }

    /// The settings of the resource as they stand in its file.
    #[must_use]
    pub fn body(&self) -> Option<&'a Value> {
        let resource = self.resource.get(&self.new.tree)?;
        settings(self.language(), resource)
    }

    /// The same on the old side.
    #[must_use]
    pub fn old_body(&self) -> Option<&'a Value> {
        let resource = self.was_at.get(&self.old.tree)?;
        settings(self.language(), resource)
    }

    /// What the table says of the setting.
    #[must_use]
    pub fn row(&self) -> Option<&'static UpdateBehaviour> {
        let of = match self.kind.cloudformation() {
            "" => self.kind.terraform(),
            of => of,
        };
        update_behaviour(of, self.setting)
    }

    /// Terraform waits for the maintenance window.
    #[must_use]
    pub fn waits(&self) -> bool {
        let waits = matches!(self.kind, Kind::ReplicationGroup | Kind::CacheCluster);
        waits
            && self.language() == Language::Terraform
            && self.is("apply_immediately") != Some(Value::Bool(true))
    }

    /// What a person calls the resource: its logical id or its address.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.resource)
    }
}

fn has(node: &Node, name: &str) -> bool {
    node.properties.iter().any(|property| {
        property.cloudformation.as_deref() == Some(name)
            || property.terraform.as_deref() == Some(name)
    })
}

fn settings(language: Language, resource: &Value) -> Option<&Value> {
    match language {
        Language::CloudFormation => resource.get("Properties"),
        Language::Terraform => Some(resource),
    }
}

/// What a person calls a resource: its logical id or its address.
pub(super) fn name(resource: &Path) -> String {
    match resource.0.as_slice() {
        [section, id] if section == "Resources" => id.clone(),
        [.., section, of, label] if section == "resource" => {
            let folder = resource.0.get(1).filter(|_| resource.0.len() > 3);
            let folder = folder
                .map(|folder| format!("{folder}: "))
                .unwrap_or_default();
            format!("{folder}{of}.{label}")
        }
        _ => resource.to_string(),
    }
}

/// CloudFormation's names by Terraform's, of the first step alone.
static NAMES: LazyLock<HashMap<(Kind, &str), &str>> = LazyLock::new(|| {
    let first = |name: &'static str| name.split(['.', '/']).next().unwrap_or_default();
    let all = Kind::ALL.into_iter().flat_map(vocabulary::settings);
    let mut names = HashMap::new();
    for setting in all {
        let (cfn, tf) = (first(setting.cloudformation), first(setting.terraform));
        if !cfn.is_empty() && !tf.is_empty() {
            names.entry((setting.kind, tf)).or_insert(cfn);
        }
    }
    names
});

/// A setting of Terraform's in CloudFormation's word, where it has one.
pub(super) fn setting(kind: Kind, language: Language, name: &str) -> &str {
    match language {
        Language::CloudFormation => name,
        Language::Terraform => {
            let names: &HashMap<(Kind, &str), &str> = &NAMES;
            names.get(&(kind, name)).copied().unwrap_or(name)
        }
    }
}
