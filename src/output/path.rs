//! Which paths may be used, and what is on disk at one of them.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::MANIFEST;

/// Whether `path` is one the tool may write or delete below the folder of an
/// environment: plain parts separated by `/` that lead nowhere else, on any
/// operating system that may check the directory out.
pub(super) fn check_path(path: &str) -> Result<(), &'static str> {
    for part in path.split('/') {
        match part {
            "" => return Err("has an empty part"),
            "." => return Err("has the part `.`"),
            ".." => return Err("has the part `..`"),
            _ => {}
        }
    }
    if path.chars().any(char::is_control) {
        return Err("has a control character in it");
    }
    if path.contains('\\') {
        return Err("has a backslash in it");
    }
    if path.contains(':') {
        return Err("has a colon in it");
    }
    let first = path.split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(MANIFEST) {
        return Err("is the manifest's own name");
    }
    Ok(())
}

/// Whether `name` may be the folder of a system or an environment. Names with a
/// leading dot are kept free for the tool itself (and for `.git` and the like).
pub(super) fn check_name(name: &str) -> Result<(), &'static str> {
    check_path(name)?;
    if name.contains('/') {
        return Err("has a `/` in it");
    }
    if name.starts_with('.') {
        return Err("begins with a dot");
    }
    Ok(())
}

/// What is on disk at a path, without following a link.
#[derive(Debug)]
pub(super) enum Node {
    Absent,
    File(Metadata),
    Folder,
    Link,
    /// A pipe, socket or device: opening one could block for ever.
    Special,
}

impl Node {
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Node::Absent => "missing",
            Node::File(_) => "a file",
            Node::Folder => "a folder",
            Node::Link => "a symbolic link",
            Node::Special => "neither a file nor a folder",
        }
    }
}

/// Looks at a path.
pub(super) fn node(path: &Path) -> io::Result<Node> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            return match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(Node::Absent),
                _ => Err(error),
            };
        }
    };
    let kind = metadata.file_type();
    Ok(if kind.is_symlink() {
        Node::Link
    } else if kind.is_dir() {
        Node::Folder
    } else if kind.is_file() {
        Node::File(metadata)
    } else {
        Node::Special
    })
}

/// Looks at files below one folder, asking only once about each folder on the
/// way, and never through a link.
pub(super) struct Looker<'a> {
    base: &'a Path,
    folders: HashMap<String, bool>,
}

/// Why a path can't be looked at.
pub(super) enum Blocked {
    /// A folder on the way is something else.
    By {
        path: PathBuf,
        link: bool,
        noun: &'static str,
    },
    /// The system refused.
    Error(PathBuf, io::Error),
}

impl<'a> Looker<'a> {
    pub(super) fn new(base: &'a Path) -> Looker<'a> {
        Looker {
            base,
            folders: HashMap::new(),
        }
    }

    /// What is at `path`, which has to be one that [`check_path`] let pass.
    pub(super) fn look(&mut self, path: &str) -> Result<Node, Blocked> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            let there = match self.folders.get(folder) {
                Some(there) => *there,
                None => {
                    let full = self.base.join(folder);
                    let there = match node(&full) {
                        Ok(Node::Folder) => true,
                        Ok(Node::Absent) => false,
                        Ok(other) => {
                            return Err(Blocked::By {
                                path: full,
                                link: matches!(other, Node::Link),
                                noun: other.noun(),
                            });
                        }
                        Err(error) => return Err(Blocked::Error(full, error)),
                    };
                    self.folders.insert(folder.to_owned(), there);
                    there
                }
            };
            if !there {
                return Ok(Node::Absent);
            }
        }
        let full = self.base.join(path);
        node(&full).map_err(|error| Blocked::Error(full, error))
    }
}
