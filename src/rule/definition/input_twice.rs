//! One id for two values that are asked for.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "input-twice",
    title: "Two different values are asked for by one id",
    levels: Levels::ERROR,
    about: "A value that is given at deployment has one kind and one default. When the same id \
            asks for two different things, one parameter or variable would have to be both. Give \
            one of them an id of its own.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
