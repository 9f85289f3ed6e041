//! Environments that together say everything that can be said.

use cachewright::prelude::*;

const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:shop";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-a1b2c3";

pub fn environments() -> Vec<Environment> {
    vec![
        replicated(),
        sharded(),
        each_shard(),
        single(),
        compatible(),
        secondary(),
        users(),
        write_only_users(),
        generated_token(),
        secure_string(),
        ephemeral_secure_string(),
        watched(),
        watched_alone(),
    ]
}

/// Cluster mode disabled, everything looked up or written down.
fn replicated() -> Environment {
    let vpc = Vpc::tagged([("Name", "shop"), ("Owner: team", "ops")]);
    let subnets = Subnets::tagged(&vpc, [("Tier", "private-*")]);
    let web = ExistingSecurityGroup::named("shop-web-sg");
    let network = Network::new(
        SubnetGroup::new(subnets)
            .name("shop-subnets")
            .description("The shop's \"private\" subnets"),
        SecurityGroup::new(vpc)
            .name("shop-cache-sg")
            .description("Access to the cache")
            .egress(Egress::All)
            .allow(Client::security_group("web", web).description("The web servers"))
            .allow(Client::cidr("office", "10.8.0.0/16"))
            .allow(Client::cidr("office-ipv6", "2001:db8::/32"))
            .allow(Client::prefix_list("vpn", "pl-0123456789abcdef0")),
    );
    let token = AuthToken::new(SecretRef::named("shop/prod/cache").json_key("token"));
    let cache =
        ReplicationGroup::new("shop-replicated", Engine::REDIS_7_1, node_type::M7G_LARGE)
            .description("Cache of the shop, à la carte")
            .port(6380)
            .topology(
                Topology::replicated(2, Failover::Automatic(MultiAz::Enabled))
                    .availability_zones(["us-east-1a", "us-east-1b", "us-east-1c"]),
            )
            .parameter_group(
                ParameterGroup::new()
                    .description("Settings of the cache")
                    .set("maxmemory-policy", "volatile-lru")
                    .set("timeout", 300)
                    .set("activedefrag", true),
            )
            .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
            .at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::arn(
                "arn:aws:kms:us-east-1:123456789012:key/1234abcd",
            )))
            .snapshots(Snapshots::daily(14).window("03:00-05:00"))
            .maintenance_window("sun:05:00-sun:07:00")
            .auto_minor_version_upgrade(false)
            .apply_immediately(true)
            .ip_addressing(IpAddressing::DualStackDiscoverIpv4)
            .notification_topic(Topic::arn(TOPIC))
            .slow_log(LogDelivery::cloudwatch_logs("/shop/slow", LogFormat::Json))
            .engine_log(LogDelivery::firehose("shop-engine", LogFormat::Text))
            .restore_from(RestoreFrom::snapshot("shop-before"))
            .removal(Removal::Snapshot)
            .final_snapshot("shop-last")
            .tag("Name", "shop-replicated");
    named("everything", "replicated", network, cache)
        .description("Everything that a cache with replicas can say.")
        .tag("Environment", "prod")
        .tag("cost:center", "42")
        .outputs([
            Output::endpoint("endpoint").exported(),
            Output::reader_endpoint("reader-endpoint"),
            Output::port("port"),
            Output::replication_group_id("id"),
            Output::security_group_id("security-group-id"),
        ])
        .publish(SsmParameters::under("/shop/prod/redis"))
        .dns(
            Records::in_zone(HostedZone::given(), "redis.shop.internal")
                .reader("redis-ro.shop.internal")
                .ttl(30),
        )
        .allow(
            "record-with-tls",
            "clients are told the name that the certificate has",
        )
        .terraform_state(TerraformState::S3 {
            bucket: "shop-state".into(),
            key: "everything/replicated.tfstate".into(),
            region: Region::EU_WEST_1,
        })
}

