//! Annotations of a pull request: one for each change that is worth a look.

use std::fmt::Write as _;

use super::Found;
use super::text::language;
use crate::diff::Verdict;
use crate::report::github::{data, property};

pub fn github(found: &Found) -> String {
    let mut text = String::new();
    for report in &found.reports {
        for row in &report.rows {
            for (of, entry) in row.entries() {
                let judgement = &entry.judgement;
                let level = match judgement.verdict {
                    Verdict::Nothing | Verdict::InPlace | Verdict::Replaced => continue,
                    Verdict::Window | Verdict::Interruption | Verdict::Rolling => "notice",
                    Verdict::Refused | Verdict::Unknown => "warning",
                    Verdict::Kept | Verdict::Lost => "error",
                };
                let title = format!("{}: {}", report.name, judgement.headline());
                let advice = if judgement.advice.is_empty() {
                    String::new()
                } else {
                    format!("\n{}", judgement.advice)
                };
                let setting = if row.setting.is_empty() {
                    "the whole"
                } else {
                    &row.setting
                };
                let message = format!(
                    "{} {setting}, {}: {}{advice}",
                    row.subject,
                    language(of),
                    judgement.reason
                );
                let _ = writeln!(
                    text,
                    "::{level} title={}::{}",
                    property(&title),
                    data(&message)
                );
            }
        }
    }
    text
}
