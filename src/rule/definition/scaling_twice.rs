//! One metric, and two values to keep it at.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-twice",
    title: "One metric is to be kept at two values",
    levels: Levels::ERROR,
    about: "Shards and replicas may each be scaled by several metrics, and by each of them once: a \
            policy of the same name would take the other's place. Leave one of them out.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
