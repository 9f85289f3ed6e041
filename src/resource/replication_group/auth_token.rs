use crate::graph::{Node, Secret, Value};
use crate::lower::Lowering;
use crate::resource::credential::Credential;
use crate::resource::secret::GeneratedSecret;
use crate::source::{SecretRef, SecureString, check_part};
use crate::value::{At, Id, Names};

/// The one token that all clients of a cache log in with, and how far its rotation is.
///
/// A first token, and one that stays, is [`AuthToken::new`]: only it opens. A rotation is
/// another version of the same secret, and two deployments:
///
/// 1. put the next token into the secret as a version of its own, `AWSPENDING`;
/// 2. deploy [`AuthToken::rotating`]: the next token opens beside the one that opens now;
/// 3. make `AWSPENDING` the `AWSCURRENT` version, and let every client read it;
/// 4. deploy `AuthToken::new` again: only the new token opens.
///
/// `ROTATE` can't be said without the token that opens now, because with a first token it
/// would leave login without any token open:
///
/// ```
/// use cachewright::prelude::*;
/// let token = AuthToken::rotating(SecretRef::named("oms/prod/redis"), "AWSPENDING");
/// ```
/// ```compile_fail,E0061
/// use cachewright::prelude::*;
/// let token = AuthToken::rotating(SecretRef::named("oms/prod/redis")); // to which?
/// ```
///
/// CloudFormation has no word for `ROTATE`: in the second step its template keeps naming the
/// version that opens now, and the API is told by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthToken {
    token: Credential,
    next: Option<At<String>>,
    write_only: Option<At<u32>>,
}

/// Where an AUTH token is kept: a [`SecretRef`], a [`GeneratedSecret`] or a [`SecureString`].
#[derive(Clone, Debug, PartialEq)]
pub struct TokenSource(Credential);

impl From<SecretRef> for TokenSource {
    fn from(secret: SecretRef) -> Self {
        Self(Credential::Existing(secret))
    }
}

impl From<GeneratedSecret> for TokenSource {
    fn from(secret: GeneratedSecret) -> Self {
        Self(Credential::Generated(secret))
    }
}

impl From<SecureString> for TokenSource {
    fn from(parameter: SecureString) -> Self {
        Self(Credential::SecureString(parameter))
    }
}

impl AuthToken {
    /// Only this token opens: a first one, one that stays, and the last step of a rotation
    /// (`SET`).
    #[must_use]
    pub fn new(token: impl Into<TokenSource>) -> Self {
        Self {
            token: token.into().0,
            next: None,
            write_only: None,
        }
    }

    /// The next version of the token opens beside the one that opens now: the first step of
    /// a rotation (`ROTATE`). The version is a staging label of the secret, such as
    /// `AWSPENDING`, or the number of a [`SecureString`]'s.
    #[track_caller]
    #[must_use]
    pub fn rotating(now: impl Into<TokenSource>, next_version: &str) -> Self {
        Self {
            token: now.into().0,
            next: Some(At::here(next_version)),
            write_only: None,
        }
    }

    /// Terraform passes it through a write-only argument, so that it is in no state and no
    /// plan; raise `version` with every other token. Narrows the provider to the versions
    /// that have the argument.
    #[track_caller]
    #[must_use]
    pub fn write_only(mut self, version: u32) -> Self {
        self.write_only = Some(At::here(version));
        self
    }

    pub(super) fn names<'a>(&'a self, names: &mut Names<'a>) {
        self.token.names(names);
    }

    /// The secret whose value Terraform reads, where it can be an output.
    pub(super) fn lower(&self, cx: &mut Lowering, node: &mut Node) -> Secret {
        let id = Id::known("auth-token");
        let what = "the AUTH token";
        let ephemeral = self.write_only.is_some();
        let argument = if ephemeral {
            "auth_token_wo"
        } else {
            "auth_token"
        };
        if let Some(next) = &self.next {
            self.check_next(cx, next);
        }
        let (now, secret) = self
            .token
            .lower_rotating(cx, &id, what, ephemeral, self.next.as_ref());
        match &self.next {
            None => {
                node.put("AuthToken", argument, Value::Secret(now))
                    .from(self.token.place());
            }
            Some(next) => {
                node.put_cfn("AuthToken", Value::Secret(now))
                    .from(self.token.place());
                node.put_tf(argument, Value::Secret(secret.clone()))
                    .from(&next.place);
            }
        }
        if let Some(version) = &self.write_only {
            node.put_tf("auth_token_wo_version", version.value)
                .from(&version.place);
        }
        let strategy = if self.next.is_some() { "ROTATE" } else { "SET" };
        node.put_tf("auth_token_update_strategy", strategy)
            .from(self.next.as_ref().map(|at| &at.place));
        secret
    }

    fn check_next(&self, cx: &mut Lowering, next: &At<String>) {
        if self.token.is_at(&next.value) || next.value == "AWSPREVIOUS" {
            cx.error(
                "auth-token-rotation-order",
                &next.place,
                format!(
                    "a rotation to {:?}, which isn't the next version",
                    next.value
                ),
                "another version of the same secret",
                "put the next token into the secret, and name that version: AWSPENDING",
            );
        }
        match self.token.counts_versions() {
            None => check_part(cx, next),
            Some(now) => {
                let number = next.value.parse::<u32>().ok();
                let number = number.filter(|it| *it > 0 && it.to_string() == next.value);
                if number.is_none() {
                    cx.error(
                        "secret-part",
                        &next.place,
                        format!("{:?} is no version of a parameter", next.value),
                        "a number from 1",
                        "name the next token's version by its number",
                    );
                }
                // the newest one would be the next as soon as it is there
                if now.is_none() {
                    cx.error(
                        "auth-token-rotation-order",
                        self.token.place(),
                        "a rotation from whichever version of the parameter is the newest",
                        "the version that opens now, by its number",
                        "say `.version(…)` of the parameter, deploy that, and rotate from it",
                    );
                }
                if self.write_only.is_some() {
                    cx.error(
                        "auth-token-rotation-order",
                        &next.place,
                        "a rotation of a parameter that Terraform passes write-only",
                        "a secret in Secrets Manager, or an argument that isn't write-only",
                        "Terraform reads the newest version there, and no other",
                    );
                }
            }
        }
        // write-only arguments are counted from 1, and ROTATE is never the first
        if let Some(version) = &self.write_only
            && version.value < 2
        {
            cx.error(
                "auth-token-rotation-order",
                &version.place,
                format!(
                    "write-only version {} of a token that is rotated",
                    version.value
                ),
                "2 or more: the first token is handed over with SET",
                "raise the version with every other token",
            );
        }
    }
}
