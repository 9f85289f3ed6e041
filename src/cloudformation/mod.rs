//! The CloudFormation back end: a template and the parameter file beside it.

mod json;
mod read;
mod write;

pub use read::{ReadError, read};
pub use write::{parameters_example, template};
