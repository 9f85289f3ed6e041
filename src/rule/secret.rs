//! Where a secret's value comes from, and who can read it on the way.

use heck::ToSnakeCase;

use super::{Check, Resource, Setting};
use crate::graph::{Input, Kind, Language, Part, Reference, Source, Text, Value};

/// Where a secret's value comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'g> {
    /// It stands in the file.
    Clear,
    /// It stands in the file, as the default of an input.
    Default(&'g Input),
    /// It stands in a file of variables beside the module.
    Variables,
    /// Whoever deploys gives it, and anybody can read it afterwards.
    Visible(&'g Input),
    /// From elsewhere, or in a way that nobody sees.
    Hidden,
}

/// A setting whose value nobody should read, and where its values come from: a token or passwords.
pub(super) fn origins<'g>(check: &Check<'g>, setting: &Setting<'g>) -> Vec<Origin<'g>> {
    match setting.value() {
        Value::List(items) => items
            .iter()
            .map(|item| origin(check, setting, item))
            .collect(),
        value => vec![origin(check, setting, value)],
    }
}

fn origin<'g>(check: &Check<'g>, setting: &Setting<'g>, value: &'g Value) -> Origin<'g> {
    let inputs = inputs(check, setting, value);
    if let Some(text) = clear(value) {
        let origin = setting.property.origin.as_ref();
        let named = !setting.property.inputs.is_empty();
        let default = inputs.into_iter().find(|input| match origin {
            Some(place) => place.file == input.place.file,
            None => has_default(input),
        });
        return match default {
            _ if text.is_empty() => Origin::Hidden,
            _ if origin.is_some_and(|place| place.file.contains(".tfvars")) => Origin::Variables,
            Some(input) => Origin::Default(input),
            // given on the command line, or in a file of parameters
            None if named => Origin::Hidden,
            None => Origin::Clear,
        };
    }
    match inputs.into_iter().find(|input| !input.no_echo) {
        Some(input) if may_be_secret(value) => Origin::Visible(input),
        _ => Origin::Hidden,
    }
}

/// A text that is known in full and is no reference to somewhere else.
pub(super) fn clear(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => text.literal().filter(|text| !is_reference(text)),
        _ => None,
    }
}

/// A dynamic reference of CloudFormation or a piece of one, or the ARN of what holds the value.
pub(super) fn is_reference(text: &str) -> bool {
    text.contains("{{") || text.contains("}}") || text.starts_with("arn:aws")
}

/// A secret that is only named by an input isn't the input's own value.
fn may_be_secret(value: &Value) -> bool {
    match value {
        Value::Reference(Reference::Input(_)) => true,
        Value::Text(Text(parts)) => {
            let is_known = |part: &Part| match part {
                Part::Literal(text) => !is_reference(text),
                _ => true,
            };
            parts.iter().any(|part| matches!(part, Part::Input(_))) && parts.iter().all(is_known)
        }
        _ => false,
    }
}

/// The inputs whose values are in a value, as far as the graph has them.
fn inputs<'g>(check: &Check<'g>, setting: &Setting<'g>, value: &Value) -> Vec<&'g Input> {
    let mut names: Vec<&str> = Vec::new();
    match value {
        Value::Reference(Reference::Input(id)) => names.push(id.as_str()),
        Value::Text(Text(parts)) => names.extend(parts.iter().filter_map(|part| match part {
            Part::Input(id) => Some(id.as_str()),
            _ => None,
        })),
        _ => {}
    }
    if names.is_empty() {
        names.extend(setting.property.inputs.iter().map(String::as_str));
    }
    names
        .into_iter()
        .filter_map(|name| input(check, name))
        .collect()
}

/// An input by its name in the file.
pub(super) fn input<'g>(check: &Check<'g>, name: &str) -> Option<&'g Input> {
    check
        .graph()
        .inputs
        .iter()
        .find(|input| input.id.as_str() == name)
}

fn has_default(input: &Input) -> bool {
    input.default.as_deref().is_some_and(|it| !it.is_empty())
}

/// What an input is called in the language of the file.
pub(super) fn input_words(check: &Check<'_>, input: &Input) -> String {
    let what = match check.graph().source {
        Source::Read(Language::Terraform) => "variable",
        _ => "parameter",
    };
    format!("the {what} {}", input.id.as_str())
}

/// What hides an input in the language of the file.
pub(super) fn hiding(check: &Check<'_>) -> &'static str {
    match check.graph().source {
        Source::Read(Language::Terraform) => "sensitive = true",
        _ => "NoEcho: true",
    }
}

/// The settings that hold a token or passwords, with the resources that have them.
pub(super) fn secrets<'g>(check: &Check<'g>) -> Vec<(Resource<'g>, Setting<'g>)> {
    const TOKENS: &[&str] = &["AuthToken", "auth_token_wo"];
    const PASSWORDS: &[&str] = &["Passwords", "AuthenticationMode.Passwords", "passwords_wo"];
    [(Kind::ReplicationGroup, TOKENS), (Kind::User, PASSWORDS)]
        .into_iter()
        .flat_map(|(kind, names)| check.all(kind).into_iter().map(move |it| (it, names)))
        .flat_map(|(resource, names)| {
            let found: Vec<_> = names
                .iter()
                .filter_map(|name| resource.setting(name))
                .map(|setting| (resource, setting))
                .collect();
            found
        })
        .collect()
}

/// The characters beside letters and digits that a token may have.
pub(super) const TOKEN_SYMBOLS: &str = "!&#$^<>-";

/// What a token may be, in words.
pub(super) const TOKEN_FORM: &str = "16 to 128 letters, digits and any of !&#$^<>-";

/// A name says that its value is a secret: a setting's, an input's, or a directive's of redis.conf.
pub(super) fn is_secret_name(name: &str) -> bool {
    const SECRETS: [&str; 8] = [
        "token",
        "tokens",
        "password",
        "passwords",
        "passwd",
        "secret",
        "requirepass",
        "masterauth",
    ];
    // most names are none, and taking one apart costs more than looking
    if !["token", "pass", "secret", "masterauth"]
        .iter()
        .any(|part| holds(name, part))
    {
        return false;
    }
    let words = name.to_snake_case();
    words.split('_').any(|word| SECRETS.contains(&word)) && !is_about_a_secret(name)
}

/// A word in a text, in letters of any case.
pub(super) fn holds(text: &str, word: &str) -> bool {
    text.as_bytes()
        .windows(word.len())
        .any(|piece| piece.eq_ignore_ascii_case(word.as_bytes()))
}

/// A name says that its value only tells something about a secret: what it is called, or how
/// it is made.
pub(super) fn is_about_a_secret(name: &str) -> bool {
    const ABOUT: &[&str] = &[
        "arn",
        "name",
        "id",
        "ids",
        "key",
        "path",
        "length",
        "enabled",
        "enable",
        "strategy",
        "version",
        "rotation",
        "policy",
        "required",
        "stage",
        "days",
        "use",
        "create",
        "prefix",
        "suffix",
        "kms",
        "type",
        "ttl",
        "format",
        "file",
        "url",
        "endpoint",
        "user",
        "username",
        "engine",
        "generator",
        "store",
        "manager",
        "backend",
        "namespace",
    ];
    let words = name.to_snake_case();
    words.split('_').any(|word| ABOUT.contains(&word))
}
