//! Two environments that keep their state in one object.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-state-twice",
    title: "Two environments have one Terraform state",
    levels: Levels::ERROR,
    about: "Terraform destroys what is in its state and not in the module. Two environments that \
            share a state therefore destroy each other's caches at every turn. Give each a key of \
            its own.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
