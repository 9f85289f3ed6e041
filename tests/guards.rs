//! What stands between a change and somebody's data, in both languages.

use cachewright::graph::{Graph, Ignored};
use cachewright::prelude::*;
use cachewright::read::Given;
use cachewright::synth::synthesize;
use cachewright::terraform::{self, SourceFile};

mod common;
use common::{BOTH, cache, network, shop, with};

/// The template and `main.tf` of a cache at that stage.
fn outputs_at(stage: Stage, cache: ReplicationGroup) -> (String, String) {
    let environment = Environment::new("shop", "it", stage, Region::US_EAST_1, network(), cache);
    let files = synthesize(&environment, &BOTH).files;
    let file = |path: &str| {
        let found = files.iter().find(|file| file.path == path);
        found.expect(path).contents.clone()
    };
    (
        file("cloudformation/template.json"),
        file("terraform/main.tf"),
    )
}

#[test]
fn what_happens_on_removal_is_as_careful_in_both_languages() {
    use Stage::{Development, Production, Staging};
    for (stage, said, policy, refuses, snapshot) in [
        (Development, None, "Delete", false, false),
        (Staging, None, "Snapshot", false, true),
        (Production, None, "Snapshot", true, true),
        // Terraform can't keep what it no longer knows, so it refuses
        (Development, Some(Removal::Retain), "Retain", true, true),
        (Staging, Some(Removal::Retain), "Retain", true, true),
        (Staging, Some(Removal::Delete), "Delete", false, false),
    ] {
        let cache = match said {
            Some(removal) => cache().removal(removal),
            None => cache(),
        };
        let (template, main) = outputs_at(stage, cache);
        let case = format!("{stage} {said:?}");
        for name in ["DeletionPolicy", "UpdateReplacePolicy"] {
            let line = format!("\"{name}\": \"{policy}\"");
            assert!(template.contains(&line), "{case}: {line}");
        }
        assert_eq!(main.contains("prevent_destroy = true"), refuses, "{case}");
        assert_eq!(
            main.contains("final_snapshot_identifier"),
            snapshot,
            "{case}"
        );
    }
}

/// The first one's name would be taken when the cache is destroyed for the second time.
#[test]
fn a_last_snapshot_has_a_name_that_is_free() {
    let (_, main) = outputs_at(Stage::Production, cache());
    let made = "resource \"terraform_data\" \"final_snapshot\" {}";
    let name = "\"shop-cache-final-${terraform_data.final_snapshot.id}\"";
    assert!(main.contains(made) && main.contains(name), "{main}");
    let (_, main) = outputs_at(Stage::Production, cache().final_snapshot("shop-last"));
    assert!(
        main.contains("\"shop-last\"") && !main.contains(made),
        "{main}"
    );
    let (_, main) = outputs_at(Stage::Development, cache());
    assert!(!main.contains(made), "{main}");
}

/// The stack policy names what the template keeps, all of it and nothing else.
#[test]
fn no_update_replaces_or_deletes_what_is_kept() {
    let policy = |stage, cache| {
        let environment =
            Environment::new("shop", "it", stage, Region::US_EAST_1, network(), cache);
        let files = synthesize(&environment, &BOTH).files;
        let file = |path: &str| -> Option<serde_json::Value> {
            let found = files.iter().find(|file| file.path == path)?;
            Some(serde_json::from_str(&found.contents).expect("JSON"))
        };
        let template = file("cloudformation/template.json").expect("a template");
        let kept: Vec<String> = template["Resources"]
            .as_object()
            .expect("resources")
            .iter()
            .filter(|(_, it)| !matches!(it["DeletionPolicy"].as_str(), None | Some("Delete")))
            .map(|(name, _)| format!("LogicalResourceId/{name}"))
            .collect();
        (file("cloudformation/stack-policy.json"), kept)
    };
    let secured = || {
        let key = CustomerManagedKey::new("cache");
        let token = AuthToken::new(GeneratedSecret::new("shop/token").kms_key(key.clone()));
        cache()
            .at_rest_encryption(AtRestEncryption::KmsKey(key.into()))
            .transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
    };
    let (found, kept) = policy(Stage::Production, secured());
    let found = found.expect("a policy");
    let mut denied: Vec<&str> = found["Statement"][1]["Resource"]
        .as_array()
        .expect("resources")
        .iter()
        .filter_map(|it| it.as_str())
        .collect();
    denied.sort_unstable();
    assert_eq!(denied, kept);
    assert_eq!(kept.len(), 3, "the cache, its key and its token");
    let deny = &found["Statement"][1];
    assert_eq!(deny["Effect"], "Deny");
    let actions = serde_json::json!(["Update:Replace", "Update:Delete"]);
    assert_eq!(deny["Action"], actions);
    // without an allowance a stack policy denies every update
    let allow = &found["Statement"][0];
    assert_eq!(
        (&allow["Effect"], &allow["Resource"][0]),
        (&"Allow".into(), &"*".into())
    );
    assert_eq!(
        policy(Stage::Staging, cache()).1,
        ["LogicalResourceId/ReplicationGroup"]
    );
    assert_eq!(policy(Stage::Development, secured()), (None, Vec::new()));
}

