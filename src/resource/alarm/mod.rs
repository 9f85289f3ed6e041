//! Alarms: what wakes somebody, complete for the members that the definition says there are.

mod composite;
mod lower;
mod metric;
mod proposal;

use crate::diagnostic::Place;
use crate::resource::topic::Topic;
use crate::value::{At, Names};

pub(crate) use lower::{Watched, lower};
pub use metric::Metric;

/// The metrics that one alarm may compute with (CloudWatch user guide on alarm limits, read
/// November 2026).
const TOGETHER: usize = 10;

/// The alarms of an environment: a set that follows from its stage, its nodes and what the cache
/// is for, and what the definition says otherwise.
///
/// Every member of the replication group is watched, whatever its role: after a failover the same
/// members are there and another one is the primary. An alarm is on the worst of up to ten of them;
/// of more members, or with autoscaling, CPU and memory are watched in the group as a whole, and
/// everything else where the definition asks for it. What can wait is told to one topic. What can't
/// is told there as well, and one composite alarm, which goes off when any of them does, tells
/// the pager's topic once.
///
/// ```
/// use cachewright::prelude::*;
/// let alarms = Alarms::new(Topic::made("alerts"), Topic::given_as("pager-topic-arn"))
///     .set(Metric::EngineCpuUtilization, Alarm::at(80))
///     .set(Metric::CurrConnections, Alarm::at(1_000).minutes(1))
///     .without(Metric::Evictions);
/// ```
#[derive(Clone, Debug)]
pub struct Alarms {
    warning: Topic,
    page: Topic,
    said: Vec<(Metric, At<Option<Alarm>>)>,
    place: Place,
}

/// One alarm: its threshold, in the metric's own unit, and what else differs from the proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alarm {
    threshold: f64,
    minutes: Option<u16>,
    severity: Option<Severity>,
}

/// Who is told of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Whoever reads it in the morning.
    Warning,
    /// Whoever has to get up.
    Page,
}

impl Alarms {
    /// Warnings go to one topic and pages to another; both may be the same.
    #[track_caller]
    #[must_use]
    pub fn new(warning: Topic, page: Topic) -> Self {
        Self {
            warning,
            page,
            said: Vec::new(),
            place: Place::here(),
        }
    }

    /// An alarm on that metric, proposed or not. Saying it again replaces it.
    #[track_caller]
    #[must_use]
    pub fn set(mut self, metric: Metric, alarm: Alarm) -> Self {
        self.said.retain(|(known, _)| *known != metric);
        self.said.push((metric, At::here(Some(alarm))));
        self
    }

    /// No alarm on that metric, although one is proposed.
    #[track_caller]
    #[must_use]
    pub fn without(mut self, metric: Metric) -> Self {
        self.said.retain(|(known, _)| *known != metric);
        self.said.push((metric, At::here(None)));
        self
    }

    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        self.warning.names(names);
        self.page.names(names);
    }
}

impl Alarm {
    /// Goes off beyond that threshold, in the metric's unit: below it for what there should be
    /// much of (free memory, cache hits, credits), above it for everything else.
    #[must_use]
    pub fn at(threshold: impl Into<f64>) -> Self {
        Self {
            threshold: threshold.into(),
            minutes: None,
            severity: None,
        }
    }

    /// How long it has to last, in minutes; as CloudWatch recommends unless told otherwise.
    #[must_use]
    pub fn minutes(self, minutes: u16) -> Self {
        Self {
            minutes: Some(minutes),
            ..self
        }
    }

    /// Who is told.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            ..self
        }
    }
}
