//! A module is called without a variable that it needs, or with one that it doesn't have.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-module-input",
    title: "A module is called without what it needs, or with what it doesn't know",
    levels: Levels::ERROR,
    about: "A variable without a default has to be given by whoever calls the module, and an \
        argument that is no variable of the module is refused: Terraform stops before it plans \
        anything. Give what is missing, or declare what is given.",
    source: "Terraform language, module blocks, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
