//! CloudFormation's functions, as far as what they come to can be known.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::parameters::Parameter;
use super::text::{Piece, Whole, pieces, whole};
use super::tree::{Mark, Member, Tree, What, is_loop, number};
use crate::diagnostic::{Diagnostic, Level};
use crate::graph::{Attribute, Kind, Lookup, LookupKind, Part, Reference, Text};
use crate::read::{Data, Member as Named, Read};
use crate::region::Region;
use crate::value::Id;

/// How much all values may come to together.
const FUEL: u64 = 400_000;
/// So many bytes of text weigh as much as one value.
const BYTES: usize = 64;

/// The functions of the section Rules.
const RULES: [&str; 6] = [
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
    "Fn::RefAll",
    "Fn::ValueOf",
    "Fn::ValueOfAll",
];

/// Values by mapping and by two keys; a mapping whose keys can't all be seen has no entry.
pub(super) type Mappings<'t> = HashMap<&'t str, HashMap<&'t str, HashMap<&'t str, &'t Tree>>>;

/// A resource, as far as others refer to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub kind: Kind,
    /// Whether it is there, by its condition.
    pub exists: Option<bool>,
}

/// Everything that functions refer to.
pub(super) struct Evaluator<'t> {
    pub file: &'t str,
    pub region: Option<&'t str>,
    pub parameters: BTreeMap<&'t str, Parameter>,
    pub mappings: Mappings<'t>,
    pub conditions: HashMap<&'t str, Option<bool>>,
    pub resources: HashMap<&'t str, Known>,
    pub findings: RefCell<Vec<Diagnostic>>,
    pub lookups: RefCell<IndexMap<Id, Lookup>>,
    /// A macro of somebody's own may know functions of its own.
    pub has_macro: bool,
    /// The resource that is being read.
    pub subject: Cell<Option<&'t str>>,
    /// Something in an object couldn't be seen.
    pub partial: Cell<bool>,
    fuel: Cell<u64>,
}

impl<'t> Evaluator<'t> {
    pub fn new(file: &'t str, region: Option<&'t str>) -> Self {
        Self {
            file,
            region,
            parameters: BTreeMap::new(),
            mappings: HashMap::new(),
            conditions: HashMap::new(),
            resources: HashMap::new(),
            findings: RefCell::default(),
            lookups: RefCell::default(),
            has_macro: false,
            subject: Cell::new(None),
            partial: Cell::new(false),
            fuel: Cell::new(FUEL),
        }
    }

    /// Whether values came to more than can be held; they are unknown then.
    pub fn is_exhausted(&self) -> bool {
        self.fuel.get() == 0
    }

    /// Whether there is still room for so many values and bytes of text.
    pub fn spend(&self, values: usize, bytes: usize) -> bool {
        let weight = (values + bytes / BYTES) as u64;
        let left = self.fuel.get().saturating_sub(weight);
        self.fuel.set(left);
        left > 0
    }

    pub fn report(&self, mut finding: Diagnostic) {
        finding.resource = self.subject.get().map(str::to_owned);
        self.findings.borrow_mut().push(finding);
    }

    fn read(&self, data: Data, mark: Mark) -> Read {
        Read::new(data, mark.place(self.file))
    }

    fn unknown(&self, mark: Mark) -> Read {
        self.read(Data::Unknown, mark)
    }

    /// A function that is given what it can't take.
    pub fn wrong(&self, mark: Mark, message: impl Into<String>, allowed: &str) -> Read {
        self.report(
            Diagnostic::error("template-function", message)
                .at(&mark.place(self.file))
                .allowed(allowed)
                .help("see the function's description for what it takes"),
        );
        self.unknown(mark)
    }

