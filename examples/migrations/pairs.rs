//! Changes of a running cache that AWS takes in stages: before, after, and the stages' names.

use cachewright::prelude::*;
use cachewright::resource::replication_group::SingleNode;

/// A definition.
pub type Make = fn() -> Environment;

fn cache() -> ReplicationGroup {
    with(Engine::REDIS_7_1, node_type::M7G_LARGE)
}

fn with(engine: Engine, nodes: impl Into<Nodes>) -> ReplicationGroup {
    ReplicationGroup::new("shop-cache", engine, nodes)
}

/// The environment `shop/prod` with that cache.
pub fn prod(cache: impl Into<AnyReplicationGroup>) -> Environment {
    let network = Network::new(
        SubnetGroup::new(Subnets::given()),
        SecurityGroup::new(Vpc::given()),
    );
    Environment::new(
        "shop",
        "prod",
        Stage::Production,
        Region::US_EAST_1,
        network,
        cache,
    )
}

pub fn tls(transit: TransitEncryption) -> Environment {
    prod(cache().transit_encryption(transit))
}

pub fn required(access: Access) -> TransitEncryption {
    TransitEncryption::Required(access)
}

pub fn secret() -> SecretRef {
    SecretRef::given().json_key("token")
}

pub fn token() -> Access {
    Access::AuthToken(AuthToken::new(secret()))
}

pub fn group() -> UserGroup {
    UserGroup::existing("shop-users")
}

pub fn made() -> UserGroup {
    UserGroup::new("shop-prod").user(User::iam("shop-orders", "on ~order:* -@all +@read +@write"))
}

pub fn nodes(topology: impl Into<Topology>) -> Environment {
    prod(cache().topology(topology))
}

pub fn single() -> SingleNode {
    Topology::single_node()
}

