//! Outputs of a stack: an export can't change while somebody imports it.

use serde_json::Value;

use crate::diff::change::Path;
use crate::diff::side::Side;
use crate::diff::verdict::{Judgement, Source, Verdict};

/// The verdict of an output that changes.
pub(in crate::diff) fn judge(old: &Side, new: &Side, id: &str, path: &Path) -> Judgement {
    let export = |side: &Side| {
        let output = Path::of(["Outputs", id]).get(&side.tree)?;
        output.get("Export")?.get("Name").cloned()
    };
    let (was, is) = (export(old), export(new));
    let Some(name) = was else {
        return Judgement::new(
            Verdict::Nothing,
            "no other stack can import it yet",
            Source::CLOUDFORMATION,
        );
    };
    if path.0.get(2).map(String::as_str) == Some("Description") {
        return Judgement::new(
            Verdict::Nothing,
            "nobody imports a description",
            Source::CLOUDFORMATION,
        );
    }
    let shown = match &name {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let what = if is.as_ref() == Some(&name) {
        "its value can't change"
    } else {
        "its name can't go"
    };
    Judgement::new(
        Verdict::Refused,
        format!("{what} as long as another stack imports it, and the update fails"),
        Source::CLOUDFORMATION,
    )
    .advise(format!(
        "who imports it: aws cloudformation list-imports --export-name {shown}; nobody: go ahead; else export the new one beside it, move the others, and remove the old one"
    ))
}
