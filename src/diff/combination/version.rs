//! Another version: up goes where it is, node after node; down doesn't.

use std::cmp::Ordering;

use super::Combination;
use super::engine::family;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::facts;
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "a version goes up or down, with the family of its parameter group",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if !matches!(case.setting, "EngineVersion" | "MajorEngineVersion") {
        return None;
    }
    let (was, is) = case.texts(case.setting);
    let (Some(was), Some(is)) = (was, is) else {
        return Some(
            Judgement::new(
                Verdict::Unknown,
                "without a version AWS keeps the one that runs, or takes its newest; which can't be known here",
                Source::API,
            )
            .advise("state the version that runs"),
        );
    };
    let change = compare(&was, &is)?;
    if case.setting == "MajorEngineVersion" {
        return Some(match change {
            Ordering::Greater => Judgement::new(
                Verdict::Refused,
                "a serverless cache never goes back to an older version",
                Source::GUIDE,
            )
            .advise("make a second cache from a snapshot that was taken before"),
            _ => Judgement::new(
                Verdict::InPlace,
                "a serverless cache is upgraded where it is",
                Source::GUIDE,
            ),
        });
    }
    let (from, to) = case.texts("Engine");
    let another = case.changes("Engine") && from != to && to.as_deref() == Some("valkey");
    if another {
        return Some(Judgement {
            waits: case.waits(),
            ..Judgement::new(
                Verdict::Rolling,
                "the version is the new engine's, and goes the same way in the same step",
                Source::GUIDE,
            )
        });
    }
    if change == Ordering::Greater {
        return Some(match (case.in_cloudformation(), case.kind) {
            (true, _) | (_, Kind::GlobalReplicationGroup) => Judgement::new(
                Verdict::Refused,
                format!("ElastiCache doesn't go back from {was} to {is}: the update fails, and the cache stays"),
                Source::API,
            )
            .advise(format!("keep {was}, or make a second cache of {is}; a snapshot of a newer version may not be read by an older one")),
            (false, _) => replacement(
                case,
                &format!("ElastiCache doesn't go back from {was} to {is}"),
                Source::PROVIDER,
            ),
        });
    }
    if case.kind == Kind::ReplicationGroup
        && let Some(family) = family(case)
    {
        let engine = to.unwrap_or_else(|| "redis".into());
        let wanted = facts::engine_version(&engine, &is).map(|row| &row.family);
        if let Some(wanted) = wanted.filter(|wanted| **wanted != family) {
            return Some(
                Judgement::new(
                    Verdict::Refused,
                    format!("{engine} {is} needs a parameter group of the family {wanted}, and this one is of {family}"),
                    Source::API,
                )
                .advise(format!("move to a parameter group of {wanted} in the same step")),
            );
        }
    }
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    let how = if major(&was) == major(&is) {
        "one node after the other is replaced, and each shard fails over once: clients reconnect, writes fail for seconds"
    } else {
        "a major upgrade: one node after the other is replaced, and each shard fails over once: clients reconnect, writes fail for seconds; it can't be taken back"
    };
    Some(Judgement {
        waits: case.waits(),
        ..Judgement::new(Verdict::Rolling, how, Source::GUIDE)
            .and(Source::table(case.language()))
            .advise("take a snapshot first: aws elasticache create-snapshot; without replicas the cache is away while its node is replaced")
    })
}

/// How the first version stands to the second; nothing where they can't be compared.
fn compare(one: &str, other: &str) -> Option<Ordering> {
    let numbers = |text: &str| -> Option<Vec<u32>> {
        let parts = text.split('.').filter(|part| *part != "x");
        parts.map(|part| part.parse().ok()).collect()
    };
    let (one, other) = (numbers(one)?, numbers(other)?);
    Some(one.cmp(&other))
}
