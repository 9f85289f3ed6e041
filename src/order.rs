//! What has to happen in several deployments, held against what the last one was.
//!
//! A rule looks at one graph; this looks at two, the one that the output directory holds and
//! the one that would take its place, and says which steps can't be taken at once.

use std::fmt;

use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, Kind, Node, Part, Property, Reference, Secret, SecretStore, Value};

/// What an output directory holds of an environment, as far as it is there.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The template, read back.
    pub cloudformation: Option<Graph>,
    /// The module, read back.
    pub terraform: Option<Graph>,
}

impl Before {
    /// Nothing is there: the environment is new.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.cloudformation.is_none() && self.terraform.is_none()
    }
}

/// The steps that a definition takes out of their order. A cache that isn't there yet takes
/// everything at once but a token that is rotated.
#[must_use]
pub fn check(before: &Before, after: &Graph) -> Vec<Diagnostic> {
    let Some(now) = cache(after) else {
        return Vec::new();
    };
    let id = |node: &Node| text(node, "ReplicationGroupId").map(str::to_ascii_lowercase);
    let same = |graph: &'_ Option<Graph>| -> Option<Was> {
        let graph = graph.as_ref()?;
        let node = cache(graph)?;
        (id(node).is_some() && id(node) == id(now)).then(|| Was::new(graph, node))
    };
    let (template, module) = (same(&before.cloudformation), same(&before.terraform));
    let is = Was::new(after, now);
    let found: Vec<Diagnostic> = match (&template, &module) {
        (None, None) => first(&is, now).into_iter().collect(),
        _ => {
            let (one, other) = (template.as_ref(), module.as_ref());
            let was = one.or(other).cloned().unwrap_or_default();
            // each language alone says some of it
            let was = Was {
                rotates: other.is_some_and(|module| module.rotates),
                write_only: other.and_then(|module| module.write_only),
                lengths: one
                    .map(|template| template.lengths.clone())
                    .unwrap_or_default(),
                ..was
            };
            // where TLS takes two steps, who may log in comes after both
            let tls = transit_encryption(&was, &is, now).or_else(|| access(&was, &is, now));
            let steps = [tls, auth_token(&was, &is, now), generated(&was, &is, now)];
            steps.into_iter().flatten().collect()
        }
    };
    let about = |diagnostic: Diagnostic| diagnostic.of(after.environment.clone());
    found.into_iter().map(about).collect()
}

/// What counts of a cache: who may reach it, and how.
#[derive(Clone, Debug, Default)]
struct Was {
    transit: Option<Transit>,
    /// The engine knows the step between plain and required.
    has_mode: bool,
    /// The part of a secret that holds the token, where there is one.
    token: Option<Token>,
    /// It has a token, whatever is known of it.
    has_token: bool,
    has_users: bool,
    rotates: bool,
    write_only: Option<i64>,
    /// How long the secrets are that are generated, by logical id.
    lengths: Vec<(String, i64)>,
}

/// A token, by where it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The secret, and the key in it.
    pub(crate) secret: String,
    /// Which version of it.
    pub(crate) version: Option<String>,
}

impl Was {
    fn new(graph: &Graph, node: &Node) -> Self {
        let token = property(node, "AuthToken").or_else(|| property(node, "auth_token"));
        let token = token.or_else(|| property(node, "auth_token_wo"));
        let integer = |node: &Node, name| match property(node, name)?.value {
            Value::Integer(number) => Some(number),
            _ => None,
        };
        let secrets = graph.nodes.iter().filter(|node| node.kind == Kind::Secret);
        Self {
            transit: transit(node),
            has_mode: property(node, "TransitEncryptionMode").is_some(),
            token: token.and_then(|property| match &property.value {
                Value::Secret(secret) => Some(named(secret)),
                _ => None,
            }),
            has_token: token.is_some(),
            has_users: property(node, "UserGroupIds").is_some(),
            rotates: text(node, "auth_token_update_strategy") == Some("ROTATE"),
            write_only: integer(node, "auth_token_wo_version"),
            lengths: secrets
                .filter_map(|secret| {
                    let length = integer(secret, "GenerateSecretString.PasswordLength")?;
                    Some((secret.logical_id.clone(), length))
                })
                .collect(),
        }
    }
}

