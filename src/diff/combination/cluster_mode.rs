//! Cluster mode: disabled, compatible, enabled, and not back.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::in_place;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "cluster mode from disabled by compatible to enabled",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ReplicationGroup || case.setting != "ClusterMode" {
        return None;
    }
    let (was, is) = case.texts("ClusterMode");
    let (Some(was), Some(is)) = (was, is) else {
        return Some(Judgement::new(
            Verdict::Nothing,
            "what nobody states stays as it runs; whether it is what is stated can't be known here",
            Source::API,
        )
        .advise("aws elasticache describe-replication-groups says ClusterMode"));
    };
    let source = Source::table(case.language());
    Some(match (&*was, &*is) {
        ("disabled", "compatible") => in_place(case, source)
            .and(Source::GUIDE)
            .advise("move every client to one that speaks cluster mode, then deploy enabled"),
        ("compatible", "enabled") => Judgement {
            waits: case.waits(),
            ..Judgement::new(
                Verdict::Interruption,
                "clients that don't speak cluster mode are cut off, and there is no way back",
                Source::GUIDE,
            )
            .and(source)
            .advise("make sure that every client uses the configuration endpoint")
        },
        ("disabled", "enabled") => Judgement::new(
            Verdict::Refused,
            "cluster mode doesn't go from disabled to enabled in one step",
            Source::API,
        )
        .advise("deploy compatible first, move the clients, and go on"),
        ("compatible", "disabled") => Judgement::new(
            Verdict::Unknown,
            "the sources disagree: the user guide goes back from compatible, the provider and the table call every step irreversible",
            Source::GUIDE,
        )
        .and(source)
        .advise("try it on a copy first"),
        _ => Judgement::new(
            Verdict::Refused,
            format!("cluster mode doesn't go back from {was} to {is}"),
            Source::API,
        )
        .advise("make a second cache, and move the clients"),
    })
}
