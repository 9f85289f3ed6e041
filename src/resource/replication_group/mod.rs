//! The replication group: the cache itself.

mod auth_token;
mod encryption;
mod engine;
mod logs;
mod lower;
mod members;
mod nodes;
mod scaling;
mod snapshots;
mod topology;

use crate::diagnostic::Place;
use crate::graph::{Entry, Removal};
use crate::resource::parameter_group::ParameterGroup;
use crate::resource::topic::Topic;
use crate::source::GlobalDatastore;
use crate::tag::set_tag;
use crate::value::{At, Names};
use crate::workload::{KeyFamily, Workload};

pub use auth_token::{AuthToken, TokenSource};
pub(crate) use encryption::LoweredAccess;
pub use encryption::{Access, AtRestEncryption, TransitEncryption};
pub use engine::{Engine, EngineName};
pub use logs::{LogDelivery, LogFormat};
pub use nodes::{NodeType, Nodes, TieredNodeType, node_type};
pub use scaling::{ReplicaMetric, Scaling, ShardMetric, TargetTracking};
pub use snapshots::{DailySnapshots, RestoreFrom, Snapshots};
pub use topology::{
    Compatible, Failover, MultiAz, Replicated, Shard, Sharded, SingleNode, Topology,
};

pub(crate) use lower::{Lowered, Surroundings};
pub(crate) use members::Members;

/// A replication group of Redis OSS or Valkey nodes.
///
/// What isn't said has a default, and `cachewright show` spells every one out:
/// one node, TLS required, encrypted at rest with a key that AWS owns, port 6379,
/// minor versions upgraded by AWS; in production a week of snapshots, a last
/// snapshot before removal, and changes that wait for the maintenance window.
#[derive(Clone, Debug)]
pub struct ReplicationGroup<M = Standalone> {
    common: Common,
    membership: M,
}

/// What both a replication group of its own and a member of a global datastore say.
#[derive(Clone, Debug)]
struct Common {
    id: At<String>,
    description: Option<At<String>>,
    port: Option<At<u16>>,
    snapshots: Option<Snapshots>,
    maintenance_window: Option<At<String>>,
    auto_minor_version_upgrade: Option<At<bool>>,
    apply_immediately: Option<At<bool>>,
    addressing: Option<At<IpAddressing>>,
    notification_topic: Option<Topic>,
    slow_log: Option<LogDelivery>,
    engine_log: Option<LogDelivery>,
    tags: Vec<Entry>,
    removal: Option<At<Removal>>,
    final_snapshot: Option<At<String>>,
    workloads: Vec<At<Workload>>,
    key_families: Vec<KeyFamily>,
}

/// A replication group of its own: it decides on engine, nodes and encryption.
#[derive(Clone, Debug)]
pub struct Standalone {
    engine: At<Engine>,
    nodes: At<Nodes>,
    topology: Option<Topology>,
    parameter_group: ParameterGroup,
    transit_encryption: Option<At<TransitEncryption>>,
    at_rest_encryption: Option<At<AtRestEncryption>>,
    restore_from: Option<RestoreFrom>,
    durability: Option<At<Durability>>,
}

/// The secondary of a global datastore: engine, nodes, shards and encryption are the primary's.
#[derive(Clone, Debug)]
pub struct Secondary {
    global: At<GlobalDatastore>,
    replicas: u8,
    multi_az: MultiAz,
}

/// Either of the two: what an environment holds.
#[derive(Clone, Debug)]
pub struct AnyReplicationGroup {
    common: Common,
    membership: Membership,
}

#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "an environment has one, and nearly always the large one"
)]
enum Membership {
    Standalone(Standalone),
    Secondary(Secondary),
}

impl From<ReplicationGroup<Standalone>> for AnyReplicationGroup {
    fn from(group: ReplicationGroup<Standalone>) -> Self {
        Self {
            common: group.common,
            membership: Membership::Standalone(group.membership),
        }
    }
}

