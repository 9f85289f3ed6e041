//! What a row of a table can't say: changes whose verdict depends on values, on each other, or
//! on what is around them. One file each; the first that speaks wins.

mod at_rest;
mod auth_token;
mod cluster_mode;
mod data_tiering;
mod engine;
pub(super) mod export;
mod failover;
mod global;
mod ignored;
mod later;
mod log_group;
mod memcached;
mod node_type;
mod parameter_group;
mod parameters;
mod preferred_zones;
mod replicas;
mod rules;
mod secret;
mod security_group;
mod shards;
mod transit;
mod users;
mod version;

use super::case::Case;
use super::verdict::Judgement;

/// A combination, and what it is about.
#[derive(Clone, Copy)]
pub struct Combination {
    /// What it is about, in a few words.
    pub about: &'static str,
    /// Its verdict, where it has one.
    pub judge: fn(&Case<'_>) -> Option<Judgement>,
}

/// All of them, in the order in which they are asked.
pub const ALL: [Combination; 23] = [
    ignored::COMBINATION,
    memcached::COMBINATION,
    engine::COMBINATION,
    version::COMBINATION,
    node_type::COMBINATION,
    data_tiering::COMBINATION,
    failover::COMBINATION,
    replicas::COMBINATION,
    shards::COMBINATION,
    transit::COMBINATION,
    auth_token::COMBINATION,
    users::COMBINATION,
    cluster_mode::COMBINATION,
    at_rest::COMBINATION,
    preferred_zones::COMBINATION,
    parameter_group::COMBINATION,
    parameters::COMBINATION,
    security_group::COMBINATION,
    rules::COMBINATION,
    log_group::COMBINATION,
    secret::COMBINATION,
    global::COMBINATION,
    later::COMBINATION,
];
