//! The class of a log group, which it has for good.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "the class of a log group",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::LogGroup {
        return None;
    }
    match case.setting {
        "LogGroupClass" if case.in_cloudformation() => Some(
            Judgement::new(
                Verdict::Refused,
                "a log group keeps its class, and CloudFormation fails an update of it",
                Source::CLOUDFORMATION,
            )
            .advise(
                "make another log group with another name; delivery from a cache needs STANDARD",
            ),
        ),
        "LogGroupClass" => Some(replacement(
            case,
            "a log group keeps its class",
            Source::PROVIDER,
        )),
        "RetentionInDays" => {
            let (was, is) = case.numbers("RetentionInDays")?;
            (is < was).then(|| {
                Judgement::new(
                    Verdict::InPlace,
                    format!("lines older than {is} days are deleted within days"),
                    Source::table(case.language()),
                )
                .advise("export them first where they are wanted: aws logs create-export-task")
            })
        }
        _ => None,
    }
}
