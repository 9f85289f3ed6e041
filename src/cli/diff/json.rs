//! For machines.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Found;
use crate::diff::{Entry, Row, State, shown};

pub fn json(found: &Found) -> Value {
    let worst = found
        .reports
        .iter()
        .filter_map(|report| report.worst(None))
        .max();
    let environments = found.reports.par_iter().map(|report| {
        let rows = report.rows.iter().enumerate().map(|(i, row)| {
            let mut value = in_json(row);
            if let (Some(meant), Value::Object(members)) = (
                found.meant.as_ref().and_then(|meant| meant.get(i)),
                &mut value,
            ) {
                members.insert("meant".into(), json!(meant.to_string()));
            }
            value
        });
        json!({
            "environment": report.name,
            "state": match report.state {
                State::New => "new",
                State::Removed => "removed",
                State::Changed => "changed",
                State::Same => "same",
            },
            "worst": report.worst(None).map(|verdict| verdict.word()),
            "changes": rows.collect::<Vec<_>>(),
        })
    });
    json!({
        "compared": found.question,
        "lookedAt": found.looked_at,
        "worst": worst.map(|verdict| verdict.word()),
        "environments": environments.collect::<Vec<Value>>(),
    })
}

fn in_json(row: &Row) -> Value {
    let entry = |entry: &Option<Entry>| {
        entry.as_ref().map(|entry| {
            let judgement = &entry.judgement;
            let sources = judgement.sources.iter();
            json!({
                "path": entry.path.0,
                "old": entry.old.as_ref().map(|value| shown(&row.setting, Some(value))),
                "new": entry.new.as_ref().map(|value| shown(&row.setting, Some(value))),
                "because": entry.because_of,
                "verdict": judgement.verdict.word(),
                "inMaintenanceWindow": judgement.waits,
                "reason": judgement.reason,
                "sources": sources.map(|source| json!({ "name": source.name, "date": source.date })).collect::<Vec<_>>(),
                "advice": judgement.advice,
            })
        })
    };
    json!({
        "subject": row.subject,
        "kind": row.kind.map(|kind| match kind.cloudformation() { "" => kind.terraform(), of => of }),
        "setting": row.setting,
        "cloudformation": entry(&row.cloudformation),
        "terraform": entry(&row.terraform),
    })
}
