//! An id that the two languages can't both spell.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "id",
    title: "An id that can't be spelled in both languages",
    levels: Levels::ERROR,
    about: "Each id becomes a logical id in CloudFormation and a name in Terraform, so it has \
            letters, digits and hyphens, a letter first; and what names a Terraform variable isn't \
            one of the words that Terraform keeps for itself. Name it like `web` or `vpc-id`.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
