//! Two ids that are one in an output.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "id-collision",
    title: "Two things have one name in an output",
    levels: Levels::ERROR,
    about: "Ids that differ in the definition can be spelled alike in one of the languages: \
            `web-sg-1` and `web-sg1` are both `WebSg1` in CloudFormation. One of the two would \
            take the other's place. Give one of them another id.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
