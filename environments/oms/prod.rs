use cachewright::prelude::*;

pub fn environment() -> Environment {
    // the document doesn't say who may log in: orders and positions deserve a token
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    let cache = super::cache("oms-redis-prod", node_type::M7G_LARGE)
        .topology(Topology::replicated(
            2,
            Failover::Automatic(MultiAz::Enabled),
        ))
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
        // left open: which key. One of the account's own can be withdrawn; it has to be there before the cache
        .at_rest_encryption(AtRestEncryption::KmsKey(
            CustomerManagedKey::new("cache").into(),
        ))
        // the document leaves both windows open, and AWS would choose at random: the markets are closed then
        .snapshots(Snapshots::daily(7).window("06:00-07:00"))
        .maintenance_window("sun:07:30-sun:08:30");
    let network = super::network("oms-vpc-prod");
    Environment::new(
        "oms",
        "prod",
        Stage::Production,
        Region::US_EAST_1,
        network,
        cache,
    )
    .tag("Environment", "prod")
    .outputs(super::outputs())
    .client_settings(super::client_settings())
}
