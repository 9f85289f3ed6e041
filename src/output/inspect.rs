//! Comparing one environment on disk with what was rendered for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::manifest::{Digest, MANIFEST, Manifest, conflict_line, same};
use super::path::{Blocked, Looker, Node, check_name, check_path, node};
use super::problem::Problem;
use super::{DifferenceKind, EnvironmentFiles};

/// Everything known about one environment before anything is written.
pub(super) struct Inspection<'a> {
    /// The folder on disk.
    pub(super) folder: PathBuf,
    /// Whether that folder exists.
    pub(super) exists: bool,
    /// The files spoken about, by path.
    pub(super) entries: Vec<Entry<'a>>,
    /// The bytes of the manifest on disk.
    pub(super) manifest_now: Option<Vec<u8>>,
    /// The text of the manifest to be; nothing when no file is left.
    pub(super) manifest_next: Option<String>,
}

/// One file.
pub(super) struct Entry<'a> {
    pub(super) path: Cow<'a, str>,
    pub(super) state: State,
    /// The bytes on disk, if they matter.
    pub(super) old: Option<Vec<u8>>,
    /// What was rendered.
    pub(super) new: Option<&'a str>,
    /// What the system said about the file on disk.
    pub(super) metadata: Option<Metadata>,
}

/// How a file on disk relates to the manifest and to what was rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Unchanged,
    Changed(DifferenceKind),
    /// No longer rendered, and no longer on disk either.
    Gone,
}

impl Inspection<'_> {
    /// Whether the manifest on disk is already the one to be.
    pub(super) fn manifest_is_current(&self) -> bool {
        match (&self.manifest_now, &self.manifest_next) {
            (None, None) => true,
            (Some(now), Some(next)) => same(now, next.as_bytes()),
            _ => false,
        }
    }

    /// The reasons not to write this environment unless told to by force.
    pub(super) fn refusals(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            let State::Changed(kind) = entry.state else {
                continue;
            };
            let link = entry.metadata.is_none() && kind != DifferenceKind::Missing;
            let conflict = entry
                .old
                .as_deref()
                .is_some_and(|old| conflict_line(old).is_some());
            let (message, help) = match kind {
                DifferenceKind::Missing | DifferenceKind::Differs | DifferenceKind::Stale => {
                    continue;
                }
                _ if link => (
                    "is a symbolic link, which cachewright does not write",
                    "put the file itself here, or run again with `--force` to give up the link \
                     (what it points to is left alone)",
                ),
                DifferenceKind::EditedByHand if conflict => (
                    "holds merge conflict markers",
                    "run again with `--force` to write it anew from the definitions",
                ),
                DifferenceKind::EditedByHand => (
                    "was edited by hand after cachewright wrote it",
                    "make the change in the definitions instead, or run again with `--force` to \
                     overwrite it",
                ),
                DifferenceKind::NotOurs => (
                    "was not written by cachewright, and a file of this name is to be written",
                    "move it elsewhere, or run again with `--force` to overwrite it",
                ),
                DifferenceKind::StaleEdited => (
                    "is no longer defined and would be removed, but was edited by hand",
                    "keep what you need of it elsewhere, then run again with `--force` to remove it",
                ),
            };
            problems.push(Problem::new(self.folder.join(&*entry.path), message, help));
        }
        problems
    }
}

/// Compares. Reads only.
pub(super) fn inspect<'a>(
    root: &Path,
    files: &'a EnvironmentFiles,
) -> Result<Inspection<'a>, Vec<Problem>> {
    let rendered = check(root, files)?;
    let system = root.join(&files.system);
    let folder = system.join(&files.environment);
    let exists = is_folder(&system).map_err(|problem| vec![problem])?
        && is_folder(&folder).map_err(|problem| vec![problem])?;

    let mut next = Manifest::default();
    for (path, contents) in &rendered {
        next.files
            .insert((*path).to_owned(), Digest::of(contents.as_bytes()));
    }

    if !exists {
        let manifest_next = (!next.files.is_empty()).then(|| next.text());
        let entries = rendered
            .into_iter()
            .map(|(path, contents)| Entry {
                path: Cow::Borrowed(path),
                state: State::Changed(DifferenceKind::Missing),
                old: None,
                new: Some(contents),
                metadata: None,
            })
            .collect();
        return Ok(Inspection {
            folder,
            exists,
            entries,
            manifest_now: None,
            manifest_next,
        });
    }

    let (manifest_now, known) = match Manifest::read(&folder.join(MANIFEST)) {
        Ok(Some((bytes, manifest))) => (Some(bytes), manifest),
        Ok(None) => (None, Manifest::default()),
        Err(problem) => return Err(vec![problem]),
    };

    let mut problems = BTreeSet::new();
    let mut entries = Vec::with_capacity(rendered.len());
    let mut looker = Looker::new(&folder);
    for (path, contents) in &rendered {
        match entry(&folder, &mut looker, path, contents, &known) {
            Ok(entry) => entries.push(entry),
            Err(problem) => {
                problems.insert(problem);
            }
        }
    }
    for (path, digest) in known.files {
        if rendered.contains_key(path.as_str()) {
            continue;
        }
        if !files.scope.contains(&path) {
            // Somebody else's business this time: stays known as it was.
            next.files.insert(path, digest);
            continue;
        }
        match stale_entry(&folder, &mut looker, path, digest) {
            Ok(entry) => entries.push(entry),
            Err(problem) => {
                problems.insert(problem);
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems.into_iter().collect());
    }
    entries.sort_by(|left, right| left.path.cmp(&right.path));
    let manifest_next = (!next.files.is_empty()).then(|| next.text());
    Ok(Inspection {
        folder,
        exists,
        entries,
        manifest_now,
        manifest_next,
    })
}

