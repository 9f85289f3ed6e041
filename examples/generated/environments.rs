//! Environments made of numbers: whatever the types allow, said in every combination.
//!
//! Each number chooses one of what can be said at one place, so a list of numbers is a
//! definition, and fewer or smaller numbers are a simpler one.

use cachewright::prelude::*;

const NODE_TYPES: [&str; 22] = [
    "cache.m7g.large",
    "cache.t3.micro",
    "cache.t4g.small",
    "cache.t4g.medium",
    "cache.m5.large",
    "cache.m6g.xlarge",
    "cache.m7g.2xlarge",
    "cache.r5.large",
    "cache.r6g.large",
    "cache.r6g.16xlarge",
    "cache.r7g.xlarge",
    "cache.c7gn.large",
    "cache.m4.large",
    "cache.r4.large",
    "cache.r6gd.xlarge",
    "cache.m8g.large",
    "cache.r8g.large",
    "cache.t2.micro",
    "cache.m3.medium",
    "cache.t3.large",
    "cache.r7g.24xlarge",
    "cache.r5.24xlarge",
];

const WINDOWS: [&str; 8] = [
    "03:00-05:00",
    "05:00-06:00",
    "23:30-00:30",
    "06:00-07:30",
    "00:00-01:00",
    "22:00-02:00",
    "04:30-05:29",
    "5:00-6:00",
];

const MAINTENANCE: [&str; 7] = [
    "sun:05:00-sun:07:00",
    "mon:23:30-tue:00:30",
    "sat:23:00-sun:02:00",
    "wed:10:00-wed:11:00",
    "Sun:04:00-Sun:05:00",
    "sun:23:30-mon:00:15",
    "fri:03:00-fri:04:00",
];

const PARAMETERS: [(&str, &str); 16] = [
    ("maxmemory-policy", "volatile-lru"),
    ("maxmemory-policy", "allkeys-lru"),
    ("maxmemory-policy", "noeviction"),
    ("timeout", "300"),
    ("timeout", "19"),
    ("tcp-keepalive", "60"),
    ("maxmemory-samples", "5"),
    ("activedefrag", "yes"),
    ("notify-keyspace-events", "KEA"),
    ("reserved-memory-percent", "30"),
    ("slowlog-log-slower-than", "10000"),
    ("cluster-require-full-coverage", "no"),
    ("lazyfree-lazy-eviction", "yes"),
    ("appendonly", "yes"),
    ("hash-max-ziplist-entries", "512"),
    ("close-on-slave-write", "yes"),
];

/// Numbers, one after the other; zeros when there are no more.
struct Choices<'a>(std::slice::Iter<'a, u32>);

impl Choices<'_> {
    fn number(&mut self, below: u32) -> u32 {
        self.0.next().copied().unwrap_or(0) % below
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.number(all.len() as u32) as usize].clone()
    }

    fn yes(&mut self) -> bool {
        self.number(2) == 1
    }
}

