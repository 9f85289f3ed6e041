use crate::diagnostic::Place;
use crate::graph::{Node, Value};
use crate::lower::Lowering;
use crate::value::At;

/// The daily snapshots.
///
/// A window is a window of something; without snapshots it can't be said:
/// ```
/// use cachewright::prelude::*;
/// let snapshots = Snapshots::daily(7).window("03:00-05:00");
/// ```
/// ```compile_fail,E0599
/// use cachewright::prelude::*;
/// let snapshots = Snapshots::disabled().window("03:00-05:00");
/// ```
#[derive(Clone, Debug)]
pub enum Snapshots {
    /// None are taken.
    Disabled(Place),
    /// One a day.
    Daily(DailySnapshots),
}

/// One snapshot a day.
#[derive(Clone, Debug)]
pub struct DailySnapshots {
    pub(crate) days: At<u8>,
    pub(crate) window: Option<At<String>>,
}

impl Snapshots {
    /// None are taken.
    #[track_caller]
    #[must_use]
    pub fn disabled() -> Self {
        Self::Disabled(Place::here())
    }

    /// One a day, kept for 1 to 35 days.
    #[track_caller]
    #[must_use]
    pub fn daily(retention_days: u8) -> DailySnapshots {
        DailySnapshots {
            days: At::here(retention_days),
            window: None,
        }
    }
}

impl DailySnapshots {
    /// The hours in which they are taken, in UTC: `03:00-05:00`. AWS chooses where nothing is said.
    #[track_caller]
    #[must_use]
    pub fn window(mut self, window: &str) -> Self {
        self.window = Some(At::here(window));
        self
    }
}

impl From<DailySnapshots> for Snapshots {
    fn from(daily: DailySnapshots) -> Self {
        Self::Daily(daily)
    }
}

/// What a new cache is filled with. It only counts when the cache is made, and a
/// change replaces it.
#[derive(Clone, Debug)]
pub enum RestoreFrom {
    /// A snapshot of this account and region, by its name.
    Snapshot(At<String>),
    /// RDB files in S3, by their ARNs.
    RdbFiles(Vec<String>, Place),
}

impl RestoreFrom {
    /// A snapshot of this account and region.
    #[track_caller]
    #[must_use]
    pub fn snapshot(name: &str) -> Self {
        Self::Snapshot(At::here(name))
    }

    /// RDB files in S3, by their ARNs (`arn:aws:s3:::bucket/dump.rdb`): one per shard.
    #[track_caller]
    #[must_use]
    pub fn rdb_files<S: Into<String>>(arns: impl IntoIterator<Item = S>) -> Self {
        Self::RdbFiles(arns.into_iter().map(Into::into).collect(), Place::here())
    }
}

impl RestoreFrom {
    pub(super) fn lower(&self, cx: &mut Lowering, node: &mut Node) {
        node.paragraph(|node| match self {
            Self::Snapshot(name) => {
                node.put("SnapshotName", "snapshot_name", &*name.value)
                    .from(&name.place);
            }
            Self::RdbFiles(arns, place) => {
                if arns.is_empty() {
                    cx.error(
                        "snapshot-arns",
                        place,
                        "no RDB files",
                        "one or more",
                        "name the files, or leave restore_from out",
                    );
                }
                let arns = arns.iter().map(|arn| Value::text(&**arn)).collect();
                node.put("SnapshotArns", "snapshot_arns", Value::List(arns))
                    .from(place);
            }
        });
    }
}