    /// What a value comes to.
    pub fn value(&self, tree: &Tree) -> Read {
        if !self.spend(1, 0) {
            return self.unknown(tree.mark);
        }
        match &tree.what {
            What::Null => self.read(Data::Null, tree.mark),
            What::Bool(value, _) => self.read(Data::Bool(*value), tree.mark),
            What::Number(written) => {
                self.read(Data::Number(number(written).into_owned()), tree.mark)
            }
            What::Text(text) => {
                self.spend(0, text.len());
                self.text(vec![Part::Literal(text.clone())], tree.mark, &[])
            }
            What::List(items) => self.list(items, tree.mark),
            What::Object(members) => match tree.function() {
                Some((name, argument)) => self.call(name, argument, tree.mark),
                None => self.object(members, tree.mark),
            },
        }
    }

    fn list(&self, items: &[Tree], mark: Mark) -> Read {
        let mut reads = Vec::with_capacity(items.len());
        for item in items {
            let read = self.value(item);
            match read.data {
                Data::Null => {}
                Data::Unknown if self.may_be_nothing(item) => return self.unknown(mark),
                _ => reads.push(read),
            }
        }
        self.read(Data::List(reads), mark)
    }

    /// Whether it is only known at deployment that a value is there at all.
    fn may_be_nothing(&self, tree: &Tree) -> bool {
        match tree.function() {
            Some(("Ref", name)) => name.text() == Some("AWS::NoValue"),
            Some(("Fn::If", arguments)) => arguments
                .items()
                .is_some_and(|items| items.iter().skip(1).any(|item| self.may_be_nothing(item))),
            _ => false,
        }
    }

    fn object(&self, members: &[Member], mark: Mark) -> Read {
        let members = self.members(members);
        self.read(Data::Object(members), mark)
    }

