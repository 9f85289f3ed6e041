//! What the readers of both languages share: values as they were read, each with its
//! place, and how they become the settings of a [`Node`].

pub mod json;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{
    Document, Entry, Graph, Kind, Language, MapShape, Node, Part, Property, Reference, Secret,
    Text, Value,
};
use crate::stage::Stage;
use crate::vocabulary::{self, Setting, Shape};

/// What a deployment would say, and what only the caller knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// Parameters or variables by name, with the text that was given for each.
    pub values: BTreeMap<String, GivenValue>,
    /// The region, where it is known.
    pub region: Option<String>,
    /// What it is for; what the file says of itself comes second.
    pub stage: Option<Stage>,
}

/// The value that was given for a parameter or a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenValue {
    /// A JSON value; CloudFormation's are texts.
    pub value: serde_json::Value,
    /// Where it is given.
    pub place: Place,
}

/// What came out of reading a template or a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it makes; nothing where it could not be read at all.
    pub graph: Option<Graph>,
    /// What there is to say about the text itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// The text could not be read at all.
    #[must_use]
    pub fn unreadable(diagnostic: Diagnostic) -> Self {
        Self {
            graph: None,
            diagnostics: vec![diagnostic],
        }
    }
}

/// A value as far as it can be known, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// What it is.
    pub data: Data,
    /// Where the file says it.
    pub place: Place,
    /// Where the value itself stands, when that is elsewhere: a parameter's default, a local.
    pub origin: Option<Place>,
    /// The parameters or variables whose values are in it.
    pub inputs: Vec<String>,
}

/// What a value is, after everything that can be computed was computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Nothing: as if the setting weren't there.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, in its shortest decimal form: what the language itself makes of it.
    Number(String),
    /// A text, maybe with parts that aren't known.
    Text(Text),
    /// Several values.
    List(Vec<Read>),
    /// Named values, in their order.
    Object(Vec<Member>),
    /// Something else's id or attribute.
    Reference(Reference),
    /// A part of a secret's value, by reference.
    Secret(Secret),
    /// What can't be known before it is deployed.
    Unknown,
}

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub place: Place,
    /// The value.
    pub value: Read,
}

impl Read {
    /// A value that stands where it is used.
    #[must_use]
    pub fn new(data: Data, place: Place) -> Self {
        Self {
            data,
            place,
            origin: None,
            inputs: Vec::new(),
        }
    }

    /// A text that is known in full: a number and a boolean are what they are written as.
    #[must_use]
    pub fn literal(&self) -> Option<Cow<'_, str>> {
        match &self.data {
            Data::Text(text) => text.literal().map(Cow::Borrowed),
            Data::Number(number) => Some(Cow::Borrowed(number)),
            Data::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            _ => None,
        }
    }
}

/// Gives a node the settings that were read, each under its names in both vocabularies. What the
/// vocabulary doesn't know is carried along under the name that it was read with.
pub fn fill(node: &mut Node, language: Language, members: Vec<Member>) {
    let mut reader = Reader {
        kind: node.kind,
        language,
        partial: false,
    };
    reader.members("", members, &mut node.properties);
    node.partial |= reader.partial;
}

/// A value that stands by itself, such as an output's.
#[must_use]
pub fn value(language: Language, read: &Read) -> Value {
    let mut reader = Reader {
        kind: Kind::Other,
        language,
        partial: false,
    };
    reader.anything(read)
}

struct Reader {
    kind: Kind,
    language: Language,
    partial: bool,
}

impl Reader {
    /// `prefix` ends with a dot or a slash where it isn't empty.
    fn members(&mut self, prefix: &str, members: Vec<Member>, into: &mut Vec<Property>) {
        for member in members {
            self.member(prefix, member, into);
        }
    }

    fn member(&mut self, prefix: &str, member: Member, into: &mut Vec<Property>) {
        if member.value.data == Data::Null {
            return;
        }
        let name = format!("{prefix}{}", member.name);
        if let Some(setting) = self.setting(&name, into) {
            let value = self.value(setting.shape, &name, &member.value);
            into.push(property(setting, prefix, &member, value));
            return;
        }
        let deeper = format!("{name}.");
        let is_deeper = vocabulary::settings(self.kind)
            .any(|setting| setting.name(self.language).starts_with(&deeper));
        if is_deeper {
            match member.value.data {
                Data::Object(members) => return self.members(&deeper, members, into),
                // a block that may stand once
                Data::List(mut blocks) if blocks.len() == 1 => {
                    if let Data::Object(members) = blocks.remove(0).data {
                        return self.members(&deeper, members, into);
                    }
                    self.partial = true;
                    return;
                }
                _ => {
                    self.partial = true;
                    return;
                }
            }
        }
        let value = self.anything(&member.value);
        let here = Cow::Owned(name.rsplit('/').next().unwrap_or(&name).to_owned());
        let (cloudformation, terraform) = match self.language {
            Language::CloudFormation => (Some(here), None),
            Language::Terraform => (None, Some(here)),
        };
        into.push(Property {
            cloudformation,
            terraform,
            value,
            paragraph: false,
            place: Some(member.value.place),
            origin: member.value.origin,
            inputs: member.value.inputs,
        });
    }

