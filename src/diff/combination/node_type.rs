//! Another type of nodes: whether what is in memory still fits is a question to the cache.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::facts;
use crate::graph::Kind;

pub(super) const COMBINATION: Combination = Combination {
    about: "nodes of another type, larger or smaller",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    let is_node_type = case.setting == "CacheNodeType"
        || (case.kind == Kind::GlobalReplicationGroup && case.setting == "cache_node_type");
    if !is_node_type {
        return None;
    }
    let (was, is) = case.texts("CacheNodeType");
    let how = "new nodes are made and filled, and take over one shard after the other: connections end once, writes fail for seconds";
    let rolling = |reason: String| Judgement {
        waits: case.waits(),
        ..Judgement::new(Verdict::Rolling, reason, Source::GUIDE)
            .and(Source::table(case.language()))
    };
    let (Some(was), Some(is)) = (was, is) else {
        return Some(rolling(how.into()));
    };
    let (before, after) = (facts::node_type(&was), facts::node_type(&is));
    let (Some(before), Some(after)) = (before, after) else {
        return Some(rolling(format!("{how}; the tables don't know both types")));
    };
    if !case.changes("DataTieringEnabled") && before.data_tiering != after.data_tiering {
        return Some(
            Judgement::new(
                Verdict::Refused,
                format!("{was} and {is} differ in data tiering, which no cache changes"),
                Source::GUIDE,
            )
            .advise("make a second cache from a snapshot"),
        );
    }
    let gib = |bytes: u64| bytes as f64 / f64::from(1 << 30);
    if after.maxmemory_bytes < before.maxmemory_bytes {
        let of = case
            .is("ReplicationGroupId")
            .or_else(|| case.is("ClusterName"));
        let id = of
            .as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or("<id>");
        return Some(
            rolling(format!(
                "{how}; each node's memory goes from {:.2} to {:.2} GiB, and AWS refuses it, or the engine evicts, where more is used",
                gib(before.maxmemory_bytes),
                gib(after.maxmemory_bytes),
            ))
            .advise(format!(
                "is less used than {:.2} GiB on each node, less the reserved memory? aws cloudwatch get-metric-statistics --namespace AWS/ElastiCache --metric-name BytesUsedForCache --dimensions Name=CacheClusterId,Value={id}-001 --statistics Maximum --period 3600 --start-time … --end-time …, for each member; and aws elasticache list-allowed-node-type-modifications --replication-group-id {id}",
                gib(after.maxmemory_bytes),
            )),
        );
    }
    Some(rolling(how.into()).advise(
        "without replicas the cache is away while its node is replaced; do it when little is written",
    ))
}