/// Checks what the caller handed over, and sorts it.
fn check<'a>(
    root: &Path,
    files: &'a EnvironmentFiles,
) -> Result<BTreeMap<&'a str, &'a str>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut refuse = |message: String| {
        problems.push(Problem::new(
            root,
            message,
            "rename it in the definitions, or report this as a bug of cachewright",
        ));
    };
    for (what, name) in [
        ("system", &files.system),
        ("environment", &files.environment),
    ] {
        if let Err(why) = check_name(name) {
            refuse(format!("can't hold the {what} {name:?}: the name {why}"));
        }
    }
    let whose = format!("{}/{}", files.system, files.environment);
    let mut rendered = BTreeMap::new();
    for file in &files.files {
        let path = file.path.as_str();
        if let Err(why) = check_path(path) {
            refuse(format!(
                "can't hold the file {path:?} of {whose}: the path {why}"
            ));
        } else if !files.scope.contains(path) {
            refuse(format!(
                "can't hold the file {path:?} of {whose}: it is outside of what was asked for"
            ));
        } else if rendered.insert(path, file.contents.as_str()).is_some() {
            refuse(format!("can't hold the file {path:?} of {whose} twice"));
        }
    }
    for path in rendered.keys() {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if rendered.contains_key(folder) {
                refuse(format!(
                    "can't hold {folder:?} of {whose} as a file and as the folder of {path:?}"
                ));
            }
        }
    }
    if problems.is_empty() {
        Ok(rendered)
    } else {
        problems.sort();
        Err(problems)
    }
}

/// Whether the folder of a system or an environment is there.
pub(super) fn is_folder(path: &Path) -> Result<bool, Problem> {
    match node(path).map_err(|error| Problem::unreadable(path, &error))? {
        Node::Folder => Ok(true),
        Node::Absent => Ok(false),
        Node::Link => Err(linked(path)),
        other => Err(Problem::new(
            path,
            format!("is {}, but has to be a folder", other.noun()),
            "move it away and run again",
        )),
    }
}

fn linked(path: &Path) -> Problem {
    Problem::new(
        path,
        "is a symbolic link, and cachewright does not write or delete through links",
        "put a real folder here, or set the output directory itself to where the link points",
    )
}

fn blocked(blocked: Blocked) -> Problem {
    match blocked {
        Blocked::By {
            path, link: true, ..
        } => linked(&path),
        Blocked::By { path, noun, .. } => Problem::new(
            &path,
            format!("is {noun}, but has to be a folder"),
            "move it away and run again",
        ),
        Blocked::Error(path, error) => Problem::unreadable(&path, &error),
    }
}

fn entry<'a>(
    folder: &Path,
    looker: &mut Looker<'_>,
    path: &'a str,
    contents: &'a str,
    known: &Manifest,
) -> Result<Entry<'a>, Problem> {
    let known = known.files.get(path);
    let mut entry = Entry {
        path: Cow::Borrowed(path),
        state: State::Unchanged,
        old: None,
        new: Some(contents),
        metadata: None,
    };
    let not_as_written = if known.is_some() {
        DifferenceKind::EditedByHand
    } else {
        DifferenceKind::NotOurs
    };
    match looker.look(path).map_err(blocked)? {
        Node::Absent => entry.state = State::Changed(DifferenceKind::Missing),
        Node::Link => entry.state = State::Changed(not_as_written),
        Node::File(metadata) => {
            let full = folder.join(path);
            let old = fs::read(&full).map_err(|error| Problem::unreadable(&full, &error))?;
            entry.metadata = Some(metadata);
            if !same(&old, contents.as_bytes()) {
                let ours = known.is_some_and(|known| *known == Digest::of(&old));
                entry.state = State::Changed(if ours {
                    DifferenceKind::Differs
                } else {
                    not_as_written
                });
                entry.old = Some(old);
            }
        }
        other => {
            return Err(Problem::new(
                folder.join(path),
                format!("is {}, but a file is to be written here", other.noun()),
                "move it away and run again",
            ));
        }
    }
    Ok(entry)
}

fn stale_entry<'a>(
    folder: &Path,
    looker: &mut Looker<'_>,
    path: String,
    digest: Digest,
) -> Result<Entry<'a>, Problem> {
    let mut state = State::Gone;
    let mut old = None;
    let mut seen = None;
    match looker.look(&path) {
        Ok(Node::Link) => state = State::Changed(DifferenceKind::StaleEdited),
        Ok(Node::File(metadata)) => {
            let full = folder.join(&path);
            let bytes = fs::read(&full).map_err(|error| Problem::unreadable(&full, &error))?;
            state = State::Changed(if Digest::of(&bytes) == digest {
                DifferenceKind::Stale
            } else {
                DifferenceKind::StaleEdited
            });
            old = Some(bytes);
            seen = Some(metadata);
        }
        // What the tool wrote is no longer there; what took its place is not
        // the tool's to remove.
        Ok(Node::Absent | Node::Folder | Node::Special) => {}
        Err(Blocked::By { link: false, .. }) => {}
        Err(other) => return Err(blocked(other)),
    }
    Ok(Entry {
        path: Cow::Owned(path),
        state,
        old,
        new: None,
        metadata: seen,
    })
}
