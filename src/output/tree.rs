//! The output directory as it is on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::EnvironmentFiles;
use super::difference::{Difference, DifferenceKind};
use super::inspect::{State, inspect};
use super::manifest::MANIFEST;
use super::path::{Node, check_name, node};
use super::problem::{Problem, reason};
use super::transaction::Transaction;

/// How long a run waits for another one to end: long enough for one that is
/// just moving its files into place.
const WAIT: Duration = Duration::from_secs(2);

/// An opened output directory. Opening and comparing only read.
#[derive(Debug, Clone)]
pub struct Tree {
    root: PathBuf,
    wait: Duration,
}

/// An environment by its names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Environment {
    /// The system it belongs to.
    pub system: String,
    /// Its own name.
    pub environment: String,
}

impl Tree {
    /// Opens an output directory. One that does not exist yet is fine, and not
    /// created; one that is something else, or can't be read, is a problem.
    pub fn open(root: &Path) -> Result<Tree, Problem> {
        let root = if root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            root
        };
        let elsewhere = "name another output directory, or move what is there away";
        match fs::read_dir(root) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Ok(Node::Link) = node(root) {
                    return Err(Problem::new(
                        root,
                        "is a symbolic link that leads nowhere",
                        "create the folder it points to, or remove the link",
                    ));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                // It, or the nearest of the folders above it that exists.
                let culprit = root
                    .ancestors()
                    .find(|path| fs::metadata(path).is_ok())
                    .unwrap_or(root);
                return Err(Problem::new(
                    culprit,
                    "is not a folder, but has to be one for the output directory",
                    elsewhere,
                ));
            }
            Err(error) => {
                return Err(Problem::new(
                    root,
                    format!("can't be read: {}", reason(&error)),
                    "check who owns the output directory and its permissions, then run again",
                ));
            }
        }
        Ok(Tree {
            root: root.to_owned(),
            wait: WAIT,
        })
    }

    /// The same, but with another time to wait for a concurrent run to end.
    #[must_use]
    pub fn with_wait(mut self, wait: Duration) -> Tree {
        self.wait = wait;
        self
    }

    /// The directory, as it was given.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every difference between the disk and what was rendered, by path.
    ///
    /// If all files are as rendered but the manifest is not, the manifest is the
    /// difference: a run would write it. The manifest is not mentioned next to
    /// other differences, as it always changes along with them.
    pub fn compare(&self, files: &EnvironmentFiles) -> Result<Vec<Difference>, Vec<Problem>> {
        let inspection = inspect(&self.root, files)?;
        let manifest_is_current = inspection.manifest_is_current();
        let mut differences = Vec::new();
        for entry in inspection.entries {
            if let State::Changed(kind) = entry.state {
                differences.push(Difference {
                    path: inspection.folder.join(&*entry.path),
                    kind,
                    old: entry.old,
                    new: entry.new.map(str::to_owned),
                });
            }
        }
        if differences.is_empty() && !manifest_is_current {
            differences.push(Difference {
                path: inspection.folder.join(MANIFEST),
                kind: match (&inspection.manifest_now, &inspection.manifest_next) {
                    (None, _) => DifferenceKind::Missing,
                    (_, None) => DifferenceKind::Stale,
                    _ => DifferenceKind::Differs,
                },
                old: inspection.manifest_now,
                new: inspection.manifest_next,
            });
        }
        Ok(differences)
    }

    /// The environments on disk that the tool wrote (there is a manifest) and
    /// that are not to be kept, by name.
    ///
    /// `keep` is asked for each environment and says whether it is still defined,
    /// or not spoken about this time. Comparing or staging one without any files
    /// shows or removes what the tool wrote there.
    pub fn stale(
        &self,
        keep: &dyn Fn(&str, &str) -> bool,
    ) -> Result<Vec<Environment>, Vec<Problem>> {
        let mut stale = Vec::new();
        let mut problems = Vec::new();
        for system in folders(&self.root, &mut problems) {
            let folder = self.root.join(&system);
            for environment in folders(&folder, &mut problems) {
                if keep(&system, &environment) {
                    continue;
                }
                let manifest = folder.join(&environment).join(MANIFEST);
                match node(&manifest) {
                    Ok(Node::Absent) => {}
                    Ok(_) => stale.push(Environment {
                        system: system.clone(),
                        environment,
                    }),
                    Err(error) => problems.push(Problem::unreadable(&manifest, &error)),
                }
            }
        }
        if problems.is_empty() {
            Ok(stale)
        } else {
            Err(problems)
        }
    }

    /// Begins to change the directory: creates it if need be and keeps other
    /// runs out until the transaction ends. `force` allows overwriting and
    /// removing files that were edited by hand or are not the tool's.
    pub fn transaction(&self, force: bool) -> Result<Transaction, Problem> {
        Transaction::begin(self, self.wait, force)
    }
}

/// The real folders in `path` whose names could be the tool's, sorted.
fn folders(path: &Path, problems: &mut Vec<Problem>) -> Vec<String> {
    let mut names = Vec::new();
    let mut read = || -> io::Result<()> {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            // Not `metadata`: a link to a folder is none of the tool's.
            if entry.file_type()?.is_dir()
                && let Some(name) = entry.file_name().to_str()
                && check_name(name).is_ok()
            {
                names.push(name.to_owned());
            }
        }
        Ok(())
    };
    if let Err(error) = read()
        && error.kind() != io::ErrorKind::NotFound
    {
        problems.push(Problem::unreadable(path, &error));
    }
    names.sort();
    names
}
