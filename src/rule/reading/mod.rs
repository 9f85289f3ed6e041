//! What the readers of templates and modules say of the text itself.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
