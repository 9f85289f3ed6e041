//! Two keys that are made under one id.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "kms-key-twice",
    title: "Two keys with one id",
    levels: Levels::ERROR,
    about: "An id names one key, wherever it is used: the cache, its secrets and its log groups \
            can share it. Two keys of one id that differ in what is said of them can't both be \
            made. Make the key once and clone it, or give one of them another id.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
