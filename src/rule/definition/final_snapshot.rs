//! The name of a last snapshot that nobody takes.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "final-snapshot",
    title: "A last snapshot has a name and isn't taken",
    levels: Levels::ERROR,
    about: "The cache is deleted without a last snapshot, so a name for one would be lost and its \
            author would believe the data to be kept. Take a snapshot with `Removal::Snapshot`, or \
            leave the name out.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
