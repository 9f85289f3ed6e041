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

/// The document's thresholds; it names none for connections and evictions. Who is told is an
/// input, like everything around the module.
fn alarms() -> Alarms {
    Alarms::new(
        Topic::given_as("alerts-topic-arn"),
        Topic::given_as("pages-topic-arn"),
    )
    // corrected: 80 % of the CPU is 80 % of the core that the engine runs on, not of a host with two
    .set(Metric::EngineCpuUtilization, Alarm::at(80))
    .set(Metric::DatabaseMemoryUsagePercentage, Alarm::at(85))
    .set(Metric::CacheHitRate, Alarm::at(90))
    // sessions have a time to live and copies are made again, but a steady stream of evictions is too little memory
    .set(Metric::Evictions, Alarm::at(1_000))
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
