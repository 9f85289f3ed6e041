//! A security group's name, description and VPC.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::{lifecycle, replacement};
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "a security group's name, description and VPC",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::SecurityGroup {
        return None;
    }
    if !matches!(case.setting, "GroupName" | "GroupDescription" | "VpcId") {
        return None;
    }
    let why = format!(
        "EC2 changes {} of no group",
        match case.setting {
            "GroupName" => "the name",
            "VpcId" => "the VPC",
            _ => "the description",
        }
    );
    let first = lifecycle(case.new, case.resource, "create_before_destroy");
    if !case.in_cloudformation() && first && case.changes("GroupName") {
        return Some(Judgement::new(
            Verdict::Replaced,
            format!("{why}; a new one is made, the cache moves to it, and the old one goes"),
            Source::EC2,
        ));
    }
    Some(replacement(case, &why, Source::EC2))
}
