//! What is true of ElastiCache today: data with a source and a date, apart from
//! the logic. `README.md` beside this file says where each table comes from.
//!
//! Known-bad is an error; unknown is at most a warning. A node family that
//! appears next month must not block anybody.

mod alarm;
mod control;
mod engine_version;
mod metric;
mod node_type;
mod parameter;
mod redis_conf;
mod update_behaviour;

pub use alarm::AlarmFact;
pub use control::ControlFact;
pub use engine_version::EngineVersionFact;
pub use metric::MetricFact;
pub use node_type::{NodeTypeFact, region_is_known, sold_in};
pub use parameter::{Allowed, Modifiable, ParameterFact, ParameterType};
pub use redis_conf::DirectiveFact;
pub use update_behaviour::{UpdateBehaviour, update_behaviour, update_behaviours};

pub(crate) use alarm::alarm;
pub(crate) use control::controls;
pub(crate) use engine_version::{engine_version, engine_versions, has_later_minor};
pub(crate) use metric::{metric, metrics};
pub(crate) use node_type::{all as all_node_types, node_type, node_types, successor};
pub(crate) use parameter::{families, family_parameters, parameter};
#[cfg(test)]
pub(crate) use redis_conf::all as directives;
pub(crate) use redis_conf::directive;

/// When the tables were last read; messages about unknown things say so.
pub const READ: &str = "November 2026";

/// The same as a day: what the life of a version is held against, since an output never
/// depends on the clock.
pub(crate) const READ_ON: &str = "2026-11-20";

/// When the prices of node types were read.
pub(crate) const PRICES_READ_ON: &str = "2026-10-02";

use serde::de::DeserializeOwned;

/// Reads one of the embedded tables.
fn table<T: DeserializeOwned>(text: &'static str) -> Vec<T> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the embedded tables are well formed; a test reads every row")
}

fn yes<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let text: std::borrow::Cow<'de, str> = serde::Deserialize::deserialize(deserializer)?;
    Ok(text == "yes")
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_of_every_table_is_read() {
        assert_eq!(super::alarm::all().len(), 23);
        assert_eq!(super::node_type::all().len(), 94);
        assert_eq!(super::engine_version::all().len(), 27);
        assert_eq!(super::parameter::all().len(), 455);
        assert_eq!(super::redis_conf::all().len(), 90);
        assert_eq!(super::metrics().len(), 169);
        assert_eq!(super::controls().len(), 51);
        assert_eq!(super::update_behaviours().len(), 293);
        assert!(super::region_is_known("us-east-1"));
    }
}
