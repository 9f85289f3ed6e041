//! A document as it was read: values, each with the mark of where it stands.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};

/// How deep values may stand in one another.
pub(super) const DEPTH: usize = 256;
/// How many values a document may have, with everything that aliases repeat.
pub(super) const VALUES: usize = 200_000;

/// A line and a column in characters, both from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub line: u32,
    pub column: u32,
}

impl Mark {
    pub fn place(self, file: &str) -> Place {
        Place {
            file: Cow::Owned(file.to_owned()),
            line: self.line,
            column: self.column,
        }
    }
}

/// A value, and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub mark: Mark,
    pub what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Null,
    /// What it means, and as it is written.
    Bool(bool, String),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<Member>),
}

/// A named value, and where the name begins.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub name: String,
    pub mark: Mark,
    pub value: Tree,
}

impl Tree {
    pub fn new(mark: Mark, what: What) -> Self {
        Self { mark, what }
    }

    pub fn members(&self) -> Option<&[Member]> {
        match &self.what {
            What::Object(members) => Some(members),
            _ => None,
        }
    }

    pub fn items(&self) -> Option<&[Tree]> {
        match &self.what {
            What::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members()?.iter().find(|member| member.name == name)
    }

    pub fn get(&self, name: &str) -> Option<&Tree> {
        self.member(name).map(|member| &member.value)
    }

    pub fn text(&self) -> Option<&str> {
        match &self.what {
            What::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A single value as it is written: what it is where it names something.
    pub fn name(&self) -> Option<&str> {
        match &self.what {
            What::Text(text) | What::Number(text) | What::Bool(_, text) => Some(text),
            What::Null | What::List(_) | What::Object(_) => None,
        }
    }

    /// What CloudFormation makes of a single value where it wants a text.
    pub fn scalar(&self) -> Option<Cow<'_, str>> {
        match &self.what {
            What::Text(text) => Some(Cow::Borrowed(text)),
            What::Number(written) => Some(number(written)),
            What::Bool(value, _) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            What::Null | What::List(_) | What::Object(_) => None,
        }
    }

    /// A function and its argument: an object of one member whose name says so.
    pub fn function(&self) -> Option<(&str, &Tree)> {
        match self.members()? {
            [member]
                if member.name == "Ref"
                    || member.name.starts_with("Fn::") && !is_loop(&member.name) =>
            {
                Some((&member.name, &member.value))
            }
            _ => None,
        }
    }

    /// What it is, for a message.
    pub fn noun(&self) -> &'static str {
        match self.what {
            What::Null => "nothing",
            What::Bool(..) => "a boolean",
            What::Number(_) => "a number",
            What::Text(_) => "a text",
            What::List(_) => "a list",
            What::Object(_) => "an object",
        }
    }

    pub fn json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.what {
            What::Null => Value::Null,
            What::Bool(value, _) => Value::Bool(*value),
            What::Number(written) => {
                serde_json::from_str(&number(written)).unwrap_or_else(|_| written.as_str().into())
            }
            What::Text(text) => Value::String(text.clone()),
            What::List(items) => Value::Array(items.iter().map(Self::json).collect()),
            What::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|member| (member.name.clone(), member.value.json()))
                    .collect(),
            ),
        }
    }
}

/// Whether a member is a loop: `Fn::ForEach::Name`.
pub(super) fn is_loop(name: &str) -> bool {
    name.starts_with("Fn::ForEach::")
}

/// The text that CloudFormation makes of a number: `7.10` is 7.1, and `7.0` stays.
pub(super) fn number(written: &str) -> Cow<'_, str> {
    if !written.contains(['.', 'e', 'E']) {
        return Cow::Borrowed(written.strip_prefix('+').unwrap_or(written));
    }
    match written.parse::<f64>() {
        Ok(number) if number.is_finite() => Cow::Owned(format!("{number:?}")),
        _ => Cow::Borrowed(written),
    }
}

/// Keeps the first of several members of one name, and reports the others.
pub(super) fn unique(file: &str, members: &mut Vec<Member>, findings: &mut Vec<Diagnostic>) {
    let mut report = |again: &Member, first: Mark| {
        findings.push(
            Diagnostic::error(
                "duplicate-key",
                format!("{:?} stands twice in one object", again.name),
            )
            .at(&again.mark.place(file))
            .allowed("each name once")
            .help(format!(
                "leave one of them out; the first is at {}",
                first.place(file)
            )),
        );
    };
    if members.len() < 16 {
        let mut at = 1;
        while at < members.len() {
            let (before, rest) = members.split_at(at);
            match before.iter().find(|member| member.name == rest[0].name) {
                Some(first) => {
                    report(&rest[0], first.mark);
                    members.remove(at);
                }
                None => at += 1,
            }
        }
        return;
    }
    let mut known: HashMap<String, Mark> = HashMap::with_capacity(members.len());
    members.retain(|member| match known.get(&member.name) {
        Some(first) => {
            report(member, *first);
            false
        }
        None => {
            known.insert(member.name.clone(), member.mark);
            true
        }
    });
}

/// The text can't be read at all.
pub(super) fn unreadable(file: &str, mark: Mark, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("unreadable", message).at(&mark.place(file))
}

/// Something stands too deep.
pub(super) fn too_deep(file: &str, mark: Mark) -> Diagnostic {
    unreadable(
        file,
        mark,
        format!("values stand in one another more than {DEPTH} levels deep"),
    )
    .allowed(format!("{DEPTH} levels"))
    .help("nothing that deep is a template; look for a bracket that is never closed")
}

/// There are too many values.
pub(super) fn too_many(file: &str, mark: Mark) -> Diagnostic {
    unreadable(
        file,
        mark,
        format!("it has more than {VALUES} values, with what aliases repeat"),
    )
    .allowed(format!("{VALUES} values"))
    .help("split it into several stacks; CloudFormation takes at most 1 MB and 500 resources")
}
