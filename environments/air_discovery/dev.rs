use cachewright::prelude::*;

pub fn environment() -> Environment {
    // the document leaves encryption at rest open: it costs nothing, and turning it on later replaces the cache
    let cache = super::cache("air-discovery-redis-dev", node_type::T3_MICRO, 1)
        .topology(Topology::single_node())
        .transit_encryption(TransitEncryption::Disabled)
        .at_rest_encryption(AtRestEncryption::AwsOwnedKey);
    let network = super::network("air-discovery-redis-subnet-group");
    Environment::new(
        "air-discovery",
        "dev",
        Stage::Development,
        super::REGION,
        network,
        cache,
    )
    .outputs(super::outputs())
}