    /// What named values come to. What can't be seen leaves its mark in `partial`.
    pub fn members<'m>(&self, members: impl IntoIterator<Item = &'m Member>) -> Vec<Named> {
        let mut reads = Vec::new();
        for member in members {
            if member.name == "Fn::Transform" || is_loop(&member.name) {
                self.partial.set(true);
                continue;
            }
            reads.push(Named {
                name: member.name.clone(),
                place: member.mark.place(self.file),
                value: self.value(&member.value),
            });
        }
        reads
    }

    /// What parts of a text come to, which were read from `sources`.
    fn text(&self, parts: Vec<Part>, mark: Mark, sources: &[&Read]) -> Read {
        let data = match whole(parts) {
            Whole::Secret(secret) => Data::Secret(secret),
            Whole::Text(text) => match text.0.as_slice() {
                [Part::Unknown] => Data::Unknown,
                [Part::Input(id)] => Data::Reference(Reference::Input(id.clone())),
                [Part::Reference(reference)] => Data::Reference(reference.clone()),
                _ => Data::Text(text),
            },
        };
        let read = self.read(data, mark);
        through(read, sources)
    }

    fn call(&self, name: &str, argument: &Tree, mark: Mark) -> Read {
        match name {
            "Ref" => match argument.name() {
                Some(name) => self.reference(name, mark),
                None if argument.function().is_none() => {
                    let message = format!("Ref is given {}", argument.noun());
                    self.wrong(
                        argument.mark,
                        message,
                        "the name of a parameter or a resource",
                    )
                }
                // AWS::LanguageExtensions: the name may be computed
                None => {
                    let read = self.value(argument);
                    match read.literal() {
                        Some(name) => self.reference(&name, mark),
                        None => self.unknown(mark),
                    }
                }
            },
            "Fn::GetAtt" => self.attribute(argument, mark),
            "Fn::Sub" => self.substitute(argument, mark),
            "Fn::Join" => self.join(argument, mark),
            "Fn::Split" => self.split(argument, mark),
            "Fn::Select" => self.select(argument, mark),
            "Fn::FindInMap" => self.find_in_map(argument, mark),
            "Fn::If" => self.choose(argument, mark),
            "Fn::ImportValue" => self.import(argument, mark),
            "Fn::Length" => {
                let list = self.value(argument);
                match &list.data {
                    Data::List(items) => {
                        let length = Data::Number(items.len().to_string());
                        through(self.read(length, mark), &[&list])
                    }
                    _ => self.unknown(mark),
                }
            }
            "Fn::ToJsonString" => {
                let read = self.value(argument);
                match json(&read) {
                    Some(value) => {
                        let text = value.to_string();
                        self.spend(0, text.len());
                        let data = Data::Text(Text::from(text));
                        through(self.read(data, mark), &[&read])
                    }
                    None => self.unknown(mark),
                }
            }
            "Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals" => match self.holds(name, argument) {
                Some(value) => self.read(Data::Bool(value), mark),
                None => self.unknown(mark),
            },
            "Fn::Base64" | "Fn::Cidr" | "Fn::GetAZs" => {
                // what is wrong inside is said all the same
                self.value(argument);
                self.unknown(mark)
            }
            "Fn::Transform" => {
                self.partial.set(true);
                self.unknown(mark)
            }
            _ => {
                if !self.has_macro && !RULES.contains(&name) {
                    self.report(
                        Diagnostic::warning(
                            "template-function",
                            format!("{name} isn't a function that is known here"),
                        )
                        .at(&mark.place(self.file))
                        .allowed("CloudFormation's functions, as of November 2026")
                        .help("correct its name, if it isn't a new one"),
                    );
                }
                self.unknown(mark)
            }
        }
    }

    /// What a name refers to, as `Ref` says it.
    fn reference(&self, name: &str, mark: Mark) -> Read {
        if let Some(pseudo) = name.strip_prefix("AWS::") {
            return self.pseudo(pseudo, mark);
        }
        if let Some(parameter) = self.parameters.get(name) {
            let inputs = vec![name.to_owned()];
            let Some(value) = &parameter.value else {
                let id = Id::foreign(name);
                return Read {
                    inputs,
                    ..self.read(Data::Reference(Reference::Input(id)), mark)
                };
            };
            let here = mark.place(self.file);
            self.spend(1, value.text.len());
            let single = |text: &str| {
                if parameter.is_number {
                    Data::Number(number(text).into_owned())
                } else {
                    match whole(vec![Part::Literal(text.to_owned())]) {
                        Whole::Text(text) if text.0 == [Part::Unknown] => Data::Unknown,
                        Whole::Text(text) => Data::Text(text),
                        Whole::Secret(secret) => Data::Secret(secret),
                    }
                }
            };
            let item = |text: &str| Read {
                data: single(text),
                place: here.clone(),
                origin: Some(value.place.clone()),
                inputs: inputs.clone(),
            };
            if parameter.is_list {
                if !self.spend(value.text.matches(',').count(), 0) {
                    return self.unknown(mark);
                }
                let items: Vec<Read> = value
                    .text
                    .split(',')
                    .map(|text| item(text.trim()))
                    .collect();
                return Read {
                    data: Data::List(items),
                    ..item("")
                };
            }
            return item(&value.text);
        }
        self.of_resource(name, None, mark)
    }

    fn of_resource(&self, name: &str, attribute: Option<&str>, mark: Mark) -> Read {
        match self.resources.get(name) {
            Some(Known { kind, exists }) if *exists != Some(false) => {
                let reference = Reference::Node {
                    kind: *kind,
                    logical_id: name.to_owned(),
                    label: name.to_owned(),
                    attribute: Attribute {
                        cloudformation: attribute.map(|name| Cow::Owned(name.to_owned())),
                        terraform: Cow::Borrowed(terraform(*kind, attribute)),
                    },
                };
                self.read(Data::Reference(reference), mark)
            }
            _ => self.unknown(mark),
        }
    }

    fn pseudo(&self, name: &str, mark: Mark) -> Read {
        let literal = |text: &str| self.read(Data::Text(Text::from(text)), mark);
        match (name, self.region) {
            ("NoValue", _) => self.read(Data::Null, mark),
            ("StackName", _) => self.read(Data::Text(Text(vec![Part::StackName])), mark),
            ("AccountId", _) => self.read(Data::Text(Text(vec![Part::AccountId])), mark),
            ("Region", Some(region)) => literal(region),
            ("Partition", Some(region)) => literal(Region::named(region).partition()),
            _ => self.unknown(mark),
        }
    }

    /// `Fn::GetAtt`: a list of two names, or both in one text.
    fn attribute(&self, argument: &Tree, mark: Mark) -> Read {
        if let Some((resource, attribute)) = argument.text().and_then(|text| text.split_once('.')) {
            return self.of_resource(resource, Some(attribute), mark);
        }
        match argument.items() {
            Some([resource, attribute]) => {
                let (resource, attribute) = (self.value(resource), self.value(attribute));
                match (resource.literal(), attribute.literal()) {
                    (Some(resource), Some(attribute)) => {
                        self.of_resource(&resource, Some(&attribute), mark)
                    }
                    _ => self.unknown(mark),
                }
            }
            // `[Stack, Outputs, Name]` is tolerated
            Some([resource, rest @ ..]) if rest.len() > 1 => {
                let rest: Option<Vec<&str>> = rest.iter().map(Tree::text).collect();
                match (resource.text(), rest) {
                    (Some(resource), Some(rest)) => {
                        self.of_resource(resource, Some(&rest.join(".")), mark)
                    }
                    _ => self.unknown(mark),
                }
            }
            _ => self.wrong(
                argument.mark,
                format!("Fn::GetAtt is given {}", argument.noun()),
                "a logical id and an attribute",
            ),
        }
    }

    fn substitute(&self, argument: &Tree, mark: Mark) -> Read {
        let nothing = Vec::new();
        let (template, own) = match &argument.what {
            What::List(items) => match items.as_slice() {
                [template, own] => match (template.text(), own.members()) {
                    (Some(text), Some(own)) => (Cow::Borrowed(text), own),
                    _ => return self.not_substitutable(argument, mark),
                },
                _ => return self.not_substitutable(argument, mark),
            },
            _ => match argument.scalar() {
                Some(text) => (text, &nothing[..]),
                None => return self.not_substitutable(argument, mark),
            },
        };
        let mut parts = Vec::new();
        let mut sources = Vec::new();
        let own: HashMap<&str, &Tree> = own
            .iter()
            .map(|member| (&*member.name, &member.value))
            .collect();
        let mut own_values: HashMap<&str, Read> = HashMap::new();
        let pieces = pieces(&template);
        let alone = pieces.len() == 1;
        for piece in pieces {
            let name = match piece {
                Piece::Literal(text) => {
                    parts.push(Part::Literal(text.to_owned()));
                    continue;
                }
                Piece::Kept(text) => {
                    parts.push(Part::Literal(format!("${{{text}}}")));
                    continue;
                }
                Piece::Name(name) => name,
            };
            let read = match own.get(name) {
                Some(tree) => own_values
                    .entry(name)
                    .or_insert_with(|| self.value(tree))
                    .clone(),
                None => match name.split_once('.') {
                    Some((resource, attribute)) => {
                        self.of_resource(resource, Some(attribute), mark)
                    }
                    None => self.reference(name, mark),
                },
            };
            let (values, bytes) = weight(&read);
            if !self.spend(values, bytes) {
                return self.unknown(mark);
            }
            if alone && !matches!(read.data, Data::Null | Data::List(_) | Data::Object(_)) {
                return Read {
                    place: mark.place(self.file),
                    ..as_text(read)
                };
            }
            parts.extend(parts_of(&read));
            sources.push(read);
        }
        let sources: Vec<&Read> = sources.iter().collect();
        self.text(parts, mark, &sources)
    }

    fn not_substitutable(&self, argument: &Tree, mark: Mark) -> Read {
        if argument.function().is_some() {
            // computed, as AWS::LanguageExtensions may allow
            return self.unknown(mark);
        }
        let message = format!("Fn::Sub is given {}", argument.noun());
        let allowed = "a text, or a list of a text and an object";
        self.wrong(argument.mark, message, allowed)
    }

    fn join(&self, argument: &Tree, mark: Mark) -> Read {
        let Some([delimiter, list]) = argument.items() else {
            let message = format!("Fn::Join is given {}", argument.noun());
            return self.wrong(argument.mark, message, "a list of a delimiter and a list");
        };
        let delimiter = self.value(delimiter);
        let Some(delimiter) = delimiter.literal() else {
            return self.unknown(mark);
        };
        let list = self.value(list);
        let Data::List(items) = &list.data else {
            return through(self.unknown(mark), &[&list]);
        };
        let mut parts = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                parts.push(Part::Literal(delimiter.clone().into_owned()));
            }
            let (values, bytes) = weight(item);
            if !self.spend(values, bytes + delimiter.len()) {
                return self.unknown(mark);
            }
            parts.extend(parts_of(item));
        }
        let mut sources: Vec<&Read> = items.iter().collect();
        sources.push(&list);
        self.text(parts, mark, &sources)
    }

    fn split(&self, argument: &Tree, mark: Mark) -> Read {
        let Some([delimiter, text]) = argument.items() else {
            let message = format!("Fn::Split is given {}", argument.noun());
            return self.wrong(argument.mark, message, "a list of a delimiter and a text");
        };
        let delimiter = self.value(delimiter);
        let text = self.value(text);
        match (delimiter.literal(), &text.data) {
            (Some(delimiter), Data::Reference(Reference::Lookup { id, .. })) => {
                let split = Reference::Lookup {
                    id: id.clone(),
                    split: true,
                };
                match &*delimiter {
                    "," => through(self.read(Data::Reference(split), mark), &[&text]),
                    _ => self.unknown(mark),
                }
            }
            (Some(delimiter), _) if delimiter.is_empty() => self.wrong(
                argument.mark,
                "Fn::Split is given an empty delimiter",
                "a delimiter of at least one character",
            ),
            (Some(delimiter), _) => match text.literal() {
                Some(literal) => {
                    let count = literal.matches(&*delimiter).count();
                    if !self.spend(count, literal.len()) {
                        return self.unknown(mark);
                    }
                    let items: Vec<Read> = literal
                        .split(&*delimiter)
                        .map(|item| {
                            let data = Data::Text(Text::from(item));
                            through(self.read(data, mark), &[&text])
                        })
                        .collect();
                    through(self.read(Data::List(items), mark), &[&text])
                }
                None => through(self.unknown(mark), &[&text]),
            },
            (None, _) => self.unknown(mark),
        }
    }

    fn select(&self, argument: &Tree, mark: Mark) -> Read {
        let Some([index, list]) = argument.items() else {
            let message = format!("Fn::Select is given {}", argument.noun());
            return self.wrong(argument.mark, message, "a list of an index and a list");
        };
        let at = index.mark;
        let (index, list) = (self.value(index), self.value(list));
        let (Some(index), Data::List(items)) = (index.literal(), &list.data) else {
            return through(self.unknown(mark), &[&list]);
        };
        let found = index.parse().ok().and_then(|at: usize| items.get(at));
        match found {
            Some(found) => Read {
                place: mark.place(self.file),
                ..found.clone()
            },
            None => {
                let message = format!("there is no item {index} in a list of {}", items.len());
                let mut finding = Diagnostic::error("template-function", message)
                    .at(&at.place(self.file))
                    .from(list.origin.as_ref())
                    .allowed("an index from 0 that is within the list")
                    .help("correct the index, or make the list longer");
                finding.level = certain(&[&list]);
                self.report(finding);
                self.unknown(mark)
            }
        }
    }

    fn find_in_map(&self, argument: &Tree, mark: Mark) -> Read {
        let (map, first, second, default) = match argument.items() {
            Some([map, first, second]) => (map, first, second, None),
            Some([map, first, second, default]) => {
                (map, first, second, default.get("DefaultValue"))
            }
            _ => {
                let message = format!("Fn::FindInMap is given {}", argument.noun());
                let allowed = "a list of a mapping's name and two keys";
                return self.wrong(argument.mark, message, allowed);
            }
        };
        let trees = [map, first, second];
        let names = trees.map(|tree| self.value(tree));
        let sources = names.each_ref();
        let literal = |at: usize| match trees[at].name() {
            Some(name) => Some(Cow::Borrowed(name)),
            None => names[at].literal(),
        };
        let (Some(map), Some(first), Some(second)) = (literal(0), literal(1), literal(2)) else {
            return through(self.unknown(mark), &sources);
        };
        // a mapping that isn't there is reported once, where references are
        let Some(mapping) = self.mappings.get(&*map) else {
            return self.unknown(mark);
        };
        if let Some(found) = mapping.get(&*first).and_then(|inner| inner.get(&*second)) {
            let read = self.value(found);
            return through(
                Read {
                    origin: Some(read.place.clone()),
                    place: mark.place(self.file),
                    ..read
                },
                &sources,
            );
        }
        if let Some(default) = default {
            return self.value(default);
        }
        let mut finding = Diagnostic::error(
            "reference-unknown",
            format!("the mapping {map} has no value for {first:?} and {second:?}"),
        )
        .at(&mark.place(self.file))
        .from(names.iter().find_map(|name| name.origin.as_ref()))
        .allowed("two keys that the mapping has")
        .help("add the value to the mapping, or give Fn::FindInMap a DefaultValue");
        finding.level = certain(&sources);
        self.report(finding);
        self.unknown(mark)
    }

    fn choose(&self, argument: &Tree, mark: Mark) -> Read {
        let Some([condition, yes, no]) = argument.items() else {
            let message = format!("Fn::If is given {}", argument.noun());
            let allowed = "a list of a condition's name and two values";
            return self.wrong(argument.mark, message, allowed);
        };
        match self.decided(condition) {
            Some(true) => self.value(yes),
            Some(false) => self.value(no),
            None => {
                // what is wrong in a branch that may never be taken may never be wrong
                let said = self.findings.borrow().len();
                let (yes, no) = (self.value(yes), self.value(no));
                self.findings.borrow_mut().truncate(said);
                if same(&yes, &no) {
                    yes
                } else {
                    self.unknown(mark)
                }
            }
        }
    }

    /// Whether the condition that is named holds, where that is known.
    pub fn decided(&self, name: &Tree) -> Option<bool> {
        match name.name() {
            Some(name) => self.conditions.get(name).copied().flatten(),
            None => self.condition(name),
        }
    }

    /// Whether a condition holds, where that is known.
    pub fn condition(&self, tree: &Tree) -> Option<bool> {
        match tree.members()? {
            [member] => self.holds(&member.name, &member.value),
            _ => None,
        }
    }

    fn holds(&self, name: &str, argument: &Tree) -> Option<bool> {
        if !self.spend(1, 0) {
            return None;
        }
        match name {
            "Condition" => self.decided(argument),
            "Fn::Not" => match argument.items() {
                Some([one]) => self.condition(one).map(|value| !value),
                _ => {
                    let message = format!("Fn::Not is given {}", argument.noun());
                    self.wrong(argument.mark, message, "a list of one condition");
                    None
                }
            },
            "Fn::And" | "Fn::Or" => {
                let decides = name == "Fn::Or";
                let items = argument.items().unwrap_or_default();
                if !(2..=10).contains(&items.len()) {
                    let message = format!("{name} is given {} conditions", items.len());
                    self.wrong(argument.mark, message, "a list of 2 to 10 conditions");
                    return None;
                }
                let values: Vec<Option<bool>> =
                    items.iter().map(|item| self.condition(item)).collect();
                if values.contains(&Some(decides)) {
                    Some(decides)
                } else if values.contains(&None) {
                    None
                } else {
                    Some(!decides)
                }
            }
            "Fn::Equals" => match argument.items() {
                Some([one, other]) => equal(&self.value(one), &self.value(other)),
                _ => {
                    let message = format!("Fn::Equals is given {}", argument.noun());
                    self.wrong(argument.mark, message, "a list of two values");
                    None
                }
            },
            _ => None,
        }
    }

    fn import(&self, argument: &Tree, mark: Mark) -> Read {
        let name = self.value(argument);
        let parts: Vec<Part> = parts_of(&name).collect();
        if parts.contains(&Part::Unknown) {
            return self.unknown(mark);
        }
        let name_text = Text(parts);
        let id = Id::foreign(&template_of(&name_text));
        let mut lookups = self.lookups.borrow_mut();
        lookups.entry(id.clone()).or_insert_with(|| Lookup {
            id: id.clone(),
            what: LookupKind::Export { name: name_text },
            place: mark.place(self.file),
        });
        let reference = Reference::Lookup { id, split: false };
        let read = self.read(Data::Reference(reference), mark);
        Read {
            inputs: name.inputs,
            ..read
        }
    }
}

