//! A text that Terraform would change.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "text-normalization",
    title: "A text is spelled with combining characters",
    levels: Levels::ERROR,
    about: "Terraform composes letters and their accents into one character wherever it reads a \
            text, and CloudFormation leaves them as they are, so the two would disagree about the \
            same name. Write the composed form that the help shows.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
