//! What runs and on what: node types, engine versions, parameter groups and their parameters.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
