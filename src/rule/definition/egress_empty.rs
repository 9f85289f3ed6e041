//! A list of what the cache may reach that has nothing in it.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "egress-empty",
    title: "An empty list of egress blocks",
    levels: Levels::ERROR,
    about: "CloudFormation takes a security group without egress rules for one that may reach \
            everything, which is the opposite of what an empty list seems to say. Say \
            `Egress::None` for nothing, or name the blocks.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
