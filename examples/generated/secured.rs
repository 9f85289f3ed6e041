//! Environments that make everything that access needs, for judges that deploy: each language
//! has to ask AWS for the same.

use cachewright::prelude::*;

pub fn environments() -> [Environment; 6] {
    [users(), token(), parameter(), watched(), scaled(), named()]
}

/// Users of every kind, and one key for the cache, a password and the logs.
fn users() -> Environment {
    let key = CustomerManagedKey::new("cache").deletion_window(7);
    let admin = SecretRef::given_as("admin-secret-arn").json_key("password");
    let next = GeneratedSecret::new("secured/admin/next").kms_key(key.clone());
    let users = UserGroup::new("secured-users")
        .user(User::iam(
            "secured-orders",
            "on ~order:* -@all +@read +@write",
        ))
        .user(User::password("secured-admin", "on ~* +@all -@dangerous", admin).and_password(next));
    let logs = || LogGroup::new().kms_key(key.clone());
    let cache = cache("secured-users", Engine::REDIS_7_1)
        .transit_encryption(TransitEncryption::Required(Access::UserGroup(users)))
        .at_rest_encryption(AtRestEncryption::KmsKey(key.clone().into()))
        .slow_log(LogDelivery::log_group(logs(), LogFormat::Json))
        .engine_log(LogDelivery::log_group(logs(), LogFormat::Text));
    environment("users", cache)
}

/// A token that is generated where it is kept, and a group for clients to wear.
fn token() -> Environment {
    let key = CustomerManagedKey::new("secrets");
    let token = GeneratedSecret::new("secured/auth-token").kms_key(key);
    let cache = cache("secured-token", Engine::VALKEY_8_0).transit_encryption(
        TransitEncryption::Required(Access::AuthToken(AuthToken::new(token))),
    );
    environment("token", cache)
}

/// A token in Systems Manager.
fn parameter() -> Environment {
    let token = AuthToken::new(SecureString::given());
    let cache = cache("secured-parameter", Engine::VALKEY_8_0)
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)));
    environment("parameter", cache)
}

/// Alarms of both kinds, one that pages for all of them, and who is told.
fn watched() -> Environment {
    let alerts = Topic::made("alerts").kms_key(CustomerManagedKey::new("topics"));
    let alarms = Alarms::new(alerts, Topic::given_as("pages-topic-arn"))
        .set(Metric::CacheHitRate, Alarm::at(70))
        .set(Metric::SuccessfulReadRequestLatency, Alarm::at(2_500));
    let cache = cache("secured-watched", Engine::VALKEY_8_0)
        .workload(Workload::Queue)
        .notification_topic(Topic::made("events"));
    environment("watched", cache).alarms(alarms)
}

/// Shards and replicas that are scaled automatically, and parameters that say where the cache is.
fn scaled() -> Environment {
    let busy = TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 60);
    let full = TargetTracking::new(
        ShardMetric::DatabaseMemoryUsageCountedForEvictPercentage,
        65,
    );
    let reads = TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 50)
        .scale_in_cooldown(900)
        .disable_scale_in(true);
    let cache = cache("secured-scaled", Engine::VALKEY_8_0).topology(
        Topology::sharded(2, 1, MultiAz::Enabled)
            .scale_shards(Scaling::between(2, 6, busy).and(full))
            .scale_replicas(Scaling::between(1, 3, reads)),
    );
    environment("scaled", cache).publish(SsmParameters::under("/secured/scaled"))
}

/// Names in a zone, and parameters, of a cache with a reader endpoint.
fn named() -> Environment {
    let records = Records::in_zone(HostedZone::given(), "redis.secured.internal");
    environment("named", cache("secured-named", Engine::REDIS_7_1))
        .dns(records.reader("redis-ro.secured.internal"))
        .publish(SsmParameters::under("/secured/named"))
        .allow(
            "record-with-tls",
            "clients are told the name that the certificate has",
        )
}

fn cache(id: &str, engine: Engine) -> ReplicationGroup {
    ReplicationGroup::new(id, engine, node_type::M7G_LARGE).topology(Topology::replicated(
        1,
        Failover::Automatic(MultiAz::Enabled),
    ))
}

fn environment(name: &str, cache: ReplicationGroup) -> Environment {
    let clients = SecurityGroup::new(Vpc::given()).allow(Client::made_security_group("app"));
    let network = Network::new(SubnetGroup::new(Subnets::given()), clients);
    Environment::new(
        "secured",
        name,
        Stage::Production,
        Region::US_EAST_1,
        network,
        cache,
    )
    .tag("Team", "shop")
}
