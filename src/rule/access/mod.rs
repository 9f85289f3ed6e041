//! Who gets in and what they can read: networks, encryption, tokens, users, secrets.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
