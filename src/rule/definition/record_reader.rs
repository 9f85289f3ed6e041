//! A record for an endpoint that isn't there.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "record-reader",
    title: "A DNS record of a reader endpoint that isn't there",
    levels: Levels::ERROR,
    about: "With cluster mode enabled there is one configuration endpoint, from which clients learn \
            about primaries and replicas. Leave the reader's name out.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
