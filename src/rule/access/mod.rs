//! Who gets in and what they can read: networks, encryption, tokens, users, secrets.

mod access_control;
mod access_string;
mod access_string_form;
mod acl;
mod auth_token_form;
mod auth_token_in_clear;
mod auth_token_rotation;
mod auth_token_update_strategy;
mod auth_token_with_users;
mod auth_token_without_tls;
mod cidr;
mod customer_key_absent;
mod default_user_open;
mod egress_anywhere;
mod encryption_at_rest;
mod encryption_in_transit;
mod firewall;
mod firewall_description;
mod firewall_rule;
mod generated_secret;
mod ingress_anywhere;
mod ingress_port;
mod ingress_ports;
mod ingress_wide;
mod kms_alias_name;
mod kms_key;
mod kms_key_days;
mod kms_key_owner;
mod kms_key_removal;
mod kms_key_rotation;
mod kms_key_without_encryption;
mod preferred_with_access;
mod recovery_window;
mod secret_default;
mod secret_in_clear;
mod secret_in_text;
mod secret_input_visible;
mod secret_output;
mod secret_unrotated;
mod security_group_missing;
mod security_group_unworn;
mod subnet_group;
mod transit_encryption_mode;
mod transit_encryption_preferred;
mod transit_encryption_unsaid;
mod user;
mod user_dangerous;
mod user_everything;
mod user_group_count;
mod user_group_default;
mod user_group_engine;
mod user_iam_name;
mod user_name_twice;
mod user_password_in_clear;
mod user_passwords;
mod user_without_password;
mod users_without_tls;

use super::{Check, Resource, Rule, Setting, cache};
use crate::graph::{Kind, Part, Reference, Value};

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &access_control::RULE,
    &access_string::RULE,
    &access_string_form::RULE,
    &auth_token_form::RULE,
    &auth_token_in_clear::RULE,
    &auth_token_rotation::RULE,
    &auth_token_update_strategy::RULE,
    &auth_token_with_users::RULE,
    &auth_token_without_tls::RULE,
    &cidr::RULE,
    &customer_key_absent::RULE,
    &default_user_open::RULE,
    &egress_anywhere::RULE,
    &encryption_at_rest::RULE,
    &encryption_in_transit::RULE,
    &firewall_description::RULE,
    &firewall_rule::RULE,
    &generated_secret::RULE,
    &ingress_anywhere::RULE,
    &ingress_port::RULE,
    &ingress_ports::RULE,
    &ingress_wide::RULE,
    &kms_alias_name::RULE,
    &kms_key::RULE,
    &kms_key_days::RULE,
    &kms_key_owner::RULE,
    &kms_key_removal::RULE,
    &kms_key_rotation::RULE,
    &kms_key_without_encryption::RULE,
    &preferred_with_access::RULE,
    &recovery_window::RULE,
    &secret_default::RULE,
    &secret_in_clear::RULE,
    &secret_in_text::RULE,
    &secret_input_visible::RULE,
    &secret_output::RULE,
    &security_group_missing::RULE,
    &secret_unrotated::RULE,
    &security_group_unworn::RULE,
    &subnet_group::RULE,
    &transit_encryption_mode::RULE,
    &transit_encryption_preferred::RULE,
    &transit_encryption_unsaid::RULE,
    &user_dangerous::RULE,
    &user_everything::RULE,
    &user_group_count::RULE,
    &user_group_default::RULE,
    &user_group_engine::RULE,
    &user_iam_name::RULE,
    &user_name_twice::RULE,
    &user_password_in_clear::RULE,
    &user_passwords::RULE,
    &user_without_password::RULE,
    &users_without_tls::RULE,
];

/// Everything that clients connect to; not the members that Terraform adds to another cache.
fn caches<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    [
        Kind::ReplicationGroup,
        Kind::CacheCluster,
        Kind::ServerlessCache,
    ]
    .into_iter()
    .flat_map(|kind| check.all(kind))
    .filter(|cache| {
        cache.node.kind != Kind::CacheCluster || cache.is_absent("replication_group_id")
    })
    .collect()
}

