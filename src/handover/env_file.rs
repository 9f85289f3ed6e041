//! The env file of the applications: where the cache is, how to reach it, and where the secret is
//! kept, never the secret.

use askama::Template;

use super::cache::{Access, Cache, Tls, Topology};
use super::quote::EnvValue;
use super::render;
use super::secret::Secret;
use crate::client_settings::ClientSettings;

/// What stands for the address until the cache is there.
pub(super) const ENDPOINT: &str = "REQUIRED-endpoint";
/// What stands for the address of the replicas.
pub(super) const READER_ENDPOINT: &str = "REQUIRED-reader-endpoint";
/// What stands for the scheme, where the primary of a global datastore decides.
pub(super) const SCHEME: &str = "REQUIRED-scheme";
/// What stands for whether there is TLS, there.
pub(super) const SSL: &str = "REQUIRED-ssl";

#[derive(Template)]
#[template(path = "handover/cache.env.example", escape = "none")]
struct EnvFile<'a> {
    environment: &'a str,
    url: String,
    endpoint: &'static str,
    reader_endpoint: Option<&'static str>,
    port: i64,
    ssl: &'static str,
    preferred: bool,
    sharded: bool,
    compatible: bool,
    secondary: bool,
    login: Login,
    /// Who else may log in.
    others: Vec<&'a str>,
    max_connections: u16,
    min_idle_connections: u16,
    socket_timeout: u16,
    connect_timeout: u16,
}

/// How an application logs in.
pub(super) enum Login {
    Open,
    Secret {
        user: Option<EnvValue>,
        secret: Secret,
    },
    Iam {
        user: EnvValue,
        cache: String,
        region: EnvValue,
    },
    /// As one of the users of a group that is made elsewhere.
    Unknown,
}

impl Login {
    /// As the one who may log in, or as the first of several.
    pub fn of(cache: &Cache<'_>) -> Self {
        match &cache.access {
            Access::Open => Self::Open,
            Access::Token(store) => Self::Secret {
                user: None,
                secret: Secret::of(cache, store),
            },
            Access::Users(users) => match users.first() {
                None => Self::Unknown,
                Some(user) => match user.password {
                    Some(store) => Self::Secret {
                        user: Some(EnvValue(user.name.to_owned())),
                        secret: Secret::of(cache, store),
                    },
                    None => Self::Iam {
                        user: EnvValue(user.name.to_owned()),
                        cache: cache.id.to_ascii_lowercase(),
                        region: EnvValue(cache.region.to_owned()),
                    },
                },
            },
        }
    }

    /// Who logs in, where that isn't everybody.
    pub fn user(&self) -> Option<String> {
        match self {
            Self::Open | Self::Secret { user: None, .. } => None,
            Self::Secret {
                user: Some(user), ..
            }
            | Self::Iam { user, .. } => Some(user.to_string()),
            Self::Unknown => Some("REQUIRED-user-name".to_owned()),
        }
    }

    /// The secret's id, as a value.
    pub fn secret_id(&self) -> Option<EnvValue> {
        match self {
            Self::Secret { secret, .. } => Some(EnvValue(match &secret.version {
                Some(version) => format!("{}:{version}", secret.id),
                None => secret.id.clone(),
            })),
            _ => None,
        }
    }
}

pub(super) fn contents(cache: &Cache<'_>, client: &ClientSettings) -> String {
    let login = Login::of(cache);
    let (scheme, ssl) = match cache.tls {
        None => (SCHEME, SSL),
        Some(Tls::Off) => ("redis", "false"),
        Some(Tls::Preferred | Tls::Required) => ("rediss", "true"),
    };
    // a user's name isn't a secret; a password has no place in an address
    let user = login
        .user()
        .map_or_else(String::new, |user| format!("{}@", percent(&user)));
    let [
        max_connections,
        min_idle_connections,
        socket_timeout,
        connect_timeout,
    ] = client.numbers();
    render(&EnvFile {
        environment: &cache.graph.environment,
        url: format!("{scheme}://{user}{ENDPOINT}:{}/0", cache.port),
        endpoint: ENDPOINT,
        reader_endpoint: (cache.has_replicas() && !cache.is_sharded()).then_some(READER_ENDPOINT),
        port: cache.port,
        ssl,
        preferred: cache.tls == Some(Tls::Preferred),
        sharded: cache.is_sharded(),
        compatible: matches!(
            cache.topology,
            Topology::Replicated {
                compatible: true,
                ..
            }
        ),
        secondary: cache.secondary,
        others: match &cache.access {
            Access::Users(users) => users.iter().skip(1).map(|user| user.id).collect(),
            _ => Vec::new(),
        },
        login,
        max_connections,
        min_idle_connections,
        socket_timeout,
        connect_timeout,
    })
}

/// As the part of an address before the `@`.
fn percent(text: &str) -> String {
    let mut all = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            all.push(char::from(byte));
        } else {
            all.push_str(&format!("%{byte:02X}"));
        }
    }
    all
}