/// The environment that these numbers say.
pub fn environment(name: &str, numbers: &[u32]) -> Environment {
    let choose = &mut Choices(numbers.iter());
    let stage = choose.of(&[Stage::Production, Stage::Staging, Stage::Development]);
    let region = choose.of(&[
        Region::US_EAST_1,
        Region::EU_WEST_1,
        Region::SA_EAST_1,
        Region::named("ap-northeast-3"),
    ]);
    let engine = choose.of(&[
        Engine::VALKEY_8_0,
        Engine::REDIS_7_1,
        Engine::REDIS_7_0,
        Engine::VALKEY_7_2,
        Engine::VALKEY_9_0,
        Engine::REDIS_6_2,
        Engine::redis("6.0"),
        Engine::redis("5.0.6"),
        Engine::redis("4.0.10"),
        Engine::valkey("8.1"),
    ]);
    let node_type = NodeType::named(choose.of(&NODE_TYPES));
    let tiered = choose.number(6) == 1;
    let id = format!("generated-{name}");
    let mut cache = if tiered {
        ReplicationGroup::new(&id, engine, node_type::R6GD_XLARGE.data_tiering())
    } else {
        ReplicationGroup::new(&id, engine, node_type)
    };
    let multi_az = choose.of(&[MultiAz::Enabled, MultiAz::Disabled]);
    let count = choose.number(6) as u8;
    cache = match choose.number(9) {
        0 => cache.topology(Topology::replicated(count, Failover::Automatic(multi_az))),
        1 => cache.topology(Topology::single_node()),
        2 => cache.topology(Topology::replicated(count, Failover::Manual)),
        3 => cache.topology(Topology::sharded(
            [1, 2, 3, 20][count as usize % 4],
            count,
            multi_az,
        )),
        4 => cache.topology(Topology::compatible(count, multi_az)),
        _ => cache,
    };
    cache = match choose.number(9) {
        0 => cache.transit_encryption(TransitEncryption::Required(Access::Open)),
        1 => cache.transit_encryption(TransitEncryption::Required(Access::AuthToken(
            AuthToken::new(SecretRef::given().json_key("token")),
        ))),
        5 => cache.transit_encryption(TransitEncryption::Required(Access::AuthToken(
            AuthToken::new(GeneratedSecret::new("shop/token")),
        ))),
        6 => cache.transit_encryption(TransitEncryption::Required(Access::AuthToken(
            AuthToken::new(SecureString::named("/shop/token")),
        ))),
        7 => cache.transit_encryption(TransitEncryption::Required(Access::UserGroup(
            UserGroup::new("shop-users")
                .user(User::iam("shop-orders", "on ~order:* -@all +@read +@write"))
                .user(User::password(
                    "shop-admin",
                    "on ~* -@all +@read",
                    SecretRef::given_as("admin-secret-arn").json_key("password"),
                )),
        ))),
        2 => cache.transit_encryption(TransitEncryption::Disabled),
        3 => cache.transit_encryption(TransitEncryption::Preferred),
        4 => cache.transit_encryption(TransitEncryption::Required(Access::UserGroup(
            UserGroup::existing("shop-users"),
        ))),
        _ => cache,
    };
    cache = match choose.number(4) {
        0 => cache.at_rest_encryption(AtRestEncryption::AwsOwnedKey),
        1 => cache.at_rest_encryption(AtRestEncryption::Disabled),
        2 => cache.at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::given())),
        _ => cache,
    };
    cache = match choose.number(4) {
        0 => cache
            .snapshots(Snapshots::daily(choose.of(&[7, 1, 35, 36])).window(choose.of(&WINDOWS))),
        1 => cache.snapshots(Snapshots::disabled()),
        2 => cache.snapshots(Snapshots::daily(3)),
        _ => cache,
    };
    if choose.yes() {
        cache = cache.maintenance_window(choose.of(&MAINTENANCE));
    }
    if choose.yes() {
        let mut group = ParameterGroup::new();
        for _ in 0..=choose.number(4) {
            let (parameter, value) = choose.of(&PARAMETERS);
            group = group.set(parameter, value);
        }
        cache = cache.parameter_group(group);
    }
    cache = match choose.number(5) {
        1 => cache.slow_log(LogDelivery::cloudwatch_logs(
            "/generated/slow",
            LogFormat::Json,
        )),
        2 => cache.engine_log(LogDelivery::firehose("generated-engine", LogFormat::Text)),
        _ => cache,
    };
    cache = match choose.number(6) {
        1 => cache.ip_addressing(IpAddressing::DualStackDiscoverIpv4),
        2 => cache.ip_addressing(IpAddressing::Ipv6),
        _ => cache,
    };
    if choose.number(5) == 1 {
        cache = cache.port(choose.of(&[6380, 1, 65535, 1150]));
    }
    if choose.number(5) == 1 {
        cache = cache.notification_topic(Topic::given_as("notification-topic-arn"));
    }
    if choose.number(5) == 1 {
        cache = cache.auto_minor_version_upgrade(false);
    }
    if choose.number(4) == 1 {
        cache = cache.removal(choose.of(&[Removal::Snapshot, Removal::Delete, Removal::Retain]));
    }
    for _ in 0..choose.number(3) {
        cache = cache.workload(choose.of(&Workload::ALL));
    }
    if choose.number(5) == 1 {
        cache = cache.holds(KeyFamily::new("order", 50_000, 2_048));
    }
    let vpc = Vpc::given();
    let mut group = SecurityGroup::new(vpc);
    group = match choose.number(5) {
        0 => group.allow(Client::security_group(
            "web",
            ExistingSecurityGroup::given("web-security-group-id"),
        )),
        1 => group.allow(Client::cidr("office", "10.8.0.0/24")),
        2 => group
            .allow(Client::cidr("everybody-ipv6", "2001:db8::/32"))
            .egress(Egress::All),
        3 => group.allow(Client::prefix_list("vpn", "pl-0123456789abcdef0")),
        _ => group,
    };
    let network = Network::new(SubnetGroup::new(Subnets::given()), group);
    let mut environment = Environment::new("generated", name, stage, region, network, cache);
    if choose.yes() {
        environment = environment.tag("Environment", name);
    }
    environment
}

/// Numbers that look like chance and are always the same.
pub fn numbers(seed: u64) -> Vec<u32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..64)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u32
        })
        .collect()
}
