//! A value is given for a variable that the module doesn't have.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "variable-undeclared",
    title: "A value is given for a variable that isn't declared",
    levels: Levels::ERROR,
    about: "A value for a variable that the module doesn't declare goes nowhere, so what somebody \
        meant to set keeps its default: often a name that is misspelled. Terraform refuses it on \
        the command line and warns about it in a file of its own. Declare the variable, or \
        correct its name.",
    source: "Terraform language, input variables, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
