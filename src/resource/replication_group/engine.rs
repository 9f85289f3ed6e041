use std::fmt;

use crate::diagnostic::Place;
use crate::facts;
use crate::lower::Lowering;
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

    /// Whether AWS makes caches of it, as far as is known: there is no need to say more
    /// of a version that doesn't exist.
    pub(crate) fn can_be_made(&self) -> bool {
        self.fact().is_some_and(|fact| fact.create_allowed)
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

impl Engine {
    /// Whether AWS makes caches of this version.
    pub(super) fn check(&self, cx: &mut Lowering, place: &Place) {
        let engine = self;
        let (name, version) = (engine.name().as_str(), engine.version());
        match engine.fact() {
            Some(fact) if fact.create_allowed => {}
            Some(_) => cx.error(
                "engine-version",
                place,
                format!("{engine} can no longer be made"),
                creatable(name),
                "use a version that AWS still makes",
            ),
            None => {
                let parts: Vec<&str> = version.split('.').collect();
                let numbers = parts
                    .iter()
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
                let major_minor =
                    facts::engine_version(name, &parts[..parts.len().min(2)].join("."));
                if let (true, Some(known)) = (numbers && parts.len() > 2, major_minor) {
                    cx.error(
                        "engine-version",
                        place,
                        format!("{engine} names a patch, which AWS chooses itself"),
                        "major.minor",
                        format!("write {}", known.version),
                    );
                } else if numbers && parts.len() == 2 && newer_than_all(name, version) {
                    cx.warning(
                        "engine-version-unknown",
                        place,
                        format!(
                            "{engine} is newer than the versions known in {}; the family {} is a guess",
                            facts::READ,
                            engine.family()
                        ),
                        "check that the family is right",
                    );
                } else {
                    cx.error(
                        "engine-version",
                        place,
                        format!("{engine} doesn't exist"),
                        creatable(name),
                        "use one of the constants of Engine",
                    );
                }
            }
        }
    }
}

fn creatable(engine: &str) -> String {
    let versions: Vec<&str> = facts::engine_versions(engine).collect();
    format!(
        "{engine} {} (facts of {})",
        versions.join(", "),
        facts::READ
    )
}

fn newer_than_all(engine: &str, version: &str) -> bool {
    facts::engine_versions(engine).all(|known| older(known, version))
}
