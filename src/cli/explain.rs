use std::fmt::Write as _;

use serde_json::json;

use super::terminal::{self, BOLD, DIM};
use super::{COULD_NOT_RUN, FINE, Format};
use crate::control::{self, Control};
use crate::diagnostic::Level;
use crate::graph::Language;
use crate::rule::{self, Example, Levels, Rule};

pub(super) fn explain(code: &str, format: Format) -> u8 {
    let Some(rule) = rule::rule(code) else {
        if let Some(control) = control::control(code) {
            return explain_control(control, format);
        }
        terminal::error(
            &format!("no rule has the code {code:?}"),
            &rule::nearest(code),
            format,
        );
        return COULD_NOT_RUN;
    };
    match format {
        Format::Json => terminal::json(&described(rule)),
        Format::Text => terminal::out(&text(rule)),
    }
    FINE
}

/// A control of another tool, which a report may name.
fn explain_control(control: &Control, format: Format) -> u8 {
    let rules: Vec<_> = rule::rules()
        .filter(|rule| rule.controls.iter().any(|name| control.is_called(name)))
        .map(|rule| rule.code)
        .collect();
    let Control {
        tool,
        version,
        id,
        severity,
        title,
        about,
        ..
    } = control;
    let about = format!("{} {about}", control.looks_at());
    match format {
        Format::Json => terminal::json(&json!({
            "control": id,
            "tool": tool,
            "version": version,
            "severity": severity,
            "title": title,
            "about": about.trim(),
            "rules": rules,
        })),
        Format::Text => {
            let mut text = format!("{BOLD}{id}{BOLD:#}  {title}\n\n{}\n\n", wrapped(&about));
            let _ = writeln!(text, "whose: {}", format!("{tool} {version}").trim());
            if !severity.is_empty() {
                let _ = writeln!(text, "weighs: {severity}");
            }
            if !rules.is_empty() {
                let _ = writeln!(text, "rules that stand for it: {}", rules.join(", "));
            }
            terminal::out(&text);
        }
    }
    FINE
}

pub(super) fn rules(format: Format) -> u8 {
    let mut rules: Vec<_> = rule::rules().collect();
    rules.sort_by_key(|rule| rule.code);
    match format {
        Format::Json => {
            let rules: Vec<_> = rules.into_iter().map(described).collect();
            terminal::json(&rules.into());
        }
        Format::Text => {
            let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
            let mut text = String::new();
            for rule in &rules {
                let level = levels(&rule.levels);
                let _ = writeln!(
                    text,
                    "{BOLD}{:width$}{BOLD:#}  {level:34}  {}",
                    rule.code, rule.title
                );
            }
            let _ = writeln!(
                text,
                "{DIM}{} rules; more about one: cachewright explain CODE{DIM:#}",
                rules.len()
            );
            terminal::out(&text);
        }
    }
    FINE
}

fn word(level: Option<Level>) -> String {
    level.map_or_else(|| "-".to_owned(), |level| level.to_string())
}

/// One word where it is the same everywhere; else development, staging, production.
fn levels(levels: &Levels) -> String {
    if *levels == Levels::always(levels.production.unwrap_or(Level::Information)) {
        return word(levels.production);
    }
    [levels.development, levels.staging, levels.production]
        .map(word)
        .join("/")
}

fn described(rule: &Rule) -> serde_json::Value {
    let Levels {
        development,
        staging,
        production,
        unsaid,
    } = rule.levels;
    json!({
        "code": rule.code,
        "title": rule.title,
        "levels": {
            "development": development,
            "staging": staging,
            "production": production,
            "unsaid": unsaid,
        },
        "about": rule.about,
        "source": rule.source,
        "controls": rule.controls,
        "examples": rule.examples.iter().map(|example| json!({
            "bad": example.bad,
            "language": language(example),
            "text": example.text,
        })).collect::<Vec<_>>(),
    })
}

const fn language(example: &Example) -> &'static str {
    match example.language {
        Language::CloudFormation => "CloudFormation",
        Language::Terraform => "Terraform",
    }
}

fn text(rule: &Rule) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}  {}\n\n", rule.code, rule.title);
    let _ = writeln!(text, "{}\n", wrapped(rule.about));
    let Levels {
        development,
        staging,
        production,
        unsaid,
    } = rule.levels;
    let _ = writeln!(
        text,
        "weighs at most: {} in development, {} in staging, {} in production, {} where nobody says",
        word(development),
        word(staging),
        word(production),
        word(unsaid)
    );
    if !rule.controls.is_empty() {
        let _ = writeln!(text, "stands for: {}", rule.controls.join(", "));
    }
    if !rule.source.is_empty() {
        let _ = writeln!(text, "source: {}", rule.source);
    }
    for bad in [true, false] {
        for language_of in [Language::CloudFormation, Language::Terraform] {
            let first = rule
                .examples
                .iter()
                .find(|example| example.bad == bad && example.language == language_of);
            if let Some(example) = first {
                let kind = if bad { "bad" } else { "good" };
                let _ = writeln!(text, "\n{BOLD}{kind}{BOLD:#}, {}:\n", language(example));
                for line in example.text.trim_end().lines() {
                    let _ = writeln!(text, "    {line}");
                }
            }
        }
    }
    text
}

/// Lines of up to 90 characters.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 && length + word.len() + 1 > 90 {
            lines.push('\n');
            length = 0;
        } else if length > 0 {
            lines.push(' ');
            length += 1;
        }
        lines.push_str(word);
        length += word.len();
    }
    lines
}
