//! A value as a person reads it, without what looks like a secret.

use serde_json::Value;

use crate::rule;

/// The longest value that is shown whole.
const LONGEST: usize = 120;

/// A value of that setting on one line; nothing of it where the setting holds a secret.
#[must_use]
pub fn shown(setting: &str, value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "–".into();
    };
    let text = line(setting, value);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}

fn line(setting: &str, value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::String(text) => {
            let text = hidden(setting, text);
            if text.is_empty() {
                "\"\"".into()
            } else {
                text.escape_debug()
                    .to_string()
                    .replace("\\\"", "\"")
                    .replace("\\'", "'")
            }
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| line(setting, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            if let Some((name, inner)) = members.iter().next().filter(|_| members.len() == 1) {
                match (name.as_str(), inner) {
                    // an expression may hold a text in clear
                    ("$expr", Value::String(text)) => {
                        let told = rule::shown("", text).unwrap_or_else(|| text.clone());
                        return told.split_whitespace().collect::<Vec<_>>().join(" ");
                    }
                    ("Ref", Value::String(name)) => return format!("!Ref {name}"),
                    ("Fn::Sub", Value::String(text)) => {
                        return format!("!Sub {}", hidden("", text));
                    }
                    ("Fn::GetAtt", Value::Array(parts)) => {
                        let parts: Vec<_> = parts.iter().filter_map(Value::as_str).collect();
                        return format!("!GetAtt {}", parts.join("."));
                    }
                    (name, inner) if name.starts_with("Fn::") => {
                        return format!("!{} {}", &name[4..], line("", inner));
                    }
                    _ => {}
                }
            }
            let members = members.iter();
            let members: Vec<_> = members
                .map(|(name, value)| format!("{name}: {}", line(name, value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        other => other.to_string(),
    }
}

fn hidden(setting: &str, text: &str) -> String {
    let name = setting.rsplit(['.', '[', '_']).next().unwrap_or(setting);
    let name = if name.ends_with(']') { setting } else { name };
    rule::shown(name, text)
        .or_else(|| rule::shown(setting, text))
        .unwrap_or_else(|| text.to_owned())
}
