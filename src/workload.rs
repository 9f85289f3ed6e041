//! What a cache is for, and what it holds: what a definition says so that rules can
//! tell an eviction policy that loses jobs from one that makes room.

use std::fmt;

use crate::diagnostic::Place;

/// What a cache is for. One cache may be for several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Workload {
    /// Copies of what is kept elsewhere: losing one costs time.
    Cache,
    /// Who is logged in: losing one logs somebody out.
    Session,
    /// Jobs and messages: losing one is a job that never runs.
    Queue,
    /// Locks and leader elections: losing one lets two work at once.
    Lock,
    /// Data that is nowhere else: losing it is losing it.
    Store,
    /// Counters of requests: losing one lets somebody through.
    RateLimit,
}

impl Workload {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Cache,
        Self::Session,
        Self::Queue,
        Self::Lock,
        Self::Store,
        Self::RateLimit,
    ];

    /// The word for it, as definitions, templates and messages spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cache => "cache",
            Self::Session => "session",
            Self::Queue => "queue",
            Self::Lock => "lock",
            Self::Store => "store",
            Self::RateLimit => "rate-limit",
        }
    }

    /// The workload of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|workload| workload.as_str() == word)
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Keys of one shape: how many there may be at once, and how large one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFamily {
    /// What the keys are called, such as `order`.
    pub name: String,
    /// How many there may be at once.
    pub keys: u64,
    /// How large one is on average, key and value together, in bytes.
    pub bytes: u64,
    /// Where it is said.
    pub place: Place,
}

impl KeyFamily {
    /// `keys` keys of `bytes` bytes on average, key and value together.
    #[track_caller]
    #[must_use]
    pub fn new(name: &str, keys: u64, bytes: u64) -> Self {
        Self {
            name: name.to_owned(),
            keys,
            bytes,
            place: Place::here(),
        }
    }

    /// What all of them take together, in bytes, before any overhead.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.keys.saturating_mul(self.bytes)
    }
}
