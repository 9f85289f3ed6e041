//! A system or an environment whose name is no folder.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "environment-name",
    title: "A name that can't be a folder of the output",
    levels: Levels::ERROR,
    about: "System and environment name the folders that their outputs are written to, and stand \
            in names and descriptions. They have 1 to 64 lower-case letters, digits and hyphens, a \
            letter first. Name them like `oms` and `prod`.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
