//! SARIF 2.1.0: what code-scanning services read.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Level, Place};
use crate::rule::{self, Rule};

/// The findings as a SARIF log of one run, with every rule that was broken.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic]) -> Value {
    let mut codes: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| descriptor(code)).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, &codes))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cachewright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // columns are counted in characters, as a person does
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(code: &str) -> Value {
    match rule::rule(code) {
        None => json!({ "id": code }),
        Some(Rule {
            title,
            about,
            controls,
            levels,
            ..
        }) => json!({
            "id": code,
            "shortDescription": { "text": title },
            "fullDescription": { "text": about },
            "help": { "text": format!("{about}\nMore: cachewright explain {code}") },
            "defaultConfiguration": { "level": level(levels.unsaid.unwrap_or(Level::Information)) },
            "properties": { "tags": controls },
        }),
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information => "note",
    }
}

fn result(diagnostic: &Diagnostic, codes: &[&str]) -> Value {
    let mut message = diagnostic.message.clone();
    for (what, words) in [("allowed", &diagnostic.allowed), ("help", &diagnostic.help)] {
        if !words.is_empty() {
            message.push_str(&format!("\n{what}: {words}"));
        }
    }
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": level(diagnostic.level),
        "message": { "text": message },
        "locations": diagnostic.place.iter().map(location).collect::<Vec<_>>(),
    });
    if let Some(origin) = &diagnostic.origin {
        result["relatedLocations"] = json!([location(origin)]);
    }
    result
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.file) },
        "region": { "startLine": place.line, "startColumn": place.column },
    }})
}

/// A path as a URI reference: what a URI can't hold is spelled by its bytes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
