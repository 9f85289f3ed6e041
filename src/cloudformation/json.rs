//! JSON in a stable order, laid out as a person would: what is short stays on a line.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use crate::value::is_invisible;

/// A JSON value whose objects keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Bool(bool),
    Integer(i64),
    Number(f64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(Cow<'static, str>, Json)>),
}

/// The longest line that is still one.
const WIDTH: usize = 100;

impl Json {
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    pub fn unsigned(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// An object of one member: most of CloudFormation's functions.
    pub fn one(key: &'static str, value: Self) -> Self {
        Self::Object(vec![(Cow::Borrowed(key), value)])
    }

    /// Whether it may stand on a line, if it is short: no more than two members, and
    /// nothing deep inside.
    fn is_plain(&self, depth: usize) -> bool {
        match self {
            Self::Bool(_) | Self::Integer(_) | Self::Number(_) | Self::String(_) => true,
            Self::Array(items) => depth > 0 && items.iter().all(|item| item.is_plain(depth - 1)),
            Self::Object(members) => {
                depth > 0
                    && (1..=2).contains(&members.len())
                    && members.iter().all(|(_, value)| value.is_plain(depth - 1))
            }
        }
    }

    fn write_line(&self, f: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::String(text) => quote(f, text),
            Self::Array(items) => {
                f.write_char('[')?;
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    item.write_line(f)?;
                }
                f.write_char(']')
            }
            Self::Object(members) if members.is_empty() => f.write_str("{}"),
            Self::Object(members) => {
                f.write_str("{ ")?;
                for (i, (key, value)) in members.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    quote(f, key)?;
                    f.write_str(": ")?;
                    value.write_line(f)?;
                }
                f.write_str(" }")
            }
        }
    }

    fn write(&self, f: &mut impl fmt::Write, indent: usize, used: usize) -> fmt::Result {
        if self.is_plain(3) {
            let mut line = String::new();
            self.write_line(&mut line)?;
            let scalar = !matches!(self, Self::Array(_) | Self::Object(_));
            if scalar || used + line.chars().count() < WIDTH {
                return f.write_str(&line);
            }
        }
        let pad = |f: &mut _, indent: usize| write_pad(f, indent);
        match self {
            Self::Array(items) => {
                f.write_str("[\n")?;
                for (i, item) in items.iter().enumerate() {
                    pad(f, indent + 2)?;
                    item.write(f, indent + 2, indent + 2)?;
                    f.write_str(if i + 1 < items.len() { ",\n" } else { "\n" })?;
                }
                pad(f, indent)?;
                f.write_char(']')
            }
            Self::Object(members) if !members.is_empty() => {
                f.write_str("{\n")?;
                for (i, (key, value)) in members.iter().enumerate() {
                    pad(f, indent + 2)?;
                    quote(f, key)?;
                    f.write_str(": ")?;
                    value.write(f, indent + 2, indent + 4 + key.chars().count() + 2)?;
                    f.write_str(if i + 1 < members.len() { ",\n" } else { "\n" })?;
                }
                pad(f, indent)?;
                f.write_char('}')
            }
            _ => self.write_line(f),
        }
    }
}

fn write_pad(f: &mut impl fmt::Write, indent: usize) -> fmt::Result {
    (0..indent).try_for_each(|_| f.write_char(' '))
}

fn quote(f: &mut impl fmt::Write, text: &str) -> fmt::Result {
    // serde_json knows what has to be escaped; what a review can't see is escaped too
    let quoted = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    if !quoted.chars().any(is_invisible) {
        return f.write_str(&quoted);
    }
    for c in quoted.chars() {
        if is_invisible(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(f, "\\u{unit:04x}")?;
            }
        } else {
            f.write_char(c)?;
        }
    }
    Ok(())
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0, 0)?;
        f.write_char('\n')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_stays_on_a_line() {
        let json = Json::Object(vec![
            ("VpcId".into(), Json::one("Ref", Json::string("VpcId"))),
            (
                "GroupId".into(),
                Json::one(
                    "Fn::GetAtt",
                    Json::Array(vec![Json::string("SecurityGroup"), Json::string("GroupId")]),
                ),
            ),
            (
                "Long".into(),
                Json::Array((0..3).map(|_| Json::string("x".repeat(40))).collect()),
            ),
            (
                "Three".into(),
                Json::Object(
                    ["A", "B", "C"]
                        .map(|k| (Cow::Borrowed(k), Json::Integer(1)))
                        .to_vec(),
                ),
            ),
            ("Empty".into(), Json::Object(vec![])),
        ]);
        let x = "x".repeat(40);
        assert_eq!(
            json.to_string(),
            format!(
                "{{\n  \"VpcId\": {{ \"Ref\": \"VpcId\" }},\n  \"GroupId\": {{ \"Fn::GetAtt\": [\"SecurityGroup\", \"GroupId\"] }},\n  \"Long\": [\n    \"{x}\",\n    \"{x}\",\n    \"{x}\"\n  ],\n  \"Three\": {{\n    \"A\": 1,\n    \"B\": 1,\n    \"C\": 1\n  }},\n  \"Empty\": {{}}\n}}\n"
            )
        );
        let read: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!(read["Long"][2], x);
    }
}
