use std::fmt;

use crate::facts;
use crate::value::older;

/// The engine, by the name that AWS gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EngineName {
    /// Redis OSS.
    Redis,
    /// Valkey.
    Valkey,
}

impl EngineName {
    /// The API's word: `redis` or `valkey`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Redis => "redis",
            Self::Valkey => "valkey",
        }
    }
}

/// An engine and its version, as one: `Engine::REDIS_7_1`, `Engine::VALKEY_8_0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Engine {
    name: EngineName,
    version: std::borrow::Cow<'static, str>,
}

include!(concat!(env!("OUT_DIR"), "/engines.rs"));

impl Engine {
    const fn fixed(name: EngineName, version: &'static str) -> Self {
        Self {
            name,
            version: std::borrow::Cow::Borrowed(version),
        }
    }

    /// A version of Redis OSS that this crate doesn't know yet.
    #[must_use]
    pub fn redis(version: impl Into<String>) -> Self {
        Self {
            name: EngineName::Redis,
            version: version.into().into(),
        }
    }

    /// A version of Valkey that this crate doesn't know yet.
    #[must_use]
    pub fn valkey(version: impl Into<String>) -> Self {
        Self {
            name: EngineName::Valkey,
            version: version.into().into(),
        }
    }

    /// The engine's name.
    #[must_use]
    pub fn name(&self) -> EngineName {
        self.name
    }

    /// The version, e.g. `7.1`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The facts about this version, where they are known.
    pub(crate) fn fact(&self) -> Option<&'static facts::EngineVersionFact> {
        facts::engine_version(self.name.as_str(), &self.version)
    }

    /// Whether encryption in transit has a mode, or is only on or off.
    pub(crate) fn has_tls_mode(&self) -> bool {
        self.fact().map_or_else(
            || self.name == EngineName::Valkey || !older(&self.version, "7.0"),
            |fact| fact.tls_preferred,
        )
    }

    /// The parameter group family: from the facts, or from how families have been
    /// named so far (`redis7`, `valkey8`: engine and major version).
    #[must_use]
    pub fn family(&self) -> String {
        self.fact().map_or_else(
            || {
                let major = self.version.split('.').next().unwrap_or_default();
                format!("{}{major}", self.name.as_str())
            },
            |fact| fact.family.clone(),
        )
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name.as_str(), self.version)
    }
}
