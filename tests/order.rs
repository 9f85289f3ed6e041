//! What takes several deployments is held against what the output directory holds already,
//! and no step is taken out of its order.

use std::fs;
use std::path::Path;

use cachewright::prelude::*;
use tempfile::TempDir;

mod common;
use common::{Ended, cache, named, network, run_over, tree};

/// A state of one cache, by its name.
macro_rules! states {
    ($($name:literal: $access:expr;)*) => {
        /// Not a test: the process that the tests start.
        #[test]
        #[ignore = "a process that other tests start"]
        fn as_a_program() {
            common::as_a_program(&[$((
                $name,
                || vec![named("shop", "prod", network(), cache().transit_encryption($access))],
            ),)*]);
        }
    };
}

fn required(access: Access) -> TransitEncryption {
    TransitEncryption::Required(access)
}

fn token(token: AuthToken) -> TransitEncryption {
    required(Access::AuthToken(token))
}

fn secret() -> SecretRef {
    SecretRef::named("shop/token").json_key("token")
}

states! {
    "plain": TransitEncryption::Disabled;
    "preferred": TransitEncryption::Preferred;
    "open": required(Access::Open);
    "token": token(AuthToken::new(secret()));
    "rotating": token(AuthToken::rotating(secret(), "AWSPENDING"));
    "rotated early": token(AuthToken::new(secret().version_stage("AWSPENDING")));
    "another secret": token(AuthToken::new(SecretRef::named("shop/other").json_key("token")));
    "from another secret": token(AuthToken::rotating(SecretRef::named("shop/other").json_key("token"), "AWSPENDING"));
    "write-only": token(AuthToken::new(secret()).write_only(1));
    "write-only rotating": token(AuthToken::rotating(secret(), "AWSPENDING").write_only(2));
    "write-only not raised": token(AuthToken::new(secret()).write_only(2));
    "write-only raised": token(AuthToken::new(secret()).write_only(3));
    "parameter": token(AuthToken::new(SecureString::named("/shop/token").version(3)));
    "parameter rotating": token(AuthToken::rotating(SecureString::named("/shop/token").version(3), "4"));
    "next parameter": token(AuthToken::new(SecureString::named("/shop/token").version(4)));
    "users": required(Access::UserGroup(UserGroup::existing("shop-users")));
    "longer": token(AuthToken::new(GeneratedSecret::new("shop/generated").length(100)));
    "generated": token(AuthToken::new(GeneratedSecret::new("shop/generated")));
    "generated rotating": token(AuthToken::rotating(GeneratedSecret::new("shop/generated"), "AWSPENDING"));
}

fn synth(state: &str, out: &Path, more: &[&str]) -> Ended {
    let out = out.to_str().unwrap();
    run_over(state, &[&["synth", "--out", out], more].concat())
}

/// Each state after the one before it, and the code that refuses the last; whatever the
/// output directory holds is left as it is then.
fn refuses(states: &[&str], code: Option<&str>, target: &[&str]) {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let (last, before) = states.split_last().unwrap();
    for state in before {
        synth(state, &out, target).expect(0);
    }
    let held = tree(&out);
    let Some(code) = code else {
        synth(last, &out, target).expect(0);
        return;
    };
    let ended = synth(last, &out, target).expect(1);
    let told = format!("error[{code}]");
    assert!(ended.stderr.contains(&told), "{states:?}: {}", ended.stderr);
    assert_eq!(tree(&out), held, "{states:?}");
    // what was never deployed needs no steps
    synth(last, &out, &[target, &["--undeployed"]].concat()).expect(0);
    assert_ne!(tree(&out), held);
}

const TLS: Option<&str> = Some("transit-encryption-order");
const TOKEN: Option<&str> = Some("auth-token-rotation-order");

