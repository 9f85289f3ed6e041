//! What Terraform alone has: how it works, and what it does later.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::{Kind, Language};

pub(super) const COMBINATION: Combination = Combination {
    about: "what Terraform does later: apply_immediately, final snapshots, waiting times",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    let nothing = |reason: &'static str, source, advice: &'static str| {
        Some(Judgement::new(Verdict::Nothing, reason, source).advise(advice))
    };
    if case.kind == Kind::ServerlessCache && case.setting == "FinalSnapshotName" {
        return nothing(
            "it counts when the cache is deleted",
            Source::CLOUDFORMATION,
            "",
        );
    }
    if case.language() != Language::Terraform {
        return None;
    }
    match case.setting {
        "apply_immediately" => nothing(
            "it says whether changes wait for the maintenance window, this one and every later one",
            Source::PROVIDER,
            "",
        ),
        "final_snapshot_identifier" => nothing(
            "it counts when the cache is destroyed, and Terraform has to have applied it before",
            Source::PROVIDER,
            if case.has("final_snapshot_identifier") {
                ""
            } else {
                "a protection goes: from then on a destroyed cache leaves nothing behind"
            },
        ),
        "recovery_window_in_days"
        | "PendingWindowInDays"
        | "skip_destroy"
        | "revoke_rules_on_delete"
        | "force_overwrite_replica_secret"
        | "timeouts" => nothing(
            "it counts when the thing is destroyed, or while Terraform waits",
            Source::PROVIDER,
            "",
        ),
        _ => None,
    }
}
