//! Data tiering follows from the type of nodes.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};

pub(super) const COMBINATION: Combination = Combination {
    about: "data tiering, and what a setting is where nobody states it",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    let off = match case.setting {
        "DataTieringEnabled" | "AutomaticFailoverEnabled" | "MultiAZEnabled" => false,
        _ => return None,
    };
    let (was, is) = case.switch(case.setting);
    let was = if case.had(case.setting) { was? } else { off };
    let is = if case.has(case.setting) { is? } else { off };
    if was == is {
        return Some(Judgement::new(
            Verdict::Nothing,
            format!("{} is {is} either way", case.setting),
            Source::API,
        ));
    }
    (case.setting == "DataTieringEnabled").then(|| {
        replacement(
            case,
            "data tiering is decided when the cache is made",
            Source::table(case.language()),
        )
    })
}
