use cachewright::prelude::*;

pub fn environment() -> Environment {
    let cache = super::cache("oms-redis-staging", node_type::T4G_SMALL)
        .topology(Topology::replicated(
            1,
            Failover::Automatic(MultiAz::Enabled),
        ))
        .transit_encryption(TransitEncryption::Disabled)
        // the document would turn it on later: that replaces the cache, with its data
        .at_rest_encryption(AtRestEncryption::Disabled)
        .snapshots(Snapshots::daily(3));
    let network = super::network("oms-vpc-staging");
    Environment::new(
        "oms",
        "staging",
        Stage::Staging,
        Region::US_EAST_1,
        network,
        cache,
    )
    .tag("Environment", "staging")
    .outputs(super::outputs())
    .client_settings(super::client_settings())
}
