//! Encryption at rest, which is decided when a cache is made.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "encryption at rest, turned on or given another key later",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ReplicationGroup
        || !matches!(case.setting, "AtRestEncryptionEnabled" | "KmsKeyId")
    {
        return None;
    }
    let why = if case.setting == "KmsKeyId" {
        "the key of a cache is chosen when it is made"
    } else {
        "encryption at rest is decided when a cache is made"
    };
    Some(replacement(case, why, Source::table(case.language())))
}