/// Before, after, and the stages between them.
pub const PLANS: &[(&str, Make, Make, &[&str])] = &[
    (
        "tls up",
        || tls(TransitEncryption::Disabled),
        || tls(required(Access::Open)),
        &["tls-preferred", "tls-required"],
    ),
    (
        "tls down",
        || tls(required(Access::Open)),
        || tls(TransitEncryption::Disabled),
        &["tls-preferred", "tls-off"],
    ),
    (
        "tls and a token",
        || tls(TransitEncryption::Disabled),
        || tls(required(token())),
        &["tls-preferred", "tls-required", "token-rotate", "token-set"],
    ),
    (
        "tls and users",
        || tls(TransitEncryption::Disabled),
        || tls(required(Access::UserGroup(made()))),
        &["tls-preferred", "tls-required", "users"],
    ),
    (
        "a first token",
        || tls(required(Access::Open)),
        || tls(required(token())),
        &["token-rotate", "token-set"],
    ),
    (
        "a first token that is generated",
        || tls(required(Access::Open)),
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                GeneratedSecret::new("shop/token"),
            ))))
        },
        &["token-rotate", "token-set"],
    ),
    (
        "a first token, write-only",
        || tls(required(Access::Open)),
        || {
            tls(required(Access::AuthToken(
                AuthToken::new(secret()).write_only(2),
            )))
        },
        &["token-rotate", "token-set"],
    ),
    (
        "the next token",
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                SecureString::named("/shop/token").version(3),
            ))))
        },
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                SecureString::named("/shop/token").version(4),
            ))))
        },
        &["token-rotate", "token-set"],
    ),
    (
        "the next version of a secret",
        || tls(required(token())),
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                secret().version_stage("AWSPENDING"),
            ))))
        },
        &["token-rotate", "token-set"],
    ),
    (
        "the next token beside",
        || tls(required(token())),
        || {
            tls(required(Access::AuthToken(AuthToken::rotating(
                secret(),
                "AWSPENDING",
            ))))
        },
        &["token-rotate"],
    ),
    (
        "the next token alone",
        || {
            tls(required(Access::AuthToken(AuthToken::rotating(
                secret(),
                "AWSPENDING",
            ))))
        },
        || tls(required(token())),
        &["token-set"],
    ),
    (
        "a token gives way to users",
        || tls(required(token())),
        || tls(required(Access::UserGroup(group()))),
        &["users"],
    ),
    (
        "a token gives way to users that are made",
        || tls(required(token())),
        || tls(required(Access::UserGroup(made()))),
        &["users-made", "users"],
    ),
    (
        "a generated token gives way to users that are made",
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                GeneratedSecret::new("shop/token").length(100),
            ))))
        },
        || tls(required(Access::UserGroup(made()))),
        &["users-made", "users"],
    ),
    (
        "a parameter gives way to users that are made",
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                SecureString::given().version(3),
            ))))
        },
        || tls(required(Access::UserGroup(made()))),
        &["users-made", "users"],
    ),
    (
        "users give way to a token",
        || tls(required(Access::UserGroup(group()))),
        || tls(required(token())),
        &["token-rotate", "token-set"],
    ),
    (
        "a token goes",
        || tls(required(token())),
        || tls(required(Access::Open)),
        &["token-gone"],
    ),
    (
        "a token goes, and tls",
        || tls(required(token())),
        || tls(TransitEncryption::Disabled),
        &["token-gone", "tls-preferred", "tls-off"],
    ),
    (
        "users go, and tls",
        || tls(required(Access::UserGroup(made()))),
        || tls(TransitEncryption::Disabled),
        &["users-gone", "tls-preferred", "tls-off"],
    ),
    (
        "down to a single node",
        || {
            nodes(Topology::replicated(
                2,
                Failover::Automatic(MultiAz::Enabled),
            ))
        },
        || nodes(single()),
        &["failover-off", "replicas"],
    ),
    (
        "up from a single node",
        || nodes(single()),
        || {
            nodes(Topology::replicated(
                2,
                Failover::Automatic(MultiAz::Enabled),
            ))
        },
        &["replicas", "failover"],
    ),
    (
        "one more replica",
        || {
            nodes(Topology::replicated(
                1,
                Failover::Automatic(MultiAz::Enabled),
            ))
        },
        || {
            nodes(Topology::replicated(
                2,
                Failover::Automatic(MultiAz::Enabled),
            ))
        },
        &["settings"],
    ),
    (
        "cluster mode",
        || {
            nodes(Topology::replicated(
                2,
                Failover::Automatic(MultiAz::Enabled),
            ))
        },
        || nodes(Topology::sharded(3, 1, MultiAz::Enabled)),
        &[
            "cluster-mode-compatible",
            "cluster-mode-enabled",
            "shards",
            "replicas-per-shard",
        ],
    ),
    (
        "cluster mode from a single node",
        || nodes(single()),
        || nodes(Topology::sharded(1, 1, MultiAz::Enabled)),
        &[
            "replicas",
            "failover",
            "cluster-mode-compatible",
            "cluster-mode-enabled",
        ],
    ),
    (
        "shards and replicas",
        || nodes(Topology::sharded(2, 1, MultiAz::Enabled)),
        || nodes(Topology::sharded(4, 2, MultiAz::Enabled)),
        &["shards", "replicas-per-shard"],
    ),
    (
        "shards and tags",
        || nodes(Topology::sharded(4, 1, MultiAz::Enabled)),
        || nodes(Topology::sharded(2, 1, MultiAz::Enabled)).tag("Team", "shop"),
        &["settings", "shards"],
    ),
    (
        "no replicas for shards",
        || nodes(Topology::sharded(2, 1, MultiAz::Enabled)),
        || nodes(Topology::sharded(2, 0, MultiAz::Disabled)),
        &["multi-az-off", "replicas-per-shard"],
    ),
    (
        "replicas for shards",
        || nodes(Topology::sharded(2, 0, MultiAz::Disabled)),
        || nodes(Topology::sharded(2, 1, MultiAz::Enabled)),
        &["replicas-per-shard", "multi-az"],
    ),
    (
        "an output that is imported",
        || prod(cache()).outputs([Output::endpoint("cache-address").exported()]),
        || prod(cache()).outputs([Output::endpoint("address").exported()]),
        &["settings"],
    ),
    (
        "valkey",
        || prod(cache()),
        || prod(with(Engine::VALKEY_8_0, node_type::M7G_LARGE)),
        &["engine", "version-left-to-aws"],
    ),
    (
        "valkey with parameters, and tls",
        || {
            prod(
                cache()
                    .parameter_group(ParameterGroup::new().set("maxmemory-policy", "volatile-lru"))
                    .transit_encryption(TransitEncryption::Disabled),
            )
        },
        || {
            prod(
                with(Engine::VALKEY_8_0, node_type::M7G_LARGE)
                    .parameter_group(ParameterGroup::new().set("maxmemory-policy", "volatile-lru"))
                    .transit_encryption(required(Access::Open)),
            )
        },
        &[
            "engine",
            "version-left-to-aws",
            "tls-preferred",
            "tls-required",
        ],
    ),
    (
        "a version that knows tls",
        || {
            prod(
                with(Engine::REDIS_6_2, node_type::M6G_LARGE)
                    .transit_encryption(TransitEncryption::Disabled),
            )
        },
        || prod(with(Engine::REDIS_7_1, node_type::M6G_LARGE)),
        &["engine", "tls-preferred", "tls-required"],
    ),
    (
        "a larger node",
        || prod(cache()),
        || prod(with(Engine::REDIS_7_1, node_type::M7G_XLARGE)),
        &["node-type"],
    ),
    (
        "a tag",
        || prod(cache()),
        || prod(cache()).tag("Team", "shop"),
        &["settings"],
    ),
    ("nothing", || prod(cache()), || prod(cache()), &[]),
    (
        "another id",
        || prod(cache()),
        || {
            let cache =
                ReplicationGroup::new("shop-cache-2", Engine::REDIS_7_1, node_type::M7G_LARGE);
            prod(cache.restore_from(RestoreFrom::snapshot("shop-cache-last")))
        },
        &["beside"],
    ),
];

/// Some of them that together have every kind of stage, for judges that take their time.
pub const JUDGED: [&str; 13] = [
    "tls and a token",
    "tls and users",
    "tls down",
    "the next version of a secret",
    "a generated token gives way to users that are made",
    "users give way to a token",
    "down to a single node",
    "cluster mode",
    "cluster mode from a single node",
    "shards and tags",
    "no replicas for shards",
    "replicas for shards",
    "valkey with parameters, and tls",
];
