//! MaraBet: Redis 7.0 in Ireland, in a VPC that is found by its tags.

pub mod prod;
pub mod staging;

use cachewright::prelude::*;

/// The private subnets; the web servers may connect.
fn network(id: &str) -> Network {
    let vpc = Vpc::tagged([("Name", "marabet-vpc")]);
    let subnets = Subnets::tagged(&vpc, [("Name", "marabet-private-*")]);
    let web = Client::security_group("web", ExistingSecurityGroup::named("marabet-web-sg"));
    Network::new(
        SubnetGroup::new(subnets)
            .name(&format!("{id}-subnet"))
            .description("Subnet group for MaraBet Redis"),
        SecurityGroup::new(vpc)
            .description("Security group for MaraBet ElastiCache Redis")
            .allow(web.description("Redis from the web servers only")),
    )
}

/// What the applications' `.env` is filled from.
fn outputs() -> [Output; 3] {
    [
        Output::endpoint("redis-endpoint"),
        Output::reader_endpoint("redis-reader-endpoint"),
        Output::port("redis-port"),
    ]
}

/// What the document's `.env` says.
fn client_settings() -> ClientSettings {
    ClientSettings::new()
        .max_connections(50)
        .socket_timeout(5)
        .connect_timeout(5)
}
