//! More or fewer shards.

use serde_json::Value;

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "shards, with and without UseOnlineResharding, alone or not",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    let is_shards = matches!(case.setting, "NumNodeGroups" | "NodeGroupConfiguration");
    if case.kind != Kind::ReplicationGroup || !is_shards {
        return None;
    }
    let online = "slots move from shard to shard while the cache serves; it takes minutes to hours and costs CPU";
    if !case.in_cloudformation() {
        return Some(if case.setting == "NumNodeGroups" {
            Judgement::new(Verdict::InPlace, online, Source::PROVIDER)
                .and(Source::API)
                .advise("do it when little is written, and with less than 80% of the memory used where shards go")
        } else {
            replacement(
                case,
                "shards that are described one by one can't be described otherwise",
                Source::PROVIDER,
            )
        });
    }
    let resource = case.resource.get(&case.new.tree)?;
    let allowed = resource.pointer("/UpdatePolicy/UseOnlineResharding");
    let allowed = allowed.is_some_and(|on| *on == Value::Bool(true) || on.as_str() == Some("true"));
    let others: Vec<&str> = case
        .together
        .iter()
        .map(String::as_str)
        .filter(|setting| {
            !matches!(
                *setting,
                "NumNodeGroups" | "NodeGroupConfiguration" | "UpdatePolicy"
            )
        })
        .collect();
    Some(if !allowed {
        replacement(
            case,
            "CloudFormation replaces the group instead of resharding it, because UpdatePolicy doesn't say UseOnlineResharding: true",
            Source::CLOUDFORMATION,
        )
    } else if others.is_empty() {
        Judgement::new(Verdict::InPlace, online, Source::CLOUDFORMATION)
            .and(Source::API)
            .advise("do it when little is written, and with less than 80% of the memory used where shards go")
    } else {
        let why = format!(
            "UseOnlineResharding counts only where the shards change by themselves, and {} changes too",
            others.join(", ")
        );
        let found = replacement(case, &why, Source::CLOUDFORMATION);
        Judgement {
            advice: "deploy the shards by themselves".into(),
            ..found
        }
    })
}
