//! An id of a prefix list that isn't one.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "prefix-list-id",
    title: "What isn't the id of a prefix list",
    levels: Levels::ERROR,
    about: "A managed prefix list is named by an id like `pl-0123456789abcdef0`; EC2 refuses its \
            name, its ARN and the id of anything else when the rule of the security group is made. \
            Copy the id from the list itself.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
