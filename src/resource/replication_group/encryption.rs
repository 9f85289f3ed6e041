use crate::source::{KmsKey, SecretRef};
use crate::value::At;

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
/// A key without encryption can't be said:
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
