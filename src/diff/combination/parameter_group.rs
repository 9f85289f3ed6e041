//! A parameter group of another family, name or description.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::{in_place, lifecycle, replacement};
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "a parameter group of another family, name or description",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ParameterGroup {
        return None;
    }
    match case.setting {
        "Description" if case.in_cloudformation() => return Some(in_place(case, Source::SCHEMA)),
        "CacheParameterGroupFamily" | "Description" | "CacheParameterGroupName" => {}
        _ => return None,
    }
    if case.in_cloudformation() {
        return Some(
            replacement(case, "a parameter group keeps its family", Source::SCHEMA).advise(
                "the cache moves to the new group in the same step, before the old one goes",
            ),
        );
    }
    let renamed = case.changes("CacheParameterGroupName");
    if renamed && lifecycle(case.new, case.resource, "create_before_destroy") {
        return Some(Judgement::new(
            Verdict::Replaced,
            "a new group is made, the cache moves to it, and the old one goes",
            Source::PROVIDER,
        ));
    }
    Some(
        replacement(case, "the provider makes another parameter group for another family, name or description", Source::PROVIDER)
            .advise("give the new group another name and say create_before_destroy = true, so that the cache moves first"),
    )
}
