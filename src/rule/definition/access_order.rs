//! Who may log in changes together with something else, or from a token to users at once.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "access-order",
    title: "A change of who may log in that no deployment makes",
    levels: Levels::ERROR,
    about: "A cache keeps its token until the API is told to delete it, takes users only without \
            one, and takes either only once encryption in transit is required: changes of both in \
            one step are refused, and CloudFormation may answer one by a new cache. The definition is \
            held against what the output directory holds already. Take the steps one by one, each a \
            deployment.",
    source: "ElastiCache user guide and issues 31710, 39546 and 42966 of Terraform's AWS provider, read \
             November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
