//! What a hand-over says of a cache, asked of its graph.

use crate::facts;
use crate::graph::{
    Graph, Ignored, Kind, Node, Part, Property, Reference, Removal, SecretStore, Text, Value,
};
use crate::value::Id;

/// A cache, as those see it who run it and those who use it.
pub(super) struct Cache<'g> {
    pub graph: &'g Graph,
    /// The id of the replication group, and the name of the stack.
    pub id: &'g str,
    pub region: &'g str,
    /// What only the primary of a global datastore decides isn't known of its secondary.
    pub engine: Option<&'g str>,
    pub engine_version: Option<&'g str>,
    pub node_type: Option<&'g str>,
    pub port: i64,
    pub topology: Topology,
    pub failover: bool,
    pub multi_az: bool,
    pub tls: Option<Tls>,
    pub access: Access<'g>,
    pub at_rest: Option<bool>,
    pub kms_key: bool,
    pub snapshot_days: i64,
    pub snapshot_window: Option<&'g str>,
    pub maintenance_window: Option<&'g str>,
    /// Terraform's changes wait for the maintenance window.
    pub deferred: bool,
    /// What Terraform leaves as it is, since something else moves it.
    pub ignored: Vec<Ignored>,
    pub removal: Removal,
    pub prevent_destroy: bool,
    pub secondary: bool,
    /// Terraform keeps the token nowhere, and counts its versions.
    pub write_only: bool,
    node: &'g Node,
}

/// How many nodes there are, and what they are called.
pub(super) enum Topology {
    /// One shard, reached at its primary's endpoint; also with cluster mode `compatible`.
    Replicated { replicas: i64, compatible: bool },
    /// Shards, reached at the configuration endpoint: the id of each, and its replicas.
    Sharded(Vec<(String, i64)>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tls {
    Off,
    Preferred,
    Required,
}

/// Who may log in.
pub(super) enum Access<'g> {
    /// Whoever reaches it.
    Open,
    /// Whoever knows the token.
    Token(&'g SecretStore),
    /// Users of a group: those that are made here.
    Users(Vec<User<'g>>),
}

/// Somebody who may log in.
pub(super) struct User<'g> {
    pub id: &'g str,
    pub name: &'g str,
    /// Where the password is kept; by IAM without one.
    pub password: Option<&'g SecretStore>,
}

impl<'g> Cache<'g> {
    /// The one cache of a definition's graph.
    pub fn of(graph: &'g Graph) -> Option<Self> {
        let node = graph
            .nodes
            .iter()
            .find(|node| node.kind == Kind::ReplicationGroup)?;
        let secondary = property(node, "GlobalReplicationGroupId").is_some();
        let tls = match bool(node, "TransitEncryptionEnabled") {
            None => None,
            Some(false) => Some(Tls::Off),
            Some(true) if text(node, "TransitEncryptionMode") == Some("preferred") => {
                Some(Tls::Preferred)
            }
            Some(true) => Some(Tls::Required),
        };
        Some(Self {
            graph,
            id: text(node, "ReplicationGroupId")?,
            region: graph.region.as_deref()?,
            engine: text(node, "Engine"),
            engine_version: text(node, "EngineVersion"),
            node_type: text(node, "CacheNodeType"),
            port: integer(node, "Port").unwrap_or(6379),
            topology: Topology::of(node),
            failover: bool(node, "AutomaticFailoverEnabled") == Some(true),
            multi_az: bool(node, "MultiAZEnabled") == Some(true),
            tls,
            access: Access::of(graph, node),
            at_rest: bool(node, "AtRestEncryptionEnabled"),
            kms_key: property(node, "KmsKeyId").is_some(),
            snapshot_days: integer(node, "SnapshotRetentionLimit").unwrap_or(0),
            snapshot_window: text(node, "SnapshotWindow"),
            maintenance_window: text(node, "PreferredMaintenanceWindow"),
            ignored: node.ignore_changes.clone(),
            deferred: node.properties.iter().any(|property| {
                property.terraform.as_deref() == Some("apply_immediately")
                    && property.value == Value::Bool(false)
            }),
            removal: node.removal.unwrap_or(Removal::Delete),
            prevent_destroy: node.prevent_destroy,
            secondary,
            write_only: node
                .properties
                .iter()
                .any(|property| property.terraform.as_deref() == Some("auth_token_wo_version")),
            node,
        })
    }

    /// `oms-prod`, for names that take no slash.
    pub fn slug(&self) -> String {
        self.graph.environment.replace('/', "-")
    }

    pub fn is_sharded(&self) -> bool {
        matches!(self.topology, Topology::Sharded(_))
    }

    pub fn has_replicas(&self) -> bool {
        match &self.topology {
            Topology::Replicated { replicas, .. } => *replicas > 0,
            Topology::Sharded(shards) => shards.iter().any(|(_, replicas)| *replicas > 0),
        }
    }

    /// The ids of the nodes as they are made: the dimension `CacheClusterId` of their metrics.
    pub fn members(&self) -> Vec<String> {
        let of = |shard: String, replicas: i64| {
            (1..=replicas + 1).map(move |number| format!("{shard}-{number:03}"))
        };
        // ElastiCache keeps ids in lower case
        let id = self.id.to_ascii_lowercase();
        match &self.topology {
            Topology::Replicated { replicas, .. } => of(id, *replicas).collect(),
            Topology::Sharded(shards) => shards
                .iter()
                .flat_map(|(shard, replicas)| of(format!("{id}-{shard}"), *replicas))
                .collect(),
        }
    }

    /// The number of nodes.
    pub fn nodes(&self) -> i64 {
        match &self.topology {
            Topology::Replicated { replicas, .. } => replicas + 1,
            Topology::Sharded(shards) => shards.iter().map(|(_, replicas)| replicas + 1).sum(),
        }
    }

    /// What a node costs in an hour, in US dollars, on demand in us-east-1.
    pub fn usd_hour(&self) -> Option<f64> {
        let fact = facts::node_type(self.node_type?)?;
        if self.engine? == "valkey" {
            fact.usd_hour_valkey
        } else {
            fact.usd_hour_redis
        }
    }

    /// A setting of the cache that both languages have.
    pub fn setting(&self, name: &str) -> Option<&'g Value> {
        property(self.node, name).map(|property| &property.value)
    }

    /// A plain setting of the first thing of that type of CloudFormation's.
    pub fn text_of(&self, of: &str, name: &str) -> Option<&'g str> {
        let mut nodes = self.graph.nodes.iter();
        text(nodes.find(|node| node.kind.cloudformation() == of)?, name)
    }

