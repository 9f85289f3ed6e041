//! A text with a character that no file keeps.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "text-nul",
    title: "A text holds a NUL character",
    levels: Levels::ERROR,
    about: "Neither CloudFormation nor Terraform takes a text with a NUL character in it, and \
            editors don't show that it is there. It mostly comes from a file that was read in the \
            wrong encoding. Leave it out.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
