//! Parameters of the engine, one by one: at once, after a reboot, or not at all.

use serde_json::Value;

use super::Combination;
use crate::diff::case::Case;
use crate::diff::side::known;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::facts::{self, Modifiable};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "parameters of the engine: at once, or after a reboot",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::ParameterGroup || case.setting != "Properties" {
        return None;
    }
    let source = Source::table(case.language());
    let Some(name) = case.below.first() else {
        return Some(Judgement::new(
            Verdict::InPlace,
            "all parameters are set, or back to their defaults",
            source,
        ));
    };
    let family = known(case.after()?, "CacheParameterGroupFamily");
    let family = family.as_ref().and_then(Value::as_str).unwrap_or_default();
    let what = if case.change.new.is_none() {
        format!("{name} goes back to its default")
    } else {
        format!("{name} is set")
    };
    let Some(row) = facts::parameter(family, name) else {
        return Some(Judgement::new(
            Verdict::InPlace,
            format!("{what}; whether that needs a reboot the tables don't know"),
            source,
        ));
    };
    Some(match row.modifiable {
        Modifiable::No => Judgement::new(
            Verdict::Refused,
            format!("{name} can't be set in {family}"),
            Source::GUIDE,
        )
        .advise("leave it out"),
        Modifiable::AtCreation => Judgement::new(
            Verdict::Refused,
            format!("{name} can be set only before a cache uses the group"),
            Source::GUIDE,
        )
        .advise("make another parameter group, and a cache with it"),
        Modifiable::Yes => match &*row.change_type {
            "requires-reboot" => Judgement::new(
                Verdict::Interruption,
                format!("{what}, and counts after a reboot of every node, which neither language does"),
                Source::GUIDE,
            )
            .advise("aws elasticache reboot-cache-cluster --cache-cluster-id <member> --cache-node-ids-to-reboot 0001, replicas first; with cluster mode enabled it counts for new nodes"),
            "new-users" => Judgement::new(
                Verdict::InPlace,
                format!("{what}, and counts for users that are made or changed from then on"),
                Source::GUIDE,
            ),
            _ => Judgement::new(Verdict::InPlace, format!("{what}, at once, on every node"), source)
                .and(Source::GUIDE),
        },
    })
}
