//! What proves who a client is: a token or a password, always by reference.

use crate::diagnostic::Place;
use crate::graph::{Lookup, LookupKind, Part, Secret, SecretStore, Text, Value};
use crate::lower::Lowering;
use crate::resource::secret::GeneratedSecret;
use crate::source::{SecretRef, SecureString};
use crate::value::{At, Id, Names};

/// Where a token or a password is kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Credential {
    /// In a secret that exists already.
    Existing(SecretRef),
    /// In a secret that is made.
    Generated(GeneratedSecret),
    /// In a `SecureString` that exists already.
    SecureString(SecureString),
}

impl Credential {
    pub fn place(&self) -> &Place {
        match self {
            Self::Existing(secret) => secret.place(),
            Self::Generated(secret) => secret.place(),
            Self::SecureString(parameter) => parameter.place(),
        }
    }

    pub fn names<'a>(&'a self, names: &mut Names<'a>) {
        if let Self::Generated(secret) = self {
            secret.names(names);
        }
    }

    /// The part of a secret that is meant. `id` names the lookup, `what` says what it holds,
    /// e.g. `the AUTH token`.
    pub fn lower(&self, cx: &mut Lowering, id: &Id, what: &str, ephemeral: bool) -> Secret {
        self.lower_rotating(cx, id, what, ephemeral, None).0
    }

    /// The version that opens now, which only CloudFormation names, and the one that
    /// Terraform reads: the `next` one, where a rotation is under way.
    pub fn lower_rotating(
        &self,
        cx: &mut Lowering,
        id: &Id,
        what: &str,
        ephemeral: bool,
        next: Option<&At<String>>,
    ) -> (Secret, Secret) {
        let next = next.map(|at| at.value.clone());
        let (now, then, what) = match self {
            Self::Existing(secret) => {
                let (store, secret) = secret.lower(cx, what);
                of_manager(store, secret, next, ephemeral)
            }
            Self::Generated(secret) => {
                let (store, secret) = secret.lower(cx, id, what);
                of_manager(store, secret, next, ephemeral)
            }
            Self::SecureString(parameter) => {
                let (name, version) = parameter.lower(cx);
                let store = |version| SecretStore::ParameterStore {
                    name: name.clone(),
                    version,
                };
                let then = next.or_else(|| version.clone());
                if let (true, Some(place)) = (ephemeral, self.version_place()) {
                    cx.error(
                        "secret-part",
                        place,
                        "a version of a parameter that Terraform passes write-only",
                        "the newest version, or an argument that isn't write-only",
                        "leave the version out, or `.write_only(…)`",
                    );
                }
                let parameter = if ephemeral {
                    arn(cx, &name, self.place())
                } else {
                    versioned(&name, then.as_deref())
                };
                let what = LookupKind::SecureString {
                    parameter,
                    ephemeral,
                };
                (store(version), store(then), what)
            }
        };
        cx.lookup(Lookup {
            id: id.clone(),
            what,
            place: self.place().clone(),
        });
        let secret = |store| Secret {
            store,
            lookup: id.clone(),
            ephemeral,
        };
        (secret(now), secret(then))
    }

    /// Where a parameter's version is said.
    fn version_place(&self) -> Option<&Place> {
        match self {
            Self::SecureString(parameter) => parameter.version_place(),
            Self::Existing(_) | Self::Generated(_) => None,
        }
    }

    /// Whether that version is the one that it names already.
    pub fn is_at(&self, version: &str) -> bool {
        match self {
            Self::Existing(secret) => secret.stage().unwrap_or("AWSCURRENT") == version,
            Self::Generated(_) => version == "AWSCURRENT",
            Self::SecureString(parameter) => parameter
                .number()
                .is_some_and(|it| it.to_string() == version),
        }
    }

    /// Whether its versions are told apart by number and not by label, and which one it names.
    pub fn counts_versions(&self) -> Option<Option<u32>> {
        match self {
            Self::SecureString(parameter) => Some(parameter.number()),
            Self::Existing(_) | Self::Generated(_) => None,
        }
    }
}

/// Of a secret in Secrets Manager: what opens now, what Terraform reads, and how.
fn of_manager(
    now: SecretStore,
    secret: Value,
    next: Option<String>,
    ephemeral: bool,
) -> (SecretStore, SecretStore, LookupKind) {
    let mut then = now.clone();
    let mut read = None;
    if let SecretStore::SecretsManager { stage, .. } = &mut then {
        if next.is_some() {
            *stage = next;
        }
        read = stage.clone();
    }
    let what = LookupKind::SecretVersion {
        secret: Box::new(secret),
        stage: read,
        ephemeral,
    };
    (now, then, what)
}

/// A parameter's name with its version, as the provider takes both.
fn versioned(name: &Text, version: Option<&str>) -> Text {
    let mut name = name.clone();
    if let Some(version) = version {
        name.0.push(Part::Literal(format!(":{version}")));
    }
    name
}

/// A parameter's ARN, for an ephemeral resource takes nothing else.
fn arn(cx: &mut Lowering, name: &Text, place: &Place) -> Text {
    let account = cx.account_id(place);
    let slash = match name.literal() {
        Some(name) if !name.starts_with('/') => "/",
        _ => "",
    };
    let (partition, region) = (cx.region.partition(), cx.region.as_str());
    let mut parts = vec![
        Part::Literal(format!("arn:{partition}:ssm:{region}:")),
        account,
        Part::Literal(format!(":parameter{slash}")),
    ];
    parts.extend(name.0.iter().cloned());
    Text(parts)
}
