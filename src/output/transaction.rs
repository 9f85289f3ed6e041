//! Changing the output directory: all at once, or not at all.
//!
//! The staging folder lies in the output directory, because only then a rename
//! is certain to stay inside of one file system:
//!
//! ```text
//! .cachewright-staging-<pid>-<n>/
//!   new/<system>/<environment>/…           whole folders, as they will be
//!   changed/<system>/<environment>/
//!     plan.json                            what to do, in order
//!     new-<i>                              contents for step i of the plan
//!     old-<i>                              what step i replaced or removed
//! ```
//!
//! Everything `finish` needs, both to go on and to go back, is on disk: memory
//! does not grow with what is staged.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::difference::DifferenceKind;
use super::inspect::{Inspection, State, inspect, is_folder};
use super::lock::Lock;
use super::manifest::{MANIFEST, write_new};
use super::path::{Node, node};
use super::problem::{Problem, reason};
use super::recover::clear_leftovers;
use super::summary::{Outcome, Staged, Summary, Tally, summarize};
use super::tree::{Environment, Tree};
use super::{EnvironmentFiles, Scope};

/// How the name of every staging folder begins.
pub(super) const STAGING: &str = ".cachewright-staging-";

const PLAN: &str = "plan.json";

/// A change in the making. Ends with [`finish`](Transaction::finish); when it is
/// dropped or [abandoned](Transaction::abandon) instead, nothing has happened.
///
/// Environments may be staged from several threads at once.
pub struct Transaction {
    tree: Tree,
    force: bool,
    staging: PathBuf,
    /// Something could not be staged, so nothing may be finished.
    failed: AtomicBool,
    /// The way back failed: what is in the staging folder is still needed.
    keep_staging: bool,
    tally: Mutex<Tally>,
    /// Dropped in this order: folders go while the lock is still held.
    _made: Made,
    _lock: Lock,
}

/// What to do in an environment that is already there, in order: writing,
/// removing, the manifest. Written files come before removed ones, so that a run
/// that is killed leaves a definition twice rather than not at all: the former
/// is an error, the latter an instruction to delete what runs.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Step {
    /// Relative to the folder of the environment.
    pub(super) path: String,
    kind: StepKind,
    /// What was there when the files were compared; nothing for the manifest,
    /// which nobody but the tool writes.
    seen: Option<Seen>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum StepKind {
    Create,
    Replace,
    Remove,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
enum Seen {
    Absent,
    Link,
    File { length: u64, modified: i64 },
    Other,
}

impl Seen {
    fn of(node: &Node) -> Seen {
        match node {
            Node::Absent => Seen::Absent,
            Node::Link => Seen::Link,
            Node::File(metadata) => Seen::file(metadata),
            Node::Folder | Node::Special => Seen::Other,
        }
    }

    fn file(metadata: &Metadata) -> Seen {
        let modified = metadata
            .modified()
            .map(|time| match time.duration_since(UNIX_EPOCH) {
                Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
                Err(before) => {
                    i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos)
                }
            });
        Seen::File {
            length: metadata.len(),
            // A system without such times: the length has to do.
            modified: modified.unwrap_or_default(),
        }
    }
}

/// One environment that `finish` has dealt with.
struct Done {
    system: String,
    environment: String,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Moved as a whole.
    Whole,
    /// Changed file by file; with files removed or not.
    Stepwise { removes: bool },
}