/// What a parameter decides is only certain where it isn't given another value.
fn certain(sources: &[&Read]) -> Level {
    if sources.iter().all(|source| source.inputs.is_empty()) {
        Level::Error
    } else {
        Level::Warning
    }
}

/// A value that others went into: it carries their inputs, and where they stand if that is
/// one place.
fn through(mut read: Read, sources: &[&Read]) -> Read {
    for source in sources {
        for input in &source.inputs {
            if !read.inputs.contains(input) {
                read.inputs.push(input.clone());
            }
        }
    }
    if read.origin.is_none() {
        let mut origins = sources.iter().filter_map(|source| source.origin.as_ref());
        if let Some(first) = origins.next()
            && origins.all(|other| other == first)
        {
            read.origin = Some(first.clone());
        }
    }
    read
}

/// What `Fn::Sub` makes of a value that is all there is in its text.
fn as_text(read: Read) -> Read {
    match read.literal() {
        Some(text) if !matches!(read.data, Data::Text(_)) => Read {
            data: Data::Text(Text::from(&*text)),
            ..read
        },
        _ => read,
    }
}

/// How many values and bytes of text a value is.
fn weight(read: &Read) -> (usize, usize) {
    match &read.data {
        Data::Text(text) => {
            let bytes = text.0.iter().map(|part| match part {
                Part::Literal(text) => text.len(),
                _ => BYTES,
            });
            (1, bytes.sum())
        }
        Data::List(items) => (items.len(), 0),
        _ => (1, 0),
    }
}

