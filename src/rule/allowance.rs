//! Findings that somebody has accepted, and what is wrong with accepting them.

use super::{Example, Levels, Rule, rule};
use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Allowance, Graph, Source};

/// The rules about allowances.
pub(super) const RULES: &[&Rule] = &[&REASON, &UNUSED, &UNKNOWN];

static REASON: Rule = Rule {
    code: "allowance-reason",
    title: "A finding is allowed without a reason",
    levels: Levels::ERROR,
    about: "Whoever reads the file next has to know why a finding doesn't matter here, and \
            when it would matter again. An allowance without a reason allows nothing. Say why \
            in a sentence.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "Metadata:\n  Cachewright:\n    Allow:\n      single-node: ''\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n",
        ),
        Example::bad_terraform(
            "# cachewright: allow single-node\n\nresource \"aws_sns_topic\" \"this\" {\n  name = \"orders\"\n}\n",
        ),
    ],
    check: None,
};

static UNUSED: Rule = Rule {
    code: "allowance-unused",
    title: "An allowance allows nothing",
    levels: Levels::WARNING,
    about: "A finding is allowed that isn't made, or isn't made any more. Left where it is, \
            it would hide the next one of its kind without anybody having decided so. Remove it.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "Metadata:\n  Cachewright:\n    Allow:\n      window-overlap: both are short\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n",
        ),
        Example::bad_terraform(
            "# cachewright: allow window-overlap because both are short\n\nresource \"aws_sns_topic\" \"this\" {\n  name = \"orders\"\n}\n",
        ),
    ],
    check: None,
};

static UNKNOWN: Rule = Rule {
    code: "allowance-unknown",
    title: "No rule has the code that is allowed",
    levels: Levels::ERROR,
    about: "A code that no rule has allows nothing: a slip of the hand, or a rule of a newer \
            version. `cachewright rules` lists every code.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "Metadata:\n  Cachewright:\n    Allow:\n      window-overlaps: both are short\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n",
        ),
        Example::bad_terraform(
            "# cachewright: allow window-overlaps because both are short\n\nresource \"aws_sns_topic\" \"this\" {\n  name = \"orders\"\n}\n",
        ),
    ],
    check: None,
};

/// A text that says two things at once, or nothing that comes to an end, can't be trusted to be
/// what was meant: nobody can allow it.
pub const BROKEN: [&str; 3] = ["unreadable", "duplicate-key", "reference-cycle"];

/// Takes out what is allowed, by the graph's own allowances and by codes that the caller
/// gives, and adds what is wrong with the graph's.
pub(super) fn allow(graph: &Graph, codes: &[String], found: &mut Vec<Diagnostic>) {
    // one comment above a resource of several instances is an allowance for each
    let mut used: HashSet<(&str, &Place)> = HashSet::new();
    found.retain(|diagnostic| {
        if BROKEN.contains(&diagnostic.code) {
            return true;
        }
        let mut allowed = codes.iter().any(|code| code == diagnostic.code);
        for allowance in &graph.allowances {
            if allows(allowance, diagnostic) {
                used.insert((&allowance.code, &allowance.place));
                allowed |= has_reason(allowance);
            }
        }
        !allowed
    });
    let mut seen = HashSet::new();
    for allowance in &graph.allowances {
        let Allowance { code, place, .. } = allowance;
        if !seen.insert((code, place)) {
            continue;
        }
        let used = used.contains(&(&**code, place));
        let diagnostic = if rule(code).is_none() {
            Diagnostic::error(UNKNOWN.code, format!("no rule has the code {code:?}"))
                .help(nearest(code))
        } else if !has_reason(allowance) {
            Diagnostic::error(REASON.code, format!("`{code}` is allowed without a reason"))
                .allowed("a sentence that says why")
                .help("say why it is right here, or remove it")
        } else if !used {
            Diagnostic::warning(UNUSED.code, format!("`{code}` is allowed, and not found"))
                .help("remove it; where another rule speaks in its place, allow that one")
        } else {
            continue;
        };
        let mut diagnostic = Diagnostic {
            resource: allowance.resource.clone(),
            ..diagnostic.at(place)
        };
        if graph.source == Source::Definition {
            diagnostic = diagnostic.of(&*graph.environment);
        }
        if !codes.iter().any(|code| code == diagnostic.code) {
            found.push(diagnostic);
        }
    }
}

fn has_reason(allowance: &Allowance) -> bool {
    !allowance.because.trim().is_empty()
}

fn allows(allowance: &Allowance, diagnostic: &Diagnostic) -> bool {
    allowance.code == diagnostic.code
        && (allowance.resource.is_none() || allowance.resource == diagnostic.resource)
}

/// The code that was probably meant.
pub(super) fn nearest(code: &str) -> String {
    let mut best: Option<(&str, f32)> = None;
    for rule in super::rules() {
        let ratio = similar::TextDiff::from_chars(code, rule.code).ratio();
        if best.is_none_or(|(_, known)| ratio > known) {
            best = Some((rule.code, ratio));
        }
    }
    match best {
        Some((known, ratio)) if ratio > 0.7 => {
            format!("write `{known}`, or see `cachewright rules`")
        }
        _ => "see `cachewright rules` for every code".into(),
    }
}
