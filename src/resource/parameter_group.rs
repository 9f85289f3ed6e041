//! The cache parameter group: the engine's settings.

use crate::diagnostic::Place;
use crate::facts;
use crate::graph::{Entry, Kind, MapShape, Node, Value};
use crate::lower::Lowering;
use crate::value::At;
use crate::vocabulary;

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
                        name_place: None,
                    });
                }
                for parameter in parameters {
                    if facts::parameter(family, &parameter.name).is_none() {
                        let place = parameter.place.as_ref().unwrap_or(place);
                        let is_unlisted = unlisted.contains(&parameter.name);
                        unknown(cx, family, &parameter.name, is_unlisted, place);
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

/// A parameter that the tables don't have for the family. Only a definition says of one
/// that they needn't.
fn unknown(cx: &mut Lowering, family: &str, name: &str, is_unlisted: bool, place: &Place) {
    if is_unlisted {
        cx.warning(
            "parameter-unlisted",
            place,
            format!(
                "parameter {name:?} is not among those of {family} known in {}",
                facts::READ
            ),
            "check name and value; nothing about it can be checked here",
        );
        return;
    }
    let mut known = facts::family_parameters(family).peekable();
    if known.peek().is_none() {
        // a family newer than the tables has said so already, with its version
        return;
    }
    let word = |name| vocabulary::in_definition(name).unwrap_or(name);
    let help = match facts::directive(name) {
        Some(directive) => directive.help(word).into_owned(),
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