/// The parts that a value is within a text.
pub(super) fn parts_of(read: &Read) -> impl Iterator<Item = Part> {
    let parts = match (&read.data, read.literal()) {
        (Data::Text(text), _) => text.0.clone(),
        (_, Some(literal)) => vec![Part::Literal(literal.into_owned())],
        (Data::Reference(Reference::Input(id)), _) => vec![Part::Input(id.clone())],
        (Data::Reference(reference), _) => vec![Part::Reference(reference.clone())],
        (Data::Null, _) => Vec::new(),
        _ => vec![Part::Unknown],
    };
    parts.into_iter()
}

/// A text as `Fn::Sub` would put it together.
fn template_of(text: &Text) -> String {
    let mut template = String::new();
    for part in &text.0 {
        let name = match part {
            Part::Literal(text) => {
                template.push_str(text);
                continue;
            }
            Part::Input(id) => id.as_str(),
            Part::StackName => "AWS::StackName",
            Part::AccountId => "AWS::AccountId",
            Part::Reference(Reference::Node { logical_id, .. }) => logical_id,
            Part::Reference(Reference::Input(id) | Reference::Lookup { id, .. }) => id.as_str(),
            Part::Unknown => "?",
        };
        template.push_str("${");
        template.push_str(name);
        template.push('}');
    }
    template
}

