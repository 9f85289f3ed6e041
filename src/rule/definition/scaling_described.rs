//! Shards that are described one by one, and scaled.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-described",
    title: "Shards that are described one by one are to be scaled",
    levels: Levels::ERROR,
    about: "Automatic scaling makes shards that no definition describes, and the next run of \
            Terraform would take them away with their keys. Say how many shards there are to \
            begin with, all alike.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
