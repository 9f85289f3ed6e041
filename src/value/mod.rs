//! Small words with an invariant, and where a definition said them.
//!
//! A definition gives most words as text, because that is how a person reads
//! them. They are parsed when the definition is lowered, so that everything
//! that is wrong can be reported at once, each with its place.

mod arn;
mod cidr;
mod id;
mod name;
mod window;

pub use arn::Arn;
pub use cidr::Cidr;
pub use id::Id;
pub use name::{
    ClusterId, DescriptionText, ExportName, GroupName, LogGroupName, ParameterName, PrefixListId,
    ReplicationGroupId, ResourceId, SecretId, SecurityGroupName, SnapshotName, StackName,
    UserGroupId,
};
pub use window::{MaintenanceWindow, SnapshotWindow};

use crate::diagnostic::Place;

/// A value and the place in the definition that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value as it was given.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> At<T> {
    /// A value, said by whoever called the caller.
    #[track_caller]
    pub fn here(value: impl Into<T>) -> Self {
        Self {
            value: value.into(),
            place: Place::here(),
        }
    }
}

/// Names of things that one account and region have once, each with what it names.
pub(crate) type Names<'a> = Vec<(&'static str, &'a At<String>)>;

/// Why a text isn't such a word: the parts of a diagnostic that don't depend on the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong with the text, e.g. `is shorter than 60 minutes`.
    pub because: String,
    /// What would be allowed.
    pub allowed: String,
    /// One thing to do.
    pub help: String,
}

impl Refusal {
    pub(crate) fn new(
        because: impl Into<String>,
        allowed: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            because: because.into(),
            allowed: allowed.into(),
            help: help.into(),
        }
    }
}

/// A word with an invariant, made from the text of a definition.
pub trait Word: Sized {
    /// What the word is called in a message, e.g. `snapshot window`.
    const WHAT: &'static str;
    /// The stable code of the diagnostic that refuses one.
    const CODE: &'static str;

    /// Reads the word.
    ///
    /// # Errors
    /// The text doesn't keep the word's invariant.
    fn parse(text: &str) -> Result<Self, Refusal>;
}

/// Whether version `a` is older than `b`, by its numbers.
pub(crate) fn older(a: &str, b: &str) -> bool {
    let numbers = |v: &str| -> Vec<u32> { v.split('.').map(|n| n.parse().unwrap_or(0)).collect() };
    numbers(a) < numbers(b)
}

/// Whether a reviewer couldn't see a character, or would see others in another order:
/// controls, separators, marks of direction and zero width. Outputs spell them by number.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
