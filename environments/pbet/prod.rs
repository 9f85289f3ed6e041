use cachewright::prelude::*;

pub fn environment() -> Environment {
    // the document asks for no token: who may connect is the security group alone
    let cache = super::cache("pbet-plataforma-bet-prod", node_type::R6G_LARGE, 2)
        .transit_encryption(TransitEncryption::Required(Access::Open))
        .snapshots(Snapshots::daily(7).window("02:00-03:00"))
        .maintenance_window("sun:03:00-sun:04:00");
    Environment::new(
        "pbet",
        "prod",
        Stage::Production,
        Region::US_EAST_1,
        super::network(),
        cache,
    )
    .tag("Environment", "production")
    .tag("Project", "pbet")
    .tag("Backup", "required")
    .allow(
        "access-control",
        "the document asks for none: only the ECS tasks' security group may connect",
    )
    .outputs(super::outputs())
}
