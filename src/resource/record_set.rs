//! Names of one's own for a cache's endpoints, in a hosted zone of Route 53.

use super::endpoint::Endpoint;
use crate::graph::{Kind, Node, Value};
use crate::lower::Lowering;
use crate::source::HostedZone;
use crate::value::At;

/// CNAME records in a hosted zone: one for the endpoint to write to, and one for the reader's.
///
/// The certificate of a cache is for AWS's own names. A client that speaks TLS and verifies the
/// host doesn't connect by another one, unless it is told the name to expect.
#[derive(Clone, Debug)]
pub struct Records {
    zone: HostedZone,
    endpoint: At<String>,
    reader: Option<At<String>>,
    ttl: Option<At<u16>>,
}

/// Seconds for which a name is remembered, unless told otherwise. ElastiCache moves its own names
/// when a primary is lost; these lead there, and change only with the cache.
const TTL: u16 = 60;

impl Records {
    /// The name of the endpoint to write to: the primary's, or the configuration endpoint with
    /// cluster mode enabled. In full: `redis.oms.internal`.
    #[track_caller]
    #[must_use]
    pub fn in_zone(zone: HostedZone, name: &str) -> Self {
        Self {
            zone,
            endpoint: At::here(name),
            reader: None,
            ttl: None,
        }
    }

    /// The name of the reader endpoint; only with cluster mode disabled.
    #[track_caller]
    #[must_use]
    pub fn reader(mut self, name: &str) -> Self {
        self.reader = Some(At::here(name));
        self
    }

    /// Seconds for which resolvers remember it; 60 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn ttl(mut self, seconds: u16) -> Self {
        self.ttl = Some(At::here(seconds));
        self
    }

    /// The records, which refer to the cache.
    pub(crate) fn lower(&self, cx: &mut Lowering, cache: &Node, cluster_mode: bool) -> Vec<Node> {
        let zone = self.zone.lower(cx);
        let endpoint = Endpoint::to_write(cluster_mode);
        let (logical_id, label) = if cluster_mode {
            ("ConfigurationRecord", "configuration")
        } else {
            ("PrimaryRecord", "primary")
        };
        let mut nodes = vec![self.record(
            cx,
            (logical_id, label),
            &self.endpoint,
            &zone,
            endpoint.address(cache),
        )];
        match &self.reader {
            Some(name) if cluster_mode => cx.error(
                "record-reader",
                &name.place,
                format!("{:?} names the reader endpoint, which doesn't exist with cluster mode enabled", name.value),
                "the name of the configuration endpoint",
                "leave the reader out: cluster clients read from replicas through the configuration endpoint",
            ),
            Some(name) => {
                let address = Endpoint::READER.address(cache);
                nodes.push(self.record(cx, ("ReaderRecord", "reader"), name, &zone, address));
            }
            None => {}
        }
        nodes
    }

    fn record(
        &self,
        cx: &mut Lowering,
        (logical_id, label): (&str, &str),
        name: &At<String>,
        zone: &Value,
        address: Value,
    ) -> Node {
        check(cx, name);
        let mut node = Node::new(Kind::RecordSet, logical_id, label, &name.place);
        node.put("HostedZoneId", "zone_id", zone.clone())
            .from(self.zone.place());
        // without the dot that Route 53 puts at the end: both languages ask for the same
        node.put("Name", "name", name.value.trim_end_matches('.'))
            .from(&name.place);
        node.put("Type", "type", "CNAME");
        let ttl = self.ttl.as_ref();
        node.put("TTL", "ttl", ttl.map_or(TTL, |at| at.value))
            .from(ttl.map(|at| &at.place));
        node.put("ResourceRecords", "records", Value::List(vec![address]));
        node
    }
}

fn check(cx: &mut Lowering, name: &At<String>) {
    let text = name.value.strip_suffix('.').unwrap_or(&name.value);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if text.len() > 253 || !text.contains('.') || !text.split('.').all(label) {
        cx.error(
            "record-name",
            &name.place,
            format!("a record called {:?}", name.value),
            "labels of 1 to 63 letters, digits, hyphens and underscores, with dots between them",
            "write the name in full, such as redis.oms.internal",
        );
    }
}
