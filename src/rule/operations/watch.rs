//! What an alarm looks at.

use super::named;
use crate::facts::{self, MetricFact};
use crate::graph::{Entry, Kind, Value};
use crate::rule::{Check, Resource, Setting};

/// One metric of ElastiCache's that an alarm looks at.
pub(super) struct Watched<'g> {
    pub alarm: Resource<'g>,
    pub metric: Option<Setting<'g>>,
    pub dimensions: Option<Setting<'g>>,
    pub statistic: Option<Setting<'g>>,
    pub period: Option<Setting<'g>>,
    pub unit: Option<Setting<'g>>,
    /// The threshold is compared with this metric, and with nothing computed from it.
    pub is_alone: bool,
}

/// The cache of the same graph that an alarm looks at.
pub(super) enum Target<'g> {
    /// A whole replication group.
    Group(Resource<'g>),
    /// A member of a replication group, by what stands behind the group's id.
    Member(Resource<'g>, String),
    /// A cache cluster.
    Cluster(Resource<'g>),
}

impl<'g> Target<'g> {
    pub fn cache(&self) -> Resource<'g> {
        match self {
            Self::Group(cache) | Self::Member(cache, _) | Self::Cluster(cache) => *cache,
        }
    }
}

/// Every metric of ElastiCache's that an alarm looks at.
pub(super) fn watched<'g>(check: &Check<'g>) -> Vec<Watched<'g>> {
    let mut all = Vec::new();
    for alarm in check.all(Kind::Alarm) {
        if alarm.text("Namespace") == Some(NAMESPACE) {
            all.push(Watched {
                alarm,
                metric: alarm.setting("MetricName"),
                dimensions: alarm.setting("Dimensions"),
                statistic: alarm
                    .setting("Statistic")
                    .or_else(|| alarm.setting("ExtendedStatistic")),
                period: alarm.setting("Period"),
                unit: alarm.setting("Unit"),
                is_alone: true,
            });
        }
        let metrics = alarm.objects("Metrics");
        for metric in metrics {
            let within = |name: &str| alarm.within(metric, name);
            let namespace = within("MetricStat.Metric.Namespace");
            if namespace.and_then(|setting| setting.text()) == Some(NAMESPACE) {
                all.push(Watched {
                    alarm,
                    metric: within("MetricStat.Metric.MetricName"),
                    dimensions: within("MetricStat.Metric.Dimensions"),
                    statistic: within("MetricStat.Stat"),
                    period: within("MetricStat.Period"),
                    unit: within("MetricStat.Unit"),
                    is_alone: metrics.len() == 1 && alarm.is_absent("ThresholdMetricId"),
                });
            }
        }
    }
    all
}

/// Every alarm that looks at a metric of ElastiCache's, each once.
pub(super) fn alarms<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    let mut all: Vec<Resource<'g>> = Vec::new();
    for watched in watched(check) {
        if !all
            .iter()
            .any(|alarm| std::ptr::eq(alarm.node, watched.alarm.node))
        {
            all.push(watched.alarm);
        }
    }
    all
}

pub(super) const NAMESPACE: &str = "AWS/ElastiCache";

impl<'g> Watched<'g> {
    /// The metric's name, where it is known.
    pub fn name(&self) -> Option<&'g str> {
        self.metric?.text()
    }

    /// What is known of the metric.
    pub fn fact(&self) -> Option<&'static MetricFact> {
        facts::metric(self.name()?)
    }

    /// The dimensions, where they are known.
    pub fn entries(&self) -> Option<&'g [Entry]> {
        match self.dimensions?.value() {
            Value::Map(_, entries) => Some(entries),
            _ => None,
        }
    }

    pub fn dimension(&self, name: &str) -> Option<&'g Entry> {
        self.entries()?.iter().find(|entry| entry.name == name)
    }

    pub fn seconds(&self) -> Option<i64> {
        match self.period?.value() {
            Value::Integer(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// The threshold that this very metric is compared with.
    pub fn threshold(&self) -> Option<(Setting<'g>, f64)> {
        let setting = self
            .is_alone
            .then(|| self.alarm.setting("Threshold"))
            .flatten()?;
        match setting.value() {
            Value::Integer(number) => Some((setting, *number as f64)),
            Value::Number(number) => Some((setting, *number)),
            _ => None,
        }
    }

    /// Whether the alarm goes off above the threshold, or below it.
    pub fn is_above(&self) -> Option<bool> {
        match self.alarm.text("ComparisonOperator")? {
            "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" => Some(true),
            "LessThanThreshold" | "LessThanOrEqualToThreshold" => Some(false),
            _ => None,
        }
    }

    /// The cache that it looks at, where that is in the same graph.
    pub fn target(&self, check: &Check<'g>) -> Option<Target<'g>> {
        if let Some(group) = self.dimension("ReplicationGroupId") {
            let (cache, rest) = named(check, &group.value)?;
            return rest.is_empty().then_some(Target::Group(cache));
        }
        let (cache, rest) = named(check, &self.dimension("CacheClusterId")?.value)?;
        Some(match (cache.node.kind, rest.as_str()) {
            (Kind::CacheCluster, "") => Target::Cluster(cache),
            (Kind::ReplicationGroup, "") => Target::Group(cache),
            (Kind::ReplicationGroup, _) => Target::Member(cache, rest),
            _ => return None,
        })
    }
}
