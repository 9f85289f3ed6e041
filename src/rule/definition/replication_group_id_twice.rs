//! Two environments whose caches have one id.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "replication-group-id-twice",
    title: "Two environments name one replication group",
    levels: Levels::WARNING,
    about: "A replication group's id is unique in an account and region. Two environments of one \
            region with the same id can only be deployed to two accounts; in one, the second \
            deployment fails or changes the first one's cache. Rename one of them, unless they are \
            in two accounts.",
    source: "",
    controls: &[],
    examples: &[],
    check: None,
};
