//! Two environments that would be written to one folder.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "environment-twice",
    title: "Two environments have one path",
    levels: Levels::ERROR,
    about: "System and environment together are a path, and what two definitions write to one path \
            can only be the last one's. Nothing is written until one of them has another name.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
