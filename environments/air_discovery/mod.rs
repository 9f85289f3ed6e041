//! AirDiscovery: Redis 7.0 for socket authentication, beside RDS and ECS in one VPC.

pub mod dev;
pub mod prod;

use cachewright::prelude::*;

/// The document names no region; its prices are us-east-1's.
const REGION: Region = Region::US_EAST_1;

/// All private subnets; whoever is in the VPC may connect, and nothing goes out.
fn network(subnet_group: &str) -> Network {
    Network::new(
        SubnetGroup::new(Subnets::given()).name(subnet_group),
        SecurityGroup::new(Vpc::given())
            .allow(
                Client::cidr("vpc", "10.0.0.0/16")
                    // corrected: the document says "from the application subnets only" of a rule for the whole VPC
                    .description("Redis from anywhere in the VPC"),
            )
            .egress(Egress::None),
    )
}

/// What the CDK stack puts out today.
fn outputs() -> [Output; 3] {
    [
        Output::endpoint("RedisEndpoint"),
        Output::port("RedisPort"),
        Output::replication_group_id("RedisClusterId"),
    ]
}

fn cache(id: &str, nodes: NodeType, snapshot_days: u8) -> ReplicationGroup {
    ReplicationGroup::new(id, Engine::REDIS_7_0, nodes)
        .description("AirDiscovery: socket authentication and API cache")
        .workload(Workload::Session)
        .workload(Workload::Cache)
        .snapshots(Snapshots::daily(snapshot_days).window("02:00-03:00"))
        .maintenance_window("sun:03:00-sun:04:00")
}
