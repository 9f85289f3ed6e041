//! A rule never guesses: whatever one setting is replaced with what only a deployment knows,
//! nothing is found that wasn't found before.

use std::collections::BTreeSet;

use cachewright::cloudformation::Document;
use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::graph::Language;
use cachewright::read::Given;
use cachewright::rule;
use cachewright::terraform::SourceFile;
use cachewright::validate;
use serde_json::json;

mod common;

/// What may be said of what isn't known, and why.
const SAID: &[(&str, &str)] = &[
    (
        "allowance-unused",
        "what was allowed can't be known to be there any more",
    ),
    (
        "auth-token-without-tls",
        "a warning: whoever gives the module a token is refused",
    ),
    (
        "users-without-tls",
        "a warning: whoever gives the module users is refused",
    ),
];

/// What is above information.
fn codes(found: &[Diagnostic]) -> BTreeSet<&'static str> {
    found
        .iter()
        .filter(|finding| finding.level != Level::Information)
        .filter(|finding| {
            finding.level == Level::Error || SAID.iter().all(|(code, _)| finding.code != *code)
        })
        .map(|finding| finding.code)
        .collect()
}

fn template(text: &str) -> Vec<Diagnostic> {
    validate::template("template", text, &Given::default(), &[]).diagnostics
}

fn module(text: &str) -> Vec<Diagnostic> {
    let file = SourceFile {
        path: "main.tf".into(),
        text: text.into(),
    };
    let load = &mut |folder: &str| Err(folder.to_owned());
    validate::module(".", &[file], &Given::default(), load, &[]).diagnostics
}

/// What ships, and every example that is right.
fn texts(language: Language) -> Vec<(String, String)> {
    let name = match language {
        Language::CloudFormation => "cloudformation/template.json",
        Language::Terraform => "terraform/main.tf",
    };
    let ships = common::tree(&common::root().join("out"));
    let ships = ships.into_iter().filter(|(path, _)| path.ends_with(name));
    let examples = rule::rules().flat_map(|rule| {
        let good = rule
            .examples
            .iter()
            .filter(move |example| !example.bad && example.language == language);
        good.map(|example| (rule.code.to_owned(), example.text.to_owned()))
    });
    ships.chain(examples).collect()
}

#[test]
fn an_unknown_property_gives_nothing_new() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (name, text) in texts(Language::CloudFormation) {
        let Ok(document) = Document::parse("template", &text) else {
            continue;
        };
        let before = codes(&template(&text));
        let json = document.json();
        let Some(resources) = json["Resources"].as_object() else {
            continue;
        };
        for (logical_id, resource) in resources {
            let Some(properties) = resource["Properties"].as_object() else {
                continue;
            };
            for (property, value) in properties {
                // what may not be there at all would be there for sure
                let may_be_nothing = value.to_string().contains("AWS::NoValue");
                if property.starts_with("Fn::") || may_be_nothing {
                    continue;
                }
                let mut changed = json.clone();
                changed["Resources"][logical_id]["Properties"][property] =
                    json!({ "Ref": "NobodyKnows" });
                let parameters = &mut changed["Parameters"];
                if parameters.is_null() {
                    *parameters = json!({});
                }
                parameters["NobodyKnows"] = json!({ "Type": "String", "NoEcho": true });
                tried += 1;
                let after = codes(&template(&changed.to_string()));
                let new: Vec<_> = after.difference(&before).collect();
                if !new.is_empty() {
                    wrong.push(format!("{name}: {logical_id}.{property}: {new:?}"));
                }
            }
        }
    }
    assert!(tried > 2_000, "only {tried} were tried");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// The arguments of resources that stand on one line each: the line and what is before the value.
fn arguments(text: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if !line.starts_with(' ') {
            inside = line.starts_with("resource \"aws_") && line.ends_with('{');
        }
        let argument = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '));
        let Some((name, value)) = argument.and_then(|argument| argument.split_once(" = ")) else {
            continue;
        };
        let meta = ["count", "for_each", "provider", "depends_on"];
        let is_whole = !value.ends_with(['{', '[', '(']) && !value.starts_with("<<");
        if inside && is_whole && !meta.contains(&name.trim()) {
            found.push((at, &line[..line.len() - value.len()]));
        }
    }
    found
}

#[test]
fn an_unknown_argument_gives_nothing_new() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (name, text) in texts(Language::Terraform) {
        let before = codes(&module(&text));
        for (at, start) in arguments(&text) {
            let lines = text.lines().enumerate().map(|(line, text)| {
                if line == at {
                    format!("{start}var.nobody_knows")
                } else {
                    text.to_owned()
                }
            });
            let mut changed = lines.collect::<Vec<_>>().join("\n");
            changed.push_str("\n\nvariable \"nobody_knows\" {\n  sensitive = true\n}\n");
            tried += 1;
            let after = codes(&module(&changed));
            let new: Vec<_> = after.difference(&before).collect();
            if !new.is_empty() {
                wrong.push(format!("{name}: {}: {new:?}", start.trim()));
            }
        }
    }
    assert!(tried > 2_000, "only {tried} were tried");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