/// Folders that were created and go again if they stay empty.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Only removes it when it is empty.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Transaction {
    pub(super) fn begin(tree: &Tree, wait: Duration, force: bool) -> Result<Transaction, Problem> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let root = tree.root();
        let mut made = Made::default();
        let lock = Lock::acquire(root, wait, || create_folder(root, &mut made))?;
        let mut transaction = Transaction {
            tree: tree.clone(),
            force,
            staging: PathBuf::new(),
            failed: AtomicBool::new(false),
            keep_staging: true,
            tally: Mutex::default(),
            _made: made,
            _lock: lock,
        };
        clear_leftovers(root)?;
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let staging = root.join(format!("{STAGING}{}-{number}", process::id()));
            match fs::create_dir(&staging) {
                Ok(()) => {
                    transaction.staging = staging;
                    transaction.keep_staging = false;
                    return Ok(transaction);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unwritable(root, &error)),
            }
        }
    }

    /// Compares one environment with the disk and stages what changed. Touches
    /// nothing outside of the staging folder. After a problem the transaction
    /// can't be finished any more; further environments may still be staged to
    /// learn about their problems.
    ///
    /// The problems are in order of their paths. Two threads may return the same
    /// one when the disk is full.
    pub fn stage(&self, files: &EnvironmentFiles) -> Result<Staged, Vec<Problem>> {
        let staged = self.try_stage(files);
        match &staged {
            Ok(staged) => self
                .tally
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .add(staged),
            Err(_) => self.failed.store(true, Ordering::Relaxed),
        }
        staged
    }

    fn try_stage(&self, files: &EnvironmentFiles) -> Result<Staged, Vec<Problem>> {
        let inspection = inspect(self.tree.root(), files)?;
        if !self.force {
            let refusals = inspection.refusals();
            if !refusals.is_empty() {
                return Err(refusals);
            }
        }
        let staged = summarize(&inspection, files);
        // Nothing will come of it: don't fill the disk any further.
        if staged.outcome != Outcome::Unchanged && !self.failed.load(Ordering::Relaxed) {
            let written = if inspection.exists {
                self.write_steps(&inspection, files)
            } else {
                self.write_whole(&inspection, files)
            };
            if let Err(error) = written {
                return Err(vec![self.staging_problem(&inspection.folder, &error)]);
            }
        }
        Ok(staged)
    }

    /// Stages the removal of everything in `scope` that the tool wrote for
    /// environments that are not to be kept (see [`Tree::stale`]); returns those
    /// of which something is removed.
    pub fn remove_stale(
        &self,
        keep: &dyn Fn(&str, &str) -> bool,
        scope: &Scope,
    ) -> Result<Vec<Environment>, Vec<Problem>> {
        let fail = |problems| {
            self.failed.store(true, Ordering::Relaxed);
            Err(problems)
        };
        let stale = match self.tree.stale(keep) {
            Ok(stale) => stale,
            Err(problems) => return fail(problems),
        };
        let mut removed = Vec::new();
        let mut problems = Vec::new();
        for name in stale {
            let nothing = EnvironmentFiles {
                system: name.system.clone(),
                environment: name.environment.clone(),
                files: Vec::new(),
                scope: scope.clone(),
            };
            match self.stage(&nothing) {
                Ok(staged) if staged.outcome == Outcome::Unchanged => {}
                Ok(_) => removed.push(name),
                Err(more) => problems.extend(more),
            }
        }
        if problems.is_empty() {
            Ok(removed)
        } else {
            fail(problems)
        }
    }

    /// Stages an environment without a folder: the whole folder, which one
    /// rename will put into place.
    fn write_whole(&self, inspection: &Inspection<'_>, files: &EnvironmentFiles) -> io::Result<()> {
        let folder = self.folder("new", &files.system, &files.environment)?;
        let mut made: Vec<&str> = Vec::new();
        for entry in &inspection.entries {
            let Some(contents) = entry.new else { continue };
            for (end, _) in entry.path.match_indices('/') {
                let parent = &entry.path[..end];
                if !made.contains(&parent) {
                    fs::create_dir(folder.join(parent))?;
                    made.push(parent);
                }
            }
            write_new(&folder.join(&*entry.path), contents.as_bytes())?;
        }
        if let Some(manifest) = &inspection.manifest_next {
            write_new(&folder.join(MANIFEST), manifest.as_bytes())?;
        }
        Ok(())
    }

    /// Stages the changes to an environment that is already there.
    fn write_steps(&self, inspection: &Inspection<'_>, files: &EnvironmentFiles) -> io::Result<()> {
        let folder = self.folder("changed", &files.system, &files.environment)?;
        let mut plan = Plan::default();
        let mut removals = Vec::new();
        for entry in &inspection.entries {
            let State::Changed(kind) = entry.state else {
                continue;
            };
            let seen = match (&entry.metadata, kind) {
                (Some(metadata), _) => Seen::file(metadata),
                (None, DifferenceKind::Missing) => Seen::Absent,
                (None, _) => Seen::Link,
            };
            let step = |kind| Step {
                path: entry.path.clone().into_owned(),
                kind,
                seen: Some(seen),
            };
            let Some(contents) = entry.new else {
                removals.push(step(StepKind::Remove));
                continue;
            };
            let new = write_new(&new(&folder, plan.steps.len()), contents.as_bytes())?;
            plan.steps.push(match &entry.metadata {
                Some(metadata) => {
                    // Who may read it is none of the tool's business.
                    new.set_permissions(metadata.permissions())?;
                    step(StepKind::Replace)
                }
                None if kind == DifferenceKind::Missing => step(StepKind::Create),
                None => step(StepKind::Replace),
            });
        }
        plan.steps.append(&mut removals);
        if !inspection.manifest_is_current() {
            let kind = match (&inspection.manifest_now, &inspection.manifest_next) {
                (_, None) => StepKind::Remove,
                (None, Some(_)) => StepKind::Create,
                (Some(_), Some(_)) => StepKind::Replace,
            };
            if let Some(text) = &inspection.manifest_next {
                write_new(&new(&folder, plan.steps.len()), text.as_bytes())?;
            }
            plan.steps.push(Step {
                path: MANIFEST.to_owned(),
                kind,
                seen: None,
            });
        }
        let plan = serde_json::to_vec(&plan)?;
        write_new(&folder.join(PLAN), &plan)?;
        Ok(())
    }

    /// Creates the folder of an environment in the staging folder.
    fn folder(&self, what: &str, system: &str, environment: &str) -> io::Result<PathBuf> {
        let system = self.staging.join(what).join(system);
        let folder = system.join(environment);
        match fs::create_dir(&folder) {
            // The first one of its system.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(&system)?;
                fs::create_dir(&folder)?;
            }
            other => other?,
        }
        Ok(folder)
    }

    fn staging_problem(&self, folder: &Path, error: &io::Error) -> Problem {
        match error.kind() {
            // About the disk, not about the file it happened to.
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::ReadOnlyFilesystem => Problem::new(
                self.tree.root(),
                format!(
                    "can't be written: {}; everything was left as it was",
                    reason(error)
                ),
                "make room on the file system, then run again",
            ),
            io::ErrorKind::AlreadyExists => Problem::new(
                folder,
                "is to be written twice",
                "give environments names that differ, also on a file system that takes upper \
                 and lower case for the same",
            ),
            _ => Problem::new(
                folder,
                format!(
                    "can't be written: {}; everything was left as it was",
                    reason(error)
                ),
                format!(
                    "check the permissions of {}, then run again",
                    self.tree.root().display()
                ),
            ),
        }
    }

    /// Moves everything that was staged into place. When that fails half way,
    /// what was moved is put back, and the problem says so.
    pub fn finish(mut self) -> Result<Summary, Vec<Problem>> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(vec![Problem::new(
                self.tree.root(),
                "was left as it was, because not everything could be staged",
                "solve the problems named before, then run again",
            )]);
        }
        let mut done = Vec::new();
        let mut made = Vec::new();
        if let Err(mut problem) = self.move_all(&mut done, &mut made) {
            let mut stuck = self.put_back(&done, &made);
            if stuck.is_empty() {
                problem
                    .message
                    .push_str("; everything was put back as it was");
                return Err(vec![problem]);
            }
            problem
                .message
                .push_str("; not everything could be put back");
            self.keep_staging = true;
            stuck.insert(0, problem);
            return Err(stuck);
        }
        self.prune(&done);
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(tally.take())
    }

    /// Gives the transaction up: the output directory is as it was before.
    pub fn abandon(self) {
        drop(self);
    }

    /// Everything is noted in `done` and `made` before it is tried, so that they
    /// cover what failed as well.
    fn move_all(&self, done: &mut Vec<Done>, made: &mut Vec<PathBuf>) -> Result<(), Problem> {
        let root = self.tree.root();
        // First what is likelier to fail.
        let changed = self.staging.join("changed");
        for system in names(&changed)? {
            for environment in names(&changed.join(&system))? {
                let staged = changed.join(&system).join(&environment);
                let plan = read_plan(&staged)?;
                let removes = plan.steps.iter().any(|step| step.kind == StepKind::Remove);
                let folder = root.join(&system).join(&environment);
                done.push(Done {
                    system: system.clone(),
                    environment,
                    how: How::Stepwise { removes },
                });
                for (index, step) in plan.steps.iter().enumerate() {
                    apply(&staged, &folder, index, step, made)?;
                }
            }
        }
        let new = self.staging.join("new");
        for system in names(&new)? {
            let target = root.join(&system);
            if !is_folder(&target)? {
                fs::create_dir(&target).map_err(|error| immovable(&target, &error))?;
                made.push(target.clone());
            }
            for environment in names(&new.join(&system))? {
                let from = new.join(&system).join(&environment);
                let to = target.join(&environment);
                done.push(Done {
                    system: system.clone(),
                    environment,
                    how: How::Whole,
                });
                fs::rename(&from, &to).map_err(|error| immovable(&to, &error))?;
            }
        }
        Ok(())
    }

    /// The way back. What was done is worked out from what is left in the
    /// staging folder.
    fn put_back(&self, done: &[Done], made: &[PathBuf]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for Done {
            system,
            environment,
            how,
        } in done.iter().rev()
        {
            let folder = self.tree.root().join(system).join(environment);
            let mut rename = |from: &Path, to: &Path, real: &Path| {
                if let Err(error) = fs::rename(from, to) {
                    problems.push(Problem::new(
                        real,
                        format!("can't be put back as it was: {}", reason(&error)),
                        format!(
                            "restore it from version control; what was replaced is in {}",
                            self.staging.display()
                        ),
                    ));
                }
            };
            let there = |path: &Path| !matches!(node(path), Ok(Node::Absent));
            if *how == How::Whole {
                let staged = self.staging.join("new").join(system).join(environment);
                if !there(&staged) {
                    rename(&folder, &staged, &folder);
                }
                continue;
            }
            let staged = self.staging.join("changed").join(system).join(environment);
            let plan = match read_plan(&staged) {
                Ok(plan) => plan,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            for (index, step) in plan.steps.iter().enumerate().rev() {
                let (new, old) = (new(&staged, index), old(&staged, index));
                let path = folder.join(&step.path);
                match step.kind {
                    StepKind::Create if !there(&new) => rename(&path, &new, &path),
                    StepKind::Replace if !there(&new) => rename(&old, &path, &path),
                    StepKind::Remove if there(&old) => rename(&old, &path, &path),
                    _ => {}
                }
            }
        }
        for folder in made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        problems
    }

    /// Removes folders that became empty, up to but not including the output
    /// directory. An empty folder does no harm, so failures don't count.
    fn prune(&self, done: &[Done]) {
        let root = self.tree.root();
        for Done {
            system,
            environment,
            how,
        } in done
        {
            if *how != (How::Stepwise { removes: true }) {
                continue;
            }
            let staged = self.staging.join("changed").join(system).join(environment);
            let Ok(plan) = read_plan(&staged) else {
                continue;
            };
            for step in &plan.steps {
                if step.kind != StepKind::Remove {
                    continue;
                }
                // As text, because a path ends where the output directory is.
                let path = format!("{system}/{environment}/{}", step.path);
                for (end, _) in path.rmatch_indices('/') {
                    if fs::remove_dir(root.join(&path[..end])).is_err() {
                        break;
                    }
                }
            }
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.keep_staging {
            // Whatever remains is removed by the next run.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

impl std::fmt::Debug for Transaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transaction")
            .field("staging", &self.staging)
            .field("force", &self.force)
            .finish_non_exhaustive()
    }
}

pub(super) fn new(staged: &Path, index: usize) -> PathBuf {
    staged.join(format!("new-{index}"))
}

fn old(staged: &Path, index: usize) -> PathBuf {
    staged.join(format!("old-{index}"))
}

/// Does one step of a plan.
fn apply(
    staged: &Path,
    folder: &Path,
    index: usize,
    step: &Step,
    made: &mut Vec<PathBuf>,
) -> Result<(), Problem> {
    let path = folder.join(&step.path);
    if let Some(seen) = &step.seen {
        let now = node(&path).map_err(|error| Problem::unreadable(&path, &error))?;
        if Seen::of(&now) != *seen {
            return Err(Problem::new(
                &path,
                "was changed by somebody else while cachewright was running",
                "run again",
            ));
        }
    }
    let (new, old) = (new(staged, index), old(staged, index));
    let done = match step.kind {
        StepKind::Create => match fs::rename(&new, &path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_parents(folder, &step.path, made).and_then(|()| fs::rename(&new, &path))
            }
            other => other,
        },
        StepKind::Replace => keep(&path, &old, step).and_then(|()| fs::rename(&new, &path)),
        StepKind::Remove => fs::rename(&path, &old),
    };
    done.map_err(|error| immovable(&path, &error))
}

/// Keeps what is about to be replaced. A second name for the same file costs
/// nothing, and unlike a rename leaves no moment without the file.
fn keep(path: &Path, old: &Path, step: &Step) -> io::Result<()> {
    match fs::hard_link(path, old) {
        // Not every file system has hard links, and some systems only allow the
        // owner to make them. A copy would follow a symbolic link.
        Err(_) if step.seen != Some(Seen::Link) => fs::copy(path, old).map(|_| ()),
        other => other,
    }
}

fn make_parents(folder: &Path, path: &str, made: &mut Vec<PathBuf>) -> io::Result<()> {
    for (end, _) in path.match_indices('/') {
        let parent = folder.join(&path[..end]);
        match fs::create_dir(&parent) {
            Ok(()) => made.push(parent),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

pub(super) fn immovable(path: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::CrossesDevices => Problem::new(
            path,
            "is on another file system than the output directory",
            "keep the output directory on one file system: nothing may be mounted below it",
        ),
        _ => Problem::new(
            path,
            format!("can't be moved into place: {}", reason(error)),
            "check who owns the folder it is in, and its permissions, then run again",
        ),
    }
}

fn unwritable(root: &Path, error: &io::Error) -> Problem {
    Problem::new(
        root,
        format!("can't be written to: {}", reason(error)),
        "check who owns the output directory and its permissions, or name another one",
    )
}

/// Creates the output directory with what it is in, noting what was not there.
fn create_folder(path: &Path, made: &mut Made) -> Result<(), Problem> {
    /// Another run may remove a folder again that it created just before.
    const ATTEMPTS: usize = 100;
    let mut attempt = 1;
    loop {
        // The empty path is what a relative one begins in.
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        match fs::create_dir(path) {
            Ok(()) => {
                made.0.push(path.to_owned());
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && attempt < ATTEMPTS => {
                if let Some(parent) = path.parent() {
                    create_folder(parent, made)?;
                }
            }
            // Another run was faster.
            Err(_) if path.is_dir() => return Ok(()),
            Err(error) => {
                return Err(Problem::new(
                    path,
                    format!("can't be created: {}", reason(&error)),
                    "check the permissions of the folder it is to be in, or name another output \
                     directory",
                ));
            }
        }
        attempt += 1;
    }
}

/// The names in a folder of the staging folder, sorted; none without one.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    let mut read = || -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            // All were made from strings.
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(())
    };
    match read() {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Problem::unreadable(folder, &error));
        }
        _ => {}
    }
    names.sort();
    Ok(names)
}

pub(super) fn read_plan(staged: &Path) -> Result<Plan, Problem> {
    let path = staged.join(PLAN);
    let bytes = fs::read(&path).map_err(|error| Problem::unreadable(&path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| Problem::unreadable(&path, &error.into()))
}