#[test]
fn encryption_in_transit_is_required_in_two_steps() {
    for target in [
        &[][..],
        &["--target", "cloudformation"],
        &["--target", "terraform"],
    ] {
        refuses(&["plain", "open"], TLS, target);
        refuses(&["open", "plain"], TLS, target);
        refuses(&["plain", "preferred", "open"], None, target);
        refuses(&["open", "preferred", "plain"], None, target);
    }
}

#[test]
fn a_token_is_rotated_in_its_order() {
    for target in [&[][..], &["--target", "terraform"]] {
        refuses(&["open", "rotating"], TOKEN, target);
        refuses(&["open", "token", "rotating", "token"], None, target);
        refuses(&["token", "rotating", "rotated early"], None, target);
        refuses(&["token", "rotated early"], TOKEN, target);
        refuses(&["token", "another secret"], TOKEN, target);
        refuses(
            &["generated", "generated rotating", "generated"],
            None,
            target,
        );
    }
    refuses(
        &["token", "another secret"],
        TOKEN,
        &["--target", "cloudformation"],
    );
}

#[test]
fn write_only_versions_are_raised_in_each_step() {
    let target = &["--target", "terraform"];
    let steps = ["write-only", "write-only rotating", "write-only not raised"];
    refuses(&steps, TOKEN, target);
    refuses(
        &["write-only", "write-only rotating", "write-only raised"],
        None,
        target,
    );
}

#[test]
fn a_parameter_is_rotated_by_its_versions() {
    for target in [
        &[][..],
        &["--target", "terraform"],
        &["--target", "cloudformation"],
    ] {
        refuses(&["parameter", "next parameter"], TOKEN, target);
    }
    for target in [&[][..], &["--target", "terraform"]] {
        refuses(
            &["parameter", "parameter rotating", "next parameter"],
            None,
            target,
        );
    }
}

#[test]
fn a_rotation_stays_within_one_secret() {
    for target in [&[][..], &["--target", "cloudformation"]] {
        refuses(&["token", "from another secret"], TOKEN, target);
    }
    refuses(&["token", "rotating", "another secret"], TOKEN, &[]);
    refuses(&["generated", "longer"], TOKEN, &[]);
}

/// Nothing is there yet, so the first token would be the one that is rotated.
#[test]
fn a_new_cache_is_not_rotated() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let ended = synth("rotating", &out, &[]).expect(1);
    assert!(
        ended.stderr.contains("error[auth-token-rotation-order]"),
        "{}",
        ended.stderr
    );
    synth("rotating", &out, &["--undeployed"]).expect(0);
    // and what is there and stays takes no step
    synth("rotating", &out, &[]).expect(0);
}

#[test]
fn who_may_log_in_changes_by_itself() {
    const ACCESS: Option<&str> = Some("access-order");
    for target in [
        &[][..],
        &["--target", "cloudformation"],
        &["--target", "terraform"],
    ] {
        for steps in [
            ["token", "users"],
            ["users", "token"],
            ["token", "open"],
            ["preferred", "users"],
            ["preferred", "token"],
            ["users", "preferred"],
            ["token", "preferred"],
        ] {
            refuses(&steps, ACCESS, target);
        }
        refuses(
            &["preferred", "open", "users", "open", "token"],
            None,
            target,
        );
    }
}

#[test]
fn another_cache_is_in_no_order() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    synth("plain", &out, &[]).expect(0);
    let template = out.join("shop/prod/cloudformation/template.json");
    let text = fs::read_to_string(&template).unwrap();
    // a cache of another id stood here
    fs::write(&template, text.replace("shop-cache", "another-cache")).unwrap();
    fs::remove_file(out.join("shop/prod/terraform/main.tf")).unwrap();
    synth("open", &out, &["--force"]).expect(0);
}

/// What can't be read can't be held against anything: the other checks say what is wrong.
#[test]
fn what_cannot_be_read_is_no_step() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    synth("plain", &out, &[]).expect(0);
    for file in ["cloudformation/template.json", "terraform/main.tf"] {
        fs::write(out.join("shop/prod").join(file), "{{{").unwrap();
    }
    synth("open", &out, &["--force"]).expect(0);
}
