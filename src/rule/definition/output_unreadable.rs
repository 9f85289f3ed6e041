//! An output that reads what the environment doesn't have.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "output-unreadable",
    title: "An output of what isn't there",
    levels: Levels::ERROR,
    about: "An output reads something that the environment makes: a secret, a client's security \
            group, the right of a user to log in by IAM. What isn't made here, and what Terraform \
            keeps nowhere, can't be read from it. Check the id, or leave the output out.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
