//! From plain to required, or back, without the step between.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "transit-encryption-order",
    title: "Encryption in transit that is required in one step",
    levels: Levels::ERROR,
    about: "A running cache goes from plain connections to TLS in two steps, because clients can't \
            change all at once: preferred, in which both work, then required. AWS refuses to go \
            straight, and to go back from required without preferred. The definition is held \
            against what the output directory holds already. Say TransitEncryption::Preferred, \
            deploy, move the clients, then require it.",
    source: "ElastiCache user guide, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
