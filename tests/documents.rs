//! The mistakes that people's own documents make about ElastiCache, each as the
//! definition that somebody would write after them: it is refused with the right
//! thing to do, or it can't be said, or it comes out right.

use cachewright::prelude::*;
use serde_json::json;

mod common;
use common::{
    Definition as _, Outputs, cache, named, network, only_error, outputs, security_group, subnets,
    with,
};

const GROUP: &str = "AWS::ElastiCache::ReplicationGroup";
const TF_GROUP: &str = "aws_elasticache_replication_group";

/// One mistake, on the line of the macro; what the message and the help have to name.
macro_rules! refuses {
    ($definition:expr, $code:literal, $word:expr, $help:expr) => {{
        let place = (file!(), line!());
        let error = only_error(&$definition.environment(), place, $code, &[$word]);
        assert!(error.help.contains($help), "no {:?} in {error}", $help);
        error
    }};
}

fn set(name: &str, value: &str) -> ReplicationGroup {
    cache().parameter_group(ParameterGroup::new().set(name, value))
}

/// Settings of a server of one's own, copied from its redis.conf.
#[test]
fn directives_of_redis_conf_are_not_parameters() {
    let new = ParameterGroup::new;
    let of = |group| cache().parameter_group(group);
    refuses! { of(new().set("requirepass", "s3cret")), "parameter-unknown", "\"requirepass\"", "AuthToken" };
    refuses! { of(new().set("masterauth", "s3cret")), "parameter-unknown", "\"masterauth\"", "AuthToken" };
    refuses! { of(new().set("maxmemory", "4gb")), "parameter-fixed", "\"maxmemory\"", "node type" };
    refuses! { of(new().set("save", "900 1")), "parameter-unknown", "\"save\"", "Snapshots::daily" };
    refuses! { of(new().set("appendonly", "yes")), "parameter-fixed", "\"appendonly\"", "Snapshots::daily" };
    refuses! { of(new().set("appendfsync", "everysec")), "parameter-fixed", "\"appendfsync\"", "Snapshots::daily" };
    refuses! { of(new().set("bind", "0.0.0.0")), "parameter-unknown", "\"bind\"", "security group" };
    refuses! { of(new().set("protected-mode", "yes")), "parameter-unknown", "\"protected-mode\"", "security group" };
    refuses! { of(new().set("port", "6380")), "parameter-unknown", "\"port\"", ".port(" };
    refuses! { of(new().set("tls-port", "6380")), "parameter-unknown", "\"tls-port\"", "TransitEncryption" };
    refuses! { of(new().set("replicaof", "10.0.0.1 6379")), "parameter-unknown", "\"replicaof\"", "Topology::replicated" };
    refuses! { of(new().set("aclfile", "/etc/users.acl")), "parameter-unknown", "\"aclfile\"", "UserGroup" };
}

/// A password in a definition is a password in a repository: the message mustn't
/// carry it any further, into the log of a build.
#[test]
fn a_password_that_was_written_down_is_not_printed() {
    let found = common::findings(&set("requirepass", "s3cret-in-clear").environment());
    let said = format!("{found:?}");
    assert!(
        said.contains("requirepass") && !said.contains("s3cret"),
        "{said}"
    );
}

/// There is no larger T than medium.
#[test]
fn a_large_of_the_smallest_family_does_not_exist() {
    let redis = || Engine::REDIS_7_1;
    for size in ["micro", "small", "medium"] {
        let error = refuses! { with(redis(), NodeType::named("cache.t3.large")), "node-type", "\"cache.t3.large\"", "node_type" };
        assert!(
            error.allowed.contains(&format!("cache.t3.{size}")),
            "{error}"
        );
    }
    refuses! { with(redis(), NodeType::named("cache.t4g.xlarge")), "node-type", "\"cache.t4g.xlarge\"", "node_type" };
}

