use cachewright::prelude::*;

pub fn environment() -> Environment {
    // corrected: Valkey must say whether it encrypts in transit; the module's default is that it doesn't
    let cache = super::cache("pbet-plataforma-bet-hml", node_type::T3_MICRO, 1)
        .transit_encryption(TransitEncryption::Disabled);
    Environment::new(
        "pbet",
        "hml",
        Stage::Staging,
        Region::US_EAST_1,
        super::network(),
        cache,
    )
    .tag("Environment", "homolog")
    .tag("Project", "pbet")
    .outputs(super::outputs())
}
