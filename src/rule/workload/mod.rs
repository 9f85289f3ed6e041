//! What a cache is for: eviction, durability and memory against what it holds.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