#[test]
fn a_token_is_rotated_only_where_the_definition_says_so() {
    let with = |token: AuthToken| {
        let access = Access::AuthToken(token);
        let cache = cache().transit_encryption(TransitEncryption::Required(access));
        outputs_at(Stage::Production, cache).1
    };
    let line = "auth_token_update_strategy = ";
    assert!(with(AuthToken::new(SecretRef::given())).contains(&format!("{line}\"SET\"")));
    let rotated = AuthToken::rotating(SecretRef::given(), "AWSPENDING");
    assert!(with(rotated).contains(&format!("{line}\"ROTATE\"")));
}

/// What Terraform is told to leave alone, out of its own words: a module read back.
fn ignored(main: String) -> Vec<Ignored> {
    let path = "main.tf".to_owned();
    let files = [SourceFile { path, text: main }];
    let given = Given::default();
    let outcome = terraform::graph("out", &files, &given, &mut |_| Err("none".into()));
    all_ignored(&outcome.graph.expect("a module"))
}

fn all_ignored(graph: &Graph) -> Vec<Ignored> {
    let nodes = graph.nodes.iter();
    nodes.flat_map(|node| node.ignore_changes.clone()).collect()
}

/// Exactly what something else moves, each with its reason beside it, and read back as said.
#[test]
fn terraform_leaves_alone_what_something_else_moves() {
    let (shards, replicas, both) = {
        let shards = TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 60);
        let replicas = TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 60);
        let topology = Topology::sharded(2, 1, MultiAz::Enabled);
        (
            topology
                .clone()
                .scale_shards(Scaling::between(2, 8, shards.clone())),
            topology
                .clone()
                .scale_replicas(Scaling::between(1, 3, replicas.clone())),
            topology
                .scale_shards(Scaling::between(2, 8, shards))
                .scale_replicas(Scaling::between(1, 3, replicas)),
        )
    };
    let with_minor = |engine| with(engine, node_type::M7G_LARGE);
    for (cache, expected) in [
        (cache(), vec![]),
        (
            cache().topology(Topology::sharded(2, 1, MultiAz::Enabled)),
            vec![],
        ),
        (cache().topology(shards), vec!["num_node_groups"]),
        (cache().topology(replicas), vec!["replicas_per_node_group"]),
        (
            cache().topology(both),
            vec!["num_node_groups", "replicas_per_node_group"],
        ),
        // there is a later minor version, to which AWS may go
        (with_minor(Engine::REDIS_7_0), vec!["engine_version"]),
        (with_minor(Engine::VALKEY_8_0), vec!["engine_version"]),
        (
            with_minor(Engine::REDIS_7_0).auto_minor_version_upgrade(false),
            vec![],
        ),
        // there is none
        (with_minor(Engine::REDIS_6_2), vec![]),
        (with_minor(Engine::VALKEY_7_2), vec![]),
    ] {
        let environment = shop(network(), cache);
        let said = all_ignored(&environment.lower().0);
        let arguments: Vec<&str> = said.iter().map(|it| it.argument.as_str()).collect();
        assert_eq!(arguments, expected);
        assert!(said.iter().all(|it| it.because.len() > 20), "{said:?}");
        let main = synthesize(&environment, &BOTH)
            .files
            .into_iter()
            .find(|file| file.path == "terraform/main.tf");
        let main = main.expect("main.tf").contents;
        assert_eq!(ignored(main.clone()), said, "{main}");
    }
}
