//! The kinds of resources: one file each, with its type, its defaults, its
//! lowering and its tests.

pub mod parameter_group;
pub mod replication_group;
pub mod security_group;
pub mod subnet_group;
