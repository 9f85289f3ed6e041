use cachewright::prelude::*;

/// The guide says what it wants of production (a replica, a password, TLS, data
/// that survives, never the internet) and leaves the rest open.
pub fn environment() -> Environment {
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    let cache = ReplicationGroup::new("chatbot-prod", Engine::REDIS_7_1, node_type::M5_LARGE)
        .description("Chatbot: rate limits, conversations, Celery and cache")
        .workload(Workload::RateLimit)
        .workload(Workload::Session)
        .workload(Workload::Queue)
        .workload(Workload::Cache)
        .topology(Topology::replicated(
            1,
            Failover::Automatic(MultiAz::Enabled),
        ))
        // corrected: under `allkeys-lru` eviction drops queued jobs, which have no time to live; keys with one go first here
        .parameter_group(ParameterGroup::new().set("maxmemory-policy", "volatile-lru"))
        // corrected: `requirepass` isn't ElastiCache's; a password is an AUTH token
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
        .at_rest_encryption(AtRestEncryption::AwsOwnedKey)
        // corrected: `save` and `appendonly` aren't ElastiCache's; data survives by snapshots
        .snapshots(Snapshots::daily(7).window("06:00-07:00"))
        .maintenance_window("sun:07:30-sun:08:30");
    // the guide's thresholds; "Redis down" is a member that says nothing, or a replica without its primary
    let alarms = Alarms::new(
        Topic::given_as("alerts-topic-arn"),
        Topic::given_as("pages-topic-arn"),
    )
    .set(Metric::DatabaseMemoryUsagePercentage, Alarm::at(80))
    .set(Metric::CacheHitRate, Alarm::at(70))
    .set(Metric::CurrConnections, Alarm::at(1_000));
    let application = ExistingSecurityGroup::given("app-security-group-id");
    let network = Network::new(
        SubnetGroup::new(Subnets::given()),
        SecurityGroup::new(Vpc::given()).allow(
            Client::security_group("app", application)
                .description("Redis from the application and its workers"),
        ),
    );
    Environment::new(
        "chatbot",
        "prod",
        Stage::Production,
        Region::US_EAST_1,
        network,
        cache,
    )
    .tag("Environment", "production")
    .alarms(alarms)
    .outputs([
        Output::endpoint("redis-endpoint"),
        Output::port("redis-port"),
        Output::reader_endpoint("redis-reader-endpoint"),
    ])
}