#[test]
fn there_is_no_reader_endpoint_with_cluster_mode_enabled() {
    let sharded = || cache().topology(Topology::sharded(2, 1, MultiAz::Enabled));
    let shop = || named("shop", "prod", network(), sharded());
    refuses! { shop().outputs([Output::reader_endpoint("reader")]), "output-reader", "\"reader\"", "Output::endpoint" };
    // and what is there is read from where it is
    let outputs = outputs(&shop().outputs([Output::endpoint("endpoint")]));
    let endpoint = &outputs.template["Outputs"]["Endpoint"]["Value"]["Fn::GetAtt"];
    assert_eq!(
        *endpoint,
        json!(["ReplicationGroup", "ConfigurationEndPoint.Address"])
    );
    let text = &outputs.files["terraform/outputs.tf"];
    assert!(text.contains(".configuration_endpoint_address"), "{text}");
    assert!(!text.contains("reader_endpoint_address"), "{text}");
}

/// AWS's default groups can't be changed: whoever tunes one means a group of their own.
#[test]
fn tuning_a_default_group_begins_a_group() {
    let group = ParameterGroup::existing("default.valkey8").set("maxmemory-policy", "allkeys-lru");
    let cache = with(Engine::VALKEY_8_0, node_type::M7G_LARGE).parameter_group(group);
    let outputs = outputs(&cache.environment());
    let cfn = outputs.properties("AWS::ElastiCache::ParameterGroup");
    assert_eq!(cfn["CacheParameterGroupFamily"], "valkey8");
    assert_eq!(
        cfn["Properties"],
        json!({"maxmemory-policy": "allkeys-lru"})
    );
    let tf = outputs.body("aws_elasticache_parameter_group");
    assert_eq!(tf["family"], "valkey8");
    let parameter = json!([{"name": "maxmemory-policy", "value": "allkeys-lru"}]);
    assert_eq!(tf["parameter"], parameter);
    let name = tf["name"].as_str().unwrap();
    assert!(
        !name.starts_with("default."),
        "AWS keeps that prefix: {name}"
    );
    // and it is the one that is used
    let used = &outputs.properties(GROUP)["CacheParameterGroupName"];
    assert_eq!(*used, json!({"Ref": "ParameterGroup"}));
    let used = &outputs.body(TF_GROUP)["parameter_group_name"]["$expr"];
    assert_eq!(*used, "aws_elasticache_parameter_group.this.name");
}

#[test]
fn a_default_group_of_another_family() {
    let valkey = || with(Engine::VALKEY_8_0, node_type::M7G_LARGE);
    let existing = ParameterGroup::existing;
    let error = refuses! { valkey().parameter_group(existing("default.redis7")), "parameter-group-family", "\"default.redis7\"", "leave the parameter group out" };
    assert_eq!(error.allowed, "default.valkey8");
    refuses! { valkey().parameter_group(existing("default.valkey7")), "parameter-group-family", "\"default.valkey7\"", "leave" };
    refuses! { valkey().parameter_group(existing("default.valkey8.0")), "parameter-group-family", "\"default.valkey8.0\"", "leave" };
    let default = outputs(&valkey().environment());
    let name = &default.properties(GROUP)["CacheParameterGroupName"];
    assert_eq!(*name, "default.valkey8");
}

/// Every encryption there is to choose, with what it comes to: at rest, in transit.
fn encryptions() -> Vec<(ReplicationGroup, bool, bool)> {
    let mut all = Vec::new();
    for engine in [Engine::REDIS_5_0_6, Engine::REDIS_7_1, Engine::VALKEY_8_0] {
        let new = || with(engine.clone(), node_type::M5_LARGE);
        let token = || Access::AuthToken(AuthToken::new(SecretRef::given()));
        all.extend([
            (new(), true, true),
            (
                new().at_rest_encryption(AtRestEncryption::Disabled),
                false,
                true,
            ),
            (
                new().at_rest_encryption(AtRestEncryption::AwsOwnedKey),
                true,
                true,
            ),
            (
                new().at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::given())),
                true,
                true,
            ),
            (
                new().transit_encryption(TransitEncryption::Disabled),
                true,
                false,
            ),
            (
                new().transit_encryption(TransitEncryption::Required(Access::Open)),
                true,
                true,
            ),
            (
                new().transit_encryption(TransitEncryption::Required(token())),
                true,
                true,
            ),
        ]);
    }
    all
}

