//! Cleaning up after a run that was killed.

use std::fs;
use std::path::Path;

use super::inspect::is_folder;
use super::manifest::{Digest, MANIFEST, Manifest, write_new};
use super::path::{Looker, Node, check_name, node};
use super::problem::{Problem, reason};
use super::transaction::{STAGING, immovable, names, new, read_plan};

/// Removes the staging folders of runs that were killed. Nobody else's can be
/// there while the lock is held.
pub(super) fn clear_leftovers(root: &Path) -> Result<(), Problem> {
    let entries = fs::read_dir(root).map_err(|error| Problem::unreadable(root, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Problem::unreadable(root, &error))?;
        if !entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(STAGING))
        {
            continue;
        }
        let path = entry.path();
        // A link or a file of that name is not the tool's.
        if !matches!(node(&path), Ok(Node::Folder)) {
            continue;
        }
        acknowledge(root, &path)?;
        fs::remove_dir_all(&path).map_err(|error| {
            Problem::new(
                &path,
                format!(
                    "was left behind by a run that was killed, and can't be removed: {}",
                    reason(&error)
                ),
                "remove it by hand, then run again",
            )
        })?;
    }
    Ok(())
}

/// A run that was killed while it moved files into place may have written some
/// that the manifest does not know yet; the next run would take them for edited
/// by hand. The manifest that run was about to write tells which they are: those
/// whose bytes on disk are as it says. They go into the manifest that is there.
fn acknowledge(root: &Path, leftover: &Path) -> Result<(), Problem> {
    let changed = leftover.join("changed");
    for system in names(&changed)? {
        for environment in names(&changed.join(&system))? {
            if check_name(&system).is_err() || check_name(&environment).is_err() {
                continue;
            }
            let staged = changed.join(&system).join(&environment);
            // Without a whole plan that run has not begun to move anything.
            let Ok(plan) = read_plan(&staged) else {
                continue;
            };
            let Some(index) = plan.steps.iter().position(|step| step.path == MANIFEST) else {
                continue;
            };
            // Whatever is wrong with a manifest is told when the environment is
            // staged, or it is not needed any more.
            let Ok(Some((_, next))) = Manifest::read(&new(&staged, index)) else {
                continue;
            };
            let system = root.join(&system);
            let folder = system.join(&environment);
            if !matches!(is_folder(&system), Ok(true)) || !matches!(is_folder(&folder), Ok(true)) {
                continue;
            }
            let target = folder.join(MANIFEST);
            let mut now = match Manifest::read(&target) {
                Ok(Some((_, manifest))) => manifest,
                Ok(None) => Manifest::default(),
                Err(_) => continue,
            };
            let mut looker = Looker::new(&folder);
            let mut found = false;
            for (path, digest) in next.files {
                if now.files.get(&path) == Some(&digest) {
                    continue;
                }
                let Ok(Node::File(_)) = looker.look(&path) else {
                    continue;
                };
                if fs::read(folder.join(&path)).is_ok_and(|bytes| Digest::of(&bytes) == digest) {
                    now.files.insert(path, digest);
                    found = true;
                }
            }
            if found {
                let text = staged.join("acknowledged");
                let _ = fs::remove_file(&text);
                write_new(&text, now.text().as_bytes())
                    .and_then(|_| fs::rename(&text, &target))
                    .map_err(|error| immovable(&target, &error))?;
            }
        }
    }
    Ok(())
}
