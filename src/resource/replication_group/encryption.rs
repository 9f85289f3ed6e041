use super::Engine;
use crate::diagnostic::Place;
use crate::graph::{Node, Value};
use crate::lower::Lowering;
use crate::source::{KmsKey, SecretRef};
use crate::value::{At, Id};

/// Encryption in transit.
///
/// Access control exists only inside required TLS, and only one kind of it:
/// ```
/// use cachewright::prelude::*;
/// let tls = TransitEncryption::Required(Access::AuthToken(SecretRef::given()));
/// ```
/// ```compile_fail,E0618
/// use cachewright::prelude::*;
/// let tls = TransitEncryption::Preferred(Access::AuthToken(SecretRef::given())); // AUTH without required TLS
/// ```
/// ```compile_fail,E0618
/// use cachewright::prelude::*;
/// let tls = TransitEncryption::Disabled(Access::AuthToken(SecretRef::given())); // AUTH without TLS
/// ```
/// ```compile_fail,E0061
/// use cachewright::prelude::*;
/// let both = TransitEncryption::Required(
///     Access::AuthToken(SecretRef::given()),
///     Access::UserGroup(UserGroup::existing("apps")), // AUTH beside users
/// );
/// ```
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a definition holds a handful, for a moment"
)]
pub enum TransitEncryption {
    /// Clients speak in clear.
    Disabled,
    /// Clients may speak TLS or in clear: the step between disabled and required.
    Preferred,
    /// Clients must speak TLS, and may have to prove who they are.
    Required(Access),
}

/// How clients prove who they are.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a definition holds a handful, for a moment"
)]
pub enum Access {
    /// They don't: the security group is all there is.
    Open,
    /// By one token for all.
    AuthToken(SecretRef),
    /// By users of their own, with their own rights.
    UserGroup(UserGroup),
}

/// A user group that exists already.
#[derive(Clone, Debug)]
pub struct UserGroup {
    pub(crate) id: At<String>,
}

impl UserGroup {
    /// By its id: at most 40 characters.
    #[track_caller]
    #[must_use]
    pub fn existing(id: &str) -> Self {
        Self { id: At::here(id) }
    }
}

/// Encryption at rest. It can't be changed on a running cache: a change replaces it.
///
/// A key stands inside the encryption that it is for, and nowhere else:
/// ```
/// use cachewright::prelude::*;
/// let at_rest = AtRestEncryption::KmsKey(KmsKey::given());
/// ```
/// ```compile_fail,E0618
/// use cachewright::prelude::*;
/// let at_rest = AtRestEncryption::Disabled(KmsKey::given());
/// ```
#[derive(Clone, Debug)]
pub enum AtRestEncryption {
    /// Disks and snapshots are in clear.
    Disabled,
    /// With a key that AWS owns.
    AwsOwnedKey,
    /// With a key of the account's own.
    KmsKey(KmsKey),
}

impl AtRestEncryption {
    /// `at` is where the definition says it; nowhere for the default.
    pub(super) fn lower(&self, cx: &mut Lowering, node: &mut Node, at: Option<&Place>) {
        let on = !matches!(self, Self::Disabled);
        node.put("AtRestEncryptionEnabled", "at_rest_encryption_enabled", on)
            .from(at);
        if let Self::KmsKey(key) = self {
            node.put("KmsKeyId", "kms_key_id", key.lower(cx))
                .from(key.place());
        }
    }
}

impl TransitEncryption {
    /// `at` is where the definition says it; nowhere for the default.
    pub(super) fn lower(
        &self,
        cx: &mut Lowering,
        node: &mut Node,
        engine: &Engine,
        at: Option<&Place>,
    ) {
        let enabled = !matches!(self, Self::Disabled);
        node.put(
            "TransitEncryptionEnabled",
            "transit_encryption_enabled",
            enabled,
        )
        .from(at);
        let mode = ("TransitEncryptionMode", "transit_encryption_mode");
        match self {
            Self::Disabled => {}
            Self::Preferred => {
                node.put(mode.0, mode.1, "preferred").from(at);
            }
            Self::Required(access) => {
                if engine.has_tls_mode() {
                    node.put(mode.0, mode.1, "required").from(at);
                }
                access.lower(cx, node);
            }
        }
    }
}

impl Access {
    fn lower(&self, cx: &mut Lowering, node: &mut Node) {
        match self {
            Self::Open => {}
            Self::AuthToken(secret) => {
                let value = Value::Secret(secret.lower(cx, &Id::known("auth-token")));
                let place = secret.place();
                if let Some(version) = secret.write_only_version() {
                    node.put("AuthToken", "auth_token_wo", value).from(place);
                    node.put_tf("auth_token_wo_version", version).from(place);
                } else {
                    node.put("AuthToken", "auth_token", value).from(place);
                }
                let (strategy, place) = secret.strategy();
                node.put_tf("auth_token_update_strategy", strategy.as_str())
                    .from(place);
            }
            Self::UserGroup(group) => {
                node.put(
                    "UserGroupIds",
                    "user_group_ids",
                    Value::List(vec![Value::text(&*group.id.value)]),
                )
                .from(&group.id.place);
            }
        }
    }
}
