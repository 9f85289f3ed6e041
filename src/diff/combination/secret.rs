//! A secret that is generated: told otherwise, it is generated anew.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "a generated secret: another length is another value",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    match (case.kind, case.setting) {
        (Kind::Secret, "GenerateSecretString") => Some(
            Judgement::new(
                Verdict::Interruption,
                "CloudFormation generates another value, which the cache doesn't know: whoever reads the secret from then on is shut out",
                Source::CLOUDFORMATION,
            )
            .advise("leave it as it was made, and rotate to a version of your own"),
        ),
        (Kind::Secret, "SecretString") | (Kind::SecretVersion, "secret_string" | "secret_string_wo" | "secret_string_wo_version" | "secret_binary") => Some(
            Judgement::new(
                Verdict::Interruption,
                "the secret has another current version: whoever reads it gets what the cache may not know yet",
                Source::table(case.language()),
            )
            .advise("rotate in the order of README: AWSPENDING, ROTATE, AWSCURRENT, SET"),
        ),
        _ => None,
    }
}
