//! An output of a security group that isn't made here.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "output-security-group",
    title: "An output reads a security group that isn't made here",
    levels: Levels::ERROR,
    about: "Only the id of a security group that the environment makes can be read from it. Groups \
            that exist already belong to somebody else, who knows their ids and can export them. \
            Leave the output out, or let the environment make the group.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