impl From<ReplicationGroup<Secondary>> for AnyReplicationGroup {
    fn from(group: ReplicationGroup<Secondary>) -> Self {
        Self {
            common: group.common,
            membership: Membership::Secondary(group.membership),
        }
    }
}

/// The kinds of addresses that nodes have and clients are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpAddressing {
    /// IPv4 only.
    Ipv4,
    /// IPv6 only.
    Ipv6,
    /// Both, and clients are told the IPv4 addresses.
    DualStackDiscoverIpv4,
    /// Both, and clients are told the IPv6 addresses.
    DualStackDiscoverIpv6,
}

impl IpAddressing {
    const fn network_type(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::DualStackDiscoverIpv4 | Self::DualStackDiscoverIpv6 => "dual_stack",
        }
    }

    const fn ip_discovery(self) -> &'static str {
        match self {
            Self::Ipv4 | Self::DualStackDiscoverIpv4 => "ipv4",
            Self::Ipv6 | Self::DualStackDiscoverIpv6 => "ipv6",
        }
    }
}

/// When a write is durable. ElastiCache knows it from Valkey 9.0 on, and can't change
/// it on a running cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As AWS decides.
    Default,
    /// After it was acknowledged.
    Async,
    /// Before it is acknowledged.
    Sync,
    /// Never: the cache is memory only.
    Disabled,
}

impl Durability {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Async => "async",
            Self::Sync => "sync",
            Self::Disabled => "disabled",
        }
    }
}

impl Common {
    #[track_caller]
    fn new(id: &str) -> Self {
        Self {
            id: At::here(id),
            description: None,
            port: None,
            snapshots: None,
            maintenance_window: None,
            auto_minor_version_upgrade: None,
            apply_immediately: None,
            addressing: None,
            notification_topic: None,
            slow_log: None,
            engine_log: None,
            tags: Vec::new(),
            removal: None,
            final_snapshot: None,
            workloads: Vec::new(),
            key_families: Vec::new(),
        }
    }
}

impl ReplicationGroup<Standalone> {
    /// A replication group of that id (at most 40 characters), engine and kind of node.
    #[track_caller]
    #[must_use]
    pub fn new(id: &str, engine: Engine, nodes: impl Into<Nodes>) -> Self {
        Self {
            common: Common::new(id),
            membership: Standalone {
                engine: At::here(engine),
                nodes: At::here(nodes),
                topology: None,
                parameter_group: ParameterGroup::new(),
                transit_encryption: None,
                at_rest_encryption: None,
                restore_from: None,
                durability: None,
            },
        }
    }

    /// How many nodes there are, and how they relate; one node unless told otherwise.
    #[must_use]
    pub fn topology(mut self, topology: impl Into<Topology>) -> Self {
        self.membership.topology = Some(topology.into());
        self
    }

    /// The engine's settings; AWS's default group unless told otherwise.
    #[must_use]
    pub fn parameter_group(mut self, group: ParameterGroup) -> Self {
        self.membership.parameter_group = group;
        self
    }

    /// Encryption in transit; required, without further access control, unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn transit_encryption(mut self, encryption: TransitEncryption) -> Self {
        self.membership.transit_encryption = Some(At::here(encryption));
        self
    }

    /// Encryption at rest; with a key that AWS owns unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn at_rest_encryption(mut self, encryption: AtRestEncryption) -> Self {
        self.membership.at_rest_encryption = Some(At::here(encryption));
        self
    }

    /// When a write is durable; as AWS decides unless told otherwise. Terraform can say
    /// it from provider 6.66.0 on.
    #[track_caller]
    #[must_use]
    pub fn durability(mut self, durability: Durability) -> Self {
        self.membership.durability = Some(At::here(durability));
        self
    }

    /// What a new cache is filled with; nothing unless told otherwise.
    #[must_use]
    pub fn restore_from(mut self, source: RestoreFrom) -> Self {
        self.membership.restore_from = Some(source);
        self
    }
}

