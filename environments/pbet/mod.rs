//! plataforma-bet: Valkey 8.0 for the ECS tasks, as a Terraform module so far.

pub mod hml;
pub mod prod;

use cachewright::prelude::*;

/// VPC, subnets and the ECS tasks' security group are inputs, as they are of the module.
fn network() -> Network {
    let ecs = ExistingSecurityGroup::given("ecs-security-group-id");
    Network::new(
        SubnetGroup::new(Subnets::given_as("private-subnet-ids")),
        SecurityGroup::new(Vpc::given()).allow(
            Client::security_group("ecs", ecs).description("Valkey from the ECS tasks only"),
        ),
    )
}

/// The module's outputs.
fn outputs() -> [Output; 5] {
    [
        Output::endpoint("valkey_endpoint"),
        Output::port("valkey_port"),
        Output::reader_endpoint("valkey_reader_endpoint"),
        Output::replication_group_id("replication_group_id"),
        Output::security_group_id("security_group_id"),
    ]
}

/// corrected: the document tunes `default.valkey8`, which can't be changed; nothing
/// is tuned here, so AWS's default group is used as it is.
fn cache(id: &str, nodes: NodeType, replicas: u8) -> ReplicationGroup {
    ReplicationGroup::new(id, Engine::VALKEY_8_0, nodes)
        .description("plataforma-bet Valkey")
        .workload(Workload::Session)
        .workload(Workload::Cache)
        .topology(Topology::replicated(
            replicas,
            Failover::Automatic(MultiAz::Enabled),
        ))
        .at_rest_encryption(AtRestEncryption::AwsOwnedKey)
}
