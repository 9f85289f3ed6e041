//! What reaches the terminal. Colour only where the stream is one, and not against
//! `NO_COLOR`; a reader that went away (`| head`) is no error.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};

use super::Format;
use crate::diagnostic::Diagnostic;
use crate::output::Problem;
use crate::report::{self, Sources};

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const GREEN: Style = AnsiColor::Green.on_default();
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
pub const RED: Style = AnsiColor::Red.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const ADDED: Style = GREEN;
const REMOVED: Style = RED;
const HUNK: Style = AnsiColor::Cyan.on_default();

/// A file that is longer is not shown from.
const LONG: u64 = 8 << 20;

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

/// The files that findings point into.
pub fn sources() -> Sources<'static> {
    Sources::new(|path| {
        let is_small = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() < LONG);
        is_small.then(|| fs::read_to_string(path).ok()).flatten()
    })
}

/// Prints a finding with its source line.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &mut Sources<'_>) {
    note(&report::text(diagnostic, sources, true));
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

/// `1 error`, `2 errors`.
pub fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}
