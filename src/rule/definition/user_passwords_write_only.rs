//! A second password beside a write-only one.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "user-passwords-write-only",
    title: "Two passwords where Terraform takes one",
    levels: Levels::ERROR,
    about: "The write-only argument for a user's password holds one password, the ordinary one \
            two. To change a write-only password, raise its version: clients with the old one are \
            shut out. To have both open for a while, leave `.write_only` out while there are two; \
            they are then in the state.",
    source: "schema of Terraform's AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
