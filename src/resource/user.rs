//! Users of a cache: who may log in, how, and what for.

use crate::diagnostic::Place;
use crate::graph::{Kind, Node, Value};
use crate::lower::Lowering;
use crate::resource::credential::Credential;
use crate::resource::secret::GeneratedSecret;
use crate::source::SecretRef;
use crate::value::{At, Id, Names};

/// Somebody who may log in to a cache, by IAM or by a password; one that is made, or one
/// that exists already.
///
/// What a user may do is an access string: rules of the engine's access control lists,
/// separated by blanks, such as `on ~orders:* -@all +@read +@write`. None holds a password:
/// `>password` is refused.
///
/// A password belongs to a user that logs in by one, and nowhere else; nobody logs in by
/// nothing:
/// ```
/// use cachewright::prelude::*;
/// let orders = User::iam("oms-orders", "on ~order:* -@all +@read +@write");
/// let admin = User::password("oms-admin", "on ~* +@all", SecretRef::named("oms/admin").json_key("password"));
/// ```
/// ```compile_fail,E0599
/// use cachewright::prelude::*;
/// let orders = User::iam("oms-orders", "on ~* +@read").and_password(SecretRef::named("oms/orders"));
/// ```
/// ```compile_fail,E0061
/// use cachewright::prelude::*;
/// let orders = User::password("oms-orders", "on ~* +@read"); // by which password?
/// ```
#[derive(Clone, Debug)]
pub struct User(Choice);

#[derive(Clone, Debug)]
enum Choice {
    Iam {
        id: At<String>,
        access: At<String>,
    },
    Password(PasswordUser),
    /// Nobody: a `default` user that is turned off.
    Off {
        id: String,
        place: Place,
    },
    Existing(At<String>),
}

/// A user that logs in by a password.
#[derive(Clone, Debug)]
pub struct PasswordUser {
    id: At<String>,
    name: Option<At<String>>,
    access: At<String>,
    passwords: Vec<Credential>,
    write_only: Option<At<u32>>,
}

/// Where a user's password is kept: a [`SecretRef`] or a [`GeneratedSecret`].
#[derive(Clone, Debug)]
pub struct Password(Credential);

impl From<SecretRef> for Password {
    fn from(secret: SecretRef) -> Self {
        Self(Credential::Existing(secret))
    }
}

impl From<GeneratedSecret> for Password {
    fn from(secret: GeneratedSecret) -> Self {
        Self(Credential::Generated(secret))
    }
}

impl User {
    /// A user that logs in by the rights of its role. Its name is its id, in lower case, as
    /// IAM wants it.
    #[track_caller]
    #[must_use]
    pub fn iam(id: &str, access_string: &str) -> Self {
        Self(Choice::Iam {
            id: At::here(id),
            access: At::here(access_string),
        })
    }

    /// A user that logs in by a password.
    #[track_caller]
    #[must_use]
    pub fn password(id: &str, access_string: &str, password: impl Into<Password>) -> PasswordUser {
        PasswordUser {
            id: At::here(id),
            name: None,
            access: At::here(access_string),
            passwords: vec![password.into().0],
            write_only: None,
        }
    }

    /// A user that exists already, by its id.
    #[track_caller]
    #[must_use]
    pub fn existing(id: &str) -> Self {
        Self(Choice::Existing(At::here(id)))
    }

    /// The user named `default` whom a group needs, who can't log in and may do nothing.
    pub(super) fn off(id: String, place: &Place) -> Self {
        Self(Choice::Off {
            id,
            place: place.clone(),
        })
    }
}

impl From<PasswordUser> for User {
    fn from(user: PasswordUser) -> Self {
        Self(Choice::Password(user))
    }
}

impl PasswordUser {
    /// The name that it logs in with; its id unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(At::here(name));
        self
    }

    /// A second password that opens beside the first one: the middle of a rotation.
    #[must_use]
    pub fn and_password(mut self, password: impl Into<Password>) -> Self {
        self.passwords.push(password.into().0);
        self
    }

    /// Terraform passes its password through a write-only argument, so that it is in no
    /// state and no plan; raise `version` with every other password. Narrows the provider to
    /// the versions that have the argument, which takes one password.
    #[track_caller]
    #[must_use]
    pub fn write_only(mut self, version: u32) -> Self {
        self.write_only = Some(At::here(version));
        self
    }
}

/// What a group has to know of its members.
pub(crate) struct Member {
    /// The user's id, to refer to.
    pub id: Value,
    /// The id of one that logs in by IAM.
    pub iam: Option<String>,
    /// The id of one that exists already, of whom nobody knows how it logs in.
    pub existing: Option<String>,
    /// It has the name `default`; nothing where it exists already.
    pub is_default: Option<bool>,
}

