//! The CloudFormation back end: a template and the parameter file beside it.

mod graph;
mod json;
mod read;
mod write;

pub use graph::{graph, is_template, parameters};
pub use read::{ReadError, read};
pub use write::{parameters_example, template};