/// Whether two values are the same at every deployment, wherever they stand.
pub(super) fn same(one: &Read, other: &Read) -> bool {
    match (&one.data, &other.data) {
        (Data::Unknown, _) | (_, Data::Unknown) => false,
        (Data::Text(one), Data::Text(other)) => one == other && !one.0.contains(&Part::Unknown),
        (Data::List(one), Data::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Data::Object(one), Data::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| one.name == other.name && same(&one.value, &other.value))
        }
        (one, other) => one == other,
    }
}

/// Whether two values are equal to `Fn::Equals`, where that is known.
fn equal(one: &Read, other: &Read) -> Option<bool> {
    match (one.literal(), other.literal()) {
        (Some(one), Some(other)) => Some(one == other),
        _ if same(one, other) => Some(true),
        _ => None,
    }
}

/// A value that is known in full, as JSON.
fn json(read: &Read) -> Option<serde_json::Value> {
    use serde_json::Value;
    Some(match &read.data {
        Data::Bool(value) => Value::Bool(*value),
        Data::Number(number) => serde_json::from_str(number).ok()?,
        Data::Text(text) => Value::String(text.literal()?.to_owned()),
        Data::List(items) => Value::Array(items.iter().map(json).collect::<Option<_>>()?),
        Data::Object(members) => Value::Object(
            members
                .iter()
                .filter(|member| member.value.data != Data::Null)
                .map(|member| Some((member.name.clone(), json(&member.value)?)))
                .collect::<Option<_>>()?,
        ),
        Data::Null | Data::Reference(_) | Data::Secret(_) | Data::Unknown => return None,
    })
}

