//! What `check` and `validate` print, and how they end.

use super::{COULD_NOT_RUN, Deny, FINDINGS, FINE, ReportArguments, ReportFormat, terminal};
use crate::diagnostic::{Diagnostic, Level};
use crate::report;
use crate::rule;

/// Codes to allow that no rule has: nothing would be left out, without a word.
pub fn unknown_codes(arguments: &ReportArguments) -> Option<u8> {
    let unknown: Vec<_> = arguments
        .allow
        .iter()
        .filter(|code| rule::rule(code).is_none())
        .map(|code| format!("{code:?}"))
        .collect();
    if unknown.is_empty() {
        return None;
    }
    could_not_run(
        &format!("no rule has the code {}", unknown.join(", ")),
        "see `cachewright rules` for every code",
        arguments,
    );
    Some(COULD_NOT_RUN)
}

/// Says why the command could not run.
pub fn could_not_run(message: &str, help: &str, arguments: &ReportArguments) {
    let format = match arguments.format {
        ReportFormat::Json => super::Format::Json,
        _ => super::Format::Text,
    };
    terminal::error(message, help, format);
}

/// Prints the findings, and what they amount to.
pub fn finish(
    found: &[Diagnostic],
    looked_at: &str,
    unreadable: bool,
    arguments: &ReportArguments,
) -> u8 {
    let number = |level| report::count(found, level);
    let (errors, warnings, informations) = (
        number(Level::Error),
        number(Level::Warning),
        number(Level::Information),
    );
    let all = arguments.information || arguments.deny == Some(Deny::Information);
    let shown = || {
        found
            .iter()
            .filter(move |diagnostic| all || diagnostic.level != Level::Information)
    };
    match arguments.format {
        ReportFormat::Json => terminal::json(&report::json(found)),
        ReportFormat::Sarif => terminal::json(&report::sarif(found)),
        ReportFormat::Github => terminal::out(&report::github(shown())),
        ReportFormat::Text => {
            let mut sources = terminal::sources();
            for diagnostic in shown() {
                terminal::out(&report::text(diagnostic, &mut sources, true));
            }
            let mut parts = Vec::new();
            for (number, what) in [(errors, "error"), (warnings, "warning")] {
                if number > 0 {
                    parts.push(terminal::count(number, what));
                }
            }
            if informations > 0 {
                let how = if all {
                    ""
                } else {
                    " (shown with --information)"
                };
                parts.push(format!("{informations} for information{how}"));
            }
            let sum = if parts.is_empty() {
                "nothing to complain about".to_owned()
            } else {
                parts.join(", ")
            };
            let most_severe = shown().min_by_key(|diagnostic| diagnostic.level);
            let explain = most_severe.map_or_else(String::new, |found| {
                format!("; more about one: cachewright explain {}", found.code)
            });
            terminal::note(&format!("{looked_at}: {sum}{explain}\n"));
        }
    }
    let denied = match arguments.deny {
        None => errors,
        Some(Deny::Warnings) => errors + warnings,
        Some(Deny::Information) => errors + warnings + informations,
    };
    if unreadable {
        COULD_NOT_RUN
    } else if denied > 0 {
        FINDINGS
    } else {
        FINE
    }
}
