//! The makefile: every step of a deployment, in both languages, with the names of the environment.

use askama::Template;

use super::cache::Cache;
use super::env_file::{self, Login};
use super::quote::MakeSh;
use super::render;
use crate::cloudformation;
use crate::graph::{Language, Removal};

#[derive(Template)]
#[template(path = "handover/Makefile", escape = "none")]
struct Makefile<'a> {
    environment: &'a str,
    slug: String,
    id: MakeSh,
    region: MakeSh,
    parameters: bool,
    variables: bool,
    bucket: bool,
    stack_policy: bool,
    prevent_destroy: bool,
    last_snapshot: bool,
    sharded: bool,
    reader: bool,
    secondary: bool,
    /// The secret's placeholder, and its names as a parameter and as a variable.
    secret: Option<(String, String, String)>,
    endpoint: &'static str,
    reader_endpoint: &'static str,
    scheme: &'static str,
    ssl: &'static str,
}

pub(super) fn contents(cache: &Cache<'_>, bucket: bool) -> String {
    let graph = cache.graph;
    let secret = match Login::of(cache) {
        Login::Secret { secret, .. } => secret
            .input
            .map(|(parameter, variable)| (secret.id, parameter, variable)),
        _ => None,
    };
    render(&Makefile {
        environment: &graph.environment,
        slug: cache.slug(),
        id: MakeSh(cache.id.to_owned()),
        region: MakeSh(cache.region.to_owned()),
        parameters: !graph.inputs.is_empty(),
        variables: required_variables(cache),
        bucket,
        stack_policy: cloudformation::stack_policy(graph).is_some(),
        prevent_destroy: graph
            .nodes
            .iter()
            .any(|node| node.prevent_destroy && node.is_in(Language::Terraform)),
        last_snapshot: cache.removal == Removal::Snapshot,
        sharded: cache.is_sharded(),
        reader: cache.has_replicas() && !cache.is_sharded(),
        secondary: cache.secondary,
        secret,
        endpoint: env_file::ENDPOINT,
        reader_endpoint: env_file::READER_ENDPOINT,
        scheme: env_file::SCHEME,
        ssl: env_file::SSL,
    })
}

/// Whether Terraform asks for something that has no default.
pub(super) fn required_variables(cache: &Cache<'_>) -> bool {
    let mut inputs = cache.graph.inputs.iter();
    inputs.any(|input| !input.cloudformation_only && input.default.is_none())
}
