//! Connections and time-outs that no client can work with.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "client-settings",
    title: "Client settings that no client can work with",
    levels: Levels::ERROR,
    about: "A client needs at least one connection, keeps no more of them idle than it opens, and \
            waits for something: a time-out of 0 means for ever to one library and at once to \
            another. Leave out what has no reason to differ from the default.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
