//! One name for two things that are made.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "name-twice",
    title: "Two things are made under one name",
    levels: Levels::WARNING,
    about: "Users, user groups, secrets, key aliases and log groups have names that one account and \
            region have once: whichever environment is deployed second fails, or takes over what is \
            the other's. In two accounts both may be there. Within one environment it is an error. Put the \
            environment into the name.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
