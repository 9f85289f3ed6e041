//! For people.

use std::fmt::Write as _;

use anstyle::Style;

use super::Found;
use crate::cli::terminal::{BOLD, DIM, GREEN, RED, YELLOW, count};
use crate::diff::{Entry, Row, State, Verdict, shown};
use crate::graph::Language;

pub const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Nothing | Verdict::InPlace | Verdict::Replaced => GREEN,
        Verdict::Window | Verdict::Interruption | Verdict::Rolling => YELLOW,
        Verdict::Refused | Verdict::Unknown | Verdict::Kept | Verdict::Lost => RED,
    }
}

pub const fn language(language: Language) -> &'static str {
    match language {
        Language::CloudFormation => "CloudFormation",
        Language::Terraform => "Terraform",
    }
}

/// What stands beside an environment's name.
pub const fn state(state: State) -> &'static str {
    match state {
        State::New => "new: ",
        State::Removed => "no longer defined: ",
        State::Changed | State::Same => "",
    }
}

pub fn text(found: &Found) -> String {
    let mut text = String::new();
    for report in &found.reports {
        let worst = report.worst(None).unwrap_or(Verdict::Nothing);
        let style = style(worst);
        let headline = if found.meant.is_some() {
            format!("{BOLD}{}{BOLD:#}", report.name)
        } else {
            format!(
                "{BOLD}{}{BOLD:#}  {}{style}{worst}{style:#}",
                report.name,
                state(report.state)
            )
        };
        let _ = writeln!(text, "{headline}");
        let mut subject = "";
        for (i, row) in report.rows.iter().enumerate() {
            if row.subject != subject {
                let _ = writeln!(text, "  {BOLD}{}{BOLD:#}", row.subject);
                subject = &row.subject;
            }
            match &found.meant {
                Some(meant) => {
                    values(&mut text, row, true);
                    if let Some(meant) = meant.get(i) {
                        let _ = writeln!(text, "      {DIM}{meant}{DIM:#}");
                    }
                }
                None => full(&mut text, row),
            }
        }
        text.push('\n');
    }
    let same = found.looked_at.saturating_sub(found.reports.len());
    let differ = found.reports.len();
    let _ = if found.looked_at == 0 || found.meant.is_some() || found.two_files {
        let changes: usize = found.reports.iter().map(|report| report.rows.len()).sum();
        let said = match changes {
            0 => "nothing differs".to_owned(),
            changes => count(changes, "difference"),
        };
        writeln!(text, "{}: {said}", found.question)
    } else {
        writeln!(
            text,
            "{}: {differ} differ, {same} the same, of {}",
            found.question,
            count(found.looked_at, "environment")
        )
    };
    text
}

/// Old and new value, once where the languages say the same.
fn values(text: &mut String, row: &Row, says_who: bool) {
    let value = |entry: &Entry| {
        format!(
            "{} → {}",
            shown(&row.setting, entry.old.as_ref()),
            shown(&row.setting, entry.new.as_ref())
        )
    };
    let all: Vec<_> = row.entries().collect();
    let name = if row.setting.is_empty() {
        "the whole"
    } else {
        &row.setting
    };
    match all.as_slice() {
        [(_, one), (_, other)] if value(one) != value(other) => {
            let _ = writeln!(text, "    {name}");
            for (of, entry) in all {
                let _ = writeln!(text, "      {}: {}", language(of), value(entry));
            }
        }
        [(of, one), rest @ ..] => {
            let only = if rest.is_empty() && says_who {
                format!("  {DIM}{} alone{DIM:#}", language(*of))
            } else {
                String::new()
            };
            let _ = if one.old.is_none() && one.new.is_none() {
                writeln!(text, "    {name}{only}")
            } else if row.setting.is_empty() || row.setting == "file" {
                let what = if one.old.is_none() {
                    "comes"
                } else if one.new.is_none() {
                    "goes"
                } else {
                    "changes"
                };
                writeln!(text, "    {what}{only}")
            } else {
                writeln!(text, "    {name}: {}{only}", value(one))
            };
        }
        [] => {}
    }
}

fn full(text: &mut String, row: &Row) {
    values(text, row, false);
    let all: Vec<_> = row.entries().collect();
    if let [(_, one), (_, other)] = all.as_slice()
        && one.judgement == other.judgement
        && one.because_of == other.because_of
    {
        verdict(text, "both", one);
        return;
    }
    for (of, entry) in all {
        verdict(text, language(of), entry);
    }
}

fn verdict(text: &mut String, who: &str, entry: &Entry) {
    let judgement = &entry.judgement;
    let style = style(judgement.verdict);
    let because = entry
        .because_of
        .as_ref()
        .map(|cause| format!(" (because of {cause})"))
        .unwrap_or_default();
    let sources: Vec<String> = judgement.sources.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        text,
        "      {who}: {style}{}{style:#}: {}{because} {DIM}[{}]{DIM:#}",
        judgement.headline(),
        judgement.reason,
        sources.join("; ")
    );
    if !judgement.advice.is_empty() {
        let _ = writeln!(text, "        to do: {}", judgement.advice);
    }
}