    /// Terraform has one word for two places that a log may go to.
    fn setting(&self, name: &str, beside: &[Property]) -> Option<&'static Setting> {
        let found = vocabulary::setting(self.kind, self.language, name)?;
        if self.language == Language::Terraform && name.ends_with("/destination") {
            let firehose = beside.iter().any(|property| {
                property.terraform.as_deref() == Some("destination_type")
                    && property.value == Value::text("kinesis-firehose")
            });
            if firehose {
                return vocabulary::settings(self.kind)
                    .filter(|setting| setting.terraform == name)
                    .nth(1);
            }
        }
        Some(found)
    }

    fn value(&mut self, shape: Shape, name: &str, read: &Read) -> Value {
        match (shape, &read.data) {
            (_, Data::Unknown | Data::Null) => Value::Unknown,
            (_, Data::Reference(reference)) => Value::Reference(reference.clone()),
            (_, Data::Secret(secret)) => Value::Secret(secret.clone()),
            (Shape::Text, _) => match read.literal() {
                Some(text) => Value::text(text),
                None => self.anything(read),
            },
            (Shape::Bool, _) => match read.literal().map(|text| text.to_ascii_lowercase()) {
                Some(text) if text == "true" => Value::Bool(true),
                Some(text) if text == "false" => Value::Bool(false),
                _ => self.anything(read),
            },
            (Shape::Integer, _) => match read.literal().and_then(|text| text.parse().ok()) {
                Some(number) => Value::Integer(number),
                None => self.anything(read),
            },
            (Shape::Number, _) => match read.literal().and_then(|text| text.parse().ok()) {
                Some(number) => Value::Number(number),
                None => self.anything(read),
            },
            (Shape::List, Data::List(items)) => Value::List(
                items
                    .iter()
                    .map(|item| self.value(Shape::Text, name, item))
                    .collect(),
            ),
            (Shape::Tags, _) => pairs(MapShape::Tags, ("Key", "Value"), read),
            (Shape::Dimensions, _) => pairs(MapShape::Dimensions, ("Name", "Value"), read),
            (Shape::Parameters, _) => pairs(MapShape::Parameters, ("name", "value"), read),
            (Shape::Objects, Data::List(items)) => {
                let mut objects = Vec::new();
                for item in items {
                    let Data::Object(members) = &item.data else {
                        return Value::Unknown;
                    };
                    let mut object = Vec::new();
                    let mut members = members.clone();
                    // what says which of two places a word names comes first
                    members.sort_by_key(|member| member.name != "destination_type");
                    self.members(&format!("{name}/"), members, &mut object);
                    objects.push(object);
                }
                Value::Objects(objects)
            }
            (Shape::Document, Data::Object(_)) => match document(read) {
                Some(document) => Value::Document(document),
                None => Value::Unknown,
            },
            (Shape::Json, Data::Object(_)) => match json_document(read) {
                Some(document) => Value::Json(document),
                None => Value::Unknown,
            },
            (Shape::Json, _) => match read.literal().and_then(|text| parse_json(&text)) {
                Some(document) => Value::Json(document),
                None => self.anything(read),
            },
            (Shape::List | Shape::Objects | Shape::Document, _) => self.anything(read),
        }
    }

    /// A value of a setting that nobody knows the shape of.
    fn anything(&mut self, read: &Read) -> Value {
        match &read.data {
            Data::Null | Data::Unknown => Value::Unknown,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(number) => match (number.parse(), number.parse()) {
                (Ok(integer), _) => Value::Integer(integer),
                (_, Ok(number)) => Value::Number(number),
                _ => Value::text(&**number),
            },
            Data::Text(text) => Value::Text(text.clone()),
            Data::List(items) => {
                Value::List(items.iter().map(|item| self.anything(item)).collect())
            }
            Data::Object(members) => {
                let mut object = Vec::new();
                for member in members {
                    let value = self.anything(&member.value);
                    let name = Some(Cow::Owned(member.name.clone()));
                    object.push(Property {
                        cloudformation: (self.language == Language::CloudFormation)
                            .then(|| name.clone())
                            .flatten(),
                        terraform: (self.language == Language::Terraform)
                            .then_some(name)
                            .flatten(),
                        value,
                        paragraph: false,
                        place: Some(member.place.clone()),
                        origin: member.value.origin.clone(),
                        inputs: member.value.inputs.clone(),
                    });
                }
                Value::Objects(vec![object])
            }
            Data::Reference(reference) => Value::Reference(reference.clone()),
            Data::Secret(secret) => Value::Secret(secret.clone()),
        }
    }
}

