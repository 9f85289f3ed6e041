//! A client that is let in already.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "client-twice",
    title: "A client is let in twice",
    levels: Levels::ERROR,
    about: "Two clients of the security group are one source: the same block of addresses, the \
            same group or the same prefix list. EC2 refuses the second rule, after the first has \
            been made. Leave one of them out.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
