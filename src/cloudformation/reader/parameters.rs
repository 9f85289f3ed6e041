//! Parameters: their values by default or as given, and what they say of themselves.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use regex::{Regex, RegexBuilder};

use super::template::Template;
use super::tree::{Mark, Tree, What};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Form, Input, InputKind};
use crate::read::Given;
use crate::value::Id;

/// How many parameters CloudFormation takes; patterns of more aren't looked at.
const MOST: usize = 200;
/// How long a value may be.
const LONGEST: usize = 4096;

/// A parameter, as far as functions refer to it.
#[derive(Debug)]
pub(super) struct Parameter {
    /// Its value, where there is one and it isn't kept elsewhere.
    pub value: Option<Value>,
    pub is_list: bool,
    pub is_number: bool,
}

/// A parameter's value, and where it stands.
#[derive(Debug)]
pub(super) struct Value {
    pub text: String,
    pub place: Place,
}

/// Reads the parameters, reports what is wrong with their values, and tells the inputs.
pub(super) fn read<'t>(
    template: &Template<'t>,
    given: &Given,
    findings: &mut Vec<Diagnostic>,
) -> (BTreeMap<&'t str, Parameter>, Vec<Input>) {
    let mut parameters = BTreeMap::new();
    let mut inputs = Vec::new();
    for (name, mark, tree) in &template.parameters {
        let declared = Declared {
            file: template.file,
            name,
            tree,
            of: tree.get("Type").and_then(Tree::text).unwrap_or("String"),
            is_among_the_first: inputs.len() < MOST,
        };
        let default = declared.default(findings);
        let own = default.as_ref().filter(|_| !declared.is_looked_up());
        inputs.push(declared.input(*mark, own));
        let value = match given.values.get(*name) {
            Some(given) => Some(Value {
                text: given_text(&given.value),
                place: given.place.clone(),
            }),
            None => default,
        };
        if let Some(value) = &value {
            declared.check(value, findings);
        }
        parameters.insert(
            *name,
            Parameter {
                value: value.filter(|_| !declared.is_looked_up()),
                is_list: declared.is_list(),
                is_number: declared.is_number(),
            },
        );
    }
    for (name, value) in &given.values {
        if !parameters.contains_key(name.as_str()) {
            let names: Vec<&str> = parameters.keys().copied().collect();
            findings.push(
                Diagnostic::error(
                    "parameter-unknown-given",
                    format!(
                        "{name:?} is given and isn't a parameter of {}",
                        template.file
                    ),
                )
                .at(&value.place)
                .allowed(if names.is_empty() {
                    "nothing: the template has no parameters".to_owned()
                } else {
                    names.join(", ")
                })
                .help("leave it out, or correct its name"),
            );
        }
    }
    (parameters, inputs)
}

/// The text that was given: CloudFormation's are texts, and a list is joined by commas.
fn given_text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(given_text).collect();
            items.join(",")
        }
        other => other.to_string(),
    }
}

struct Declared<'a> {
    file: &'a str,
    name: &'a str,
    tree: &'a Tree,
    of: &'a str,
    is_among_the_first: bool,
}

impl Declared<'_> {
    fn is_list(&self) -> bool {
        self.of == "CommaDelimitedList" || self.of.starts_with("List<")
    }

    fn is_number(&self) -> bool {
        self.of == "Number" || self.of == "List<Number>"
    }

    /// What is said is the name of what is looked up at deployment.
    fn is_looked_up(&self) -> bool {
        self.of.starts_with("AWS::SSM::Parameter::Value<")
    }

    fn no_echo(&self) -> bool {
        let said = self.tree.get("NoEcho").and_then(Tree::scalar);
        said.is_some_and(|said| said.eq_ignore_ascii_case("true"))
    }

    fn default(&self, findings: &mut Vec<Diagnostic>) -> Option<Value> {
        let tree = self.tree.get("Default")?;
        let place = tree.mark.place(self.file);
        if let Some(text) = tree.scalar() {
            return Some(Value {
                text: text.into_owned(),
                place,
            });
        }
        findings.push(
            Diagnostic::error(
                "parameter-constraint",
                format!("the default of {} is {}", self.name, tree.noun()),
            )
            .at(&place)
            .allowed("a text; several values are joined by commas")
            .help("write the value itself: a parameter's default can't be computed"),
        );
        None
    }

    fn input(&self, mark: Mark, default: Option<&Value>) -> Input {
        let said = |name: &str| self.tree.get(name).and_then(Tree::scalar);
        Input {
            id: Id::foreign(self.name),
            kind: match self.of {
                "AWS::EC2::VPC::Id" => InputKind::VpcId,
                "List<AWS::EC2::Subnet::Id>" => InputKind::SubnetIds,
                "AWS::EC2::SecurityGroup::Id" => InputKind::SecurityGroupId,
                _ => InputKind::Text(Form::ANY),
            },
            description: said("Description").unwrap_or_default().into_owned(),
            default: default.map(|value| value.text.clone()),
            group: "",
            no_echo: self.no_echo(),
            cloudformation_only: false,
            place: mark.place(self.file),
        }
    }

    /// Holds a value against what the parameter says of its values; says what is wrong first.
    fn check(&self, value: &Value, findings: &mut Vec<Diagnostic>) {
        let items = if self.is_list() {
            value.text.split(',').map(str::trim).collect()
        } else {
            vec![&*value.text]
        };
        let constraints = Constraints::new(self);
        let objection = items
            .into_iter()
            .find_map(|item| Some((item, constraints.objection(item)?)));
        let Some((item, (because, allowed))) = objection else {
            return;
        };
        let name = self.name;
        // what is hidden from the console isn't shown here either
        let message = if self.no_echo() {
            format!("the value of {name} {because}")
        } else {
            format!("{item:?}, the value of {name}, {because}")
        };
        findings.push(
            Diagnostic::error("parameter-constraint", message)
                .at(&value.place)
                .allowed(allowed)
                .help("change the value, or what the parameter says of its values"),
        );
    }
}

