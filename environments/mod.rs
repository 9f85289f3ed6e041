//! The environments of this repository: one folder for each system, one file for
//! each environment, and in `mod.rs` what a system's environments share.

mod air_discovery;
mod chatbot;
mod marabet;
mod oms;
mod pbet;

use cachewright::prelude::Environment;

/// Every environment, in the order in which they are listed.
pub fn all() -> impl Iterator<Item = Environment> {
    [
        marabet::prod::environment,
        marabet::staging::environment,
        air_discovery::dev::environment,
        air_discovery::prod::environment,
        pbet::hml::environment,
        pbet::prod::environment,
        chatbot::prod::environment,
        oms::dev::environment,
        oms::staging::environment,
        oms::prod::environment,
    ]
    .into_iter()
    .map(|environment: fn() -> Environment| environment())
}
