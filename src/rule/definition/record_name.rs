//! What can't name a DNS record.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "record-name",
    title: "A name that no DNS record has",
    levels: Levels::ERROR,
    about: "A record's name is written in full, as its clients ask for it: labels of letters, digits, \
            hyphens and underscores, of at most 63 characters, with dots between them. A CNAME \
            can't stand at the top of its zone. Write the whole name, such as redis.shop.internal.",
    source: "Route 53 developer guide, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
