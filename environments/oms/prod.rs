use cachewright::prelude::*;

pub fn environment() -> Environment {
    // the document doesn't say who may log in: orders and positions deserve a token
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    let key = CustomerManagedKey::new("cache");
    // corrected: 75 % of the CPU is 75 % of the core that the engine runs on, not of a host with two
    let alarms = Alarms::new(
        Topic::made("alerts").kms_key(key.clone()),
        Topic::made("pages").kms_key(key.clone()),
    )
    .set(Metric::EngineCpuUtilization, Alarm::at(75))
    .set(Metric::DatabaseMemoryUsagePercentage, Alarm::at(85))
    .set(Metric::CacheHitRate, Alarm::at(80))
    .set(Metric::Evictions, Alarm::at(1_000));
    let logs = || LogGroup::new().kms_key(key.clone());
    let cache = super::cache("oms-redis-prod", node_type::M7G_LARGE)
        .topology(Topology::replicated(
            2,
            Failover::Automatic(MultiAz::Enabled),
        ))
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
        // left open: which key. One of the account's own can be withdrawn; it has to be there before the cache
        .at_rest_encryption(AtRestEncryption::KmsKey(key.clone().into()))
        .slow_log(LogDelivery::log_group(logs(), LogFormat::Json))
        .engine_log(LogDelivery::log_group(logs(), LogFormat::Json))
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
    .alarms(alarms)
    .outputs(super::outputs())
    .client_settings(super::client_settings())
}
