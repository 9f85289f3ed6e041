//! Rules: what each says of its own examples, and what all of them promise together.

use std::collections::BTreeSet;

use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::graph::Language;
use cachewright::read::Given;
use cachewright::rule::{self, Example};
use cachewright::terraform::SourceFile;
use cachewright::validate;

mod common;

/// What is said of an example, by everything that `validate` asks.
fn findings(example: &Example) -> Vec<Diagnostic> {
    let given = Given::default();
    let validation = match example.language {
        Language::CloudFormation => validate::template("template.yaml", example.text, &given, &[]),
        Language::Terraform => {
            let files = [SourceFile {
                path: "module/main.tf".into(),
                text: example.text.into(),
            }];
            let load = &mut |folder: &str| Err(format!("{folder} is not read here"));
            validate::module("module", &files, &given, load, &[])
        }
    };
    validation.diagnostics
}

fn only() -> Option<String> {
    std::env::var("RULE").ok()
}

#[test]
fn every_rule_meets_its_bad_examples_and_no_good_one() {
    let mut wrong = Vec::new();
    for rule in rule::rules() {
        if only().is_some_and(|only| !rule.code.starts_with(&only)) {
            continue;
        }
        for example in rule.examples {
            let found = findings(example);
            for finding in &found {
                // lower case, no full stop, and one thing to do
                let fine = !finding.help.is_empty()
                    && finding.place.is_some()
                    && !finding.message.ends_with('.')
                    && !finding.help.ends_with('.');
                if !fine {
                    wrong.push(format!("{} says it badly:\n{finding:#?}", finding.code));
                }
            }
            let met = found.iter().any(|finding| finding.code == rule.code);
            if met != example.bad {
                let what = if example.bad {
                    "isn't met by its bad example"
                } else {
                    "meets its good example"
                };
                wrong.push(format!(
                    "{} {what}:\n{}\n{found:#?}",
                    rule.code, example.text
                ));
            }
            // one mistake each: no error but the rule's own
            let others: Vec<_> = found
                .iter()
                .filter(|finding| finding.level == Level::Error)
                .filter(|finding| finding.code != rule.code || !example.bad)
                .collect();
            if !others.is_empty() {
                wrong.push(format!(
                    "{}: an example has other mistakes:\n{}\n{others:#?}",
                    rule.code, example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A code is never given away again: the list remembers those that are gone.
#[test]
fn codes_are_remembered() {
    let lines = include_str!("codes.txt").lines();
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with('#')).collect();
    let name = |line: &&str| line.trim_start_matches("- ").to_owned();
    let distinct: BTreeSet<String> = lines.iter().map(name).collect();
    assert_eq!(
        distinct.len(),
        lines.len(),
        "a code stands twice in tests/codes.txt"
    );
    let listed: BTreeSet<&str> = lines
        .into_iter()
        .filter(|line| !line.starts_with("- "))
        .collect();
    let known: BTreeSet<&str> = rule::rules().map(|rule| rule.code).collect();
    let gone: Vec<_> = listed.difference(&known).collect();
    assert!(
        gone.is_empty(),
        "put a dash before {gone:?} in tests/codes.txt"
    );
    let new: Vec<_> = known.difference(&listed).collect();
    assert!(
        new.is_empty(),
        "add {new:?} to tests/codes.txt, unless a dash is there"
    );
}

#[test]
fn there_are_enough_bad_examples_in_each_language() {
    for language in [Language::CloudFormation, Language::Terraform] {
        let examples = rule::rules().flat_map(|rule| rule.examples);
        let bad = examples.filter(|example| example.bad && example.language == language);
        assert!(bad.count() >= 400, "{language:?}");
    }
}

#[test]
fn every_rule_says_what_it_is() {
    let mut codes = BTreeSet::new();
    for rule in rule::rules() {
        let code = rule.code;
        assert!(codes.insert(code), "{code} stands twice");
        assert!(
            code.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            }),
            "{code} is not in kebab-case"
        );
        assert!(
            rule.title.len() > 10
                && rule.title.len() < 90
                && rule.title.starts_with(char::is_uppercase)
                && !rule.title.ends_with('.'),
            "{code}: {:?}",
            rule.title
        );
        assert!(rule.about.len() > 80, "{code} is not explained");
        if rule.check.is_some() {
            for bad in [true, false] {
                assert!(
                    rule.examples.iter().any(|example| example.bad == bad),
                    "{code} has no {} example",
                    if bad { "bad" } else { "good" }
                );
            }
        }
    }
}

/// Whatever is said can be looked up by its code.
#[test]
fn every_code_is_a_rule() {
    let codes = common::codes(|_| true);
    for code in ["id-collision", "log-group-name", "schema", "template-shape"] {
        assert!(codes.contains(code), "{code} isn't found in {codes:?}");
    }
    let unknown: Vec<_> = codes
        .iter()
        .filter(|code| rule::rule(code).is_none())
        .collect();
    assert!(unknown.is_empty(), "no rule explains {unknown:?}");
}
