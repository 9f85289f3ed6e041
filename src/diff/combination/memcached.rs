//! A Memcached cluster keeps nothing: a change that restarts nodes empties them.

use serde_json::json;

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "Memcached: what restarts a node empties it",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.kind != Kind::CacheCluster || case.is("Engine") != Some(json!("memcached")) {
        return None;
    }
    match case.setting {
        "EngineVersion" => Some(
            Judgement::new(
                Verdict::Lost,
                "Memcached is upgraded by restarting every node, and what a node held is lost",
                Source::GUIDE,
            )
            .advise("do it when the database behind the cache can take the load"),
        ),
        "NumCacheNodes" => {
            let (was, is) = case.numbers("NumCacheNodes")?;
            Some(if is > was {
                Judgement::new(
                    Verdict::Interruption,
                    "nodes are added, and clients without auto discovery look for keys on the wrong ones until they know",
                    Source::GUIDE,
                )
            } else {
                Judgement::new(
                    Verdict::Lost,
                    format!("{} of {was} nodes go with what they hold", was - is),
                    Source::GUIDE,
                )
                .advise("expect as many misses as the nodes held keys")
            })
        }
        "CacheNodeType" => Some(replacement(
            case,
            "a Memcached node can't become one of another type",
            Source::GUIDE,
        )),
        _ => None,
    }
}
