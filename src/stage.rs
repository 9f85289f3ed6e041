//! What an environment is for.

use std::fmt;

/// What an environment is for; defaults and levels follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Somebody's own: it may be lost.
    Development,
    /// Like production, for the team.
    Staging,
    /// Somebody's customers depend on it.
    Production,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Development => "development",
            Self::Staging => "staging",
            Self::Production => "production",
        })
    }
}
