//! What the alarms of an environment mean, and what to do when one rings.

use super::cache::{Cache, text};
use super::quote::{Code, Md};
use crate::graph::{Kind, Node, Property, Value};

/// A metric with an alarm, or what several alarms come to.
pub(super) struct Alarm {
    /// The metric, or what stands in its place.
    pub metric: Code,
    /// The alarms of it, by their names, and what each says of itself.
    pub alarms: Vec<(Code, Option<Md>)>,
    pub means: &'static str,
    pub act: &'static str,
}

/// The alarms of a graph by their metrics, in the order of the graph.
pub(super) fn all(cache: &Cache<'_>) -> Vec<Alarm> {
    let mut all: Vec<Alarm> = Vec::new();
    for node in &cache.graph.nodes {
        let Some(metric) = metric(node) else { continue };
        let name = text(node, "AlarmName").unwrap_or(&node.logical_id);
        let alarm = (
            Code(name.to_owned()),
            text(node, "AlarmDescription").map(|text| Md(text.to_owned())),
        );
        match all.iter_mut().find(|known| known.metric.0 == metric) {
            Some(known) => known.alarms.push(alarm),
            None => {
                let (means, act) = advice(metric);
                all.push(Alarm {
                    metric: Code(metric.to_owned()),
                    alarms: vec![alarm],
                    means,
                    act,
                });
            }
        }
    }
    all
}

/// The metric that an alarm watches: its own, or the first of those that it calculates with. What
/// several alarms come to, and a metric that is missing, have names of their own.
fn metric(node: &Node) -> Option<&str> {
    if node.kind.cloudformation() == "AWS::CloudWatch::CompositeAlarm" {
        return Some(SEVERAL);
    }
    if node.kind != Kind::Alarm {
        return None;
    }
    if text(node, "TreatMissingData") == Some("breaching") {
        return Some(MISSING);
    }
    if let Some(metric) = text(node, "MetricName") {
        return Some(metric);
    }
    node.properties
        .iter()
        .find_map(|property| nested(property, "MetricName"))
}

/// A text at any depth below a setting.
fn nested<'g>(property: &'g Property, name: &str) -> Option<&'g str> {
    let last = property.cloudformation.as_deref()?.rsplit('.').next();
    match &property.value {
        Value::Text(text) if last == Some(name) => text.literal(),
        Value::Objects(objects) => objects
            .iter()
            .flatten()
            .find_map(|property| nested(property, name)),
        _ => None,
    }
}

/// What a metric's alarm means and what to do, in that order.
pub(super) fn advice(metric: &str) -> (&'static str, &'static str) {
    ADVICE
        .iter()
        .find(|(name, _, _)| *name == metric)
        .map_or(OTHERWISE, |(_, means, act)| (means, act))
}

/// Of a metric that nobody has written about yet.
pub(super) const OTHERWISE: (&str, &str) = (
    "The metric left the range that the alarm allows.",
    "Look at the metric and at what changed when it began: *Watch* and *Troubleshooting*.",
);

/// What several alarms come to.
const SEVERAL: &str = "unwell";
/// A metric that isn't there, whichever it is.
const MISSING: &str = "no data";

