//! What is true of ElastiCache today: data with a source and a date, apart from
//! the logic. `README.md` beside this file says where each table comes from.
//!
//! Known-bad is an error; unknown is at most a warning. A node family that
//! appears next month must not block anybody.

mod engine_version;
mod node_type;
mod parameter;

pub use engine_version::EngineVersionFact;
pub use node_type::{NodeTypeFact, region_is_known, sold_in};
pub use parameter::{Allowed, Modifiable, ParameterFact, ParameterType};

pub(crate) use engine_version::{engine_version, engine_versions};
pub(crate) use node_type::{node_type, node_types};
pub(crate) use parameter::{family_parameters, parameter};

/// When the tables were last read; messages about unknown things say so.
pub const READ: &str = "November 2026";

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
        assert_eq!(super::node_type::all().len(), 94);
        assert_eq!(super::engine_version::all().len(), 17);
        assert_eq!(super::parameter::all().len(), 455);
        assert!(super::region_is_known("us-east-1"));
    }
}