/// A document, as far as each piece of it is a text in the end.
fn document(read: &Read) -> Option<Document> {
    Some(match &read.data {
        Data::List(items) => Document::List(items.iter().map(document).collect::<Option<_>>()?),
        Data::Object(members) => Document::Object(
            members
                .iter()
                .map(|member| Some((member.name.clone().into(), document(&member.value)?)))
                .collect::<Option<_>>()?,
        ),
        Data::Null => return None,
        _ => Document::Text(entry_text(read)),
    })
}

/// A document whose numbers stay numbers.
fn json_document(read: &Read) -> Option<Document> {
    Some(match &read.data {
        Data::List(items) => {
            Document::List(items.iter().map(json_document).collect::<Option<_>>()?)
        }
        Data::Object(members) => Document::Object(
            members
                .iter()
                .map(|member| Some((member.name.clone().into(), json_document(&member.value)?)))
                .collect::<Option<_>>()?,
        ),
        Data::Bool(value) => Document::Bool(*value),
        Data::Number(number) => match number.parse() {
            Ok(integer) => Document::Integer(integer),
            Err(_) => Document::Number(number.parse().ok()?),
        },
        Data::Null => return None,
        _ => Document::Text(entry_text(read)),
    })
}

/// A document that stands in a text.
fn parse_json(text: &str) -> Option<Document> {
    fn document(value: serde_json::Value) -> Option<Document> {
        use serde_json::Value as Json;
        Some(match value {
            Json::Null => return None,
            Json::Bool(value) => Document::Bool(value),
            Json::Number(number) => match number.as_i64() {
                Some(integer) => Document::Integer(integer),
                None => Document::Number(number.as_f64()?),
            },
            Json::String(text) => Document::Text(text.into()),
            Json::Array(items) => {
                Document::List(items.into_iter().map(document).collect::<Option<_>>()?)
            }
            Json::Object(members) => Document::Object(
                members
                    .into_iter()
                    .map(|(name, member)| Some((name.into(), document(member)?)))
                    .collect::<Option<_>>()?,
            ),
        })
    }
    document(serde_json::from_str(text).ok()?)
}

/// A setting under its names, without what the objects around it are called.
fn property(setting: &'static Setting, prefix: &str, member: &Member, value: Value) -> Property {
    let short = |name: &'static str| {
        let name = if prefix.contains('/') {
            name.rsplit('/').next().unwrap_or(name)
        } else {
            name
        };
        (!name.is_empty()).then_some(Cow::Borrowed(name))
    };
    Property {
        cloudformation: short(setting.cloudformation),
        terraform: short(setting.terraform),
        value,
        paragraph: false,
        place: Some(member.value.place.clone()),
        origin: member.value.origin.clone(),
        inputs: member.value.inputs.clone(),
    }
}

/// Names that are data: a map, or a list of objects of a name and a text each.
fn pairs(shape: MapShape, (key, text): (&str, &str), read: &Read) -> Value {
    let mut entries = Vec::new();
    match &read.data {
        Data::Object(members) => {
            for member in members {
                entries.push(Entry {
                    name: member.name.clone(),
                    value: entry_text(&member.value),
                    place: Some(member.value.place.clone()),
                    name_place: Some(member.place.clone()),
                });
            }
        }
        Data::List(items) => {
            for item in items {
                let Data::Object(members) = &item.data else {
                    return Value::Unknown;
                };
                let find = |name: &str| members.iter().find(|member| member.name == name);
                let Some(name) = find(key).and_then(|member| member.value.literal()) else {
                    return Value::Unknown;
                };
                entries.push(Entry {
                    name: name.into_owned(),
                    value: find(text).map_or_else(unknown, |member| entry_text(&member.value)),
                    place: find(text).map(|member| member.value.place.clone()),
                    name_place: find(key).map(|member| member.value.place.clone()),
                });
            }
        }
        _ => return Value::Unknown,
    }
    Value::Map(shape, entries)
}

fn entry_text(read: &Read) -> Text {
    match (&read.data, read.literal()) {
        (Data::Text(text), _) => text.clone(),
        (_, Some(literal)) => Text::from(&*literal),
        (Data::Reference(reference), _) => Text(vec![Part::Reference(reference.clone())]),
        _ => unknown(),
    }
}

fn unknown() -> Text {
    Text(vec![Part::Unknown])
}