    /// Where a log goes: the name of the log group.
    pub fn log_group(&self, log: &str) -> Option<&'g str> {
        let Some(Value::Objects(logs)) = self.setting("LogDeliveryConfigurations") else {
            return None;
        };
        let said = |object: &'g [Property], name: &str| {
            object
                .iter()
                .find(|property| property.cloudformation.as_deref() == Some(name))
                .map(|property| &property.value)
        };
        let object = logs
            .iter()
            .find(|object| said(object, "LogType") == Some(&Value::text(log)))?;
        let group = said(object, "DestinationDetails.CloudWatchLogsDetails.LogGroup")?;
        match group {
            Value::Text(text) => text.literal(),
            Value::Reference(reference) => text(made(self.graph, reference)?, "LogGroupName"),
            _ => None,
        }
    }

    /// What a parameter of the engine is set to, where the cache has a group of its own.
    pub fn parameter(&self, name: &str) -> Option<&'g str> {
        let mut groups = self.graph.nodes.iter();
        let group = groups.find(|node| node.kind == Kind::ParameterGroup)?;
        let Value::Map(_, entries) = &property(group, "Properties")?.value else {
            return None;
        };
        let entry = entries.iter().find(|entry| entry.name == name)?;
        entry.value.literal()
    }
}

impl Topology {
    fn of(node: &Node) -> Self {
        let replicas = integer(node, "ReplicasPerNodeGroup");
        if let Some(Property {
            value: Value::Objects(shards),
            ..
        }) = property(node, "NodeGroupConfiguration")
        {
            let each = shards.iter().enumerate().map(|(at, shard)| {
                let said = |name: &str| {
                    shard
                        .iter()
                        .find(|property| property.cloudformation.as_deref() == Some(name))
                        .map(|property| &property.value)
                };
                let id = match said("NodeGroupId") {
                    Some(Value::Text(id)) => id.literal().map(str::to_owned),
                    _ => None,
                };
                let count = match said("ReplicaCount") {
                    Some(Value::Integer(count)) => *count,
                    _ => replicas.unwrap_or(0),
                };
                (id.unwrap_or_else(|| format!("{:04}", at + 1)), count)
            });
            return Self::Sharded(each.collect());
        }
        if let Some(shards) = integer(node, "NumNodeGroups") {
            let replicas = replicas.unwrap_or(0);
            return Self::Sharded(
                (1..=shards)
                    .map(|n| (format!("{n:04}"), replicas))
                    .collect(),
            );
        }
        Self::Replicated {
            replicas: integer(node, "NumCacheClusters").unwrap_or(1) - 1,
            compatible: text(node, "ClusterMode") == Some("compatible"),
        }
    }
}

