//! A comment on a pull request: the worst first, details folded.

use std::fmt::Write as _;

use super::Found;
use super::text::state;
use crate::diff::{Entry, Report, Row, Verdict, shown};
use crate::graph::Language;

const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Nothing | Verdict::InPlace | Verdict::Replaced => "🟢",
        Verdict::Window | Verdict::Interruption | Verdict::Rolling => "🟡",
        Verdict::Refused | Verdict::Unknown => "🟠",
        Verdict::Kept | Verdict::Lost => "🔴",
    }
}

/// GitHub takes a comment of 65,536 characters.
const LONGEST: usize = 60_000;

pub fn markdown(found: &Found) -> String {
    if let Some(meant) = &found.meant {
        return two(found, meant);
    }
    let mut text = String::new();
    let Some(worst) = found
        .reports
        .iter()
        .filter_map(|report| report.worst(None))
        .max()
    else {
        return format!(
            "### {} Nothing differs\n\n{}\n",
            sign(Verdict::Nothing),
            escape(&found.question)
        );
    };
    let _ = writeln!(text, "### {} {worst}\n", sign(worst));
    text.push_str("| environment | CloudFormation | Terraform | because of |\n|---|---|---|---|\n");
    for report in &found.reports {
        let of = |language| match report.worst(Some(language)) {
            Some(verdict) => format!("{} {verdict}", sign(verdict)),
            None => "–".into(),
        };
        let because = report.headline().map(what).unwrap_or_default();
        let more = report.rows.len().saturating_sub(1);
        let more = if more > 0 {
            format!(", and {more} more")
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "| {}**{}** | {} | {} | {because}{more} |",
            state(report.state),
            escape(&report.name),
            of(Language::CloudFormation),
            of(Language::Terraform),
        );
    }
    let mut left_out = 0;
    for report in &found.reports {
        let mut folded = String::new();
        details(&mut folded, report);
        // the worst come first, and a smaller one may still find room
        if text.len() + folded.len() > LONGEST {
            left_out += 1;
        } else {
            text.push_str(&folded);
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "\nThe details of {left_out} more don't fit into a comment; `cachewright diff` shows them."
        );
    }
    let same = found.looked_at.saturating_sub(found.reports.len());
    let same = if found.two_files {
        String::new()
    } else {
        format!("; {same} the same")
    };
    let _ = writeln!(text, "\n{}{same}.", escape(&found.question));
    text
}

/// A change on one line.
fn what(row: &Row) -> String {
    if row.setting.is_empty() {
        return code(&row.subject);
    }
    let change = row
        .entries()
        .next()
        .map(|(_, entry)| change(row, entry))
        .unwrap_or_default();
    format!("{} {change}", code(&row.setting))
}

fn change(row: &Row, entry: &Entry) -> String {
    if row.setting == "file" || (entry.old.is_none() && entry.new.is_none()) {
        return String::new();
    }
    format!(
        "{} → {}",
        code(&shown(&row.setting, entry.old.as_ref())),
        code(&shown(&row.setting, entry.new.as_ref()))
    )
}

fn details(text: &mut String, report: &Report) {
    let _ = writeln!(
        text,
        "\n<details><summary>{}: {} {}</summary>\n",
        escape(&report.name),
        report.rows.len(),
        if report.rows.len() == 1 {
            "change"
        } else {
            "changes"
        }
    );
    text.push_str("| what | old → new | CloudFormation | Terraform |\n|---|---|---|---|\n");
    for row in &report.rows {
        let name = match row.setting.as_str() {
            "" => code(&row.subject),
            setting => format!("{}<br>{}", code(&row.subject), code(setting)),
        };
        let mut changes: Vec<String> = row.entries().map(|(_, entry)| change(row, entry)).collect();
        changes.dedup();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            changes.join("<br>"),
            cell(row.cloudformation.as_ref()),
            cell(row.terraform.as_ref()),
        );
    }
    text.push_str("\n</details>\n");
}

fn cell(entry: Option<&Entry>) -> String {
    let Some(entry) = entry else {
        return "–".into();
    };
    let judgement = &entry.judgement;
    let sources: Vec<String> = judgement.sources.iter().map(ToString::to_string).collect();
    let because = entry
        .because_of
        .as_ref()
        .map(|cause| format!(" (because of {cause})"))
        .unwrap_or_default();
    let mut text = format!(
        "{} **{}**: {} <sub>{}</sub>",
        sign(judgement.verdict),
        judgement.headline(),
        escape(&format!("{}{because}", judgement.reason)),
        escape(&sources.join("; "))
    );
    if !judgement.advice.is_empty() {
        let _ = write!(text, "<br>**To do:** {}", escape(&judgement.advice));
    }
    text
}

fn two(found: &Found, meant: &[super::Meant]) -> String {
    let mut text = format!("### {}\n\n", escape(&found.question));
    for report in &found.reports {
        text.push_str(
            "| what | CloudFormation | Terraform | where it comes from |\n|---|---|---|---|\n",
        );
        for (row, meant) in report.rows.iter().zip(meant) {
            let of = |entry: &Option<Entry>| {
                entry
                    .as_ref()
                    .map_or("–".to_owned(), |entry| change(row, entry))
            };
            let setting = if row.setting.is_empty() {
                String::new()
            } else {
                format!("<br>{}", code(&row.setting))
            };
            let _ = writeln!(
                text,
                "| {}{setting} | {} | {} | {} |",
                code(&row.subject),
                of(&row.cloudformation),
                of(&row.terraform),
                escape(&meant.to_string())
            );
        }
    }
    text
}

/// A text in a cell of a table.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // nobody is called by what a file says
            '@' => escaped.push_str("&#64;"),
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text as code, in a cell of a table.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|").replace(['\n', '\r'], " ");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
