//! The cache parameter group: the engine's settings.

use crate::diagnostic::Place;
use crate::facts::{self, Modifiable};
use crate::graph::{Entry, Kind, MapShape, Node, Value};
use crate::lower::Lowering;
use crate::value::{At, SubnetGroupName, older};

/// The engine's settings: AWS's default group, a group of the environment's own,
/// or one that exists already. The family follows from engine and version.
#[derive(Clone, Debug)]
pub struct ParameterGroup(Choice);

#[derive(Clone, Debug)]
enum Choice {
    Make {
        parameters: Vec<Entry>,
        description: Option<At<String>>,
        place: Place,
    },
    Existing(At<String>),
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

/// What the engine needs to know of its cache to choose and check a group.
pub(crate) struct Engine<'a> {
    pub family: &'a str,
    pub engine: &'a str,
    pub version: &'a str,
    pub cluster_mode: bool,
    pub replication_group: &'a str,
}

impl ParameterGroup {
    /// A group without settings yet. As long as there are none, AWS's default group is used.
    #[track_caller]
    #[must_use]
    pub fn new() -> Self {
        Self(Choice::Make {
            parameters: Vec::new(),
            description: None,
            place: Place::here(),
        })
    }

    /// A group that exists already, by its name.
    #[track_caller]
    #[must_use]
    pub fn existing(name: &str) -> Self {
        Self(Choice::Existing(At::here(name)))
    }

    /// Sets a parameter: `.set("maxmemory-policy", "volatile-lru")`, `.set("timeout", 300)`.
    /// Setting one again replaces it, so that an environment can differ from what is shared.
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
            // a group that exists is somebody else's: a group of the environment's own begins
            Choice::Existing(_) => {
                self.0 = Choice::Make {
                    parameters: vec![entry],
                    description: None,
                    place: Place::here(),
                };
            }
        }
        self
    }

    /// The group's description.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, given: &str) -> Self {
        if let Choice::Make { description, .. } = &mut self.0 {
            *description = Some(At::here(given));
        }
        self
    }

    /// The group's name, as a value for the replication group, where it is said, and
    /// the node where one is made.
    pub(crate) fn lower(
        &self,
        cx: &mut Lowering,
        engine: &Engine<'_>,
        tags: &[Entry],
    ) -> (Value, Option<Place>, Option<Node>) {
        let family = engine.family;
        match &self.0 {
            Choice::Existing(name) => {
                check_existing(cx, name, engine);
                (Value::text(&*name.value), Some(name.place.clone()), None)
            }
            Choice::Make { parameters, .. } if parameters.is_empty() => {
                let suffix = if engine.cluster_mode {
                    ".cluster.on"
                } else {
                    ""
                };
                (Value::text(format!("default.{family}{suffix}")), None, None)
            }
            Choice::Make {
                parameters,
                description,
                place,
            } => {
                let mut node = Node::new(Kind::ParameterGroup, "ParameterGroup", "this", place);
                cx.description("group-description", description.as_ref());
                // a new family is a new group, so its name has to differ
                node.put_tf(
                    "name",
                    format!("{}-{}", engine.replication_group, family.replace('.', "-")),
                );
                node.put("CacheParameterGroupFamily", "family", family);
                node.put(
                    "Description",
                    "description",
                    description.as_ref().map_or_else(
                        || format!("Parameters of {}", engine.replication_group),
                        |at| at.value.clone(),
                    ),
                )
                .from(description.as_ref().map(|at| &at.place));
                let mut settings = Vec::with_capacity(parameters.len() + 1);
                let said = parameters.iter().any(|p| p.name == "cluster-enabled");
                if engine.cluster_mode && !said {
                    settings.push(Entry {
                        name: "cluster-enabled".into(),
                        value: "yes".into(),
                        place: None,
                    });
                }
                for parameter in parameters {
                    let place = parameter.place.as_ref().unwrap_or(place);
                    check(cx, engine, &parameter.name, &parameter.value, place);
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

fn check_existing(cx: &mut Lowering, name: &At<String>, engine: &Engine<'_>) {
    let family = engine.family;
    let suffix = if engine.cluster_mode {
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
                format!("parameter group {:?} doesn't fit {} {}", name.value, engine.engine, engine.version),
                right,
                "leave the parameter group out: the default follows from engine, version and cluster mode",
            );
        }
    } else {
        cx.word::<SubnetGroupName>(name);
    }
}

fn check(cx: &mut Lowering, engine: &Engine<'_>, name: &str, value: &str, place: &Place) {
    let family = engine.family;
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
    if !fact.min_engine_version.is_empty() && older(engine.version, &fact.min_engine_version) {
        cx.error(
            "parameter-version",
            place,
            format!(
                "parameter {name:?} came with version {}, and the engine is {} {}",
                fact.min_engine_version, engine.engine, engine.version
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
    if name == "cluster-enabled" && (value == "yes") != engine.cluster_mode {
        cx.error(
            "parameter-cluster-enabled",
            place,
            format!(
                "`cluster-enabled` is {value:?}, and the topology has cluster mode {}",
                if engine.cluster_mode { "on" } else { "off" }
            ),
            if engine.cluster_mode { "yes" } else { "no" },
            "leave it out: it follows from the topology",
        );
    }
}

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