/// Shards that are all alike and scaled automatically, everything imported from other stacks.
fn sharded() -> Environment {
    let stack = Stack::given("VPCStackName").default("shop-vpc");
    let clients = Client::imported_cidr("vpc", stack.export("VpcCidr"));
    let network = Network::new(
        SubnetGroup::new(Subnets::imported(stack.export("PrivateSubnetIds"))),
        SecurityGroup::new(Vpc::imported(stack.export("VpcId"))).allow(clients),
    );
    let users = Access::UserGroup(UserGroup::existing("shop-users"));
    let key = KmsKey::imported(Import::named("shop:CacheKey"));
    let cache = ReplicationGroup::new("shop-sharded", Engine::VALKEY_9_0, node_type::R7G_LARGE)
        .durability(Durability::Sync)
        .topology(
            Topology::sharded(3, 1, MultiAz::Enabled)
                .scale_shards(
                    Scaling::between(
                        3,
                        8,
                        TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 60)
                            .scale_in_cooldown(900)
                            .scale_out_cooldown(300)
                            .disable_scale_in(true),
                    )
                    .and(TargetTracking::new(
                        ShardMetric::DatabaseMemoryUsageCountedForEvictPercentage,
                        65,
                    )),
                )
                .scale_replicas(Scaling::between(
                    1,
                    4,
                    TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 50),
                )),
        )
        .transit_encryption(TransitEncryption::Required(users))
        .at_rest_encryption(AtRestEncryption::KmsKey(key))
        .ip_addressing(IpAddressing::Ipv6)
        .removal(Removal::Retain);
    named("everything", "sharded", network, cache)
        .tag("Team", "shop")
        .publish(SsmParameters::under("/shop/sharded"))
}

/// Shards described one by one, filled from RDB files.
fn each_shard() -> Environment {
    let subnets = ["VpcA", "VpcB"].map(Import::named);
    let groups = [
        ExistingSecurityGroup::given("cache-security-group-id"),
        ExistingSecurityGroup::imported(Import::named("shop-cache-sg")),
        ExistingSecurityGroup::id("sg-0123456789abcdef0"),
    ];
    let network = Network::new(
        SubnetGroup::new(Subnets::imported_each(subnets)),
        SecurityGroups::existing(groups),
    );
    let shards = [
        Shard::new()
            .id("0001")
            .slots("0-8191")
            .replicas(1)
            .primary_availability_zone("us-east-1a")
            .replica_availability_zones(["us-east-1b"]),
        Shard::new().id("0002").slots("8192-16383").replicas(2),
    ];
    let files = ["arn:aws:s3:::shop/1.rdb", "arn:aws:s3:::shop/2.rdb"];
    let cache = ReplicationGroup::new("shop-each", Engine::REDIS_6_2, node_type::M5_LARGE)
        .topology(Topology::shards(shards, MultiAz::Enabled))
        .parameter_group(ParameterGroup::new().set("maxmemory-policy", "noeviction"))
        .at_rest_encryption(AtRestEncryption::AwsOwnedKey)
        .restore_from(RestoreFrom::rdb_files(files))
        .removal(Removal::Delete);
    named("everything", "each-shard", network, cache).tag("Team", "ops")
}

/// One node with data tiering, in clear or not, everything given at deployment.
fn single() -> Environment {
    let web = ExistingSecurityGroup::given("web-security-group-id");
    let network = Network::new(
        SubnetGroup::new(Subnets::given()),
        SecurityGroup::new(Vpc::given())
            .egress(Egress::To(vec![
                "10.0.0.0/8".into(),
                "2001:db8::/32".into(),
            ]))
            .allow(Client::security_group("web", web)),
    );
    let nodes = node_type::R6GD_XLARGE.data_tiering();
    let cache = ReplicationGroup::new("shop-single", Engine::REDIS_7_0, nodes)
        .topology(Topology::single_node().availability_zone("us-east-1a"))
        .parameter_group(ParameterGroup::existing("default.redis7"))
        .transit_encryption(TransitEncryption::Preferred)
        .at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::given()))
        .notification_topic(Topic::given_as("notification-topic-arn"))
        .snapshots(Snapshots::disabled());
    named("everything", "single", network, cache)
}