/// Metrics, what an alarm of theirs means, and what to do.
#[rustfmt::skip]
const ADVICE: &[(&str, &str, &str)] = &[
    (SEVERAL, "One of the alarms that can't wait rings, or several that have one cause.", "See which with the command above, and go to what is said of it."),
    (MISSING, "A node says nothing any more: it is gone, is being replaced, or can't be reached.", "See the events of the group (*Deploy*) and its status. ElastiCache replaces a node by itself, under the same id; if it doesn't within half an hour, fail over to another and ask AWS. In a maintenance window wait for its end."),
    ("EngineCPUUtilization", "The engine's one thread is busy: commands wait for each other, and latency grows.", "Find out what keeps it busy: the slow log, big keys, `KEYS` or `SORT` in a loop. Read from the replicas where there are some. If the load is real, shards share it out; a larger node of the same family has no faster core."),
    ("CPUUtilization", "The host is busy. The engine runs on one core, so on two of them it is full at about half of the host.", "As with the engine's own: slow log, big keys, new load. On a burstable node look at the credits first. Connections opened and closed all the time cost CPU as well, most of all with TLS: use a pool."),
    ("CPUCreditBalance", "A burstable node has nearly spent its credits; then it runs at its baseline, a fraction of a core.", "Take load away, or resize to a larger burstable node or to one that isn't burstable, before the balance is 0."),
    ("CPUCreditUsage", "A burstable node spends credits faster than usual.", "See whether it earns as many (`CPUCreditBalance`), and what the load is."),
    ("DatabaseMemoryUsagePercentage", "The engine's memory fills up. When it is full, keys are evicted or writes refused, as `maxmemory-policy` says.", "Look for keys without a time to live and for big keys. Then resize, or add shards in cluster mode. Do it before it is full: a resize needs memory as well."),
    ("DatabaseCapacityUsagePercentage", "Memory and SSD of the node fill up.", "As for memory: times to live, big keys, then a larger node or more shards."),
    ("DatabaseMemoryUsageCountedForEvictPercentage", "Memory that counts towards eviction fills up.", "As for memory: times to live, big keys, then a larger node or more shards."),
    ("DatabaseCapacityUsageCountedForEvictPercentage", "Memory and SSD that count towards eviction fill up.", "As for memory: times to live, big keys, then a larger node or more shards."),
    ("BytesUsedForCache", "The data has outgrown what was planned for it.", "Look for keys without a time to live and for big keys; then resize, or add shards."),
    ("FreeableMemory", "The host runs out of memory, beside the engine: buffers of clients and replicas, a snapshot under way.", "See `SwapUsage`, `CurrConnections` and whether a snapshot runs. Raise `reserved-memory-percent`, or resize."),
    ("SwapUsage", "The host swaps: every command may now wait for the disk.", "Take load or connections away; raise `reserved-memory-percent`, or resize."),
    ("MemoryFragmentationRatio", "The engine holds much more memory than its data needs, or, below 1, less than it needs.", "Set `activedefrag` in the parameter group; below 1 the node swaps, so resize."),
    ("Evictions", "The memory is full and keys go before their time. With `noeviction` there are none, and writes are refused instead.", "Resize, add shards, or shorten times to live. Keys that must stay don't belong into a cache that evicts."),
    ("CacheHitRate", "Fewer reads find their key than should.", "See whether keys are evicted or expire too soon, whether a deployment changed the names of keys, and whether the cache was emptied lately: then it warms up by itself."),
    ("CacheMisses", "Many reads don't find their key.", "As for the hit rate: evictions, times to live, names of keys after a deployment."),
    ("CacheHits", "The number of reads that find their key changed.", "See whether the applications still ask, and what they ask."),
    ("CurrConnections", "More clients are connected than expected: a leak, or pools times processes. At `maxclients` the next one is refused.", "Count the processes and what each may open (`REDIS_MAX_CONNECTIONS`). Restart what leaks. A `timeout` in the parameter group closes idle connections."),
    ("NewConnections", "Connections are opened all the time, each with a handshake that costs the engine's CPU.", "Use a pool, and keep its connections alive."),
    ("RejectedConnections", "A node refuses clients: it is at `maxclients`.", "As for the number of connections, and at once: the applications see errors."),
    ("ReplicationLag", "A replica is behind its primary: who reads from it reads old data, and a failover would lose that much.", "See the network and CPU of both, and whether a snapshot or a large write runs. Don't fail over on purpose now."),
    ("MasterLinkHealthStatus", "A replica has lost its primary, or is copying all of it anew.", "See the events of the group. If it doesn't come back in minutes, delete that replica and add another."),
    ("PrimaryLinkHealthStatus", "A replica has lost its primary, or is copying all of it anew.", "See the events of the group. If it doesn't come back in minutes, delete that replica and add another."),
    ("IsMaster", "A node changed its role: there was a failover.", "See the events of the group, and that clients connect again. Nothing has to be done to the cache: the endpoints follow."),
    ("ReplicationBytes", "A primary sends more to its replicas than usual.", "See what writes so much, and the limit of the node's network."),
    ("GlobalDatastoreReplicationLag", "A secondary region is behind the primary's: promoting it now would lose that much.", "See the load of the primary, and the network between the regions in the AWS Health Dashboard."),
    ("TrafficManagementActive", "The node holds back traffic because it can't take more.", "It is too small for the load: resize, or add shards; until then take load away."),
    ("NetworkBandwidthInAllowanceExceeded", "Packets to the node waited or were lost: its bandwidth is used up.", "See what writes so much and how big the values are; then a node with more network, or more shards."),
    ("NetworkBandwidthOutAllowanceExceeded", "Packets from the node waited or were lost: its bandwidth is used up.", "See what reads so much and how big the values are; read from replicas; then a node with more network, or more shards."),
    ("NetworkPacketsPerSecondAllowanceExceeded", "Packets were lost: there are too many small ones.", "Use pipelines and `MGET`; then a larger node, or more shards."),
    ("NetworkConntrackAllowanceExceeded", "New connections were lost: the host tracks as many as it can.", "Use a pool instead of a connection for each request."),
    ("NetworkBytesIn", "More is written to the node than usual.", "See what writes so much, and the limit of the node's network."),
    ("NetworkBytesOut", "More is read from the node than usual.", "See what reads so much, and the limit of the node's network."),
    ("AuthenticationFailures", "Somebody tries a wrong password or token.", "After a rotation: a client that hasn't read the new one; restart it. Else find out who it is: the VPC's flow logs name the address."),
    ("CommandAuthorizationFailures", "A user tried a command that it may not use.", "`ACL LOG` names user and command. Correct the application or the access string."),
    ("KeyAuthorizationFailures", "A user tried a key that it may not touch.", "`ACL LOG` names user and key. Correct the application or the access string."),
    ("ChannelAuthorizationFailures", "A user tried a channel that it may not use.", "`ACL LOG` names user and channel. Correct the application or the access string."),
    ("DatabaseAuthorizationFailures", "A user tried a database that it may not use.", "`ACL LOG` names the user. Correct the application or the access string."),
    ("IamAuthenticationExpirations", "Connections that logged in by IAM were closed after 12 hours.", "Let the client log in again on its connections, or open new ones in time."),
    ("IamAuthenticationThrottling", "Logins by IAM come faster than they are answered.", "Use a pool, and reuse a token for its 15 minutes."),
    ("SuccessfulReadRequestLatency", "Reads take longer than they should.", "Slow log, CPU and network of that node, in this order."),
    ("SuccessfulWriteRequestLatency", "Writes take longer than they should.", "Slow log, CPU and network of that node, in this order; with durability also its lag."),
    ("ErrorCount", "Commands fail.", "`INFO errorstats` says which errors; most often a wrong type, no memory or no right."),
    ("BlockedConnections", "Clients wait in blocking commands.", "That is what `BLPOP` does; if they are more than the workers, jobs aren't put in."),
    ("SaveInProgress", "A snapshot is being taken for longer than expected.", "Leave it alone, and put the window of snapshots where the load is low."),
    ("DurabilityLag", "Durable writes are behind.", "See the load of writes; take some away until it is gone."),
    ("DurabilityBufferExceededErrorCount", "Writes were refused because durable ones are too far behind.", "Take writes away; then a larger node, or more shards."),
    ("CurrItems", "The number of keys left the range that was planned.", "See which prefix grows: keys without a time to live, or a job that doesn't clean up."),
    ("Reclaimed", "More or fewer keys expire than usual.", "See whether times to live changed with a deployment."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_said_once_and_of_a_metric_that_there_is() {
        for (at, (metric, means, act)) in ADVICE.iter().enumerate() {
            let known = crate::facts::metric(metric).is_some();
            // the same by Valkey's word, and what isn't about a metric
            let others = ["PrimaryLinkHealthStatus", SEVERAL, MISSING];
            assert!(known || others.contains(metric), "{metric}");
            assert!(means.ends_with('.') && act.ends_with('.'), "{metric}");
            assert!(
                !ADVICE[..at].iter().any(|(other, _, _)| other == metric),
                "{metric}"
            );
        }
    }
}
