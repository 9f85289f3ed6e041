use cachewright::prelude::*;

pub fn environment() -> Environment {
    let id = "marabet-redis";
    // corrected: the document says "cluster mode enabled"; two nodes without shards are one primary and one replica
    let nodes = Topology::replicated(1, Failover::Automatic(MultiAz::Enabled)); // corrected: "high availability" is Multi-AZ
    // corrected: the document prints the token; here it is the `token` of a secret that the deployment names
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    // the document watches CPU and memory on a page of metrics; here somebody is told
    let key = CustomerManagedKey::new("cache");
    let alarms = Alarms::new(
        Topic::made("alerts").kms_key(key.clone()),
        Topic::made("pages").kms_key(key.clone()),
    );
    let logs = || LogGroup::new().kms_key(key.clone());
    let cache = ReplicationGroup::new(id, Engine::REDIS_7_0, node_type::T3_MEDIUM)
        .description("MaraBet Redis, one primary and one replica")
        .topology(nodes)
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
        // left open: which key. One of the account's own can be withdrawn; it has to be there before the cache
        .at_rest_encryption(AtRestEncryption::KmsKey(key.clone().into()))
        .slow_log(LogDelivery::log_group(logs(), LogFormat::Json))
        .engine_log(LogDelivery::log_group(logs(), LogFormat::Json))
        .snapshots(Snapshots::daily(5).window("03:00-05:00"))
        .maintenance_window("sun:05:00-sun:07:00")
        .tag("Name", id);
    Environment::new(
        "marabet",
        "prod",
        Stage::Production,
        Region::EU_WEST_1,
        super::network(id),
        cache,
    )
    .tag("Environment", "production")
    .alarms(alarms)
    .outputs(super::outputs())
    .client_settings(super::client_settings())
}
