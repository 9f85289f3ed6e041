//! The Terraform back end: a root module, one file for each concern.

mod hcl;
mod read;
mod reader;
mod write;

pub use read::{Block, ReadError, read, read_values};
pub use reader::{Load, SourceFile, graph};
pub use write::files;

/// An argument or block that only newer providers have, and the first version that
/// is known to have it. A definition that uses one narrows its provider range.
/// Schema of provider 6.66.0, read November 2026.
pub(crate) const SINCE: &[(&str, &str)] = &[
    ("auth_token_wo", "6.66.0"),
    ("auth_token_wo_version", "6.66.0"),
    ("durability", "6.66.0"),
    ("node_group_configuration", "6.66.0"),
    ("passwords_wo", "6.66.0"),
    ("passwords_wo_version", "6.66.0"),
];