/// Whether clients of a cache can speak TLS to it.
fn tls(check: &Check<'_>, cache: &Resource<'_>) -> Option<bool> {
    const NAME: &str = "TransitEncryptionEnabled";
    if cache.node.kind == Kind::ServerlessCache {
        return Some(true);
    }
    if !cache.is_absent(NAME) {
        return cache.bool(NAME);
    }
    // a member of a global datastore has its primary's, and a template must say it for Valkey;
    // Terraform's provider says no where nothing is said
    let own = !cache::may_be_secondary(cache) && cache.is_absent("PrimaryClusterId");
    let off = !check.is_cloudformation() || cache::engine(cache).is_some_and(|it| it != "valkey");
    (own && off).then_some(false)
}

/// Whether what a cache writes to disks and snapshots is encrypted.
fn at_rest(cache: &Resource<'_>) -> Option<bool> {
    const NAME: &str = "AtRestEncryptionEnabled";
    if cache.node.kind == Kind::ServerlessCache {
        return Some(true);
    }
    if !cache.is_absent(NAME) {
        return cache.bool(NAME);
    }
    if cache::may_be_secondary(cache) {
        return None;
    }
    cache::engine(cache).map(|engine| engine == "valkey")
}

/// Whether a setting says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// It isn't there, or empty.
    No,
    /// It is whatever the caller of a module gives, who may give nothing.
    Perhaps,
    /// It is there, whatever it says.
    Yes,
}

/// Whether a resource says something by a setting.
fn said(check: &Check<'_>, resource: &Resource<'_>, name: &str) -> Option<Said> {
    match resource.setting(name) {
        Some(setting) => said_by(check, &setting),
        None => resource.is_absent(name).then_some(Said::No),
    }
}

fn said_by(check: &Check<'_>, setting: &Setting<'_>) -> Option<Said> {
    let given = if check.is_cloudformation() {
        // a template would leave the property out where nothing is given
        Said::Yes
    } else {
        Said::Perhaps
    };
    Some(match setting.value() {
        Value::Unknown => return None,
        Value::Reference(Reference::Input(_)) => given,
        Value::Text(text) => match text.0.as_slice() {
            [Part::Input(_)] => given,
            [] => Said::No,
            [Part::Literal(text)] if text.is_empty() => Said::No,
            parts if parts.iter().any(is_something) => Said::Yes,
            _ => return None,
        },
        Value::List(items) if items.is_empty() => Said::No,
        Value::Objects(objects) if objects.is_empty() => Said::No,
        _ => Said::Yes,
    })
}

/// A part of a text that isn't empty, whatever is deployed.
fn is_something(part: &Part) -> bool {
    match part {
        Part::Literal(text) => !text.is_empty(),
        Part::Reference(_) | Part::StackName | Part::AccountId => true,
        Part::Input(_) | Part::Unknown => false,
    }
}

/// The token that all clients of a cache share; Terraform has two arguments for it.
fn token<'g>(cache: &Resource<'g>) -> Option<Setting<'g>> {
    cache
        .setting("AuthToken")
        .or_else(|| cache.setting("auth_token_wo"))
}

/// Whether a cache has a token.
fn has_token(check: &Check<'_>, cache: &Resource<'_>) -> Option<Said> {
    match token(cache) {
        Some(setting) => said_by(check, &setting),
        None => cache.is_absent("AuthToken").then_some(Said::No),
    }
}

/// The setting that names a cache's user group.
const fn user_groups(kind: Kind) -> &'static str {
    match kind {
        Kind::ServerlessCache => "UserGroupId",
        _ => "UserGroupIds",
    }
}

/// Whether a cache has a user group.
fn has_users(check: &Check<'_>, cache: &Resource<'_>) -> Option<Said> {
    said(check, cache, user_groups(cache.node.kind))
}

/// The engine and its version as a person says them: `redis 6.2`.
fn engine_words(cache: &Resource<'_>) -> Option<String> {
    let (engine, version) = (cache::engine(cache)?, cache::version(cache)?);
    Some(format!("{engine} {version}"))
}
