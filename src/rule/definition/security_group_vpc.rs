//! A security group that nobody can look up.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "security-group-vpc",
    title: "A security group is looked up without a VPC",
    levels: Levels::ERROR,
    about: "Names of security groups are unique within a VPC only, and this environment doesn't \
            say in which VPC it is, since it makes no group of its own. Give the group's id at \
            deployment, import it, or write it down.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
