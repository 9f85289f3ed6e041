//! CloudFormation: a template, and the parameter file and stack policy beside it, written; and anybody's template,
//! read.

mod json;
mod parameter_file;
mod read;
mod reader;
mod stack_policy;
mod write;

pub use parameter_file::parameters;
pub use read::{ReadError, read};
pub use reader::{Document, graph, is_template};
pub use stack_policy::stack_policy;
pub use write::{parameters_example, template};
