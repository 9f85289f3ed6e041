//! The output directory: what is in it, how it differs from what was rendered,
//! and how it is changed all at once or not at all.
//!
//! ```text
//! out/
//!   oms/
//!     prod/
//!       .cachewright.json               the manifest
//!       cloudformation/template.json
//!       terraform/main.tf
//! ```
//!
//! Each environment has a manifest with the digest of every file the tool wrote
//! there. It is what tells a file of the tool from one of somebody else's, and
//! one that is as written from one that was edited since. It lives with the
//! environment, so that changes to two environments never conflict.
//!
//! # Promises
//!
//! * A run writes into a staging folder in the output directory, and moves files
//!   into place only when everything is there. A file is replaced by renaming,
//!   so that at any time it is either the old one or the new one.
//! * If moving fails half way, what was moved is put back. If the process is
//!   killed half way, each file is the old or the new one; the next run works
//!   out from the staging folder which files were its predecessor's, removes the
//!   folder and goes on.
//! * What the tool did not write, or what was edited since, is never overwritten
//!   or removed without force. Nothing is ever written, moved or removed through
//!   a symbolic link below the output directory (which may itself be one).
//! * A file whose contents did not change is not touched. CRLF and LF count as
//!   the same, for checkouts that turn one into the other.
//! * Nothing is flushed to the disk: after a power failure, version control is
//!   the way back.
//!
//! # Use
//!
//! ```no_run
//! # use std::path::Path;
//! # use cachewright::output::{EnvironmentFiles, File, Problem, Scope, Tree};
//! # fn main() -> Result<(), Vec<Problem>> {
//! let tree = Tree::open(Path::new("out")).map_err(|problem| vec![problem])?;
//! let transaction = tree.transaction(false).map_err(|problem| vec![problem])?;
//! transaction.stage(&EnvironmentFiles {
//!     system: "oms".to_owned(),
//!     environment: "prod".to_owned(),
//!     files: vec![File {
//!         path: "terraform/main.tf".to_owned(),
//!         contents: "# …\n".to_owned(),
//!     }],
//!     scope: Scope::everything(),
//! })?;
//! transaction.remove_stale(
//!     &|system, environment| (system, environment) == ("oms", "prod"),
//!     &Scope::everything(),
//! )?;
//! let summary = transaction.finish()?;
//! println!("{} files written", summary.files_written);
//! # Ok(())
//! # }
//! ```

mod difference;
mod inspect;
mod lock;
mod manifest;
mod path;
mod problem;
mod recover;
mod summary;
mod transaction;
mod tree;

pub use difference::{Difference, DifferenceKind};
pub use manifest::MANIFEST;
pub use problem::Problem;
pub use summary::{Change, ChangeKind, LISTED_CHANGES, Outcome, Staged, Summary};
pub use transaction::Transaction;
pub use tree::{Environment, Tree};

/// A rendered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it goes, relative to the folder of the environment, separated by
    /// `/`: `terraform/main.tf`.
    pub path: String,
    /// What is in it.
    pub contents: String,
}

/// All files of one environment that a run speaks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentFiles {
    /// The system: the first folder below the output directory.
    pub system: String,
    /// The environment: the folder below that.
    pub environment: String,
    /// The files, in any order.
    pub files: Vec<File>,
    /// Which files the run speaks about. A file of the manifest that is in the
    /// scope but not among `files` is to be removed; one outside of the scope is
    /// left alone and stays in the manifest.
    pub scope: Scope,
}

/// The part of an environment that a run speaks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Nothing means everything.
    folders: Option<Vec<String>>,
}

impl Scope {
    /// The whole environment.
    pub fn everything() -> Scope {
        Scope { folders: None }
    }

    /// Only the files in these folders of the environment (`cloudformation`; a
    /// `/` at the end makes no difference), or of exactly these names.
    pub fn folders<I>(folders: I) -> Scope
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Scope {
            folders: Some(
                folders
                    .into_iter()
                    .map(|folder| {
                        let folder: String = folder.into();
                        folder.trim_end_matches('/').to_owned()
                    })
                    .collect(),
            ),
        }
    }

    /// Whether a file of the environment is in the scope.
    pub fn contains(&self, path: &str) -> bool {
        match &self.folders {
            None => true,
            Some(folders) => folders.iter().any(|folder| {
                path.strip_prefix(folder.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_scope_is_made_of_whole_folders() {
        let scope = Scope::folders(["cloudformation/", "notes.md"]);
        assert!(scope.contains("cloudformation/template.json"));
        assert!(scope.contains("notes.md"));
        assert!(!scope.contains("cloudformation-old/template.json"));
        assert!(!scope.contains("terraform/main.tf"));
        assert!(Scope::everything().contains("x"));
        assert!(!Scope::folders(Vec::<String>::new()).contains("x"));
    }
}
