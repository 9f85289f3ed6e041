//! The name of a stack that CloudFormation wouldn't take.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "stack-name",
    title: "What can't be the name of a stack",
    levels: Levels::ERROR,
    about: "The default of a parameter that names a stack has to be a name that a stack can have: \
            1 to 128 letters, digits and hyphens, a letter first. CloudFormation and Terraform \
            refuse any other before they deploy. Copy the stack's name.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
