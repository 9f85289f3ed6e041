//! Another engine: Redis OSS becomes Valkey where it is, and never the other way round.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::replacement;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::facts;
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "Redis OSS becomes Valkey, with its version and parameter group",
    judge,
};

/// The engine that is meant where a file says none.
fn or_redis(engine: Option<String>, said: bool) -> Option<String> {
    if said { engine } else { Some("redis".into()) }
}

fn judge(case: &Case<'_>) -> Option<Judgement> {
    if case.setting != "Engine" {
        return None;
    }
    let (was, is) = case.texts("Engine");
    let was = or_redis(was, case.had("Engine"))?.to_ascii_lowercase();
    let is = or_redis(is, case.has("Engine"))?.to_ascii_lowercase();
    match case.kind {
        Kind::CacheCluster => {
            return Some(replacement(
                case,
                "a cluster can't change its engine",
                Source::SCHEMA,
            ));
        }
        Kind::ServerlessCache if (&*was, &*is) == ("redis", "valkey") => {
            return Some(Judgement::new(
                Verdict::InPlace,
                "a serverless cache becomes Valkey where it is",
                Source::GUIDE,
            ));
        }
        Kind::ReplicationGroup | Kind::ServerlessCache => {}
        _ => return None,
    }
    if was == is {
        // stated now, or no longer
        return Some(Judgement::new(
            Verdict::Nothing,
            format!("the engine is {is} either way"),
            Source::API,
        ));
    }
    if (&*was, &*is) != ("redis", "valkey") {
        return Some(if case.in_cloudformation() {
            Judgement::new(
                Verdict::Refused,
                format!("ElastiCache turns redis into valkey, and never {was} into {is}"),
                Source::API,
            )
            .advise("make a second cache, and move the clients")
        } else {
            let why = format!("{was} can't become {is}");
            replacement(case, &why, Source::PROVIDER)
        });
    }
    if !case.in_cloudformation() && !case.has("EngineVersion") {
        return Some(
            Judgement::new(
                Verdict::Refused,
                "the provider wants engine_version in the same apply as engine = \"valkey\"",
                Source::PROVIDER,
            )
            .advise("say engine_version, such as \"8.0\", beside engine"),
        );
    }
    if let Some(family) = family(case)
        && !family.starts_with("valkey")
    {
        return Some(
            Judgement::new(
                Verdict::Refused,
                format!("the parameter group is of the family {family}, and Valkey takes none of Redis OSS"),
                Source::API,
            )
            .advise("move to a parameter group of a valkey family in the same step"),
        );
    }
    let (_, version) = case.texts("EngineVersion");
    let known = version
        .as_deref()
        .map(|version| facts::engine_version("valkey", version));
    let hint = match known {
        Some(None) => "; check the version: the tables don't know it for valkey",
        _ => "",
    };
    Some(Judgement {
        waits: case.waits(),
        ..Judgement::new(
            Verdict::Rolling,
            format!("Redis OSS becomes Valkey where it is: one node after the other, and each shard fails over once{hint}"),
            Source::GUIDE,
        )
        .and(Source::table(case.language()))
        .advise("there is no way back to Redis OSS: take a snapshot first; without replicas the cache is away while its node is replaced")
    })
}

/// The family of the parameter group that the cache will have, where the files say it.
pub(super) fn family(case: &Case<'_>) -> Option<String> {
    let name = case.is("CacheParameterGroupName").or_else(|| {
        // a reference to the only group of the files
        case.has("CacheParameterGroupName")
            .then_some(serde_json::Value::Null)
    })?;
    let groups = case.new.graph()?.nodes.iter();
    let groups: Vec<_> = groups
        .filter(|node| node.kind == Kind::ParameterGroup)
        .collect();
    if let Some(text) = name.as_str()
        && let Some(family) = text.strip_prefix("default.")
    {
        return Some(family.trim_end_matches(".cluster.on").to_owned());
    }
    let [group] = groups.as_slice() else {
        return None;
    };
    let family = crate::diff::side::known(group, "CacheParameterGroupFamily")?;
    family.as_str().map(str::to_owned)
}
