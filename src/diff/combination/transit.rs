//! TLS on a cache that runs: plain, preferred, required, one step at a time.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::{Kind, Node};
use crate::order::{Transit, transit};

pub(super) const COMBINATION: Combination = Combination {
    about: "TLS from plain by preferred to required",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    let is_tls = matches!(
        case.setting,
        "TransitEncryptionEnabled" | "TransitEncryptionMode"
    );
    if case.kind == Kind::CacheCluster && is_tls && case.in_cloudformation() {
        return Some(
            Judgement::new(
                Verdict::Unknown,
                "the sources disagree: the resource schema changes it in place, the user guide decides it when the cluster is made",
                Source::SCHEMA,
            )
            .and(Source::GUIDE)
            .advise("look at a change set before you execute it"),
        );
    }
    if case.kind == Kind::CacheCluster && is_tls {
        return Some(replacement(
            case,
            "a cluster's encryption in transit is decided when it is made",
            Source::GUIDE,
        ));
    }
    if case.kind != Kind::ReplicationGroup || !is_tls {
        return None;
    }
    let state = |node: Option<&Node>| match node {
        Some(node) if !said(node) => Some(Transit::Plain),
        Some(node) => transit(node),
        None => None,
    };
    let (was, is) = (state(case.before())?, state(case.after())?);
    let (engine, _) = case.texts("Engine");
    let (version, _) = case.texts("EngineVersion");
    // preferred exists from Redis OSS 7.0 and Valkey 7.2
    let old = engine.as_deref() != Some("valkey")
        && version.as_deref().is_some_and(|version| {
            let major = version
                .split('.')
                .next()
                .and_then(|major| major.parse::<u32>().ok());
            major.is_some_and(|major| major < 7)
        });
    if was == is {
        return Some(Judgement::new(
            Verdict::Nothing,
            "it says what already is",
            Source::API,
        ));
    }
    if old && (was == Transit::Plain || is == Transit::Plain) {
        return Some(if case.in_cloudformation() {
            Judgement::new(
                Verdict::Refused,
                "before Redis OSS 7.0 encryption in transit is decided when the cache is made",
                Source::API,
            )
            .advise(
                "upgrade to 7 first, and go by preferred; or make a second cache from a snapshot",
            )
        } else {
            replacement(
                case,
                "before Redis OSS 7.0 encryption in transit is decided when the cache is made",
                Source::PROVIDER,
            )
        });
    }
    if matches!(
        (was, is),
        (Transit::Plain, Transit::Required) | (Transit::Required, Transit::Plain)
    ) {
        return Some(
            Judgement::new(
                Verdict::Refused,
                format!("encryption in transit doesn't go from {was} to {is} in one step"),
                Source::API,
            )
            .advise("deploy TransitEncryptionMode: preferred first, move the clients, and go on"),
        );
    }
    let waits = case.waits();
    let verdict = match (is, waits) {
        (Transit::Required, _) => Verdict::Interruption,
        (_, true) => Verdict::Window,
        _ => Verdict::InPlace,
    };
    let reason = match is {
        Transit::Required => "from then on clients without TLS are cut off, and can't come back",
        Transit::Preferred => "the cache takes both, with and without TLS; clients notice nothing",
        Transit::Plain => "clients with TLS have to have gone before",
    };
    let advice = match is {
        Transit::Required => "move every client to TLS first",
        Transit::Preferred => "move the clients before you require it",
        Transit::Plain => "move every client away from TLS first",
    };
    let verdict = if is == Transit::Plain {
        Verdict::Interruption
    } else {
        verdict
    };
    Some(Judgement {
        waits,
        ..Judgement::new(verdict, reason, Source::GUIDE)
            .and(Source::table(case.language()))
            .advise(advice)
    })
}

fn said(node: &Node) -> bool {
    node.properties
        .iter()
        .any(|property| property.cloudformation.as_deref() == Some("TransitEncryptionEnabled"))
}