const UNDEPLOYED: &str = "cachewright migrate writes each step's files; for a cache that isn't deployed yet, run synth with --undeployed";

/// A new cache.
fn first(is: &Was, now: &Node) -> Option<Diagnostic> {
    is.rotates.then(|| {
        Diagnostic::error(
            "auth-token-rotation-order",
            "the first token of a cache is handed over with ROTATE, which leaves login without any token open",
        )
        .at(place(now, "auth_token_update_strategy"))
        .allowed("SET for a first token")
        .help("say AuthToken::new(…) and deploy, and rotate from then on; where the cache runs and only the folder is new, run synth with --undeployed")
    })
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

/// How a cache encrypts in transit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transit {
    Plain,
    Preferred,
    Required,
}

impl fmt::Display for Transit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::Preferred => "preferred",
            Self::Required => "required",
        })
    }
}

/// How a cache encrypts in transit, where it says so.
pub(crate) fn transit(node: &Node) -> Option<Transit> {
    match property(node, "TransitEncryptionEnabled")?.value {
        Value::Bool(false) => Some(Transit::Plain),
        Value::Bool(true) if text(node, "TransitEncryptionMode") == Some("preferred") => {
            Some(Transit::Preferred)
        }
        Value::Bool(true) => Some(Transit::Required),
        _ => None,
    }
}

fn transit_encryption(was: &Was, is: &Was, now: &Node) -> Option<Diagnostic> {
    const CODE: &str = "transit-encryption-order";
    let place = place(now, "TransitEncryptionEnabled");
    let (from, to) = match (was.transit?, is.transit?) {
        (from @ Transit::Plain, to @ Transit::Required)
        | (from @ Transit::Required, to @ Transit::Plain) => (from, to),
        _ => return None,
    };
    let message = format!("encryption in transit goes from {from} to {to} in one step");
    let found = if was.has_mode || is.has_mode {
        Diagnostic::error(CODE, message)
            .allowed("TransitEncryption::Preferred between the two, deployed by itself")
            .help(format!("say TransitEncryption::Preferred, deploy, move the clients, and go on; {UNDEPLOYED}"))
    } else {
        Diagnostic::error(
            CODE,
            format!("{message}, and this version knows none between"),
        )
        .allowed("a new cache, filled from a snapshot of this one")
        .help(format!("give the new cache another id; {UNDEPLOYED}"))
    };
    Some(found.at(place))
}

/// Who may log in changes in a deployment of its own, and from one kind to the other by none.
fn access(was: &Was, is: &Was, now: &Node) -> Option<Diagnostic> {
    let said = |was: &Was| match (was.has_token, was.has_users) {
        (true, _) => Some("a token"),
        (_, true) => Some("users"),
        _ => None,
    };
    let at = if is.has_users {
        "UserGroupIds"
    } else {
        "AuthToken"
    };
    let at = if is.has_users || is.has_token {
        at
    } else {
        "TransitEncryptionEnabled"
    };
    let (message, allowed, help) = match (said(was), said(is)) {
        (Some(from), Some(to)) if from != to => (
            format!("{from} gives way to {to} in one step"),
            "a cache that keeps the one or the other, or a new cache",
            "cachewright migrate writes the steps: AWS takes a token away in the one request that names the group that comes instead; what is deployed then is written by synth with --undeployed",
        ),
        (Some("a token"), None) => (
            "a token is left out, and stays: no template says that it goes".to_owned(),
            "a cache that keeps its token, or a new cache",
            "cachewright migrate writes how it is taken away by hand; then run synth with --undeployed",
        ),
        (Some(_), None) if is.transit != Some(Transit::Required) => (
            "encryption in transit is no longer required of a cache with users".to_owned(),
            "TransitEncryption::Required(Access::Open) between the two, deployed by itself",
            "take the users away first, and deploy that",
        ),
        (None, Some(what)) if was.transit.is_some_and(|it| it != Transit::Required) => (
            format!("encryption in transit is required, and {what} comes in the same step"),
            "TransitEncryption::Required(Access::Open) between the two, deployed by itself",
            "require TLS first, deploy, and say who may log in then",
        ),
        _ => return None,
    };
    let found = Diagnostic::error("access-order", message).at(place(now, at));
    let undeployed = if help.contains("--undeployed") {
        help.to_owned()
    } else {
        format!("{help}; {UNDEPLOYED}")
    };
    Some(found.allowed(allowed).help(undeployed))
}

