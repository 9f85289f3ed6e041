//! What can go wrong with the output directory, in words a user can act on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// One thing that is wrong with the output directory, and what to do about it.
///
/// Problems are ordered by path, so that a caller that collected them from
/// several threads can sort (and deduplicate) them and always print the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    /// The file or folder it is about.
    pub path: PathBuf,
    /// What is wrong; reads on from the path, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Problem {
    pub(super) fn new(
        path: impl Into<PathBuf>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem {
            path: path.into(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// Something on disk could not be read.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Problem {
        Problem::new(
            path,
            format!("can't be read: {}", reason(error)),
            "check who owns it and its permissions, then run again",
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)?;
        if !self.help.is_empty() {
            write!(f, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// The operating system's words, fitted into the middle of a sentence:
/// "permission denied" instead of "Permission denied (os error 13)".
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = match text.find(" (os error ") {
        Some(at) => &text[..at],
        None => &text,
    };
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "unknown error".to_owned(),
    }
}
