//! Rules of a security group: who may enter, and what that means for who is in.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "rules of a security group: another port, another source",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    match case.kind {
        Kind::SecurityGroupIngress | Kind::SecurityGroupEgress => {}
        Kind::SecurityGroup
            if matches!(case.setting, "SecurityGroupIngress" | "SecurityGroupEgress") =>
        {
            return inside(case);
        }
        _ => return None,
    }
    let source = Source::table(case.language());
    match case.setting {
        "Description" | "Tags" => Some(Judgement::new(
            Verdict::InPlace,
            "the rule lets in whom it let in",
            source,
        )),
        "GroupId" | "GroupName" => {
            let found = replacement(case, "a rule stays with its group", source);
            Some(Judgement {
                verdict: Verdict::Interruption,
                ..found
            })
        }
        _ if case.in_cloudformation() => Some(
            Judgement::new(
                Verdict::Interruption,
                "another rule is made, and the old one deleted: who isn't in the new one is shut out",
                source,
            )
            .advise("where both are to be let in for a while: add the new rule under another logical id, and remove the old one later"),
        ),
        _ => Some(
            Judgement::new(
                Verdict::Interruption,
                "the rule is changed where it is: who isn't in it any more is shut out",
                source,
            )
            .advise("where both are to be let in for a while: add a rule, and remove the old one later"),
        ),
    }
}

/// Rules inside the group.
fn inside(case: &Case<'_>) -> Option<Judgement> {
    let source = Source::table(case.language());
    if case.below.last().map(String::as_str) == Some("Description") {
        return Some(Judgement::new(
            Verdict::InPlace,
            "the rule lets in whom it let in",
            source,
        ));
    }
    if case.change.old.is_none() {
        return Some(Judgement::new(
            Verdict::InPlace,
            "somebody more may enter or leave",
            source,
        ));
    }
    Some(Judgement::new(
        Verdict::Interruption,
        "the rules are taken away and set anew: for a moment nobody new gets in, and who isn't in them is shut out",
        source,
    ))
}
