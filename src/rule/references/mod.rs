//! What one thing says of another: attributes, groups of the wrong kind, arguments that conflict.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
