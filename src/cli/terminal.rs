//! What reaches the terminal. Colour only where the stream is one, and not against
//! `NO_COLOR`; a reader that went away (`| head`) is no error.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};

use super::Format;
use crate::diagnostic::{Diagnostic, Level};
use crate::output::Problem;

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const PLACE: Style = AnsiColor::Blue.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const HUNK: Style = AnsiColor::Cyan.on_default();

/// Prints what the command was asked for.
pub fn out(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Prints what is to be said beside it.
pub fn note(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints a value for machines.
pub fn json(value: &serde_json::Value) {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

pub fn diagnostic(diagnostic: &Diagnostic) {
    let style = match diagnostic.level {
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Information => DIM,
    };
    let plain = diagnostic.to_string();
    let (head, rest) = plain.split_once('\n').unwrap_or((&plain, ""));
    let (label, message) = head.split_once(": ").unwrap_or((head, ""));
    let mut text = format!("{style}{label}{style:#}: {BOLD}{message}{BOLD:#}\n");
    for line in rest.lines() {
        let _ = match line.strip_prefix("  --> ") {
            Some(place) => writeln!(text, "  {PLACE}-->{PLACE:#} {place}"),
            None => writeln!(text, "{line}"),
        };
    }
    note(&text);
}

pub fn problem(problem: &Problem) {
    let help = if problem.help.is_empty() {
        String::new()
    } else {
        format!("  help: {}\n", problem.help)
    };
    note(&format!(
        "{ERROR}error{ERROR:#}: {BOLD}{}: {}{BOLD:#}\n{help}",
        problem.path.display(),
        problem.message
    ));
}

/// Something that the command line itself has to say.
pub fn error(message: &str, help: &str, format: Format) {
    if format == Format::Json {
        json(&serde_json::json!({ "problems": [{ "message": message, "help": help }] }));
        return;
    }
    note(&format!(
        "{ERROR}error{ERROR:#}: {BOLD}{message}{BOLD:#}\n  help: {help}\n"
    ));
}

/// A unified diff, coloured by line.
pub fn diff(diff: &str) {
    let mut text = String::with_capacity(diff.len() + 256);
    for line in diff.split_inclusive('\n') {
        let style = match line.as_bytes().first() {
            _ if line.starts_with("+++") || line.starts_with("---") => BOLD,
            Some(b'+') => ADDED,
            Some(b'-') => REMOVED,
            Some(b'@') => HUNK,
            _ => Style::new(),
        };
        let body = line.strip_suffix('\n').unwrap_or(line);
        let _ = write!(text, "{style}{body}{style:#}");
        if line.ends_with('\n') {
            text.push('\n');
        }
    }
    out(&text);
}
