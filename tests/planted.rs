//! No secret can be said: what is planted wherever a definition takes a text is refused, or
//! reaches no output; and nothing that is printed shows it.

use std::path::Path;

use cachewright::graph::Language;
use cachewright::prelude::*;
use cachewright::synth::synthesize;

mod common;
#[path = "../examples/generated/environments.rs"]
mod generated;
use common::{cache, run_over, security_group, shop, subnets};

/// A token as AUTH takes them.
const TOKEN: &str = "kR7vQ2mZx9LpT4wYb8NcJ6sD";
/// The same inside what people write around it.
const IN_A_URL: &str = "rediss://app:hunter2hunter2@cache.example.com:6379";
const PASSWORD: &str = "hunter2hunter2";

/// The definition with a text at one place.
type Plant = fn(&str) -> Environment;

fn environment(cache: ReplicationGroup) -> Environment {
    shop(Network::new(subnets(), security_group()), cache)
}

fn in_group(group: SecurityGroup) -> Environment {
    shop(Network::new(subnets(), group), cache())
}

fn users(group: UserGroup) -> Environment {
    environment(cache().transit_encryption(TransitEncryption::Required(Access::UserGroup(group))))
}

fn token(token: AuthToken) -> Environment {
    environment(cache().transit_encryption(TransitEncryption::Required(Access::AuthToken(token))))
}

const READS: &str = "on ~* -@all +@read";

