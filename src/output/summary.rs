//! What a change of the output directory comes to.

use std::collections::BinaryHeap;

use super::EnvironmentFiles;
use super::difference::DifferenceKind;
use super::inspect::{Inspection, State};

/// How many changes a [`Summary`] lists.
pub const LISTED_CHANGES: usize = 100;

/// What became, or is to become, of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It was not there before.
    Created,
    /// It has other contents now.
    Replaced,
    /// It is gone.
    Removed,
}

/// One file that is written or removed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// Relative to the output directory: `oms/prod/terraform/main.tf`.
    pub path: String,
    /// What becomes of it.
    pub kind: ChangeKind,
}

/// What becomes of an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// There was no folder for it.
    New,
    /// Some of its files change, or only its manifest.
    Changed,
    /// All that the tool wrote there is removed.
    Removed,
    /// It is as rendered.
    Unchanged,
}

/// What staging one environment came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// In one word.
    pub outcome: Outcome,
    /// The files that change, by path. The manifest is not mentioned.
    pub changes: Vec<Change>,
    /// How many files stay as they are.
    pub unchanged: usize,
}

/// What a transaction came to. Does not depend on the order of staging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Environments that were not there before.
    pub environments_new: usize,
    /// Environments with a change.
    pub environments_changed: usize,
    /// Environments that were removed.
    pub environments_removed: usize,
    /// Environments that were as rendered.
    pub environments_unchanged: usize,
    /// Files created or replaced; manifests are not counted.
    pub files_written: usize,
    /// Files that were as rendered.
    pub files_unchanged: usize,
    /// Files removed.
    pub files_removed: usize,
    /// The first [`LISTED_CHANGES`] changes by path.
    pub first_changes: Vec<Change>,
}

/// Counts what is staged, in bounded memory.
#[derive(Default)]
pub(super) struct Tally {
    summary: Summary,
    /// The greatest is on top, to be replaced by a lesser one.
    first: BinaryHeap<Change>,
}

impl Tally {
    pub(super) fn add(&mut self, staged: &Staged) {
        let summary = &mut self.summary;
        *match staged.outcome {
            Outcome::New => &mut summary.environments_new,
            Outcome::Changed => &mut summary.environments_changed,
            Outcome::Removed => &mut summary.environments_removed,
            Outcome::Unchanged => &mut summary.environments_unchanged,
        } += 1;
        summary.files_unchanged += staged.unchanged;
        for change in &staged.changes {
            match change.kind {
                ChangeKind::Created | ChangeKind::Replaced => summary.files_written += 1,
                ChangeKind::Removed => summary.files_removed += 1,
            }
            if self.first.len() < LISTED_CHANGES {
                self.first.push(change.clone());
            } else if let Some(mut greatest) = self.first.peek_mut()
                && *change < *greatest
            {
                *greatest = change.clone();
            }
        }
    }

    /// The summary; nothing is counted any more afterwards.
    pub(super) fn take(&mut self) -> Summary {
        let mut summary = std::mem::take(&mut self.summary);
        summary.first_changes = std::mem::take(&mut self.first).into_sorted_vec();
        summary
    }
}

/// What staging an inspected environment comes to.
pub(super) fn summarize(inspection: &Inspection<'_>, files: &EnvironmentFiles) -> Staged {
    let mut changes = Vec::new();
    let mut unchanged = 0;
    for entry in &inspection.entries {
        let kind = match entry.state {
            State::Unchanged => {
                unchanged += 1;
                continue;
            }
            State::Gone => continue,
            State::Changed(_) if entry.new.is_none() => ChangeKind::Removed,
            State::Changed(DifferenceKind::Missing) => ChangeKind::Created,
            State::Changed(_) => ChangeKind::Replaced,
        };
        changes.push(Change {
            path: format!("{}/{}/{}", files.system, files.environment, entry.path),
            kind,
        });
    }
    let outcome = if changes.is_empty() && inspection.manifest_is_current() {
        Outcome::Unchanged
    } else if !inspection.exists {
        Outcome::New
    } else if inspection.manifest_next.is_none() {
        Outcome::Removed
    } else {
        Outcome::Changed
    };
    Staged {
        outcome,
        changes,
        unchanged,
    }
}
