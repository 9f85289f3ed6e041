//! A value that is given for a parameter that isn't there.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-unknown-given",
    title: "A value is given for a parameter that isn't there",
    levels: Levels::ERROR,
    about: "The file of parameters names one that the template doesn't declare. CloudFormation refuses the deployment, because a misspelled name would otherwise leave the default in place. Correct the name, or leave it out.",
    source: "CloudFormation API reference, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
