use cachewright::prelude::*;

pub fn environment() -> Environment {
    // left open: who may log in. The ECS tasks have a role already, so they log in by it and there is no
    // token to keep; the application signs its logins (Valkey clients do), and does nothing dangerous
    let users =
        UserGroup::new("pbet-prod").user(User::iam("pbet-app-prod", "on ~* +@all -@dangerous"));
    let key = CustomerManagedKey::new("cache");
    let logs = || LogGroup::new().kms_key(key.clone());
    let cache = super::cache("pbet-plataforma-bet-prod", node_type::R6G_LARGE, 2)
        .transit_encryption(TransitEncryption::Required(Access::UserGroup(users)))
        // left open: which key. One of the account's own can be withdrawn; it has to be there before the cache
        .at_rest_encryption(AtRestEncryption::KmsKey(key.clone().into()))
        .slow_log(LogDelivery::log_group(logs(), LogFormat::Json))
        .engine_log(LogDelivery::log_group(logs(), LogFormat::Json))
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
    .alarms(super::alarms())
    .outputs(
        super::outputs()
            .into_iter()
            .chain([Output::connect_policy("connect_policy", "pbet-app-prod")]),
    )
}
