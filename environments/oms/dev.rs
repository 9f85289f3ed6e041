use cachewright::prelude::*;

pub fn environment() -> Environment {
    let cache = super::cache("oms-redis-dev", node_type::T4G_MICRO)
        .topology(Topology::single_node())
        .transit_encryption(TransitEncryption::Disabled)
        .at_rest_encryption(AtRestEncryption::Disabled)
        .snapshots(Snapshots::disabled());
    let network = super::network("oms-vpc-dev");
    Environment::new(
        "oms",
        "dev",
        Stage::Development,
        Region::US_EAST_1,
        network,
        cache,
    )
    .tag("Environment", "dev")
    .outputs(super::outputs())
    .client_settings(super::client_settings())
}
