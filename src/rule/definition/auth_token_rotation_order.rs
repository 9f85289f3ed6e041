//! A first token that is rotated, a rotation to itself, and a token that is swapped in one step.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "auth-token-rotation-order",
    title: "A step of a token's rotation out of its order",
    levels: Levels::ERROR,
    about: "A rotation has three steps: the first token is SET, the next one opens beside it with \
            ROTATE, and is then SET alone. ROTATE with a first token leaves login without any \
            token open; SET of another token at once shuts out every client that still has the old \
            one. A definition says the step that it is in, and is held against what the output \
            directory holds already. Take the steps one by one, each a deployment.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