impl<'g> Access<'g> {
    fn of(graph: &'g Graph, cache: &'g Node) -> Self {
        let token = property(cache, "AuthToken").map(|property| &property.value);
        if let Some(Value::Secret(secret)) = token {
            return Self::Token(&secret.store);
        }
        if property(cache, "UserGroupIds").is_none() {
            return Self::Open;
        }
        let users = graph.nodes.iter().filter(|node| node.kind == Kind::User);
        let users = users.filter_map(|node| {
            let password = property(node, "AuthenticationMode.Passwords");
            let password = match password.map(|property| &property.value) {
                Some(Value::List(all)) => all.iter().find_map(|value| match value {
                    Value::Secret(secret) => Some(&secret.store),
                    _ => None,
                }),
                _ => None,
            };
            let name = text(node, "UserName")?;
            let logs_in = bool(node, "NoPasswordRequired").is_none();
            logs_in.then_some(User {
                id: text(node, "UserId")?,
                name,
                password,
            })
        });
        Self::Users(users.collect())
    }
}

/// Which secret it is, for a command: by what is known, or by an input's value.
pub(super) enum Named<'g> {
    /// Its name or its ARN.
    Literal(String),
    /// The ARN or the name that the deployment gives.
    Input(&'g Id),
}

/// What a store's secret or parameter is called.
pub(super) fn named<'g>(graph: &'g Graph, store: &'g SecretStore) -> Named<'g> {
    let name = match store {
        SecretStore::SecretsManager { secret, .. } => secret,
        SecretStore::ParameterStore { name, .. } => name,
    };
    match name.0.as_slice() {
        [Part::Input(id)] | [Part::Reference(Reference::Input(id))] => Named::Input(id),
        [Part::Reference(reference)] => Named::Literal(
            made(graph, reference)
                .and_then(|node| text(node, "Name"))
                .unwrap_or_default()
                .to_owned(),
        ),
        _ => Named::Literal(name.literal().unwrap_or_default().to_owned()),
    }
}

/// The node that a reference means.
fn made<'g>(graph: &'g Graph, reference: &Reference) -> Option<&'g Node> {
    let Reference::Node {
        logical_id, label, ..
    } = reference
    else {
        return None;
    };
    let mut nodes = graph.nodes.iter();
    nodes.find(|node| node.logical_id == *logical_id && node.label == *label)
}

pub(super) fn property<'g>(node: &'g Node, name: &str) -> Option<&'g Property> {
    node.properties
        .iter()
        .find(|property| property.cloudformation.as_deref() == Some(name))
}

pub(super) fn text<'g>(node: &'g Node, name: &str) -> Option<&'g str> {
    match &property(node, name)?.value {
        Value::Text(text) => Text::literal(text),
        _ => None,
    }
}

pub(super) fn integer(node: &Node, name: &str) -> Option<i64> {
    match property(node, name)?.value {
        Value::Integer(value) => Some(value),
        _ => None,
    }
}

fn bool(node: &Node, name: &str) -> Option<bool> {
    match property(node, name)?.value {
        Value::Bool(value) => Some(value),
        _ => None,
    }
}
