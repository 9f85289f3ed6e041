//! The cache parameter group: the engine's settings.

use crate::diagnostic::Place;
use crate::facts::{self, Modifiable};
use crate::graph::{Entry, Kind, MapShape, Node, Value};
use crate::lower::Lowering;
use crate::value::{At, GroupName, older};

/// The engine's settings: AWS's default group, a group of the environment's own,
/// or one that exists already. The family follows from engine and version.
#[derive(Clone, Debug)]
pub struct ParameterGroup(Choice);

#[derive(Clone, Debug)]
enum Choice {
    Make {
        parameters: Vec<Entry>,
        /// The names of those that the tables needn't know.
        unlisted: Vec<String>,
        description: Option<At<String>>,
        place: Place,
    },
    Existing {
        name: At<String>,
        /// Where somebody wanted to change it.
        lost: Vec<(&'static str, Place)>,
    },
}

/// The value of a parameter: a whole number, a word, or yes and no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterValue(String);

impl From<&str> for ParameterValue {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<i64> for ParameterValue {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl From<bool> for ParameterValue {
    fn from(value: bool) -> Self {
        Self(if value { "yes" } else { "no" }.to_owned())
    }
}

/// What a parameter group needs to know of its cache.
pub(crate) struct Cache<'a> {
    pub family: &'a str,
    pub engine: &'a str,
    pub version: &'a str,
    pub cluster_mode: bool,
    pub data_tiering: bool,
    pub replication_group: &'a str,
}

impl ParameterGroup {
    /// A group without settings yet. As long as there are none, AWS's default group is used.
    #[track_caller]
    #[must_use]
    pub fn new() -> Self {
        Self(Choice::Make {
            parameters: Vec::new(),
            unlisted: Vec::new(),
            description: None,
            place: Place::here(),
        })
    }

    /// A group that exists already, by its name.
    #[track_caller]
    #[must_use]
    pub fn existing(name: &str) -> Self {
        Self(Choice::Existing {
            name: At::here(name),
            lost: Vec::new(),
        })
    }

    /// Sets a parameter: `.set("maxmemory-policy", "volatile-lru")`, `.set("timeout", 300)`.
    /// Setting one again replaces it, so that an environment can differ from what is shared.
    /// Setting one of AWS's default groups makes a group of one's own, since those can't change.
    #[track_caller]
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<ParameterValue>) -> Self {
        let entry = Entry::here(name, &value.into().0);
        match &mut self.0 {
            Choice::Make { parameters, .. } => {
                match parameters.iter_mut().find(|known| known.name == name) {
                    Some(known) => *known = entry,
                    None => parameters.push(entry),
                }
            }
            // AWS's own groups can't be changed: tuning one makes a group of one's own
            Choice::Existing { name, .. } if name.value.starts_with("default.") => {
                self.0 = Choice::Make {
                    parameters: vec![entry],
                    unlisted: Vec::new(),
                    description: None,
                    place: Place::here(),
                };
            }
            Choice::Existing { lost, .. } => lost.push(("parameter", Place::here())),
        }
        self
    }

    /// Sets a parameter that this crate's tables don't know yet: a warning says how old
    /// they are, and nothing is checked.
    #[track_caller]
    #[must_use]
    pub fn set_unlisted(mut self, name: &str, value: impl Into<ParameterValue>) -> Self {
        if let Choice::Make { unlisted, .. } = &mut self.0 {
            unlisted.push(name.to_owned());
        }
        self.set(name, value)
    }

    /// The group's description. Terraform can't change it later: another description is
    /// another group, which can't have the same name.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, given: &str) -> Self {
        match &mut self.0 {
            Choice::Make { description, .. } => *description = Some(At::here(given)),
            Choice::Existing { lost, .. } => lost.push(("description", Place::here())),
        }
        self
    }

