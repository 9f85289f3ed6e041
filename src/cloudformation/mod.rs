//! CloudFormation: a template and the parameter file beside it, written; and anybody's template,
//! read.

mod json;
mod parameter_file;
mod read;
mod reader;
mod write;

pub use parameter_file::parameters;
pub use read::{ReadError, read};
pub use reader::{Document, graph, is_template};
pub use write::{parameters_example, template};
