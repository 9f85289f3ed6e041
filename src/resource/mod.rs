//! The kinds of resources: one file each, with its type, its defaults, its
//! lowering and its tests.

pub mod alarm;
mod credential;
pub mod dashboard;
mod endpoint;
pub mod kms_key;
pub mod log_group;
pub mod parameter_group;
pub mod record_set;
pub mod replication_group;
pub mod secret;
pub mod security_group;
pub mod ssm_parameter;
pub mod subnet_group;
pub mod topic;
pub mod user;
pub mod user_group;
