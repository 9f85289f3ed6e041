//! One writer at a time.
//!
//! The lock is on the output directory itself: the system drops it with the
//! process however that ends, and it leaves no file behind that somebody would
//! have to commit, ignore or delete. It also settles whom a staging folder
//! belongs to: whoever holds the lock may remove every one that is there.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::problem::{Problem, reason};
use super::transaction::STAGING;

/// Used where a directory can't be locked (network file systems, Windows). It
/// stays behind: deleting it would let a third run in beside a second one that
/// waits for the deleted file.
const LOCK_FILE: &str = ".cachewright-lock";

/// How often to ask again while another run holds the lock.
const PAUSE: Duration = Duration::from_millis(20);

/// Holds the output directory until it is dropped.
pub(super) struct Lock {
    handle: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that another thread is just starting
        // has the handle as well, for a moment.
        let _ = self.handle.unlock();
    }
}

/// What came of one attempt.
enum Attempt {
    Got(Lock),
    Busy,
    /// The directory was removed meanwhile by the run that had created it.
    Vanished,
}

impl Lock {
    /// Locks `root`, which `create` creates if need be; waits up to `wait` for
    /// another run to end.
    pub(super) fn acquire(
        root: &Path,
        wait: Duration,
        mut create: impl FnMut() -> Result<(), Problem>,
    ) -> Result<Lock, Problem> {
        let deadline = Instant::now() + wait;
        loop {
            create()?;
            let attempt = attempt(root).map_err(|error| {
                Problem::new(
                    root,
                    format!("can't be locked: {}", reason(&error)),
                    "check who owns the folder and its permissions, then run again",
                )
            })?;
            if let Attempt::Got(lock) = attempt {
                return Ok(lock);
            }
            if Instant::now() >= deadline {
                return Err(busy(root));
            }
            thread::sleep(PAUSE);
        }
    }
}

fn attempt(root: &Path) -> io::Result<Attempt> {
    let handle = match File::open(root) {
        Ok(handle) => handle,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Attempt::Vanished),
        Err(error) if cfg!(unix) => return Err(error),
        Err(_) => return attempt_file(root),
    };
    attempt_folder(handle, root)
}

fn attempt_folder(handle: File, root: &Path) -> io::Result<Attempt> {
    match handle.try_lock() {
        Ok(()) if still_there(&handle, root) => Ok(Attempt::Got(Lock { handle })),
        Ok(()) => Ok(Attempt::Vanished),
        Err(TryLockError::WouldBlock) => Ok(Attempt::Busy),
        Err(TryLockError::Error(_)) => attempt_file(root),
    }
}

fn attempt_file(root: &Path) -> io::Result<Attempt> {
    let handle = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(root.join(LOCK_FILE))?;
    match handle.try_lock() {
        Ok(()) => Ok(Attempt::Got(Lock { handle })),
        Err(TryLockError::WouldBlock) => Ok(Attempt::Busy),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the locked folder is still the one `root` leads to: a run that gives
/// up removes a folder it created, under the eyes of one that waits for it.
#[cfg(unix)]
fn still_there(handle: &File, root: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (handle.metadata(), fs::metadata(root)) {
        (Ok(held), Ok(there)) => held.dev() == there.dev() && held.ino() == there.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn still_there(_: &File, root: &Path) -> bool {
    fs::metadata(root).is_ok()
}

fn busy(root: &Path) -> Problem {
    // The name of its staging folder tells which process it is.
    let process = fs::read_dir(root).ok().and_then(|entries| {
        entries.flatten().find_map(|entry| {
            let name = entry.file_name();
            let pid = name.to_str()?.strip_prefix(STAGING)?.split('-').next()?;
            pid.parse::<u32>().ok()
        })
    });
    let who = match process {
        Some(pid) => format!("another cachewright run (process {pid}) is writing here"),
        None => "another cachewright run is writing here".to_owned(),
    };
    Problem::new(root, who, "wait until it has ended, then run again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_excludes_like_the_folder_does() {
        let folder = tempfile::tempdir().unwrap();
        let Attempt::Got(first) = attempt_file(folder.path()).unwrap() else {
            panic!("free, but not locked");
        };
        assert!(matches!(
            attempt_file(folder.path()).unwrap(),
            Attempt::Busy
        ));
        drop(first);
        assert!(matches!(
            attempt_file(folder.path()).unwrap(),
            Attempt::Got(_)
        ));
    }

    #[test]
    fn a_folder_removed_meanwhile_is_not_taken_for_locked() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("out");
        fs::create_dir(&root).unwrap();
        let old = File::open(&root).unwrap();
        assert!(still_there(&old, &root));
        fs::remove_dir(&root).unwrap();
        // Something in between keeps the system from handing out the same number.
        fs::create_dir(folder.path().join("other")).unwrap();
        fs::create_dir(&root).unwrap();
        assert!(matches!(
            attempt_folder(old, &root).unwrap(),
            Attempt::Vanished
        ));
        assert!(matches!(attempt(&root).unwrap(), Attempt::Got(_)));
        assert!(matches!(
            attempt(&folder.path().join("none")).unwrap(),
            Attempt::Vanished
        ));
    }
}
