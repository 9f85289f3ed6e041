//! One name for two things that are looked up.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "lookup-twice",
    title: "Two different things are looked up by one name",
    levels: Levels::ERROR,
    about: "What exists already is looked up under a name that follows from its own, and two of \
            them came to the same: `web-sg` and `web sg`, for example. Terraform would read one of \
            them for both. Rename one, or give it at deployment.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
