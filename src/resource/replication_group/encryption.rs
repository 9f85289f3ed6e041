use super::{AuthToken, Engine};
use crate::diagnostic::Place;
use crate::graph::{Node, Secret, Value};
use crate::lower::{KeyUse, Lowering};
use crate::resource::kms_key::KmsKey;
use crate::resource::user_group::{LoweredGroup, UserGroup};

/// Encryption in transit.
///
/// A running cache goes from plain to TLS in two deployments, each a state of its definition:
/// `Disabled`, `Preferred` while clients move over, `Required`. AWS refuses to go straight.
///
/// Access control exists only inside required TLS, and only one kind of it:
/// ```
/// use cachewright::prelude::*;
/// let tls = TransitEncryption::Required(Access::AuthToken(AuthToken::new(SecretRef::given())));
/// ```
/// ```compile_fail,E0618
/// use cachewright::prelude::*;
/// let tls = TransitEncryption::Preferred(Access::AuthToken(AuthToken::new(SecretRef::given()))); // AUTH without required TLS
/// ```
/// ```compile_fail,E0618
/// use cachewright::prelude::*;
/// let tls = TransitEncryption::Disabled(Access::AuthToken(AuthToken::new(SecretRef::given()))); // AUTH without TLS
/// ```
/// ```compile_fail,E0061
/// use cachewright::prelude::*;
/// let both = TransitEncryption::Required(
///     Access::AuthToken(AuthToken::new(SecretRef::given())),
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
pub enum Access {
    /// They don't: the security group is all there is.
    Open,
    /// By one token for all.
    AuthToken(AuthToken),
    /// By users of their own, with their own rights.
    UserGroup(UserGroup),
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
            node.put("KmsKeyId", "kms_key_id", key.lower(cx, KeyUse::Cache))
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
    ) -> Option<LoweredAccess> {
        let enabled = !matches!(self, Self::Disabled);
        node.put(
            "TransitEncryptionEnabled",
            "transit_encryption_enabled",
            enabled,
        )
        .from(at);
        let mode = ("TransitEncryptionMode", "transit_encryption_mode");
        match self {
            Self::Disabled => None,
            Self::Preferred => {
                node.put(mode.0, mode.1, "preferred").from(at);
                None
            }
            Self::Required(access) => {
                if engine.has_tls_mode() {
                    node.put(mode.0, mode.1, "required").from(at);
                }
                access.lower(cx, node, engine)
            }
        }
    }
}

/// What outputs may say of who may log in.
pub(crate) enum LoweredAccess {
    /// One token for all.
    AuthToken(Secret),
    /// Users of their own.
    Users(LoweredGroup),
}

impl Access {
    fn lower(&self, cx: &mut Lowering, node: &mut Node, engine: &Engine) -> Option<LoweredAccess> {
        match self {
            Self::Open => None,
            Self::AuthToken(token) => Some(LoweredAccess::AuthToken(token.lower(cx, node))),
            Self::UserGroup(group) => {
                let group = group.lower(cx, engine.name().as_str());
                let ids = Value::List(vec![group.id.clone()]);
                node.put("UserGroupIds", "user_group_ids", ids)
                    .from(&group.place);
                Some(LoweredAccess::Users(group))
            }
        }
    }
}
