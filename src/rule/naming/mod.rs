//! Words with a form: names, ids, ARNs, ports, windows, tags, and what AWS counts.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