    /// The group's name, as a value for the replication group, where it is said, and
    /// the node where one is made.
    pub(crate) fn lower(
        &self,
        cx: &mut Lowering,
        cache: &Cache<'_>,
        tags: &[Entry],
    ) -> (Value, Option<Place>, Option<Node>) {
        let family = cache.family;
        match &self.0 {
            Choice::Existing { name, lost } => {
                check_existing(cx, name, cache);
                cx.lost("parameter group", &name.value, lost);
                (Value::text(&*name.value), Some(name.place.clone()), None)
            }
            Choice::Make {
                parameters,
                description,
                ..
            } if parameters.is_empty() => {
                if let Some(description) = description {
                    cx.error(
                        "group-description",
                        &description.place,
                        "a description of a parameter group that isn't made: nothing is set",
                        "a description together with parameters",
                        "set a parameter, or leave the description out",
                    );
                }
                let suffix = if cache.cluster_mode {
                    ".cluster.on"
                } else {
                    ""
                };
                (Value::text(format!("default.{family}{suffix}")), None, None)
            }
            Choice::Make {
                parameters,
                unlisted,
                description,
                place,
            } => {
                let mut node = Node::new(Kind::ParameterGroup, "ParameterGroup", "this", place);
                cx.description("group-description", description.as_ref());
                // a new family is a new group, so its name has to differ
                node.put_tf(
                    "name",
                    format!("{}-{}", cache.replication_group, family.replace('.', "-")),
                );
                node.put("CacheParameterGroupFamily", "family", family);
                node.put(
                    "Description",
                    "description",
                    description.as_ref().map_or_else(
                        || format!("Parameters of {}", cache.replication_group),
                        |at| at.value.clone(),
                    ),
                )
                .from(description.as_ref().map(|at| &at.place));
                let mut settings = Vec::with_capacity(parameters.len() + 1);
                let said = parameters.iter().any(|p| p.name == "cluster-enabled");
                if cache.cluster_mode && !said {
                    settings.push(Entry {
                        name: "cluster-enabled".into(),
                        value: "yes".into(),
                        place: None,
                    });
                }
                for parameter in parameters {
                    let place = parameter.place.as_ref().unwrap_or(place);
                    let known = facts::parameter(family, &parameter.name).is_some();
                    if unlisted.contains(&parameter.name) && !known {
                        cx.warning(
                            "parameter-unlisted",
                            place,
                            format!(
                                "parameter {:?} is not among those of {family} known in {}",
                                parameter.name,
                                facts::READ
                            ),
                            "check name and value; nothing about it can be checked here",
                        );
                    } else {
                        let value = parameter.value.literal().unwrap_or_default();
                        check(cx, cache, &parameter.name, value, place);
                    }
                    settings.push(parameter.clone());
                }
                node.put(
                    "Properties",
                    "parameter",
                    Value::Map(MapShape::Parameters, settings),
                )
                .from(place);
                node.put_tags(tags);
                node.create_before_destroy = true;
                (
                    node.attribute(None, "name"),
                    Some(place.clone()),
                    Some(node),
                )
            }
        }
    }
}

