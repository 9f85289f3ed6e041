//! What proves who a client is: a token or a password, always by reference.

use crate::diagnostic::Place;
use crate::graph::{Lookup, LookupKind, Part, Secret, SecretStore};
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
        let (now, read) = match self {
            Self::Existing(secret) => {
                let (store, secret) = secret.lower(cx, what);
                (store, Ok(secret))
            }
            Self::Generated(secret) => {
                let (store, secret) = secret.lower(cx, id, what);
                (store, Ok(secret))
            }
            Self::SecureString(parameter) => {
                let (store, parameter) = parameter.lower(cx, ephemeral);
                (store, Err(parameter))
            }
        };
        let mut then = now.clone();
        if let Some(next) = next {
            match &mut then {
                SecretStore::SecretsManager { stage, .. } => *stage = Some(next.value.clone()),
                SecretStore::ParameterStore { name } => {
                    name.0.push(Part::Literal(format!(":{}", next.value)));
                }
            }
        }
        let what = match (read, &then) {
            (Ok(secret), SecretStore::SecretsManager { stage, .. }) => LookupKind::SecretVersion {
                secret: Box::new(secret),
                stage: stage.clone(),
                ephemeral,
            },
            (Err(_), SecretStore::ParameterStore { name }) if next.is_some() => {
                LookupKind::SecureString {
                    parameter: name.clone(),
                    ephemeral,
                }
            }
            (Err(parameter), _) => LookupKind::SecureString {
                parameter,
                ephemeral,
            },
            (Ok(_), SecretStore::ParameterStore { .. }) => {
                unreachable!("a secret is in Secrets Manager")
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

    /// Whether its versions are told apart by number and not by label.
    pub fn counts_versions(&self) -> bool {
        matches!(self, Self::SecureString(_))
    }
}