impl ReplicationGroup<Secondary> {
    /// The secondary of a global datastore with cluster mode disabled: a primary of its
    /// region's own and 0 to 5 replicas.
    ///
    /// What the primary decides can't be said:
    /// ```
    /// use cachewright::prelude::*;
    /// let cache = ReplicationGroup::secondary("cache-eu", GlobalDatastore::given(), 1, MultiAz::Enabled)
    ///     .port(6380);
    /// ```
    /// ```compile_fail,E0599
    /// use cachewright::prelude::*;
    /// let cache = ReplicationGroup::secondary("cache-eu", GlobalDatastore::given(), 1, MultiAz::Enabled)
    ///     .at_rest_encryption(AtRestEncryption::AwsOwnedKey);
    /// ```
    #[track_caller]
    #[must_use]
    pub fn secondary(id: &str, global: GlobalDatastore, replicas: u8, multi_az: MultiAz) -> Self {
        Self {
            common: Common::new(id),
            membership: Secondary {
                global: At::here(global),
                replicas,
                multi_az,
            },
        }
    }
}

impl<M> ReplicationGroup<M> {
    /// What it is for: 1 to 255 characters.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.common.description = Some(At::here(text));
        self
    }

    /// The port that every node listens on; 6379 unless told otherwise. A change replaces the cache.
    #[track_caller]
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.common.port = Some(At::here(port));
        self
    }

    /// The daily snapshots; a week of them in production and none elsewhere unless told otherwise.
    #[must_use]
    pub fn snapshots(mut self, snapshots: impl Into<Snapshots>) -> Self {
        self.common.snapshots = Some(snapshots.into());
        self
    }

    /// The weekly hours in which AWS may change the nodes, in UTC:
    /// `sun:05:00-sun:07:00`. AWS chooses where nothing is said.
    #[track_caller]
    #[must_use]
    pub fn maintenance_window(mut self, window: &str) -> Self {
        self.common.maintenance_window = Some(At::here(window));
        self
    }

    /// Whether AWS upgrades minor versions by itself; it does unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn auto_minor_version_upgrade(mut self, upgrade: bool) -> Self {
        self.common.auto_minor_version_upgrade = Some(At::here(upgrade));
        self
    }

    /// Whether Terraform's changes happen at once rather than in the maintenance
    /// window; at once unless it is production. CloudFormation's always do.
    #[track_caller]
    #[must_use]
    pub fn apply_immediately(mut self, immediately: bool) -> Self {
        self.common.apply_immediately = Some(At::here(immediately));
        self
    }

    /// The kinds of addresses; IPv4 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn ip_addressing(mut self, addressing: IpAddressing) -> Self {
        self.common.addressing = Some(At::here(addressing));
        self
    }

    /// The topic that ElastiCache tells of its events: failovers, replaced nodes, failed
    /// snapshots, maintenance to come. One that is encrypted doesn't get them (user guide on
    /// notifications, read November 2026).
    #[must_use]
    pub fn notification_topic(mut self, topic: Topic) -> Self {
        self.common.notification_topic = Some(topic);
        self
    }

    /// Where the slow log goes; nowhere unless told otherwise.
    #[must_use]
    pub fn slow_log(mut self, delivery: LogDelivery) -> Self {
        self.common.slow_log = Some(delivery);
        self
    }

    /// Where the engine log goes; nowhere unless told otherwise.
    #[must_use]
    pub fn engine_log(mut self, delivery: LogDelivery) -> Self {
        self.common.engine_log = Some(delivery);
        self
    }

    /// A tag of the replication group alone, beside the environment's.
    #[track_caller]
    #[must_use]
    pub fn tag(mut self, key: &str, value: &str) -> Self {
        set_tag(&mut self.common.tags, Entry::here(key, value));
        self
    }

    /// What happens when the cache is removed from the definition, or replaced: a
    /// last snapshot, except in development. Terraform can't keep what it no longer
    /// knows; for [`Removal::Retain`] it refuses to destroy.
    #[track_caller]
    #[must_use]
    pub fn removal(mut self, removal: Removal) -> Self {
        self.common.removal = Some(At::here(removal));
        self
    }

    /// The name of the last snapshot that Terraform takes before it destroys the
    /// cache; `<id>-final-` and an id by chance unless told otherwise, which no earlier snapshot
    /// has. A name of your own has to be free each time.
    #[track_caller]
    #[must_use]
    pub fn final_snapshot(mut self, name: &str) -> Self {
        self.common.final_snapshot = Some(At::here(name));
        self
    }

    /// What the cache is for; a cache may be for several things. Rules hold eviction,
    /// snapshots and replicas against it.
    #[track_caller]
    #[must_use]
    pub fn workload(mut self, workload: Workload) -> Self {
        self.common.workloads.push(At::here(workload));
        self
    }

    /// Keys that the cache holds. Rules hold the memory of its nodes against all of them.
    #[must_use]
    pub fn holds(mut self, keys: KeyFamily) -> Self {
        self.common.key_families.push(keys);
        self
    }
}