impl Default for ParameterGroup {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

fn check_existing(cx: &mut Lowering, name: &At<String>, cache: &Cache<'_>) {
    let family = cache.family;
    let suffix = if cache.cluster_mode {
        ".cluster.on"
    } else {
        ""
    };
    let right = format!("default.{family}{suffix}");
    if name.value.starts_with("default.") {
        if name.value != right {
            cx.error(
                "parameter-group-family",
                &name.place,
                format!("parameter group {:?} doesn't fit {} {}", name.value, cache.engine, cache.version),
                right,
                "leave the parameter group out: the default follows from engine, version and cluster mode",
            );
        }
    } else {
        cx.word::<GroupName>(name);
    }
}

fn check(cx: &mut Lowering, cache: &Cache<'_>, name: &str, value: &str, place: &Place) {
    let family = cache.family;
    let mut known = facts::family_parameters(family).peekable();
    if known.peek().is_none() {
        // a family newer than the tables has said so already, with its version
        return;
    }
    let Some(fact) = facts::parameter(family, name) else {
        let help = match elsewhere(name) {
            Some(help) => help.to_owned(),
            None => nearest(name, known.map(|fact| fact.parameter.as_str())).map_or_else(
                || format!("look it up among the parameters of {family}"),
                |near| format!("did you mean {near:?}?"),
            ),
        };
        cx.error(
            "parameter-unknown",
            place,
            format!("{name:?} isn't a parameter of the family {family}"),
            format!("the parameters of {family} (facts of {})", facts::READ),
            help,
        );
        return;
    };
    if fact.modifiable == Modifiable::No {
        let help = elsewhere(name).unwrap_or("leave it out");
        cx.error(
            "parameter-fixed",
            place,
            format!("parameter {name:?} can't be changed in ElastiCache"),
            match fact.default.as_str() {
                "" => "the value that AWS sets".to_owned(),
                fixed => format!("{fixed}, as AWS sets it"),
            },
            help,
        );
        return;
    }
    if !fact.min_engine_version.is_empty() && older(cache.version, &fact.min_engine_version) {
        cx.error(
            "parameter-version",
            place,
            format!(
                "parameter {name:?} came with version {}, and the engine is {} {}",
                fact.min_engine_version, cache.engine, cache.version
            ),
            format!("version {} or later", fact.min_engine_version),
            "leave it out, or raise the engine version",
        );
    }
    let allowed = fact.allowed();
    if !allowed.admits(fact.kind, value) {
        cx.error(
            "parameter-value",
            place,
            format!("parameter {name:?} doesn't take {value:?}"),
            format!(
                "{allowed} (default {})",
                if fact.default.is_empty() {
                    "empty"
                } else {
                    &fact.default
                }
            ),
            "use one of the allowed values",
        );
    }
    if name == "maxmemory-policy" && cache.data_tiering && !TIERING_POLICIES.contains(&value) {
        cx.error(
            "parameter-value",
            place,
            format!("parameter {name:?} doesn't take {value:?} with data tiering"),
            TIERING_POLICIES.join(", "),
            "use one of the allowed values, or a node type without data tiering",
        );
    }
    if name == "cluster-enabled" && (value == "yes") != cache.cluster_mode {
        cx.error(
            "parameter-cluster-enabled",
            place,
            format!(
                "`cluster-enabled` is {value:?}, and the topology has cluster mode {}",
                if cache.cluster_mode { "on" } else { "off" }
            ),
            if cache.cluster_mode { "yes" } else { "no" },
            "leave it out: it follows from the topology",
        );
    }
}

/// The policies that AWS allows with data tiering; user guide, read 2026-11.
const TIERING_POLICIES: [&str; 5] = [
    "volatile-lru",
    "allkeys-lru",
    "volatile-lfu",
    "allkeys-lfu",
    "noeviction",
];

/// What a directive of redis.conf is in ElastiCache.
fn elsewhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "requirepass" | "masterauth" | "masteruser" => {
            "a password is an AUTH token: TransitEncryption::Required(Access::AuthToken(…))"
        }
        "maxmemory" => {
            "memory follows from the node type; reserved-memory-percent sets some of it apart"
        }
        "save" | "appendonly" | "appendfsync" | "dir" | "dbfilename" | "rdbcompression" => {
            "ElastiCache keeps data by snapshots: .snapshots(Snapshots::daily(…))"
        }
        "port" | "bind" | "protected-mode" => {
            "the port is .port(…); who may connect is the security group"
        }
        "tls-port" | "tls-cert-file" | "tls-key-file" => "TLS is TransitEncryption::Required(…)",
        "replicaof" | "slaveof" => "replicas are Topology::replicated(…)",
        "user" | "aclfile" => "users are Access::UserGroup(…)",
        _ => return None,
    })
}

/// The known name closest to a mistyped one, where one is close.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let ratio = f64::from(similar::TextDiff::from_chars(name, candidate).ratio());
        if ratio >= 0.7 && best.is_none_or(|(most, _)| ratio > most) {
            best = Some((ratio, candidate));
        }
    }
    best.map(|(_, name)| name)
}
