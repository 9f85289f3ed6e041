//! Two topics that are made under one id.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "topic-twice",
    title: "Two topics with one id",
    levels: Levels::ERROR,
    about: "An id names one topic, wherever it is used: alarms, the composite alarm and ElastiCache's \
            events can share it. Two topics of one id that differ in what is said of them can't both \
            be made. Make the topic once and clone it, or give one of them another id.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
