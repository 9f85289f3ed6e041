//! How a cache is run: logs, notices, alarms, autoscaling.

use super::Rule;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[];
