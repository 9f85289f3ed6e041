//! What can't name a parameter of Systems Manager.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "ssm-parameter-name",
    title: "A name that no parameter of Systems Manager has",
    levels: Levels::ERROR,
    about: "Parameters have names of letters, digits, dots, hyphens and underscores, in levels \
            that slashes part. Copy the parameter's name, not its ARN.",
    source: "Systems Manager API reference, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
