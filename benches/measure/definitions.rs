//! The environments of a fleet, by number.

use cachewright::prelude::*;

/// One of the list, the next one for the next number.
fn pick<T: Clone>(from: &[T], number: usize) -> T {
    from[number % from.len()].clone()
}

/// The environment of that number. Names, addresses and many settings are its own;
/// the lists that the rest is picked from have lengths without a common divisor, so
/// that the combinations differ, too.
pub fn environment(number: usize) -> Environment {
    let (name, stage) = pick(
        &[
            ("dev", Stage::Development),
            ("staging", Stage::Staging),
            ("preview", Stage::Staging),
            ("prod", Stage::Production),
        ],
        number,
    );
    let system = format!("system-{:04}", number / 4);
    let region = pick(
        &[
            Region::US_EAST_1,
            Region::US_WEST_2,
            Region::EU_WEST_1,
            Region::EU_CENTRAL_1,
            Region::AP_NORTHEAST_1,
        ],
        number / 4,
    );
    let cache = cache(number, &format!("{system}-{name}"), stage, &region);
    let network = network(number, &system);
    Environment::new(&system, name, stage, region, network, cache)
        .description(format!("{name} of {system}, number {number} of the fleet"))
        .tag("Environment", name)
        .tag("CostCenter", &format!("{:05}", number * 7))
        .tag(
            &pick(&["Team", "Owner", "Squad"].map(str::to_owned), number),
            &format!("team-{}", number % 97),
        )
}

/// Where its VPC, subnets and clients come from differs, and the addresses do.
fn network(number: usize, system: &str) -> Network {
    let block = format!("10.{}.{}.0/24", number / 256 % 256, number % 256);
    let (vpc, subnets) = match number % 4 {
        0 => (Vpc::given(), Subnets::given()),
        1 => {
            let stack = Stack::given("NetworkStack").default(format!("{system}-network"));
            (
                Vpc::imported(stack.export("VpcId")),
                Subnets::imported(stack.export("PrivateSubnetIds")),
            )
        }
        2 => {
            let vpc = Vpc::tagged([("Name", format!("{system}-vpc"))]);
            let subnets = Subnets::tagged(&vpc, [("Name", format!("{system}-private-*"))]);
            (vpc, subnets)
        }
        _ => (
            Vpc::id(&format!("vpc-{number:017x}")),
            Subnets::ids((0..3).map(|zone| format!("subnet-{:017x}", number * 3 + zone))),
        ),
    };
    let client = match number % 3 {
        0 => Client::cidr("application", &block),
        1 => Client::security_group(
            "application",
            ExistingSecurityGroup::given("application-security-group-id"),
        ),
        _ => Client::security_group(
            "application",
            ExistingSecurityGroup::id(&format!("sg-{number:017x}")),
        ),
    };
    let group = SecurityGroup::new(vpc)
        .allow(client.description(&format!("Redis from the application of {system}")))
        .egress(match number % 5 {
            0 => Egress::All,
            1 => Egress::To(vec![block]),
            _ => Egress::None,
        });
    Network::new(SubnetGroup::new(subnets), group)
}

fn cache(number: usize, id: &str, stage: Stage, region: &Region) -> ReplicationGroup {
    let engine = pick(
        &[
            Engine::REDIS_7_0,
            Engine::REDIS_7_0,
            Engine::REDIS_7_1,
            Engine::VALKEY_7_2,
            Engine::VALKEY_8_0,
            Engine::VALKEY_8_1,
            Engine::VALKEY_8_2,
        ],
        number,
    );
    let nodes: Nodes = match number % 11 {
        0 => node_type::T4G_SMALL.into(),
        1 => node_type::T4G_MEDIUM.into(),
        2 => node_type::M6G_LARGE.into(),
        3 => node_type::M6G_XLARGE.into(),
        4 => node_type::M7G_LARGE.into(),
        5 => node_type::M7G_XLARGE.into(),
        6 => node_type::R6G_LARGE.into(),
        7 => node_type::R6G_XLARGE.into(),
        8 => node_type::R7G_LARGE.into(),
        9 => node_type::R7G_2XLARGE.into(),
        _ => node_type::R6GD_XLARGE.data_tiering(),
    };
    let automatic = Failover::Automatic(MultiAz::Enabled);
    let topology: Topology = match number / 3 % 5 {
        0 if stage == Stage::Development => Topology::single_node().into(),
        0 | 1 => Topology::replicated(1, automatic).into(),
        2 => Topology::replicated(2 + (number % 3) as u8, automatic).into(),
        3 => Topology::sharded(2 + (number % 9) as u16, 1, MultiAz::Enabled).into(),
        _ => Topology::sharded(3, 2, MultiAz::Enabled).into(),
    };
    let token = AuthToken::new(SecretRef::given().json_key("token"));
    let access = match number / 2 % 4 {
        0 => Access::Open,
        1 => Access::AuthToken(token),
        2 => Access::AuthToken(AuthToken::new(
            SecretRef::named(&format!("{id}/token")).json_key("token"),
        )),
        _ => Access::UserGroup(UserGroup::existing(&format!("{id}-users"))),
    };
    let at_rest = match number % 3 {
        0 => AtRestEncryption::AwsOwnedKey,
        1 => AtRestEncryption::KmsKey(KmsKey::given()),
        _ => AtRestEncryption::KmsKey(KmsKey::arn(&format!(
            "arn:aws:kms:{region}:123456789012:key/00000000-0000-0000-0000-{number:012x}"
        ))),
    };
    let parameters = ParameterGroup::new()
        .set(
            "maxmemory-policy",
            pick(&["volatile-lru", "allkeys-lru", "noeviction"], number),
        )
        .set("timeout", (20 + number % 3_000) as i64)
        .set("tcp-keepalive", (60 + number % 241) as i64);
    let hour = number % 20;
    let mut cache = ReplicationGroup::new(id, engine, nodes)
        .description(&format!("Cache number {number} of the fleet"))
        .port(6379 + (number % 100) as u16)
        .topology(topology)
        .transit_encryption(TransitEncryption::Required(access))
        .at_rest_encryption(at_rest)
        .snapshots(
            Snapshots::daily(1 + (number % 35) as u8)
                .window(&format!("{hour:02}:00-{:02}:00", hour + 1)),
        )
        .maintenance_window(&format!(
            "{}:{:02}:30-{0}:{:02}:30",
            pick(&["mon", "wed", "sun"], number),
            hour + 1,
            hour + 2
        ));
    if number.is_multiple_of(2) {
        cache = cache.parameter_group(parameters);
    }
    if number.is_multiple_of(6) {
        let logs = format!("/elasticache/{id}/slow");
        cache = cache.slow_log(LogDelivery::cloudwatch_logs(&logs, LogFormat::Json));
    }
    cache
}
