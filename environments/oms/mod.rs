//! OMS Spider: order mappings, positions, idempotency keys and leader locks in one
//! Redis 7.1, in a VPC that another stack exports.

pub mod dev;
pub mod prod;
pub mod staging;

use cachewright::prelude::*;

/// The VPC is another stack's, named by `VPCStackName`; whoever is in it may connect.
fn network(stack: &str) -> Network {
    let vpc = Stack::given("VPCStackName").default(stack);
    let application = Client::imported_cidr("application", vpc.export("VpcCidr"));
    Network::new(
        SubnetGroup::new(Subnets::imported(vpc.export("PrivateSubnetIds"))),
        SecurityGroup::new(Vpc::imported(vpc.export("VpcId")))
            .allow(application.description("Redis from the VPC of the application")),
    )
}

/// What other stacks import, as `<stack>-RedisEndpoint` and so on.
fn outputs() -> [Output; 5] {
    [
        Output::endpoint("RedisEndpoint").exported(),
        Output::port("RedisPort").exported(),
        Output::reader_endpoint("RedisReaderEndpoint").exported(),
        Output::security_group_id("RedisSecurityGroupId").exported(),
        Output::replication_group_id("RedisReplicationGroupId").exported(),
    ]
}

fn cache(id: &str, nodes: NodeType) -> ReplicationGroup {
    ReplicationGroup::new(id, Engine::REDIS_7_1, nodes)
        .description("OMS Spider: orders, positions, idempotency, leader locks")
        .workload(Workload::Store)
        .workload(Workload::Lock)
        // the document's own estimate for production, at the upper end of each size
        .holds(KeyFamily::new("order", 50_000, 2 * 1024))
        .holds(KeyFamily::new("position", 5_000, 500))
        .holds(KeyFamily::new("instrument", 2_000, 3 * 1024))
        .holds(KeyFamily::new("idempotency-key", 10_000, 100))
        .parameter_group(
            ParameterGroup::new()
                // corrected: `allkeys-lru` may evict positions, which must persist and have no time to live
                .set("maxmemory-policy", "volatile-lru")
                .set("timeout", 300)
                .set("tcp-keepalive", 300)
                .set("maxmemory-samples", 5),
        )
}

/// What the document's Go client says.
fn client_settings() -> ClientSettings {
    ClientSettings::new()
        .max_connections(100)
        .min_idle_connections(10)
        .socket_timeout(3)
}
