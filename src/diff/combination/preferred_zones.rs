//! The zones that nodes are made in.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "preferred zones: a new group in CloudFormation, nothing in Terraform",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ReplicationGroup || case.setting != "PreferredCacheClusterAZs" {
        return None;
    }
    Some(if case.in_cloudformation() {
        replacement(
            case,
            "the zones of nodes are chosen when they are made, and CloudFormation answers another choice with another group",
            Source::SCHEMA,
        )
    } else {
        Judgement::new(
            Verdict::Nothing,
            "the provider looks at the zones only where it adds replicas, and moves no node",
            Source::PROVIDER,
        )
    })
}
