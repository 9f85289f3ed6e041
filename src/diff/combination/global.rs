//! A global datastore: its members and its parameter group.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "a global datastore's members, parameter group and shards",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::GlobalReplicationGroup {
        return None;
    }
    match case.setting {
        "Members" if case.in_cloudformation() => Some(
            Judgement::new(
                Verdict::Interruption,
                "members join, leave or change their role: one that leaves is on its own and can be written to, one that becomes primary fails over",
                Source::SCHEMA,
            )
            .advise("a new primary: aws elasticache failover-global-replication-group, and say it here afterwards"),
        ),
        "CacheParameterGroupName" if !case.in_cloudformation() && !case.changes("EngineVersion") => Some(
            Judgement::new(
                Verdict::Refused,
                "the provider changes a global datastore's parameter group only together with a major upgrade",
                Source::PROVIDER,
            )
            .advise("change the groups of the members instead"),
        ),
        _ => None,
    }
}
