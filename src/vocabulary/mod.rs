//! The settings of each kind, in both vocabularies: what a reader needs to turn either
//! language into the same graph.

use std::sync::LazyLock;

use crate::graph::{Kind, Language};

/// A setting of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The kind that has it.
    pub kind: Kind,
    /// CloudFormation's name; empty where it has none. A dot goes one object deeper; what
    /// stands after a slash is a setting of each of several objects.
    pub cloudformation: &'static str,
    /// Terraform's name; empty where it has none. A dot goes one block deeper.
    pub terraform: &'static str,
    /// What it holds.
    pub shape: Shape,
}

impl Setting {
    /// Its name in a language; empty where it has none.
    #[must_use]
    pub const fn name(&self, language: Language) -> &'static str {
        match language {
            Language::CloudFormation => self.cloudformation,
            Language::Terraform => self.terraform,
        }
    }
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// Yes or no.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Several texts.
    List,
    /// Tags.
    Tags,
    /// Engine parameters.
    Parameters,
    /// A metric's dimensions.
    Dimensions,
    /// Several objects or blocks.
    Objects,
    /// A JSON document.
    Document,
    /// A JSON document that CloudFormation takes as a text.
    Json,
}

impl Shape {
    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "text" => Self::Text,
            "bool" => Self::Bool,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "list" => Self::List,
            "tags" => Self::Tags,
            "parameters" => Self::Parameters,
            "dimensions" => Self::Dimensions,
            "objects" => Self::Objects,
            "document" => Self::Document,
            "json" => Self::Json,
            _ => return None,
        })
    }
}

static SETTINGS: LazyLock<Vec<Setting>> = LazyLock::new(|| {
    let rows = include_str!("settings.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    rows.filter_map(row).collect()
});

/// By its CloudFormation type, or Terraform's where it has none.
fn kind(name: &str) -> Option<Kind> {
    Kind::of_cloudformation(name).or_else(|| Kind::of_terraform(name))
}

fn row(line: &'static str) -> Option<Setting> {
    let mut cells = line.split(',');
    Some(Setting {
        kind: kind(cells.next()?)?,
        cloudformation: cells.next()?,
        terraform: cells.next()?,
        shape: Shape::of_word(cells.next()?)?,
    })
}

/// The settings of a kind; none for what the product doesn't know.
pub fn settings(kind: Kind) -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(move |setting| setting.kind == kind)
}

/// The setting of that name in a language.
#[must_use]
pub fn setting(kind: Kind, language: Language, name: &str) -> Option<&'static Setting> {
    settings(kind).find(|setting| setting.name(language) == name && !name.is_empty())
}

/// What says a property of a replication group in a definition, for the advice that names it
/// in CloudFormation's words.
#[must_use]
pub fn in_definition(name: &str) -> Option<&'static str> {
    Some(match name {
        "AuthToken" => "Access::AuthToken(…)",
        "CacheNodeType" => "ReplicationGroup::new(…)",
        "CacheSubnetGroupName" => "the subnet group",
        "Durability" => ".durability(…)",
        "LogDeliveryConfigurations" => ".slow_log(…) and .engine_log(…)",
        "NumCacheClusters" => "Topology::replicated(…)",
        "Port" => ".port(…)",
        "ReplicasPerNodeGroup" => "Topology::sharded(…)",
        "SecurityGroupIds" => "the security group",
        "SnapshotRetentionLimit" => "Snapshots::daily(…)",
        "SnapshotWindow" => ".window(…)",
        "TransitEncryptionEnabled" => "TransitEncryption::Required(…)",
        "TransitEncryptionMode" => "TransitEncryption::Preferred",
        "UserGroupIds" => "Access::UserGroup(…)",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = include_str!("settings.csv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert_eq!(rows.count(), SETTINGS.len() + 1);
        for kind in Kind::ALL {
            assert!(settings(kind).count() > 0, "{kind:?}");
        }
    }

    #[test]
    fn a_name_stands_once_for_a_kind() {
        for setting in SETTINGS.iter() {
            for language in [Language::CloudFormation, Language::Terraform] {
                let name = setting.name(language);
                // Terraform has one word for two places that a log may go to
                if name.is_empty() || name.ends_with("/destination") {
                    continue;
                }
                let same = settings(setting.kind).filter(|other| other.name(language) == name);
                assert_eq!(same.count(), 1, "{setting:?}");
            }
        }
    }
}