/// What isn't said is decided by AWS, by CloudFormation and by Terraform, and not
/// always alike: Valkey's default in transit is another than Redis OSS's.
#[test]
fn both_encryptions_are_always_stated_in_both_languages() {
    for (cache, at_rest, in_transit) in encryptions() {
        let said = format!("{cache:?}");
        let outputs = outputs(&cache.environment());
        let (cfn, tf) = (outputs.properties(GROUP), outputs.body(TF_GROUP));
        assert_eq!(cfn["AtRestEncryptionEnabled"], at_rest, "{said}");
        assert_eq!(tf["at_rest_encryption_enabled"], at_rest, "{said}");
        assert_eq!(cfn["TransitEncryptionEnabled"], in_transit, "{said}");
        assert_eq!(tf["transit_encryption_enabled"], in_transit, "{said}");
    }
}

/// In the repository's own output as well, which nobody is meant to remember.
#[test]
fn both_encryptions_are_stated_in_what_is_committed() {
    let mut seen = 0;
    for (name, text) in common::tree(&common::root().join("out")) {
        let stated = if name.ends_with("template.json") {
            [
                "\"AtRestEncryptionEnabled\"",
                "\"TransitEncryptionEnabled\"",
            ]
        } else if name.ends_with("/main.tf") {
            ["at_rest_encryption_enabled", "transit_encryption_enabled"]
        } else {
            continue;
        };
        seen += 1;
        for flag in stated {
            assert_eq!(text.matches(flag).count(), 1, "{flag} in {name}");
        }
    }
    assert!(seen >= 20, "only {seen} files were looked at");
}

/// TLS has a mode of its own from Redis OSS 7.0 on and with Valkey, and only there.
#[test]
fn the_mode_of_tls_is_stated_where_there_is_one() {
    let mode = |engine| {
        let outputs: Outputs = outputs(&with(engine, node_type::M5_LARGE).environment());
        let cfn = outputs
            .properties(GROUP)
            .get("TransitEncryptionMode")
            .cloned();
        let tf = outputs
            .body(TF_GROUP)
            .get("transit_encryption_mode")
            .cloned();
        assert_eq!(cfn, tf);
        cfn
    };
    for engine in [Engine::VALKEY_7_2, Engine::VALKEY_8_0, Engine::REDIS_7_0] {
        assert_eq!(mode(engine), Some("required".into()));
    }
    for engine in [Engine::REDIS_6_2, Engine::REDIS_5_0_6] {
        assert_eq!(mode(engine), None);
    }
}

/// A port beside 6379 "for TLS": TLS is on the port that there is.
#[test]
fn tls_does_not_move_the_port() {
    let outputs = outputs(&cache().environment());
    assert_eq!(outputs.properties(GROUP)["Port"], 6379);
    assert_eq!(outputs.body(TF_GROUP)["port"], 6379);
    assert_eq!(outputs.properties(GROUP)["TransitEncryptionEnabled"], true);
}

/// "High availability" with one node, an accent in a description of EC2, a patch
/// version as the engine prints it.
#[test]
fn what_else_documents_say() {
    let on = MultiAz::Enabled;
    refuses! { cache().topology(Topology::replicated(0, Failover::Automatic(on))), "replicas", "0 replicas", "single_node" };
    refuses! { security_group().description("Segurança do Redis"), "description", "Segurança", "accents" };
    refuses! { with(Engine::redis("7.1.0"), node_type::M5_LARGE), "engine-version", "redis 7.1.0", "write 7.1" };
    refuses! { subnets().name("Redis Subnets"), "group-name", "\"Redis Subnets\"", "hyphens" };
}
