use cachewright::prelude::*;

/// Planned: three nodes with Multi-AZ, encrypted, with a token.
pub fn environment() -> Environment {
    // corrected: three nodes are a replication group, and Multi-AZ needs automatic failover
    let nodes = Topology::replicated(2, Failover::Automatic(MultiAz::Enabled));
    // corrected: `authTokenEnabled` doesn't exist; a token by reference is what enables AUTH
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    let key = CustomerManagedKey::new("cache");
    // corrected: 80 % of the CPU is 80 % of the core that the engine runs on, not of a host with two
    let alarms = Alarms::new(
        Topic::made("alerts").kms_key(key.clone()),
        Topic::made("pages").kms_key(key.clone()),
    )
    .set(Metric::EngineCpuUtilization, Alarm::at(80).minutes(5))
    .set(
        Metric::DatabaseMemoryUsagePercentage,
        Alarm::at(90).minutes(2),
    )
    .set(Metric::CurrConnections, Alarm::at(1_000).minutes(1));
    let logs = || LogGroup::new().kms_key(key.clone());
    // corrected: the port stays 6379; TLS doesn't move it to 6380
    let cache = super::cache("air-discovery-redis-prod", node_type::T3_SMALL, 7)
        .topology(nodes)
        .parameter_group(
            ParameterGroup::new()
                .description("Redis parameters for AirDiscovery")
                // corrected: `allkeys-lru` drops whom it authenticated like any cached answer; answers get a time to live
                .set("maxmemory-policy", "volatile-lru")
                .set("timeout", 300)
                .set("tcp-keepalive", 60),
        )
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
        // left open: which key. One of the account's own can be withdrawn; it has to be there before the cache
        .at_rest_encryption(AtRestEncryption::KmsKey(key.clone().into()))
        .slow_log(LogDelivery::log_group(logs(), LogFormat::Json))
        .engine_log(LogDelivery::log_group(logs(), LogFormat::Json));
    let network = super::network("air-discovery-redis-prod-subnet-group");
    Environment::new(
        "air-discovery",
        "prod",
        Stage::Production,
        super::REGION,
        network,
        cache,
    )
    .allow(
        "ingress-wide",
        "the document lets in the whole VPC, which is the application's own, and AUTH asks everybody",
    )
    .alarms(alarms)
    .outputs(super::outputs())
}