/// What a parameter says of each of its values.
struct Constraints<'a> {
    values: Option<Vec<Cow<'a, str>>>,
    known: HashSet<Cow<'a, str>>,
    pattern: Option<(&'a str, Regex)>,
    is_number: bool,
    /// The name of a limit, and the number.
    least: Option<(&'static str, f64)>,
    most: Option<(&'static str, f64)>,
}

impl<'a> Constraints<'a> {
    fn new(declared: &Declared<'a>) -> Self {
        let tree = declared.tree;
        let limit = |name: &'static str| {
            let number = tree.get(name)?.scalar()?.parse().ok()?;
            Some((name, number))
        };
        let values: Option<Vec<Cow<'a, str>>> = tree
            .get("AllowedValues")
            .and_then(Tree::items)
            .and_then(|items| items.iter().map(Tree::scalar).collect());
        let pattern = tree.get("AllowedPattern").and_then(Tree::text);
        let (least, most) = if declared.is_number() {
            (limit("MinValue"), limit("MaxValue"))
        } else if declared.of == "String" {
            (limit("MinLength"), limit("MaxLength"))
        } else {
            (None, None)
        };
        Self {
            known: values.iter().flatten().cloned().collect(),
            values,
            pattern: pattern
                .filter(|_| declared.is_among_the_first)
                .and_then(|pattern| Some((pattern, regex(pattern)?))),
            is_number: declared.is_number(),
            least,
            most,
        }
    }

    /// What is wrong with a value, and what would be allowed.
    fn objection(&self, item: &str) -> Option<(String, String)> {
        if let Some(values) = &self.values
            && !self.known.contains(item)
        {
            let mut words: Vec<&str> = values.iter().map(|word| &**word).take(30).collect();
            if words.len() < values.len() {
                words.push("…");
            }
            let allowed = words.join(", ");
            return Some(("isn't one of its AllowedValues".to_owned(), allowed));
        }
        if let Some((source, pattern)) = &self.pattern
            && item.len() <= LONGEST
            && !pattern.is_match(item)
        {
            let because = "doesn't match its AllowedPattern".to_owned();
            return Some((because, (*source).to_owned()));
        }
        #[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
        let (measure, unit) = if self.is_number {
            match item.parse() {
                Ok(number) => (number, ""),
                Err(_) => return Some(("isn't a number".to_owned(), "a number".to_owned())),
            }
        } else {
            (item.chars().count() as f64, " characters")
        };
        if let Some((name, least)) = self.least
            && measure < least
        {
            return Some((
                format!("is below its {name}"),
                format!("{least}{unit} or more"),
            ));
        }
        if let Some((name, most)) = self.most
            && measure > most
        {
            return Some((
                format!("is above its {name}"),
                format!("{most}{unit} or less"),
            ));
        }
        None
    }
}

/// A pattern of Java's for the whole text, where it means the same here; nobody guesses about
/// one that doesn't.
fn regex(pattern: &str) -> Option<Regex> {
    // within a class, these mean something else to Java
    if ["--", "~~", "[[:"]
        .iter()
        .any(|word| pattern.contains(word))
    {
        return None;
    }
    let mut plain = String::with_capacity(pattern.len() + 16);
    plain.push_str("^(?:");
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        // Java's are ASCII's alone, and small ones are compiled sooner
        match chars.next()? {
            'd' => plain.push_str("[0-9]"),
            'D' => plain.push_str("[^0-9]"),
            'w' => plain.push_str("[0-9A-Za-z_]"),
            'W' => plain.push_str("[^0-9A-Za-z_]"),
            's' => plain.push_str(r"[ \t\n\x0B\f\r]"),
            'S' => plain.push_str(r"[^ \t\n\x0B\f\r]"),
            escaped => plain.extend(['\\', escaped]),
        }
    }
    plain.push_str(")$");
    RegexBuilder::new(&plain).size_limit(1 << 20).build().ok()
}

/// Whether a default is a number that loses a zero: `7.10` is 7.1.
pub(super) fn is_fraction(tree: &Tree) -> bool {
    matches!(&tree.what, What::Number(written) if written.contains('.'))
}