/// Half-way to cluster mode, with a token that Terraform keeps nowhere.
fn compatible() -> Environment {
    let network = Network::new(
        SubnetGroup::existing("shop-subnets"),
        SecurityGroups::existing([ExistingSecurityGroup::id("sg-01234567")]),
    );
    let token = SecretRef::arn(SECRET)
        .json_key("token")
        .version_stage("AWSPREVIOUS");
    let token = AuthToken::rotating(token, "AWSPENDING").write_only(3);
    let cache = ReplicationGroup::new("shop-compatible", Engine::VALKEY_7_2, node_type::T4G_MEDIUM)
        .topology(Topology::compatible(1, MultiAz::Disabled))
        .parameter_group(ParameterGroup::new().set("timeout", 0))
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)));
    named("everything", "compatible", network, cache)
}

/// In a global datastore: most is the primary's to say.
fn secondary() -> Environment {
    let subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
    let network = Network::new(
        SubnetGroup::new(Subnets::ids(subnets)),
        SecurityGroup::new(Vpc::id("vpc-0123456789abcdef0")),
    );
    let global = GlobalDatastore::id("ldgnf-shop");
    let cache = ReplicationGroup::secondary("shop-secondary", global, 2, MultiAz::Enabled)
        .notification_topic(Topic::imported(Import::named("ShopTopic")));
    named("everything", "secondary", network, cache)
}

/// Users of their own, a key for everything, and a group for clients to wear.
fn users() -> Environment {
    let key = CustomerManagedKey::new("cache")
        .alias("shop/cache")
        .description("Everything that the shop caches")
        .rotation_period(180)
        .deletion_window(14)
        .removal(Removal::Retain);
    let group = SecurityGroup::new(Vpc::given())
        .allow(Client::made_security_group("app").description("The application"));
    let logs = |name| {
        LogGroup::new()
            .name(name)
            .retention(90)
            .kms_key(key.clone())
    };
    let password = GeneratedSecret::new("shop/admin/next")
        .description("The next password of whoever repairs things")
        .length(32)
        .kms_key(key.clone())
        .recovery_window(7)
        .removal(Removal::Delete);
    let admin = SecretRef::given_as("admin-secret-arn").json_key("password");
    let users = UserGroup::new("shop-users")
        .user(User::iam("shop-orders", "on ~order:* -@all +@read +@write"))
        .user(
            User::password("shop-admin", "on ~* &* +@all -@dangerous", admin)
                .name("admin")
                .and_password(password),
        )
        .user(User::existing("shop-ops"));
    let cache = ReplicationGroup::new("shop-for-users", Engine::REDIS_7_1, node_type::M7G_LARGE)
        .topology(Topology::replicated(
            1,
            Failover::Automatic(MultiAz::Enabled),
        ))
        .transit_encryption(TransitEncryption::Required(Access::UserGroup(users)))
        .at_rest_encryption(AtRestEncryption::KmsKey(key.clone().into()))
        .slow_log(LogDelivery::log_group(logs("/shop/slow"), LogFormat::Json))
        .engine_log(LogDelivery::log_group(
            LogGroup::new().kms_key(KmsKey::given_as("logs-kms-key-arn")),
            LogFormat::Text,
        ));
    let network = Network::new(SubnetGroup::new(Subnets::given()), group);
    named("everything", "users", network, cache).tag("Team", "shop")
}

/// Users whose passwords Terraform keeps nowhere, and a default user of their own.
fn write_only_users() -> Environment {
    let secret = |name| SecretRef::named(name).json_key("password");
    let users = UserGroup::new("shop-write-only")
        .user(
            User::password("shop-writer", "on ~* -@all +@write", secret("shop/writer"))
                .write_only(2),
        )
        .default_user(
            User::password(
                "shop-anybody",
                "on ~public:* -@all +get",
                secret("shop/anybody"),
            )
            .name("default"),
        );
    let cache = ReplicationGroup::new("shop-write-only", Engine::VALKEY_8_0, node_type::T4G_SMALL)
        .transit_encryption(TransitEncryption::Required(Access::UserGroup(users)));
    named("everything", "write-only-users", given(), cache).outputs([Output::endpoint("endpoint")])
}

