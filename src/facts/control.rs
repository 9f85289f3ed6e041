use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

/// A control of another tool, about ElastiCache or about what stands around a cache.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ControlFact {
    /// Whose it is, e.g. `checkov`.
    pub tool: String,
    /// The version that was looked at; empty where the tool has none, or none is known.
    pub version: String,
    /// What the tool calls it, e.g. `CKV_AWS_29`.
    pub id: String,
    /// How much the tool makes of it, in its word; empty where it doesn't say.
    pub severity: String,
    looks_at: String,
    /// What it asks, by the name of what answers it; several controls ask the same.
    pub meaning: String,
    /// What it wants, in a few words.
    pub title: String,
    /// What it doesn't see, and what else to know of it; may be empty.
    pub about: String,
}

impl ControlFact {
    /// Whether it is called that: by its id, or by its tool and its id, such as `cfn_nag F44`.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let id = match name.split_once(' ') {
            Some((tool, id)) if tool == self.tool => id,
            _ => name,
        };
        id == self.id
    }

    /// What the tool itself looks at.
    #[must_use]
    pub fn looks_at(&self) -> &'static str {
        match self.looks_at.as_str() {
            "cloudformation" => "The tool looks at CloudFormation only.",
            "terraform" => "The tool looks at Terraform only.",
            "deployed" => "The tool looks at what is deployed.",
            _ => "The tool looks at CloudFormation and at Terraform.",
        }
    }
}

static TABLE: LazyLock<Vec<ControlFact>> = LazyLock::new(|| table(include_str!("controls.csv")));

/// Every control, tool by tool.
pub(crate) fn controls() -> &'static [ControlFact] {
    &TABLE
}