/// Every place of a definition that takes a text.
const PLACES: &[(&str, Plant)] = &[
    ("the environment's description", |t| {
        environment(cache()).description(t)
    }),
    ("a tag's value", |t| environment(cache()).tag("Owner", t)),
    ("a tag's name", |t| environment(cache()).tag(t, "ops")),
    ("a tag that says what it is", |t| {
        environment(cache()).tag("auth-token", t)
    }),
    ("a tag of the cache", |t| {
        environment(cache().tag("Note", t))
    }),
    ("the reason of an allowance", |t| {
        environment(cache()).allow("single-node", t)
    }),
    ("the code of an allowance", |t| {
        environment(cache()).allow(t, "because it is so")
    }),
    ("an output's id", |t| {
        environment(cache()).outputs([Output::endpoint(t)])
    }),
    ("an output's secret", |t| {
        environment(cache()).outputs([Output::secret_arn("secret", t)])
    }),
    ("an output's user", |t| {
        environment(cache()).outputs([Output::connect_policy("policy", t)])
    }),
    ("an output's client", |t| {
        environment(cache()).outputs([Output::client_security_group_id("client", t)])
    }),
    ("the cache's id", |t| environment(common::cache_named(t))),
    ("the cache's description", |t| {
        environment(cache().description(t))
    }),
    ("a parameter's value", |t| {
        environment(cache().parameter_group(ParameterGroup::new().set("maxmemory-policy", t)))
    }),
    ("a parameter's name", |t| {
        environment(cache().parameter_group(ParameterGroup::new().set(t, "1")))
    }),
    ("requirepass", |t| {
        environment(cache().parameter_group(ParameterGroup::new().set("requirepass", t)))
    }),
    ("the parameter group's description", |t| {
        let group = ParameterGroup::new().description(t).set("timeout", 60);
        environment(cache().parameter_group(group))
    }),
    ("an existing parameter group", |t| {
        environment(cache().parameter_group(ParameterGroup::existing(t)))
    }),
    ("the last snapshot", |t| {
        environment(cache().final_snapshot(t))
    }),
    ("the snapshot window", |t| {
        environment(cache().snapshots(Snapshots::daily(7).window(t)))
    }),
    ("the maintenance window", |t| {
        environment(cache().maintenance_window(t))
    }),
    ("a snapshot to restore", |t| {
        environment(cache().restore_from(RestoreFrom::snapshot(t)))
    }),
    ("an RDB file", |t| {
        environment(cache().restore_from(RestoreFrom::rdb_files([t])))
    }),
    ("a log group that exists", |t| {
        environment(cache().slow_log(LogDelivery::cloudwatch_logs(t, LogFormat::Json)))
    }),
    ("a log group that is made", |t| {
        let group = LogGroup::new().name(t);
        environment(cache().slow_log(LogDelivery::log_group(group, LogFormat::Json)))
    }),
    ("a delivery stream", |t| {
        environment(cache().engine_log(LogDelivery::firehose(t, LogFormat::Json)))
    }),
    ("a topic", |t| {
        environment(cache().notification_topic(Topic::arn(t)))
    }),
    ("a topic that is made", |t| {
        environment(cache().notification_topic(Topic::made("events").name(t)))
    }),
    ("a topic of alarms", |t| {
        let topic = Topic::arn(t);
        environment(cache()).alarms(Alarms::new(topic.clone(), topic))
    }),
    ("a dashboard", |t| {
        environment(cache()).dashboard(Dashboard::new().name(t))
    }),
    ("a family of keys", |t| {
        environment(cache().holds(KeyFamily::new(t, 10, 10)))
    }),
    ("a KMS key", |t| {
        environment(cache().at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::arn(t))))
    }),
    ("a key's alias", |t| {
        let key = CustomerManagedKey::new("cache").alias(t);
        environment(cache().at_rest_encryption(AtRestEncryption::KmsKey(key.into())))
    }),
    ("a key's description", |t| {
        let key = CustomerManagedKey::new("cache").description(t);
        environment(cache().at_rest_encryption(AtRestEncryption::KmsKey(key.into())))
    }),
    ("a key's id", |t| {
        let key = CustomerManagedKey::new(t);
        environment(cache().at_rest_encryption(AtRestEncryption::KmsKey(key.into())))
    }),
    ("a secret's name", |t| {
        token(AuthToken::new(SecretRef::named(t)))
    }),
    ("a secret's ARN", |t| {
        token(AuthToken::new(SecretRef::arn(t)))
    }),
    ("a secret's input", |t| {
        token(AuthToken::new(SecretRef::given_as(t)))
    }),
    ("a secret's key", |t| {
        token(AuthToken::new(SecretRef::named("shop/token").json_key(t)))
    }),
    ("a secret's version", |t| {
        token(AuthToken::new(
            SecretRef::named("shop/token").version_stage(t),
        ))
    }),
    ("the next version", |t| {
        token(AuthToken::rotating(SecretRef::named("shop/token"), t))
    }),
    ("a generated secret's name", |t| {
        token(AuthToken::new(GeneratedSecret::new(t)))
    }),
    ("a generated secret's description", |t| {
        token(AuthToken::new(
            GeneratedSecret::new("shop/token").description(t),
        ))
    }),
    ("a secure string's name", |t| {
        token(AuthToken::new(SecureString::named(t)))
    }),
    ("a user group's id", |t| users(UserGroup::new(t))),
    ("an existing user group", |t| users(UserGroup::existing(t))),
    ("a user's id", |t| {
        users(UserGroup::new("shop").user(User::iam(t, READS)))
    }),
    ("an existing user", |t| {
        users(UserGroup::new("shop").user(User::existing(t)))
    }),
    ("a user's name", |t| {
        let user = User::password("app", READS, SecretRef::named("shop/app")).name(t);
        users(UserGroup::new("shop").user(user))
    }),
    ("an access string", |t| {
        users(UserGroup::new("shop").user(User::iam("app", t)))
    }),
    ("a password in an access string", |t| {
        let access = format!("on >{t} ~* -@all +@read");
        users(UserGroup::new("shop").user(User::iam("app", &access)))
    }),
    ("a key pattern in an access string", |t| {
        let access = format!("on ~{t} -@all +@read");
        users(UserGroup::new("shop").user(User::iam("app", &access)))
    }),
    ("the subnet group's name", |t| {
        shop(Network::new(subnets().name(t), security_group()), cache())
    }),
    ("the subnet group's description", |t| {
        shop(
            Network::new(subnets().description(t), security_group()),
            cache(),
        )
    }),
    ("the security group's name", |t| {
        in_group(security_group().name(t))
    }),
    ("the security group's description", |t| {
        in_group(security_group().description(t))
    }),
    ("a client's id", |t| {
        in_group(security_group().allow(Client::cidr(t, "10.0.0.0/16")))
    }),
    ("a client's group", |t| {
        in_group(security_group().allow(Client::made_security_group(t)))
    }),
    ("a client's block", |t| {
        in_group(security_group().allow(Client::cidr("office", t)))
    }),
    ("a client's description", |t| {
        in_group(security_group().allow(Client::cidr("office", "10.0.0.0/16").description(t)))
    }),
    ("a prefix list", |t| {
        in_group(security_group().allow(Client::prefix_list("office", t)))
    }),
    ("what may be reached", |t| {
        in_group(security_group().egress(Egress::To(vec![t.to_owned()])))
    }),
    ("a VPC's tag", |t| {
        let vpc = Vpc::tagged([("Name", t)]);
        let subnets = SubnetGroup::new(Subnets::tagged(&vpc, [("Tier", t)]));
        shop(Network::new(subnets, SecurityGroup::new(vpc)), cache())
    }),
    ("a VPC's id", |t| in_group(SecurityGroup::new(Vpc::id(t)))),
    ("subnets' ids", |t| {
        let subnets = SubnetGroup::new(Subnets::ids([t]));
        shop(Network::new(subnets, security_group()), cache())
    }),
    ("an import", |t| {
        in_group(SecurityGroup::new(Vpc::imported(Import::named(t))))
    }),
    ("a stack's name", |t| {
        let stack = Stack::given("Stack").default(t);
        in_group(SecurityGroup::new(Vpc::imported(stack.export("VpcId"))))
    }),
    ("a zone", |t| {
        environment(cache().topology(Topology::single_node().availability_zone(t)))
    }),
    ("the state's key", |t| {
        environment(cache()).terraform_state(TerraformState::S3 {
            bucket: "shop-state".into(),
            key: t.into(),
            region: Region::US_EAST_1,
        })
    }),
    ("the state's bucket", |t| {
        environment(cache()).terraform_state(TerraformState::S3 {
            bucket: t.into(),
            key: "shop".into(),
            region: Region::US_EAST_1,
        })
    }),
];