/// A token that is generated where it is kept, encrypted like the cache.
fn generated_token() -> Environment {
    let key = CustomerManagedKey::new("cache");
    let token = GeneratedSecret::new("shop/auth-token").kms_key(key.clone());
    let token = AuthToken::new(token);
    let cache = ReplicationGroup::new("shop-generated", Engine::VALKEY_8_0, node_type::T4G_SMALL)
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
        .at_rest_encryption(AtRestEncryption::KmsKey(key.into()))
        .removal(Removal::Snapshot);
    let network = Network::new(
        SubnetGroup::new(Subnets::given()),
        SecurityGroup::new(Vpc::given()).allow(Client::made_security_group("web")),
    );
    named("everything", "generated-token", network, cache).outputs([
        Output::endpoint("endpoint"),
        Output::secret_arn("auth-token-secret-arn", "shop/auth-token"),
        Output::auth_token("auth-token"),
        Output::client_security_group_id("web-security-group-id", "web").exported(),
    ])
}

/// A token in Systems Manager, whose next version opens beside it.
fn secure_string() -> Environment {
    let token = AuthToken::rotating(SecureString::named("/shop/auth-token").version(6), "7");
    let cache = ReplicationGroup::new("shop-secure", Engine::VALKEY_8_0, node_type::T4G_SMALL)
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)));
    named("everything", "secure-string", given(), cache)
}

/// The same, kept nowhere.
fn ephemeral_secure_string() -> Environment {
    let token = AuthToken::new(SecureString::given()).write_only(1);
    let cache = ReplicationGroup::new("shop-ephemeral", Engine::VALKEY_8_0, node_type::T4G_SMALL)
        .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)));
    named("everything", "ephemeral-secure-string", given(), cache)
}

/// More members than one alarm computes with, so that some alarms are on the group as a whole.
fn watched() -> Environment {
    let alerts = Topic::made("alerts")
        .name("shop-alerts")
        .kms_key(CustomerManagedKey::new("topics"));
    let pages = Topic::imported(Import::named("ShopPages"));
    let alarms = Alarms::new(alerts, pages)
        .set(Metric::Evictions, Alarm::at(1_000).minutes(10))
        .set(
            Metric::MasterLinkHealthStatus,
            Alarm::at(1).severity(Severity::Page),
        );
    let cache = ReplicationGroup::new("shop-watched", Engine::VALKEY_8_0, node_type::R7G_XLARGE)
        .topology(Topology::sharded(6, 1, MultiAz::Enabled))
        .workload(Workload::Cache)
        .notification_topic(Topic::made("events"));
    named("everything", "watched", given(), cache)
        .tag("Team", "shop")
        .alarms(alarms)
        .dashboard(Dashboard::new().name("shop"))
}

/// One small node, where each alarm looks at one metric.
fn watched_alone() -> Environment {
    let topic = Topic::given();
    let alarms = Alarms::new(topic.clone(), topic)
        .set(Metric::SuccessfulReadRequestLatency, Alarm::at(2_500.5))
        .without(Metric::FreeableMemory);
    let cache = ReplicationGroup::new("shop-alone", Engine::VALKEY_8_0, node_type::T4G_SMALL)
        .workload(Workload::Cache);
    named("everything", "watched-alone", given(), cache)
        .tag("Team", "shop")
        .alarms(alarms)
        .dashboard(Dashboard::none())
}

fn given() -> Network {
    Network::new(
        SubnetGroup::new(Subnets::given()),
        SecurityGroup::new(Vpc::given()),
    )
}

fn named(
    system: &str,
    name: &str,
    network: Network,
    cache: impl Into<AnyReplicationGroup>,
) -> Environment {
    let region = Region::US_EAST_1;
    Environment::new(system, name, Stage::Production, region, network, cache)
}
