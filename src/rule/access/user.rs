//! What a user of a cache may do, how it logs in, and where it belongs.

use super::acl::{self, Access};
use super::user_groups;
use crate::graph::{Kind, Value};
use crate::rule::{Check, Resource, cache};

/// How a user logs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Login {
    /// By the caller's rights in the account.
    Iam,
    /// By a password.
    Password,
    /// By its name alone.
    NoPassword,
}

/// The settings by which a user's passwords are given.
pub(super) const PASSWORDS: [&str; 3] =
    ["Passwords", "AuthenticationMode.Passwords", "passwords_wo"];

/// How a user logs in, where it is known.
pub(super) fn login(user: &Resource<'_>) -> Option<Login> {
    if !user.is_absent("AuthenticationMode.Type") {
        return match user.text("AuthenticationMode.Type")? {
            "iam" => Some(Login::Iam),
            "password" => Some(Login::Password),
            "no-password-required" => Some(Login::NoPassword),
            _ => None,
        };
    }
    if user.bool_or("NoPasswordRequired", false)? {
        return Some(Login::NoPassword);
    }
    PASSWORDS
        .iter()
        .any(|name| user.is_present(name))
        .then_some(Login::Password)
}

/// What a user may do, where its access string is known.
pub(super) fn access<'g>(user: &Resource<'g>) -> Option<Access<'g>> {
    user.text("AccessString").map(acl::read)
}

/// A user's engine in lower case.
pub(super) fn engine(user: &Resource<'_>) -> Option<String> {
    user.text("Engine").map(str::to_ascii_lowercase)
}

/// A member of a user group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member<'g> {
    /// The user that AWS makes in every account, which may do everything without a password.
    BuiltIn,
    /// A user in the same graph.
    User(Resource<'g>),
}

impl<'g> Member<'g> {
    /// The name by which it logs in, where it is known.
    pub(super) fn name(&self) -> Option<&'g str> {
        match self {
            Self::BuiltIn => Some("default"),
            Self::User(user) => user.text("UserName"),
        }
    }

    /// Both are one user.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::BuiltIn, Self::BuiltIn) => true,
            (Self::User(one), Self::User(other)) => std::ptr::eq(one.node, other.node),
            _ => false,
        }
    }
}

/// The members of a user group, each where it is known.
pub(super) fn members<'g>(
    check: &Check<'g>,
    group: &Resource<'g>,
) -> Option<Vec<Option<Member<'g>>>> {
    if group.is_absent("UserIds") {
        return Some(Vec::new());
    }
    let members = group.list("UserIds")?;
    Some(members.iter().map(|value| member(check, value)).collect())
}

fn member<'g>(check: &Check<'g>, value: &'g Value) -> Option<Member<'g>> {
    if let Some(user) = check.referred(value) {
        return (user.node.kind == Kind::User).then_some(Member::User(user));
    }
    let Value::Text(text) = value else {
        return None;
    };
    let id = text.literal()?;
    if id == "default" {
        return Some(Member::BuiltIn);
    }
    check
        .all(Kind::User)
        .into_iter()
        .find(|user| user.text("UserId") == Some(id))
        .map(Member::User)
}

/// The user groups of a cache that are in the same graph.
pub(super) fn groups<'g>(check: &Check<'g>, cache: &Resource<'g>) -> Vec<Resource<'g>> {
    let Some(setting) = cache.setting(user_groups(cache.node.kind)) else {
        return Vec::new();
    };
    let values = match setting.value() {
        Value::List(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    values
        .iter()
        .filter_map(|value| {
            if let Some(group) = check.referred(value) {
                return (group.node.kind == Kind::UserGroup).then_some(group);
            }
            let Value::Text(text) = value else {
                return None;
            };
            let id = text.literal()?;
            check
                .all(Kind::UserGroup)
                .into_iter()
                .find(|group| group.text("UserGroupId") == Some(id))
        })
        .collect()
}

/// The caches that a user can log in to.
pub(super) fn caches_of<'g>(check: &Check<'g>, user: &Resource<'g>) -> Vec<Resource<'g>> {
    super::caches(check)
        .into_iter()
        .filter(|cache| {
            groups(check, cache).iter().any(|group| {
                members(check, group).is_some_and(|members| {
                    let own = Member::User(*user);
                    members.iter().flatten().any(|member| member.is(&own))
                })
            })
        })
        .collect()
}

/// Whether a cache runs Redis OSS before a version.
pub(super) fn is_older(cache: &Resource<'_>, than: &str) -> bool {
    cache::engine(cache) == Some("redis")
        && cache::version(cache).is_some_and(|version| crate::value::older(version, than))
}
