use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

/// How an alarm on a metric of the namespace `AWS/ElastiCache` is set.
#[derive(Clone, Debug, Deserialize)]
pub struct AlarmFact {
    /// The metric's name, e.g. `EngineCPUUtilization`.
    pub metric: String,
    /// CloudWatch's statistic; a percentile begins with `p`.
    pub statistic: String,
    comparison: String,
    /// The seconds over which one value is made.
    pub period_s: i64,
    /// How many values in a row make the alarm.
    pub evaluation_periods: i64,
    /// What missing data comes to, in CloudWatch's word.
    pub treat_missing_data: String,
    /// The threshold that AWS recommends, in the metric's unit; nothing where it depends.
    pub recommended: Option<f64>,
}

impl AlarmFact {
    /// CloudWatch's word for how the value is compared with the threshold.
    #[must_use]
    pub fn comparison_operator(&self) -> &'static str {
        match self.comparison.as_str() {
            "above" => "GreaterThanThreshold",
            "at or above" => "GreaterThanOrEqualToThreshold",
            _ => "LessThanThreshold",
        }
    }

    /// Whether too little of it hurts rather than too much.
    #[must_use]
    pub fn is_below(&self) -> bool {
        self.comparison == "below"
    }
}

static TABLE: LazyLock<Vec<AlarmFact>> = LazyLock::new(|| table(include_str!("alarms.csv")));

#[cfg(test)]
pub(super) fn all() -> &'static [AlarmFact] {
    &TABLE
}

/// How an alarm on a metric is set, if the table says it.
pub(crate) fn alarm(metric: &str) -> Option<&'static AlarmFact> {
    TABLE.iter().find(|row| row.metric == metric)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_alarm_is_on_a_metric_that_comes_as_often() {
        for row in super::all() {
            let metric = crate::facts::metric(&row.metric).expect(&row.metric);
            assert!(row.period_s % metric.period_s == 0, "{}", row.metric);
            assert!(
                ["above", "at or above", "below"].contains(&row.comparison.as_str()),
                "{}",
                row.metric
            );
        }
    }
}
