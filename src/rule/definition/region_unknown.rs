//! A region that the tables don't have.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "region-unknown",
    title: "A region that the tables don't know",
    levels: Levels::WARNING,
    about: "The region is not among those that were known when the tables were made. It may be \
            new, or it may be misspelled, and which node types are sold there can't be checked. \
            Check the spelling.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
