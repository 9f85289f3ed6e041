use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{table, yes};

/// What a change of one property does, in both languages, as each source says it.
#[derive(Clone, Debug, Deserialize)]
pub struct UpdateBehaviour {
    /// The CloudFormation type, or Terraform's where only that has one.
    #[serde(rename = "cfn_resource")]
    pub of: String,
    /// CloudFormation's name; empty where Terraform alone has it.
    #[serde(rename = "cfn_property")]
    pub cloudformation: String,
    /// CloudFormation's resource schema: `Mutable`, `Replacement`, `Conditional`, `readOnly`.
    #[serde(rename = "cfn_update_schema")]
    pub schema: String,
    /// CloudFormation's template reference: `No interruption`, `Some interruptions`, `Replacement`.
    #[serde(rename = "cfn_update_docs")]
    pub documentation: String,
    /// CDK's flag: `yes`, `no`, `maybe`.
    #[serde(rename = "cdk_replace")]
    pub cdk: String,
    /// What CloudFormation does, as far as the sources allow to say.
    #[serde(rename = "cfn_effective")]
    pub in_cloudformation: String,
    /// Terraform's name; in brackets or empty where CloudFormation alone has it.
    #[serde(rename = "tf_attribute")]
    pub terraform: String,
    /// What Terraform does: `In place`, `ForceNew`, with conditions.
    #[serde(rename = "tf_effective")]
    pub in_terraform: String,
    /// Whether ElastiCache's modify call takes it: `yes`, `no`, `other op`.
    pub api_modifiable: String,
    /// Whether the languages agree: `yes`, `NO`, `n/a`.
    pub agree: String,
    /// With `apply_immediately = false` the change waits for the maintenance window.
    #[serde(deserialize_with = "yes")]
    pub waits: bool,
    /// What else is known.
    pub note: String,
}

static TABLE: LazyLock<Vec<UpdateBehaviour>> =
    LazyLock::new(|| table(include_str!("update_behaviour.csv")));

static BY_NAME: LazyLock<HashMap<(&str, &str), &UpdateBehaviour>> = LazyLock::new(|| {
    let rows = TABLE.iter();
    rows.flat_map(|row| {
        [&row.cloudformation, &row.terraform].map(|name| ((&*row.of, &**name), row))
    })
    .filter(|((_, name), _)| !name.is_empty())
    .collect()
});

/// Every row.
#[must_use]
pub fn update_behaviours() -> &'static [UpdateBehaviour] {
    &TABLE
}

/// The row of a property, by the CloudFormation type (Terraform's where only that has one) and
/// the property's name in either language.
#[must_use]
pub fn update_behaviour(of: &str, property: &str) -> Option<&'static UpdateBehaviour> {
    let by_name: &HashMap<(&str, &str), &'static UpdateBehaviour> = &BY_NAME;
    by_name.get(&(of, property)).copied()
}
