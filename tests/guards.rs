//! What stands between a change and somebody's data, in both languages.

use cachewright::prelude::*;
use cachewright::synth::synthesize;

mod common;
use common::{BOTH, cache, network};

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
