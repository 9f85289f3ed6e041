//! More or fewer replicas.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "replicas, with and without failover",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ReplicationGroup {
        return None;
    }
    match case.setting {
        "NumCacheClusters" => nodes(case),
        "ReplicasPerNodeGroup" if case.in_cloudformation() => Some(per_shard(case)),
        "ReplicasPerNodeGroup" => Some(Judgement::new(
            Verdict::InPlace,
            "replicas are added to or taken from every shard, at once: apply_immediately makes no difference",
            Source::PROVIDER,
        )
        .and(Source::API)),
        _ => None,
    }
}

fn nodes(case: &Case<'_>) -> Option<Judgement> {
    let source = Source::table(case.language());
    let Some((was, is)) = case.numbers("NumCacheClusters") else {
        return Some(Judgement::new(
            Verdict::InPlace,
            "replicas are added or taken away; how many can't be known here",
            source,
        ));
    };
    let (_, failover) = case.switch("AutomaticFailoverEnabled");
    let (had, _) = case.switch("AutomaticFailoverEnabled");
    if is < 2 && (failover == Some(true) || had == Some(true)) {
        return Some(
            Judgement::new(
                Verdict::Refused,
                "automatic failover needs a replica: the last one can't go while it is on",
                Source::API,
            )
            .advise("turn MultiAZEnabled and AutomaticFailoverEnabled off first, deploy, and take the replica away then"),
        );
    }
    Some(if is > was {
        Judgement::new(
            Verdict::InPlace,
            "replicas are added and filled from the primary, at once: apply_immediately makes no difference",
            source,
        )
        .and(Source::API)
    } else {
        Judgement::new(
            Verdict::Interruption,
            "replicas go, and whoever reads from one of them is cut off and has to connect to another",
            source,
        )
        .and(Source::API)
        .advise("clients that use the reader endpoint find another replica by themselves")
    })
}

/// The sources disagree about CloudFormation.
fn per_shard(case: &Case<'_>) -> Judgement {
    if case
        .together
        .iter()
        .any(|setting| setting != "ReplicasPerNodeGroup")
    {
        return replacement(
            case,
            "ReplicasPerNodeGroup changes together with other settings, which CloudFormation answers with a new group",
            Source::SCHEMA,
        );
    }
    Judgement::new(
        Verdict::Unknown,
        "the sources disagree: the resource schema says in place where nothing else changes, the template reference says replacement",
        Source::SCHEMA,
    )
    .and(Source::CLOUDFORMATION)
    .advise("look at a change set; or aws elasticache increase-replica-count / decrease-replica-count --apply-immediately, and say the new number in the template afterwards")
}