/// What Terraform calls an attribute; without one, what `Ref` comes to.
fn terraform(kind: Kind, attribute: Option<&str>) -> &'static str {
    match (kind, attribute) {
        (Kind::SubnetGroup | Kind::ParameterGroup | Kind::LogGroup, None) => "name",
        (Kind::ReplicationGroup | Kind::SecurityGroup | Kind::GlobalReplicationGroup, None) => "id",
        (Kind::SecurityGroupIngress | Kind::SecurityGroupEgress, None) => "security_group_rule_id",
        (Kind::CacheCluster, None) => "cluster_id",
        (Kind::ServerlessCache, None) => "name",
        (Kind::User, None) => "user_id",
        (Kind::UserGroup, None) => "user_group_id",
        (Kind::Alarm, None) => "alarm_name",
        (Kind::Topic | Kind::Secret | Kind::ScalingPolicy, None) => "arn",
        (Kind::Key, None) => "key_id",
        (Kind::KeyAlias, None) => "name",
        (Kind::ScalableTarget, None) => "id",
        (Kind::SsmParameter, None) => "name",
        (Kind::SsmParameter, Some("Type")) => "type",
        (Kind::SsmParameter, Some("Value")) => "value",
        (Kind::RecordSet, None) => "fqdn",
        (Kind::SecretVersion | Kind::TerraformData | Kind::Other, _) => "",
        (Kind::SecurityGroup, Some("GroupId")) => "id",
        (Kind::SecurityGroup, Some("VpcId")) => "vpc_id",
        (Kind::ReplicationGroup, Some("PrimaryEndPoint.Address")) => "primary_endpoint_address",
        (Kind::ReplicationGroup, Some("ReaderEndPoint.Address")) => "reader_endpoint_address",
        (Kind::ReplicationGroup, Some("ConfigurationEndPoint.Address")) => {
            "configuration_endpoint_address"
        }
        (
            Kind::ReplicationGroup,
            Some("PrimaryEndPoint.Port" | "ReaderEndPoint.Port" | "ConfigurationEndPoint.Port"),
        ) => "port",
        (Kind::CacheCluster, Some("ConfigurationEndpoint.Address")) => "cluster_address",
        (Kind::CacheCluster, Some("ConfigurationEndpoint.Port" | "RedisEndpoint.Port")) => "port",
        (
            Kind::LogGroup
            | Kind::Key
            | Kind::ServerlessCache
            | Kind::User
            | Kind::UserGroup
            | Kind::Alarm,
            Some("Arn" | "ARN"),
        ) => "arn",
        (Kind::Topic, Some("TopicArn")) => "arn",
        (Kind::Topic, Some("TopicName")) => "name",
        (Kind::Key, Some("KeyId")) => "key_id",
        (Kind::Secret, Some("Id")) => "id",
        _ => "",
    }
}
