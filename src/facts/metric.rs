use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

/// A CloudWatch metric of the namespace `AWS/ElastiCache`.
#[derive(Clone, Debug, Deserialize)]
pub struct MetricFact {
    /// The name, e.g. `EngineCPUUtilization`.
    pub metric: String,
    /// The unit in CloudWatch's word; empty where it has none or none is known.
    pub unit: String,
    /// The seconds between two data points.
    pub period_s: i64,
    dimensions: String,
    engines: String,
    needs: String,
}

impl MetricFact {
    /// Whether it is published for a `member` by `CacheClusterId`, for a `node` by
    /// `CacheClusterId` and `CacheNodeId`, for a whole `group` by `ReplicationGroupId`, or for
    /// a `serverless` cache.
    #[must_use]
    pub fn is_of(&self, what: &str) -> bool {
        self.dimensions.split(' ').any(|word| word == what)
    }

    /// Whether an engine publishes it: `redis`, `valkey` or `memcached`.
    #[must_use]
    pub fn is_published_by(&self, engine: &str) -> bool {
        let family = if engine == "valkey" { "redis" } else { engine };
        self.engines.split(' ').any(|word| word == family)
    }

    /// Whether only some caches have it: those with `credits`, `tiering`, `replicas`, or in a
    /// `global` datastore.
    #[must_use]
    pub fn needs(&self, what: &str) -> bool {
        self.needs == what
    }
}

static TABLE: LazyLock<Vec<MetricFact>> = LazyLock::new(|| table(include_str!("metrics.csv")));

/// Every metric.
pub(crate) fn metrics() -> &'static [MetricFact] {
    &TABLE
}

/// The row of a metric, if the table has it.
pub(crate) fn metric(name: &str) -> Option<&'static MetricFact> {
    metrics().iter().find(|row| row.metric == name)
}
