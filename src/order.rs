//! What has to happen in several deployments, held against what the last one was.
//!
//! A rule looks at one graph; this looks at two, the one that the output directory holds and
//! the one that would take its place, and says which steps can't be taken at once.

use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, Kind, Node, Part, Property, Secret, SecretStore, Value};

/// What an output directory holds of an environment, as far as it is there.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The template, read back.
    pub cloudformation: Option<Graph>,
    /// The module, read back.
    pub terraform: Option<Graph>,
}

/// The steps that a definition takes out of their order; none for another cache than before.
#[must_use]
pub fn check(before: &Before, after: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some(after_cache) = cache(after) else {
        return found;
    };
    let same = |graph: &Option<Graph>| -> Option<Node> {
        let before = cache(graph.as_ref()?)?;
        let id = |node: &Node| text(node, "ReplicationGroupId").map(str::to_ascii_lowercase);
        (id(before).is_some() && id(before) == id(after_cache)).then(|| before.clone())
    };
    let (template, module) = (same(&before.cloudformation), same(&before.terraform));
    let Some(before_cache) = template.as_ref().or(module.as_ref()) else {
        return found;
    };
    let about = |diagnostic: Diagnostic| diagnostic.of(after.environment.clone());
    found.extend(transit_encryption(before_cache, after_cache).map(about));
    let rotating = module
        .as_ref()
        .is_some_and(|node| text(node, "auth_token_update_strategy") == Some("ROTATE"));
    found.extend(auth_token(before_cache, rotating, after_cache).map(about));
    found
}

/// The only cache of a graph.
fn cache(graph: &Graph) -> Option<&Node> {
    let mut caches = graph
        .nodes
        .iter()
        .filter(|node| node.kind == Kind::ReplicationGroup);
    caches.next().filter(|_| caches.next().is_none())
}

fn property<'a>(node: &'a Node, name: &str) -> Option<&'a Property> {
    node.properties.iter().find(|property| {
        property.cloudformation.as_deref() == Some(name)
            || property.terraform.as_deref() == Some(name)
    })
}

fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    match &property(node, name)?.value {
        Value::Text(text) => text.literal(),
        _ => None,
    }
}

/// Where the definition says a setting, or the cache.
fn place<'a>(node: &'a Node, name: &str) -> &'a Place {
    property(node, name)
        .and_then(|property| property.place.as_ref())
        .unwrap_or(&node.place)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Transit {
    Plain,
    Preferred,
    Required,
}

fn transit(node: &Node) -> Option<Transit> {
    match property(node, "TransitEncryptionEnabled")?.value {
        Value::Bool(false) => Some(Transit::Plain),
        Value::Bool(true) if text(node, "TransitEncryptionMode") == Some("preferred") => {
            Some(Transit::Preferred)
        }
        Value::Bool(true) => Some(Transit::Required),
        _ => None,
    }
}

fn transit_encryption(before: &Node, after: &Node) -> Option<Diagnostic> {
    const CODE: &str = "transit-encryption-order";
    let place = place(after, "TransitEncryptionEnabled");
    let (from, to) = match (transit(before)?, transit(after)?) {
        (Transit::Plain, Transit::Required) => ("plain", "required"),
        (Transit::Required, Transit::Plain) => ("required", "plain"),
        // engines that know no mode can't change it on a running cache
        _ => return None,
    };
    let has_mode = [before, after]
        .iter()
        .any(|node| property(node, "TransitEncryptionMode").is_some());
    let message = format!("encryption in transit goes from {from} to {to} in one step");
    let found = if has_mode {
        Diagnostic::error(CODE, message)
            .allowed("TransitEncryption::Preferred between the two, deployed by itself")
            .help("say TransitEncryption::Preferred, deploy, move the clients, and go on; with a cache that isn't deployed yet, run synth with --undeployed")
    } else {
        Diagnostic::error(CODE, format!("{message}, and this version knows none between"))
            .allowed("a new cache, filled from a snapshot of this one")
            .help("give the new cache another id; with a cache that isn't deployed yet, run synth with --undeployed")
    };
    Some(found.at(place))
}

fn token(node: &Node) -> Option<&Secret> {
    match &property(node, "AuthToken")
        .or_else(|| property(node, "auth_token_wo"))?
        .value
    {
        Value::Secret(secret) => Some(secret),
        _ => None,
    }
}

/// A part of a secret, as a text that is the same for the same part.
fn name(secret: &Secret) -> String {
    let name: String = secret
        .name()
        .0
        .iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.clone(),
            Part::Input(id) => format!("<{}>", id.logical()),
            Part::StackName => "<stack>".into(),
            Part::AccountId => "<account>".into(),
            Part::Reference(reference) => match reference {
                crate::graph::Reference::Node { logical_id, .. } => format!("<{logical_id}>"),
                crate::graph::Reference::Input(id) => format!("<{}>", id.logical()),
                crate::graph::Reference::Lookup { id, .. } => format!("<{}>", id.logical()),
            },
            Part::Unknown => "?".into(),
        })
        .collect();
    match &secret.store {
        SecretStore::SecretsManager {
            json_key, stage, ..
        } => format!("{name} {json_key:?} {stage:?}"),
        SecretStore::ParameterStore { .. } => name,
    }
}

fn auth_token(before: &Node, was_rotating: bool, after: &Node) -> Option<Diagnostic> {
    const CODE: &str = "auth-token-rotation-order";
    let after_token = token(after)?;
    let rotates = text(after, "auth_token_update_strategy") == Some("ROTATE");
    let place = place(after, "auth_token_update_strategy");
    let has_token = property(before, "AuthToken")
        .or_else(|| property(before, "auth_token_wo"))
        .is_some();
    if rotates && !has_token {
        let message = "the first token of this cache is handed over with ROTATE, which leaves login without any token open";
        return Some(
            Diagnostic::error(CODE, message)
                .at(place)
                .allowed("SET for a first token")
                .help("say AuthToken::new(…) and deploy; rotate from then on"),
        );
    }
    let before_token = token(before)?;
    let (was, is) = (name(before_token), name(after_token));
    // what a reader couldn't know may be the same
    let swapped = was != is && !was.contains('?');
    if !rotates && !was_rotating && swapped {
        return Some(
            Diagnostic::error(
                CODE,
                "another token takes the place of the one that opens now, and shuts out every client that has that one",
            )
            .at(self::place(after, "AuthToken"))
            .allowed("AuthToken::rotating(…) between the two, deployed by itself")
            .help("put the next token into the secret that the cache reads now, and rotate to that version; with a cache that isn't deployed yet, run synth with --undeployed"),
        );
    }
    None
}
