//! Rules: what each says of its own examples, and what all of them promise together.

use std::collections::BTreeSet;

use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::graph::Language;
use cachewright::read::{Given, Outcome};
use cachewright::rule::{self, Example, Rule};
use cachewright::terraform::SourceFile;
use cachewright::{cloudformation, terraform, validate};

mod common;

fn read(example: &Example) -> Outcome {
    match example.language {
        Language::CloudFormation => {
            cloudformation::graph("template.yaml", example.text, &Given::default())
        }
        Language::Terraform => terraform::graph(
            "module",
            &[SourceFile {
                path: "module/main.tf".into(),
                text: example.text.into(),
            }],
            &Given::default(),
            &mut |folder| Err(format!("{folder} is not read here")),
        ),
    }
}

/// What is said of an example, by the reader and by every rule.
fn findings(rule: &Rule, example: &Example) -> Vec<Diagnostic> {
    if (rule.code, example.language) == ("schema", Language::CloudFormation) {
        // a reader only evaluates: schemas are asked by whoever validates
        let given = Given::default();
        return validate::template("template.yaml", example.text, &given, &[]).diagnostics;
    }
    let outcome = read(example);
    let mut found = outcome.diagnostics;
    match outcome.graph {
        Some(graph) => found = rule::judge(&graph, found, &[]),
        None => assert!(
            found.iter().any(|finding| finding.code == rule.code),
            "{}: {found:#?}\n{}",
            rule.code,
            example.text
        ),
    }
    found
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
            let found = findings(rule, example);
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
