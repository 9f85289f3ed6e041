//! The user group of a cache: everybody who may log in.

use super::user::User;
use crate::diagnostic::Place;
use crate::graph::{Kind, Node, Value};
use crate::lower::Lowering;
use crate::value::{At, Names};

/// A user group, made or used.
///
/// A group for Redis OSS needs a user named `default`, which is who a client is that gives no
/// name. Unless told otherwise one is made that can't log in and may do nothing,
/// `<group>-default`; a group for Valkey needs none.
#[derive(Clone, Debug)]
pub struct UserGroup(Choice);

#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a definition holds a handful, for a moment"
)]
enum Choice {
    Make {
        id: At<String>,
        users: Vec<User>,
        default: Option<User>,
    },
    Existing {
        id: At<String>,
        /// Where somebody wanted to change it.
        lost: Vec<(&'static str, Place)>,
    },
}

/// What a cache and its outputs have to know of its users.
pub(crate) struct LoweredGroup {
    /// The group's id, to refer to.
    pub id: Value,
    /// Where the definition says it.
    pub place: Place,
    /// The ids of those who log in by IAM.
    pub iam: Vec<String>,
    /// The ids of those who may; nothing where nobody knows who is in it.
    pub existing: Option<Vec<String>>,
}

impl UserGroup {
    /// A group of that id (at most 40 characters), with nobody in it yet.
    #[track_caller]
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(Choice::Make {
            id: At::here(id),
            users: Vec::new(),
            default: None,
        })
    }

    /// A group that exists already, by its id: at most 40 characters.
    #[track_caller]
    #[must_use]
    pub fn existing(id: &str) -> Self {
        Self(Choice::Existing {
            id: At::here(id),
            lost: Vec::new(),
        })
    }

    /// Lets a user log in. An existing group keeps its own.
    #[track_caller]
    #[must_use]
    pub fn user(mut self, user: impl Into<User>) -> Self {
        match &mut self.0 {
            Choice::Make { users, .. } => users.push(user.into()),
            Choice::Existing { lost, .. } => lost.push(("users", Place::here())),
        }
        self
    }

    /// The user named `default`, in place of one that can't log in.
    #[track_caller]
    #[must_use]
    pub fn default_user(mut self, user: impl Into<User>) -> Self {
        match &mut self.0 {
            Choice::Make { default, .. } => *default = Some(user.into()),
            Choice::Existing { lost, .. } => lost.push(("default user", Place::here())),
        }
        self
    }

    /// What is made under a name that nobody else may have.
    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        if let Choice::Make { id, users, default } = &self.0 {
            names.push(("user group", id));
            for user in users.iter().chain(default) {
                user.names(names);
            }
        }
    }

    /// The group for a cache of that engine; what is made is made.
    pub(crate) fn lower(&self, cx: &mut Lowering, engine: &str) -> LoweredGroup {
        match &self.0 {
            Choice::Existing { id, lost } => {
                cx.lost("user group", &id.value, lost);
                LoweredGroup {
                    id: Value::text(&*id.value),
                    place: id.place.clone(),
                    iam: Vec::new(),
                    existing: None,
                }
            }
            Choice::Make { id, users, default } => {
                let mut members: Vec<_> = users.iter().map(|user| user.lower(cx, engine)).collect();
                let has_default = members.iter().any(|member| member.is_default == Some(true));
                let default = match default {
                    Some(user) => Some(user.lower(cx, engine)),
                    None if engine == "redis" && !has_default => {
                        let off = User::off(format!("{}-default", id.value), &id.place);
                        Some(off.lower(cx, engine))
                    }
                    None => None,
                };
                if let Some(default) = default {
                    members.insert(0, default);
                }
                let mut node = Node::new(Kind::UserGroup, "UserGroup", "this", &id.place);
                node.put("UserGroupId", "user_group_id", &*id.value)
                    .from(&id.place);
                node.put("Engine", "engine", engine);
                let iam = members.iter().filter_map(|member| member.iam.clone());
                let iam = iam.collect();
                let existing = members.iter().filter_map(|member| member.existing.clone());
                let existing = Some(existing.collect());
                let ids = members.into_iter().map(|member| member.id).collect();
                node.put("UserIds", "user_ids", Value::List(ids))
                    .from(&id.place);
                let tags = cx.tags.clone();
                node.put_tags(&tags);
                let group = LoweredGroup {
                    id: node.attribute(None, "user_group_id"),
                    place: id.place.clone(),
                    iam,
                    existing,
                };
                cx.made.push(node);
                group
            }
        }
    }
}
