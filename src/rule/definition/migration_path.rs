//! A change that no order of deployments brings about.

use crate::rule::{Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "migration-path",
    title: "A change that no stages bring about where the cache is",
    levels: Levels::ERROR,
    about: "Most of a running cache can be changed where it is, some of it only in stages, and the \
            rest not at all: what a cache is made with, such as its port, its key, its subnet group \
            or encryption at rest, and what never goes back, such as an engine, a version or \
            cluster mode. `cachewright migrate` writes stages only where each of them is neither \
            replaced nor refused. Keep what runs as it is, or make a second cache of another id \
            from a snapshot, move the clients, and remove the first.",
    source: "ElastiCache user guide and API reference, read November 2026",
    controls: &[],
    examples: &[],
    check: None,
};