/// A part of a secret, as a text that is the same for the same part.
pub(crate) fn named(secret: &Secret) -> Token {
    let name: String = secret
        .name()
        .0
        .iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.clone(),
            Part::Input(id) => format!("<{}>", id.logical()),
            Part::StackName => "<stack>".into(),
            Part::AccountId => "<account>".into(),
            Part::Reference(Reference::Node { logical_id, .. }) => format!("<{logical_id}>"),
            Part::Reference(Reference::Input(id) | Reference::Lookup { id, .. }) => {
                format!("<{}>", id.logical())
            }
            Part::Unknown => "?".into(),
        })
        .collect();
    match &secret.store {
        SecretStore::SecretsManager {
            json_key, stage, ..
        } => Token {
            secret: format!("{name} {}", json_key.as_deref().unwrap_or_default()),
            version: stage.clone(),
        },
        SecretStore::ParameterStore { version, .. } => Token {
            secret: name,
            version: version.clone(),
        },
    }
}

fn auth_token(was: &Was, is: &Was, now: &Node) -> Option<Diagnostic> {
    const CODE: &str = "auth-token-rotation-order";
    if is.rotates && !was.has_token {
        return first(is, now);
    }
    let (from, to) = (was.token.as_ref()?, is.token.as_ref()?);
    // what a reader couldn't know may be the same
    if from.secret.contains('?') {
        return None;
    }
    let another = from.secret != to.secret;
    if another || (from.version != to.version && !was.rotates) {
        return Some(
            Diagnostic::error(
                CODE,
                "another token takes the place of the one that opens now, and shuts out every client that has that one",
            )
            .at(place(now, "AuthToken"))
            .allowed("another version of the same secret, by AuthToken::rotating(…), deployed by itself")
            .help(format!("put the next token into the secret that the cache reads now, and rotate to that version; {UNDEPLOYED}")),
        );
    }
    let raised = match (was.write_only, is.write_only) {
        (Some(from), Some(to)) => to > from,
        _ => true,
    };
    (is.rotates != was.rotates && !raised).then(|| {
        Diagnostic::error(
            CODE,
            "the token changes and its write-only version doesn't: Terraform would hand over nothing",
        )
        .at(place(now, "auth_token_wo_version"))
        .allowed(format!("more than {}", was.write_only.unwrap_or_default()))
        .help("raise the version in each step of a rotation")
    })
}

/// CloudFormation generates another value when it is told how in another way.
fn generated(was: &Was, is: &Was, now: &Node) -> Option<Diagnostic> {
    let changed = is.lengths.iter().any(|(id, length)| {
        let mut before = was.lengths.iter().filter(|(known, _)| known == id);
        before.any(|(_, before)| before != length)
    });
    changed.then(|| {
        Diagnostic::error(
            "auth-token-rotation-order",
            "a secret that is there is generated in another length: CloudFormation makes another value, which the cache doesn't know",
        )
        .at(&now.place)
        .allowed("the length that it was made with")
        .help(format!("leave the length as it was, and rotate to a version of your own; {UNDEPLOYED}"))
    })
}
