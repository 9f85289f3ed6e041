use cachewright::prelude::*;

/// The document's simple variant: failover, and nothing encrypted.
pub fn environment() -> Environment {
    let id = "marabet-redis-simple";
    let cache = ReplicationGroup::new(id, Engine::REDIS_7_0, node_type::T3_MEDIUM)
        .description("MaraBet Redis, simple variant")
        .topology(Topology::replicated(
            1,
            Failover::Automatic(MultiAz::Disabled),
        ))
        .transit_encryption(TransitEncryption::Disabled)
        .at_rest_encryption(AtRestEncryption::Disabled);
    Environment::new(
        "marabet",
        "staging",
        Stage::Staging,
        Region::EU_WEST_1,
        super::network(id),
        cache,
    )
    .outputs(super::outputs())
    .client_settings(super::client_settings())
}
