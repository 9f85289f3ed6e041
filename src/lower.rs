//! What every part of a definition needs while it becomes a [`Graph`](crate::graph::Graph):
//! the environment's facts, and a place for what is wrong.

use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Entry, Input, Lookup, LookupKind, Node, Part, Reference, Removal, Value};
use crate::region::Region;
use crate::stage::Stage;
use crate::value::{At, Id, Word};

/// The words that no Terraform variable may be called.
const RESERVED: [&str; 8] = [
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "locals",
    "providers",
    "source",
    "version",
];

/// What a key encrypts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyUse {
    /// A cache and its snapshots.
    Cache,
    /// The value of a secret.
    Secret,
    /// A log group, by its name.
    LogGroup(String),
    /// What a topic is told.
    Topic,
}

/// Who publishes to a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TopicUse {
    /// CloudWatch, when an alarm goes off.
    Alarms,
    /// ElastiCache, when something happens to the cache.
    Events,
}

/// The state of one lowering.
pub(crate) struct Lowering {
    pub environment: String,
    pub stage: Stage,
    pub region: Region,
    pub diagnostics: Vec<Diagnostic>,
    pub inputs: Vec<Input>,
    pub lookups: Vec<Lookup>,
    /// How many ids had to be made up; each is another, or they would collide.
    pub unnamed: usize,
    /// The replication group's id, which other names are derived from.
    pub replication_group: String,
    /// What happens to the cache when it goes.
    pub cache_removal: Removal,
    /// The tags of everything that is made.
    pub tags: Vec<Entry>,
    /// Keys that are made, and their aliases.
    pub keys: Vec<Node>,
    /// What each key is used for, by its logical id: its policy has to allow that.
    pub key_uses: Vec<(String, KeyUse)>,
    /// Topics that are made, and who may publish to each: their policies have to allow that.
    pub topics: Vec<(Node, Vec<TopicUse>)>,
    /// What is made on the way, each after what it refers to.
    pub made: Vec<Node>,
}

impl Lowering {
    /// Takes note of a finding, and of the environment that it is about.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let environment = self.environment.clone();
        self.diagnostics.push(diagnostic.of(environment));
    }

    /// Reads a word; a refusal is reported with the word's place.
    pub fn word<W: Word>(&mut self, given: &At<String>) -> Option<W> {
        match W::parse(&given.value) {
            Ok(word) => Some(word),
            Err(refusal) => {
                let what = W::WHAT;
                self.report(
                    Diagnostic::error(
                        W::CODE,
                        format!("{what} {:?} {}", given.value, refusal.because),
                    )
                    .at(&given.place)
                    .allowed(refusal.allowed)
                    .help(refusal.help),
                );
                None
            }
        }
    }

    /// Reports what somebody said of a group that exists, and that would reach no output.
    pub fn lost(&mut self, what: &str, name: &str, lost: &[(&'static str, Place)]) {
        for (setting, place) in lost {
            self.error(
                "setting-lost",
                place,
                format!("the {setting} of {what} {name:?}, which exists and isn't changed here"),
                "the name of an existing group, and nothing else",
                "leave it out, or make a group of your own",
            );
        }
    }

    /// An id, or a stand-in that keeps the lowering going until everything is reported.
    pub fn id(&mut self, given: &At<String>) -> Id {
        self.word(given).unwrap_or_else(|| {
            self.unnamed += 1;
            Id::known(&format!("unnamed-{}", self.unnamed))
        })
    }

    /// A value that is only known at deployment. Asking twice for the same is asking once.
    pub fn input(&mut self, input: Input) -> Value {
        let id = input.id.clone();
        if !input.cloudformation_only && RESERVED.contains(&id.snake().as_str()) {
            self.error(
                "id",
                &input.place,
                format!(
                    "`{}` can't name a Terraform variable: Terraform keeps the word for itself",
                    id.as_str()
                ),
                format!("anything but {}", RESERVED.join(", ")),
                format!("say more: `{}-id`", id.as_str()),
            );
        }
        match self.inputs.iter().position(|known| known.id == id) {
            None => self.inputs.push(input),
            Some(at) => {
                let known = &self.inputs[at];
                if (known.kind, &known.default) != (input.kind, &input.default) {
                    let first = known.place.clone();
                    self.report(
                        Diagnostic::error(
                            "input-twice",
                            format!(
                                "`{}` is asked for twice, as two different things",
                                id.as_str()
                            ),
                        )
                        .at(&input.place)
                        .allowed("one kind of value and one default for each id")
                        .help(format!(
                            "give one of them another id; the first is at {first}"
                        )),
                    );
                } else if !input.cloudformation_only {
                    self.inputs[at].cloudformation_only = false;
                }
            }
        }
        Value::Reference(Reference::Input(id))
    }

    /// Something that exists and is read. Reading it twice is reading it once.
    pub fn lookup(&mut self, lookup: Lookup) {
        match self.lookups.iter().find(|known| known.id == lookup.id) {
            None => self.lookups.push(lookup),
            Some(known) if known.what == lookup.what => {}
            Some(known) => {
                let first = known.place.clone();
                self.report(
                    Diagnostic::error(
                        "lookup-twice",
                        format!("two things are looked up as `{}`", lookup.id.as_str()),
                    )
                    .at(&lookup.place)
                    .allowed("one thing for each id")
                    .help(format!(
                        "give one of them another id; the first is at {first}"
                    )),
                );
            }
        }
    }

    /// What happens to something without which a cache or its snapshot is lost, when it goes or
    /// is replaced: it stays where the cache or a snapshot of it does, unless the definition says
    /// otherwise. It knows no snapshot, so that is to stay as well. Says whether it stays.
    pub fn keep(&self, node: &mut Node, said: Option<&At<Removal>>) -> bool {
        let removal = match said.map_or(self.cache_removal, |at| at.value) {
            Removal::Snapshot => Removal::Retain,
            removal => removal,
        };
        node.removal = Some(removal);
        node.replacement = Some(removal);
        node.removal_place = said.map(|at| at.place.clone());
        node.prevent_destroy = removal != Removal::Delete;
        removal != Removal::Delete
    }

    /// The number of the account, as a part of a text.
    pub fn account_id(&mut self, place: &Place) -> Part {
        self.lookup(Lookup {
            id: Id::known("caller-identity"),
            what: LookupKind::CallerIdentity,
            place: place.clone(),
        });
        Part::AccountId
    }

    /// Reports an error at a place: the common case.
    pub fn error(
        &mut self,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
        allowed: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(
            Diagnostic::error(code, message)
                .at(place)
                .allowed(allowed)
                .help(help),
        );
    }

    /// Reports a warning at a place.
    pub fn warning(
        &mut self,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Diagnostic::warning(code, message).at(place).help(help));
    }
}