impl User {
    pub(super) fn names<'a>(&'a self, names: &mut Names<'a>) {
        match &self.0 {
            Choice::Iam { id, .. } => names.push(("user", id)),
            Choice::Password(user) => {
                names.push(("user", &user.id));
                for password in &user.passwords {
                    password.names(names);
                }
            }
            // the group's own name is in the first, and nobody makes the second
            Choice::Off { .. } | Choice::Existing(_) => {}
        }
    }

    /// The user for a group of that engine; what is made is made.
    pub(super) fn lower(&self, cx: &mut Lowering, engine: &str) -> Member {
        match &self.0 {
            Choice::Existing(id) => Member {
                id: Value::text(&*id.value),
                iam: None,
                existing: Some(id.value.clone()),
                is_default: None,
            },
            Choice::Iam { id, access } => {
                let mut node = node(id);
                put_identity(&mut node, id, &id.value, Some(&id.place), engine);
                node.put("AccessString", "access_string", &*access.value)
                    .from(&access.place);
                put_mode(&mut node, "iam", &id.place);
                Member {
                    iam: Some(id.value.clone()),
                    ..made(cx, node, &id.value)
                }
            }
            Choice::Off { id, place } => {
                let id = At {
                    value: id.clone(),
                    place: place.clone(),
                };
                let mut node = node(&id);
                put_identity(&mut node, &id, "default", None, engine);
                node.put("AccessString", "access_string", "off -@all");
                // the API takes one word for the mode and answers with another
                node.put("NoPasswordRequired", "no_password_required", true)
                    .from(place);
                made(cx, node, "default")
            }
            Choice::Password(user) => user.lower(cx, engine),
        }
    }
}

impl PasswordUser {
    fn lower(&self, cx: &mut Lowering, engine: &str) -> Member {
        let mut node = node(&self.id);
        let name = self.name.as_ref().unwrap_or(&self.id);
        put_identity(&mut node, &self.id, &name.value, Some(&name.place), engine);
        node.put("AccessString", "access_string", &*self.access.value)
            .from(&self.access.place);
        let label = Id::of_words(&self.id.value).snake().replace('_', "-");
        let what = format!("the password of {}", self.id.value);
        let ephemeral = self.write_only.is_some();
        let passwords: Vec<Value> = self
            .passwords
            .iter()
            .enumerate()
            .map(|(i, password)| {
                let id = match i {
                    0 => format!("{label}-password"),
                    1 => format!("{label}-second-password"),
                    more => format!("{label}-password-{}", more + 1),
                };
                Value::Secret(password.lower(cx, &Id::of_words(&id), &what, ephemeral))
            })
            .collect();
        let place = self.passwords[0].place();
        if let Some(version) = &self.write_only {
            if let Some(second) = self.passwords.get(1) {
                cx.error(
                    "user-passwords-write-only",
                    second.place(),
                    format!("a second password of {:?}, whose password is write-only", self.id.value),
                    "one password: the argument takes no more",
                    "rotate by raising the write-only version, or leave `.write_only(…)` out while there are two",
                );
            }
            node.put_cfn("AuthenticationMode.Type", "password")
                .from(place);
            let first = passwords[0].clone();
            node.put_cfn("AuthenticationMode.Passwords", Value::List(passwords))
                .from(place);
            node.put_tf("passwords_wo", first).from(place);
            node.put_tf("passwords_wo_version", version.value)
                .from(&version.place);
        } else {
            put_mode(&mut node, "password", place);
            node.put(
                "AuthenticationMode.Passwords",
                "authentication_mode.passwords",
                Value::List(passwords),
            )
            .from(place);
        }
        made(cx, node, &name.value)
    }
}

fn node(id: &At<String>) -> Node {
    // what can't be an id of ElastiCache's is a rule's to refuse
    let words = Id::of_words(&id.value);
    Node::new(
        Kind::User,
        &format!("{}User", words.logical()),
        &words.snake(),
        &id.place,
    )
}

fn put_identity(node: &mut Node, id: &At<String>, name: &str, at: Option<&Place>, engine: &str) {
    node.put("UserId", "user_id", &*id.value).from(&id.place);
    node.put("UserName", "user_name", name).from(at);
    node.put("Engine", "engine", engine);
}

fn put_mode(node: &mut Node, mode: &str, place: &Place) {
    node.put("AuthenticationMode.Type", "authentication_mode.type", mode)
        .from(place);
}

fn made(cx: &mut Lowering, mut node: Node, name: &str) -> Member {
    let tags = cx.tags.clone();
    node.put_tags(&tags);
    let member = Member {
        id: node.attribute(None, "user_id"),
        iam: None,
        existing: None,
        is_default: Some(name == "default"),
    };
    cx.made.push(node);
    member
}
