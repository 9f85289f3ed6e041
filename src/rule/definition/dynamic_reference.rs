//! A text that CloudFormation would resolve, and Terraform would print.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "dynamic-reference",
    title: "A text holds a dynamic reference",
    levels: Levels::ERROR,
    about: "CloudFormation replaces `{{resolve:…}}` wherever it stands, and Terraform passes it on \
            as it is, so the two outputs would make different caches. A secret is a `SecretRef`; \
            anything else is given at deployment.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