impl AnyReplicationGroup {
    /// Where the definition says it.
    pub(crate) fn place(&self) -> &Place {
        &self.common.id.place
    }

    pub(crate) fn id(&self) -> &At<String> {
        &self.common.id
    }

    /// The same with a token in the place of whoever may log in. A secondary has its primary's.
    pub(crate) fn with_token(mut self, token: AuthToken) -> Self {
        if let Membership::Standalone(own) = &mut self.membership {
            let place = own.transit_encryption.as_ref().map(|at| at.place.clone());
            own.transit_encryption = Some(At {
                value: TransitEncryption::Required(Access::AuthToken(token)),
                place: place.unwrap_or_else(|| self.common.id.place.clone()),
            });
        }
        self
    }

    /// The same with another topology, said where this one says its own; the zones of its nodes
    /// with it, where there are as many. A secondary has its primary's.
    pub(crate) fn with_topology(mut self, topology: Topology) -> Self {
        if let Membership::Standalone(own) = &mut self.membership {
            let place = own.topology.as_ref().map(|own| own.place().clone());
            let place = place.unwrap_or_else(|| self.common.id.place.clone());
            own.topology = Some(topology.instead_of(own.topology.as_ref(), place));
        }
        self
    }

    /// What is made under names that one account and region have once, beside the cache.
    pub(crate) fn names(&self) -> Names<'_> {
        let mut names = Names::new();
        if let Membership::Standalone(own) = &self.membership {
            match own.transit_encryption.as_ref().map(|at| &at.value) {
                Some(TransitEncryption::Required(Access::UserGroup(group))) => {
                    group.names(&mut names);
                }
                Some(TransitEncryption::Required(Access::AuthToken(token))) => {
                    token.names(&mut names);
                }
                _ => {}
            }
            if let Some(AtRestEncryption::KmsKey(key)) =
                own.at_rest_encryption.as_ref().map(|at| &at.value)
            {
                key.names(&mut names);
            }
        }
        let logs = [&self.common.slow_log, &self.common.engine_log];
        for log in logs.into_iter().flatten() {
            log.names(&mut names);
        }
        if let Some(topic) = &self.common.notification_topic {
            topic.names(&mut names);
        }
        names
    }

    pub(crate) fn workloads(&self) -> &[At<Workload>] {
        &self.common.workloads
    }

    pub(crate) fn key_families(&self) -> &[KeyFamily] {
        &self.common.key_families
    }

    pub(crate) fn port(&self) -> u16 {
        self.common.port.as_ref().map_or(6379, |at| at.value)
    }
}
