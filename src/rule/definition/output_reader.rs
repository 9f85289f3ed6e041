//! An output of an endpoint that isn't there.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "output-reader",
    title: "An output reads a reader endpoint that isn't there",
    levels: Levels::ERROR,
    about: "With cluster mode enabled there is one configuration endpoint, from which clients \
            learn about primaries and replicas; a reader endpoint doesn't exist, and reading it \
            fails the deployment. Use `Output::endpoint`.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
