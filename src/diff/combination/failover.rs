//! Automatic failover and Multi-AZ: turned off in their order, and before the last replica goes.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "Multi-AZ and automatic failover, down to a single node",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ReplicationGroup
        || !matches!(case.setting, "AutomaticFailoverEnabled" | "MultiAZEnabled")
    {
        return None;
    }
    let (_, failover) = case.switch("AutomaticFailoverEnabled");
    let (_, multi_az) = case.switch("MultiAZEnabled");
    let failover = if case.has("AutomaticFailoverEnabled") {
        failover?
    } else {
        false
    };
    let multi_az = if case.has("MultiAZEnabled") {
        multi_az?
    } else {
        false
    };
    if multi_az && !failover {
        return Some(
            Judgement::new(
                Verdict::Refused,
                "Multi-AZ needs automatic failover",
                Source::API,
            )
            .advise("turn Multi-AZ off in the same step, or keep automatic failover"),
        );
    }
    let (was, _) = case.switch(case.setting);
    if was == Some(true)
        && case.changes("NumCacheClusters")
        && case
            .numbers("NumCacheClusters")
            .is_some_and(|(_, is)| is < 2)
    {
        return Some(
            Judgement::new(
                Verdict::Refused,
                "the last replica can't go while failover is on, and both are asked for in one step: which comes first isn't promised",
                Source::API,
            )
            .advise("first turn MultiAZEnabled and AutomaticFailoverEnabled off, and deploy; then take the replicas away"),
        );
    }
    if failover && case.setting == "AutomaticFailoverEnabled" {
        let few = case.is("NumCacheClusters").and_then(|n| n.as_i64()) == Some(1);
        if few {
            return Some(
                Judgement::new(
                    Verdict::Refused,
                    "automatic failover needs a replica, and there is one node",
                    Source::API,
                )
                .advise("add a replica first, deploy, and turn it on then"),
            );
        }
    }
    None
}