/// As it is, and as the names that are derived from it spell it.
fn holds(text: &str, secret: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
    text.contains(secret) || plain(text).contains(&plain(secret))
}

#[test]
fn what_is_planted_is_refused_or_reaches_no_output() {
    let languages = [Language::CloudFormation, Language::Terraform];
    let mut let_through = Vec::new();
    for (place, plant) in PLACES {
        for (text, secret) in [
            (TOKEN, TOKEN),
            (&*format!("the token is {TOKEN}"), TOKEN),
            (IN_A_URL, PASSWORD),
        ] {
            let environment = plant(text);
            let synthesis = synthesize(&environment, &languages);
            for file in &synthesis.files {
                if holds(&file.contents, secret) {
                    let_through.push(format!("{place}: {} has {text}", file.path));
                }
            }
            let refused = synthesis.files.is_empty();
            let told = synthesis.diagnostics.iter().any(|found| found.is_error());
            assert_eq!(refused, told, "{place}: nothing is refused without a word");
            for found in &synthesis.diagnostics {
                if holds(&found.to_string(), secret) {
                    let_through.push(format!("{place}: said by {found}"));
                }
            }
        }
    }
    assert!(let_through.is_empty(), "{}", let_through.join("\n"));
}

/// Whatever else is said, in every combination.
#[test]
fn what_is_planted_in_any_definition_is_refused() {
    let mut refused = 0;
    for seed in 1..=300 {
        let numbers = generated::numbers(seed);
        let environment = |name: &str| generated::environment(name, &numbers);
        let languages = [Language::CloudFormation, Language::Terraform];
        for planted in [
            environment("shop").description(format!("the token is {TOKEN}")),
            environment("shop").tag("Owner", TOKEN),
            environment("shop").tag("Note", IN_A_URL),
        ] {
            let synthesis = synthesize(&planted, &languages);
            assert!(synthesis.files.is_empty(), "seed {seed}");
            for found in &synthesis.diagnostics {
                let said = found.to_string();
                assert!(!said.contains(TOKEN) && !said.contains(PASSWORD), "{said}");
                refused += usize::from(found.code == "secret-in-text");
            }
        }
        // and without it nothing is refused for it
        let found = synthesize(&environment("shop"), &languages).diagnostics;
        let told = found.iter().find(|found| found.code == "secret-in-text");
        assert!(told.is_none(), "seed {seed}: {told:?}");
    }
    assert!(refused >= 900, "{refused}");
}

