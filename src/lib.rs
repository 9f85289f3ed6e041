//! Typed ElastiCache environments, compiled to CloudFormation and Terraform that
//! mean the same.
//!
//! A definition is an [`Environment`](environment::Environment). It is lowered to a
//! neutral [`Graph`](graph::Graph), which two back ends print; the printed bytes are
//! read back and held against schemas before anything is written.

pub mod cli;
mod client_settings;
pub mod cloudformation;
pub mod control;
pub mod diagnostic;
pub mod diff;
pub mod environment;
pub mod facts;
pub mod graph;
pub mod handover;
mod lower;
pub mod migrate;
pub mod order;
pub mod output;
pub mod prelude;
pub mod read;
mod region;
pub mod report;
pub mod resource;
pub mod rule;
pub mod schema;
pub mod source;
mod stage;
pub mod synth;
mod tag;
pub mod terraform;
pub mod validate;
pub mod value;
pub mod vocabulary;
pub mod workload;

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
