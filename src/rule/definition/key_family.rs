//! Keys whose name doesn't fit into a comment.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "key-family",
    title: "A family of keys has a name that can't be kept",
    levels: Levels::ERROR,
    about: "The outputs carry the families of keys in a comment or in their metadata, so that \
            whoever validates them knows how much memory is needed. A name there has 1 to 64 \
            lower-case letters, digits and hyphens. Call the keys like `order` or \
            `idempotency-key`.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
