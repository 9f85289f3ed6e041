//! What Terraform leaves alone because `lifecycle` says so: a change of it changes nothing.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};

pub(super) const COMBINATION: Combination = Combination {
    about: "Terraform ignores the change, since something else moves the setting",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.in_cloudformation() {
        return None;
    }
    let node = case.after()?;
    let ignores = |name: &str| {
        let mut ignored = node.ignore_changes.iter();
        ignored.any(|it| it.argument == name || it.argument == "all")
    };
    let terraform = node
        .properties
        .iter()
        .find(|property| property.cloudformation.as_deref() == Some(case.setting))
        .and_then(|property| property.terraform.as_deref())
        .unwrap_or(case.setting);
    if ignores(terraform) {
        return Some(
            Judgement::new(
                Verdict::Nothing,
                format!(
                    "lifecycle ignores changes of {terraform}, so Terraform leaves what runs as it is"
                ),
                Source::TERRAFORM,
            )
            .advise("take it out of ignore_changes first; in a definition, for the version, auto_minor_version_upgrade(false)"),
        );
    }
    (case.setting == "Engine" && ignores("engine_version")).then(|| {
        Judgement::new(
            Verdict::Refused,
            "the provider wants another version in the same apply, and lifecycle ignores the version",
            Source::PROVIDER,
        )
        .advise("take engine_version out of ignore_changes first; in a definition, auto_minor_version_upgrade(false)")
    })
}