#[rustfmt::skip]
fn planted() -> Vec<Environment> {
    let cache = cache()
        .description("the token is kR7vQ2mZx9LpT4wYb8NcJ6sD")
        .tag("password", "hunter2hunter2");
    // everything on one line, with other mistakes to the right and to the left of each
    let line = ReplicationGroup::new("Shop_", Engine::REDIS_7_1, node_type::M7G_LARGE).description("the token is kR7vQ2mZx9LpT4wYb8NcJ6sD").port(0).tag("password", "hunter2hunter2").maintenance_window("never").slow_log(LogDelivery::cloudwatch_logs("a b", LogFormat::Json));
    let users = UserGroup::new("shop").user(User::iam("Shop", "on >hunter2hunter2 ~* +@nothing")).user(User::existing("B_"));
    vec![environment(cache), named("shop", "line", line), named("shop", "users", cache_of(users))]
}

fn named(system: &str, name: &str, cache: ReplicationGroup) -> Environment {
    let network = Network::new(subnets(), security_group());
    common::named(system, name, network, cache)
}

fn cache_of(users: UserGroup) -> ReplicationGroup {
    cache().transit_encryption(TransitEncryption::Required(Access::UserGroup(users)))
}

/// Not a test: the process that `run_over` starts.
#[test]
#[ignore = "a process that other tests start"]
fn as_a_program() {
    common::as_a_program(&[("planted", planted)]);
}

/// Neither a source line nor a value of it is shown, whatever is asked.
#[test]
fn no_command_prints_what_is_planted() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    for arguments in [
        &["synth", "--out", out][..],
        &["synth", "--out", out, "--format", "json"],
        &["synth", "--out", out, "--check"],
        &["check"],
        &["check", "--information", "--format", "json"],
        &["check", "--format", "github"],
        &["check", "--format", "sarif"],
        &["show", "shop/prod"],
        &["show", "shop/prod", "--format", "json"],
        &["list"],
        &["controls"],
        &["controls", "--format", "markdown"],
    ] {
        let ended = run_over("planted", arguments);
        for text in [&ended.stdout, &ended.stderr] {
            for secret in [TOKEN, PASSWORD] {
                assert!(!text.contains(secret), "{arguments:?}: {text}");
            }
        }
    }
    assert!(!Path::new(out).exists(), "nothing is written");
}

/// A file may be one line, on which everything is wrong.
#[test]
fn no_line_of_a_file_shows_what_stands_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let template = r#"{"Resources": {"Cache": {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {"ReplicationGroupDescription": "kR7vQ2mZx9LpT4wYb8NcJ6sD", "AuthToken": "hunter2hunter2", "Engine": "redis", "EngineVersion": "7.9", "CacheNodeType": "cache.x", "Port": 0, "Tags": [{"Key": "aws:x", "Value": "rediss://:hunter2hunter2@host:6379"}]}}}}"#;
    let module = "resource \"aws_elasticache_user\" \"a\" { tags = { Password = \"hunter2hunter2\", \"aws:bad\" = \"kR7vQ2mZx9LpT4wYb8NcJ6sD\" } }\n\nresource \"aws_elasticache_replication_group\" \"b\" {\n  auth_token = \"kR7vQ2mZx9LpT4wYb8NcJ6sD\"\n  engine_version = \"7.9\"\n}\n";
    for (name, text) in [("cache.json", template), ("main.tf", module)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    for format in ["text", "json", "github", "sarif"] {
        let ended = common::run([
            "validate".as_ref(),
            folder.path().as_os_str(),
            "--information".as_ref(),
            "--format".as_ref(),
            format.as_ref(),
        ]);
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        assert!(
            ended.stdout.matches("error").count() > 5,
            "{}",
            ended.stdout
        );
        for text in [&ended.stdout, &ended.stderr] {
            for secret in [TOKEN, PASSWORD] {
                assert!(!text.contains(secret), "{format}: {text}");
            }
        }
    }
}
