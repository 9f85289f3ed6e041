use crate::diagnostic::Place;
use crate::graph::{Kind, Node, Output as GraphOutput, Part, Text};
use crate::lower::Lowering;
use crate::resource::replication_group::Lowered;
use crate::value::At;

/// A value that consumers read: an output of the stack and of the Terraform module.
#[derive(Clone, Debug)]
pub struct Output {
    id: At<String>,
    what: Reads,
    export: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    Endpoint,
    ReaderEndpoint,
    Port,
    ReplicationGroupId,
    SecurityGroupId,
}

impl Output {
    #[track_caller]
    fn new(id: &str, what: Reads) -> Self {
        Self {
            id: At::here(id),
            what,
            export: false,
        }
    }

    /// The address to write to: the configuration endpoint with cluster mode
    /// enabled, else the primary's. The name is spelled in each language's way.
    #[track_caller]
    #[must_use]
    pub fn endpoint(id: &str) -> Self {
        Self::new(id, Reads::Endpoint)
    }

    /// The address to read from, over all replicas; only with cluster mode disabled.
    #[track_caller]
    #[must_use]
    pub fn reader_endpoint(id: &str) -> Self {
        Self::new(id, Reads::ReaderEndpoint)
    }

    /// The port.
    #[track_caller]
    #[must_use]
    pub fn port(id: &str) -> Self {
        Self::new(id, Reads::Port)
    }

    /// The replication group's id.
    #[track_caller]
    #[must_use]
    pub fn replication_group_id(id: &str) -> Self {
        Self::new(id, Reads::ReplicationGroupId)
    }

    /// The id of the security group that is made.
    #[track_caller]
    #[must_use]
    pub fn security_group_id(id: &str) -> Self {
        Self::new(id, Reads::SecurityGroupId)
    }

    /// Lets other stacks import it as `<stack>-<name>`. An export that is in use can't be changed.
    #[must_use]
    pub fn exported(mut self) -> Self {
        self.export = true;
        self
    }
}

/// What consumers read where the definition doesn't say; they are the environment's.
pub(super) fn default_outputs(
    cluster_mode: bool,
    security_group: bool,
    place: &Place,
) -> Vec<Output> {
    let mut outputs = if cluster_mode {
        vec![("configuration-endpoint-address", Reads::Endpoint)]
    } else {
        vec![
            ("primary-endpoint-address", Reads::Endpoint),
            ("reader-endpoint-address", Reads::ReaderEndpoint),
        ]
    };
    outputs.push(("port", Reads::Port));
    outputs.push(("replication-group-id", Reads::ReplicationGroupId));
    if security_group {
        outputs.push(("security-group-id", Reads::SecurityGroupId));
    }
    outputs
        .into_iter()
        .map(|(id, what)| Output {
            id: At {
                value: id.to_owned(),
                place: place.clone(),
            },
            what,
            export: false,
        })
        .collect()
}

impl Output {
    pub(super) fn lower(
        &self,
        cx: &mut Lowering,
        lowered: &Lowered,
        nodes: &[Node],
    ) -> Option<GraphOutput> {
        let id = cx.id(&self.id);
        let cache = &lowered.node;
        let (description, value) = match (self.what, lowered.cluster_mode) {
            (Reads::Endpoint, false) => (
                "Address of the primary, to write to.",
                cache.attribute(Some("PrimaryEndPoint.Address"), "primary_endpoint_address"),
            ),
            (Reads::Endpoint, true) => (
                "Address from which clients learn the shards.",
                cache.attribute(
                    Some("ConfigurationEndPoint.Address"),
                    "configuration_endpoint_address",
                ),
            ),
            (Reads::ReaderEndpoint, false) => (
                "Address of the replicas, to read from.",
                cache.attribute(Some("ReaderEndPoint.Address"), "reader_endpoint_address"),
            ),
            (Reads::ReaderEndpoint, true) => {
                cx.error(
                    "output-reader",
                    &self.id.place,
                    format!("output {:?} reads the reader endpoint, which doesn't exist with cluster mode enabled", self.id.value),
                    "endpoint, port and ids",
                    "use Output::endpoint: cluster clients read from replicas through it",
                );
                return None;
            }
            (Reads::Port, false) => (
                "Port of every node.",
                cache.attribute(Some("PrimaryEndPoint.Port"), "port"),
            ),
            (Reads::Port, true) => (
                "Port of every node.",
                cache.attribute(Some("ConfigurationEndPoint.Port"), "port"),
            ),
            (Reads::ReplicationGroupId, _) => {
                ("Id of the replication group.", cache.attribute(None, "id"))
            }
            (Reads::SecurityGroupId, _) => {
                let Some(group) = nodes.iter().find(|node| node.kind == Kind::SecurityGroup) else {
                    cx.error(
                        "output-security-group",
                        &self.id.place,
                        format!(
                            "output {:?} reads a security group, and none is made here",
                            self.id.value
                        ),
                        "endpoint, port and the replication group's id",
                        "leave it out: whoever owns the security group knows its id",
                    );
                    return None;
                };
                (
                    "Id of the cache's security group.",
                    group.attribute(Some("GroupId"), "id"),
                )
            }
        };
        Some(GraphOutput {
            export: self.export.then(|| {
                Text(vec![
                    Part::StackName,
                    Part::Literal(format!("-{}", id.logical())),
                ])
            }),
            id,
            description: description.to_owned(),
            value,
            sensitive: false,
            place: self.id.place.clone(),
        })
    }
}
