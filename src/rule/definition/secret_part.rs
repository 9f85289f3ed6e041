//! A key or stage of a secret that would break its reference.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "secret-part",
    title: "What can't be part of a reference to a secret",
    levels: Levels::ERROR,
    about: "The key and the stage of a secret stand between colons in CloudFormation's reference \
            to it, so they have letters, digits and any of _-/+=.@ and nothing else. Rename the \
            key in the secret, or choose another stage.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
