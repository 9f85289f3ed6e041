//! Something that is said of what exists already.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "setting-lost",
    title: "A setting that would reach no output",
    levels: Levels::ERROR,
    about: "The definition uses a group that exists already, and also says how it should be. An \
            existing group isn't changed, so what is said would be lost without a word. Leave it \
            out, or make a group of your own.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
