//! A file of parameters, in every form that the AWS CLI and CodePipeline take.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Document;
use crate::diagnostic::{Diagnostic, Place};
use crate::read::GivenValue;

/// Reads parameters: a list of objects of `ParameterKey` and `ParameterValue`, a list of
/// `Name=value`, or an object of names and values, maybe under `Parameters`.
///
/// # Errors
/// The text isn't JSON, or none of these.
pub fn parameters(file: &str, text: &str) -> Result<BTreeMap<String, GivenValue>, Box<Diagnostic>> {
    let document = Document::parse(file, text)?;
    let json = document.json();
    let place = |path: &[&str]| {
        document.place(path).unwrap_or_else(|| Place {
            file: file.to_owned().into(),
            line: 1,
            column: 1,
        })
    };
    let mut given = BTreeMap::new();
    match &json {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let at = at.to_string();
                let (name, value, place) = match item {
                    Value::String(pair) => match pair.split_once('=') {
                        Some((name, value)) => (name, Value::from(value), place(&[&at])),
                        None => return Err(shape(&place(&[&at]))),
                    },
                    Value::Object(members) => {
                        let name = members.get("ParameterKey").and_then(Value::as_str);
                        match (name, members.get("ParameterValue")) {
                            (Some(name), Some(value)) => {
                                (name, value.clone(), place(&[&at, "ParameterValue"]))
                            }
                            // the deployed value stays, whatever it is
                            (Some(_), None) if members.contains_key("UsePreviousValue") => continue,
                            _ => return Err(shape(&place(&[&at]))),
                        }
                    }
                    _ => return Err(shape(&place(&[&at]))),
                };
                given.insert(name.to_owned(), GivenValue { value, place });
            }
        }
        Value::Object(members) => {
            let (members, prefix): (_, &[&str]) = match members.get("Parameters") {
                Some(Value::Object(inner)) => (inner, &["Parameters"]),
                _ => (members, &[]),
            };
            for (name, value) in members {
                let path: Vec<&str> = prefix.iter().copied().chain([name.as_str()]).collect();
                let place = place(&path);
                if value.is_object() {
                    return Err(shape(&place));
                }
                let value = value.clone();
                given.insert(name.clone(), GivenValue { value, place });
            }
        }
        _ => return Err(shape(&place(&[]))),
    }
    Ok(given)
}

fn shape(place: &Place) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error("unreadable", "this is no file of parameters")
            .at(place)
            .allowed("[{\"ParameterKey\": …, \"ParameterValue\": …}], [\"Name=value\"] or {\"Parameters\": {\"Name\": \"value\"}}")
            .help("write it as `aws cloudformation deploy --parameter-overrides file://…` takes it"),
    )
}
