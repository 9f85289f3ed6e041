//! A bucket or a key that Terraform can't keep its state in.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-state",
    title: "A place where Terraform can't keep its state",
    levels: Levels::ERROR,
    about: "Terraform keeps its state in an object of a bucket: the bucket by its name, with 3 to \
            63 lower-case letters, digits, dots and hyphens, and the key without a slash at either \
            end. Anything else fails when the module is initialized. Copy the bucket's name, not \
            its ARN.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
