use super::Engine;
use super::scaling::{ReplicaMetric, Scaling, ShardMetric};
use crate::diagnostic::Place;
use crate::graph::{Node, Property, Value};
use crate::lower::Lowering;
use crate::value::At;

/// How many nodes there are, and how they relate.
#[derive(Clone, Debug)]
pub enum Topology {
    /// One node: no replica, so nothing to fail over to.
    SingleNode(SingleNode),
    /// One shard with replicas, cluster mode disabled.
    Replicated(Replicated),
    /// One shard with replicas, half-way from cluster mode disabled to enabled.
    Compatible(Compatible),
    /// Shards, cluster mode enabled.
    Sharded(Sharded),
}

/// One node.
#[derive(Clone, Debug)]
pub struct SingleNode {
    pub(crate) zone: Option<At<String>>,
    pub(crate) place: Place,
}

/// One shard with replicas, cluster mode disabled.
#[derive(Clone, Debug)]
pub struct Replicated {
    pub(crate) replicas: u8,
    pub(crate) failover: Failover,
    pub(crate) zones: Vec<At<String>>,
    pub(crate) place: Place,
}

/// One shard with replicas that speaks both protocols.
#[derive(Clone, Debug)]
pub struct Compatible {
    pub(crate) replicas: u8,
    pub(crate) multi_az: MultiAz,
    pub(crate) place: Place,
}

/// Shards, cluster mode enabled. Failover is always automatic there.
#[derive(Clone, Debug)]
pub struct Sharded {
    pub(crate) shards: Shards,
    pub(crate) multi_az: MultiAz,
    pub(crate) scaled_shards: Option<At<Scaling<ShardMetric>>>,
    pub(crate) scaled_replicas: Option<At<Scaling<ReplicaMetric>>>,
    pub(crate) place: Place,
}

#[derive(Clone, Debug)]
pub(crate) enum Shards {
    Alike { shards: u16, replicas: u8 },
    Each(Vec<Shard>),
}

/// One shard, described by itself. Terraform can say it from provider 6.66.0 on.
#[derive(Clone, Debug)]
pub struct Shard {
    pub(crate) id: Option<At<String>>,
    pub(crate) slots: Option<At<String>>,
    pub(crate) replicas: Option<At<u8>>,
    pub(crate) primary_zone: Option<At<String>>,
    pub(crate) replica_zones: Vec<At<String>>,
    pub(crate) place: Place,
}

/// What happens when the primary is lost.
///
/// Several zones are a way of failing over; without failover they can't be said:
/// ```
/// use cachewright::prelude::*;
/// let failover = Failover::Automatic(MultiAz::Enabled);
/// ```
/// ```compile_fail,E0618
/// use cachewright::prelude::*;
/// let failover = Failover::Manual(MultiAz::Enabled);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failover {
    /// Somebody promotes a replica by hand.
    Manual,
    /// ElastiCache promotes a replica.
    Automatic(MultiAz),
}

/// Whether replicas stand in other availability zones than their primary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MultiAz {
    /// They do.
    Enabled,
    /// They may all stand in one.
    Disabled,
}

impl Topology {
    /// One node: no replica, so nothing to fail over to.
    ///
    /// ```
    /// use cachewright::prelude::*;
    /// let topology = Topology::single_node().availability_zone("us-east-1a");
    /// ```
    /// ```compile_fail,E0599
    /// use cachewright::prelude::*;
    /// let topology = Topology::single_node().failover(Failover::Automatic(MultiAz::Disabled));
    /// ```
    #[track_caller]
    #[must_use]
    pub fn single_node() -> SingleNode {
        SingleNode {
            zone: None,
            place: Place::here(),
        }
    }

    /// A primary and 1 to 5 replicas, cluster mode disabled.
    #[track_caller]
    #[must_use]
    pub fn replicated(replicas: u8, failover: Failover) -> Replicated {
        Replicated {
            replicas,
            failover,
            zones: Vec::new(),
            place: Place::here(),
        }
    }

    /// A primary and 1 to 5 replicas in cluster mode `compatible`: the step between
    /// disabled and enabled, for Redis OSS 7.0 and Valkey or later.
    #[track_caller]
    #[must_use]
    pub fn compatible(replicas: u8, multi_az: MultiAz) -> Compatible {
        Compatible {
            replicas,
            multi_az,
            place: Place::here(),
        }
    }

    /// 1 to 500 shards with 0 to 5 replicas each, cluster mode enabled.
    #[track_caller]
    #[must_use]
    pub fn sharded(shards: u16, replicas_per_shard: u8, multi_az: MultiAz) -> Sharded {
        Sharded {
            shards: Shards::Alike {
                shards,
                replicas: replicas_per_shard,
            },
            multi_az,
            scaled_shards: None,
            scaled_replicas: None,
            place: Place::here(),
        }
    }

    /// Shards that are each described by themselves, cluster mode enabled.
    #[track_caller]
    #[must_use]
    pub fn shards(shards: impl IntoIterator<Item = Shard>, multi_az: MultiAz) -> Sharded {
        Sharded {
            shards: Shards::Each(shards.into_iter().collect()),
            multi_az,
            scaled_shards: None,
            scaled_replicas: None,
            place: Place::here(),
        }
    }
}

impl SingleNode {
    /// The availability zone to place the node in. Moving it later is a replacement in CloudFormation.
    #[track_caller]
    #[must_use]
    pub fn availability_zone(mut self, zone: &str) -> Self {
        self.zone = Some(At::here(zone));
        self
    }
}

impl Replicated {
    /// The availability zones to place the nodes in, the primary's first: as many as
    /// nodes. Changing them later is a replacement in CloudFormation.
    #[track_caller]
    #[must_use]
    pub fn availability_zones<S: AsRef<str>>(mut self, zones: impl IntoIterator<Item = S>) -> Self {
        self.zones = all_here(zones);
        self
    }
}

impl Sharded {
    /// Adds and removes shards automatically; the number that the topology says is what a new
    /// cache begins with.
    #[track_caller]
    #[must_use]
    pub fn scale_shards(mut self, scaling: Scaling<ShardMetric>) -> Self {
        self.scaled_shards = Some(At::here(scaling));
        self
    }

    /// Adds and removes a replica of every shard automatically; the number that the topology says
    /// is what a new cache begins with.
    #[track_caller]
    #[must_use]
    pub fn scale_replicas(mut self, scaling: Scaling<ReplicaMetric>) -> Self {
        self.scaled_replicas = Some(At::here(scaling));
        self
    }
}

impl Shard {
    /// A shard of which nothing is said yet.
    #[track_caller]
    #[must_use]
    pub fn new() -> Self {
        Self {
            id: None,
            slots: None,
            replicas: None,
            primary_zone: None,
            replica_zones: Vec::new(),
            place: Place::here(),
        }
    }

    /// The shard's id: 1 to 4 digits.
    #[track_caller]
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(At::here(id));
        self
    }

    /// The slots that it holds: `0-5460`, or several ranges joined by commas.
    #[track_caller]
    #[must_use]
    pub fn slots(mut self, slots: &str) -> Self {
        self.slots = Some(At::here(slots));
        self
    }

    /// Its replicas: 0 to 5.
    #[track_caller]
    #[must_use]
    pub fn replicas(mut self, replicas: u8) -> Self {
        self.replicas = Some(At::here(replicas));
        self
    }

    /// The availability zone of its primary.
    #[track_caller]
    #[must_use]
    pub fn primary_availability_zone(mut self, zone: &str) -> Self {
        self.primary_zone = Some(At::here(zone));
        self
    }

    /// The availability zones of its replicas: as many as replicas.
    #[track_caller]
    #[must_use]
    pub fn replica_availability_zones<S: AsRef<str>>(
        mut self,
        zones: impl IntoIterator<Item = S>,
    ) -> Self {
        self.replica_zones = all_here(zones);
        self
    }
}

impl Default for Shard {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

#[track_caller]
fn all_here<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> Vec<At<String>> {
    let place = Place::here();
    values
        .into_iter()
        .map(|value| At {
            value: value.as_ref().to_owned(),
            place: place.clone(),
        })
        .collect()
}

macro_rules! into_topology {
    ($($name:ident)*) => {$(
        impl From<$name> for Topology {
            fn from(topology: $name) -> Self {
                Self::$name(topology)
            }
        }
    )*};
}

into_topology!(SingleNode Replicated Compatible Sharded);

impl Topology {
    pub(crate) fn place(&self) -> &Place {
        match self {
            Self::SingleNode(t) => &t.place,
            Self::Replicated(t) => &t.place,
            Self::Compatible(t) => &t.place,
            Self::Sharded(t) => &t.place,
        }
    }

    /// The same, said at another place, with the zones of another topology of as many nodes.
    pub(crate) fn instead_of(mut self, other: Option<&Self>, at: Place) -> Self {
        match (&mut self, other) {
            (Self::SingleNode(one), Some(Self::SingleNode(other))) => {
                one.zone.clone_from(&other.zone)
            }
            (Self::Replicated(one), Some(Self::Replicated(other)))
                if one.replicas == other.replicas =>
            {
                one.zones.clone_from(&other.zones);
            }
            _ => {}
        }
        match &mut self {
            Self::SingleNode(one) => one.place = at,
            Self::Replicated(one) => one.place = at,
            Self::Compatible(one) => one.place = at,
            Self::Sharded(one) => one.place = at,
        }
        self
    }

    /// Whether the engine runs in cluster mode, in which the parameter
    /// `cluster-enabled` is `yes`.
    pub(crate) fn cluster_mode(&self) -> bool {
        matches!(self, Self::Compatible(_) | Self::Sharded(_))
    }

    pub(crate) fn failover(&self) -> Option<MultiAz> {
        match self {
            Self::SingleNode(_) => None,
            // refused, and not also for what follows from it
            Self::Replicated(Replicated { replicas: 0, .. })
            | Self::Compatible(Compatible { replicas: 0, .. }) => None,
            Self::Replicated(t) => match t.failover {
                Failover::Manual => None,
                Failover::Automatic(multi_az) => Some(multi_az),
            },
            Self::Compatible(t) => Some(t.multi_az),
            Self::Sharded(t) => Some(t.multi_az),
        }
    }
}

impl Topology {
    /// `said`: a definition says it, and it isn't the default.
    pub(super) fn lower(&self, cx: &mut Lowering, node: &mut Node, engine: &Engine, said: bool) {
        let place = self.place();
        let at = said.then_some(place);
        let failover = self.failover();
        let fact = engine.fact();
        let restates_cluster_mode = fact.is_none_or(|fact| fact.cluster_mode_migration);
        node.paragraph(|node| {
            match self {
                Self::SingleNode(one) => {
                    node.put("NumCacheClusters", "num_cache_clusters", 1u8)
                        .from(at);
                    zones(node, one.zone.as_slice());
                }
                Self::Replicated(group) => {
                    check_replicated(cx, place, group.replicas);
                    node.put(
                        "NumCacheClusters",
                        "num_cache_clusters",
                        nodes(group.replicas),
                    )
                    .from(at);
                    zones(node, &group.zones);
                }
                Self::Compatible(group) => {
                    check_replicated(cx, place, group.replicas);
                    node.put("ClusterMode", "cluster_mode", "compatible")
                        .from(at);
                    node.put(
                        "NumCacheClusters",
                        "num_cache_clusters",
                        nodes(group.replicas),
                    )
                    .from(at);
                }
                Self::Sharded(group) => {
                    if restates_cluster_mode {
                        node.put("ClusterMode", "cluster_mode", "enabled").from(at);
                    }
                    shards(cx, node, &group.shards, group.multi_az, place);
                    group.guard(cx, node);
                    node.online_resharding = true;
                }
            }
            node.put(
                "AutomaticFailoverEnabled",
                "automatic_failover_enabled",
                failover.is_some(),
            )
            .from(at);
            node.put(
                "MultiAZEnabled",
                "multi_az_enabled",
                failover == Some(MultiAz::Enabled),
            )
            .from(at);
        });
    }
}

impl Topology {
    /// The most shards that there may be, with automatic scaling: 1 without cluster mode.
    #[must_use]
    pub fn max_shards(&self) -> u16 {
        let Self::Sharded(group) = self else {
            return 1;
        };
        let now = match &group.shards {
            Shards::Alike { shards, .. } => *shards,
            Shards::Each(each) => u16::try_from(each.len()).unwrap_or(u16::MAX),
        };
        let scaled = group.scaled_shards.as_ref();
        scaled.map_or(now, |at| at.value.greatest.max(now))
    }

    /// The most replicas that a shard may have, with automatic scaling.
    #[must_use]
    pub fn max_replicas(&self) -> u16 {
        match self {
            Self::SingleNode(_) => 0,
            Self::Replicated(group) => group.replicas.into(),
            Self::Compatible(group) => group.replicas.into(),
            Self::Sharded(group) => {
                let now = match &group.shards {
                    Shards::Alike { replicas, .. } => *replicas,
                    Shards::Each(each) => {
                        let said = each.iter().filter_map(|shard| shard.replicas.as_ref());
                        said.map(|at| at.value).max().unwrap_or(0)
                    }
                };
                let scaled = group.scaled_replicas.as_ref();
                scaled.map_or(now.into(), |at| at.value.greatest.max(now.into()))
            }
        }
    }

    /// What scales the cache, which refers to it.
    pub(super) fn lower_scaling(&self, cx: &mut Lowering, cache: &Node) -> Vec<Node> {
        let mut nodes = Vec::new();
        if let Self::Sharded(group) = self {
            if let Some(At { value, .. }) = &group.scaled_shards {
                value.lower(cx, cache, &mut nodes);
            }
            if let Some(At { value, .. }) = &group.scaled_replicas {
                value.lower(cx, cache, &mut nodes);
            }
        }
        nodes
    }
}

impl Sharded {
    /// Terraform leaves alone what is scaled. Shards that are described one by one can't be: the
    /// next run would take those that nobody described away.
    fn guard(&self, cx: &mut Lowering, node: &mut Node) {
        let shards = self.scaled_shards.as_ref();
        let replicas = self.scaled_replicas.as_ref();
        if let (Shards::Each(_), Some(place)) = (
            &self.shards,
            shards.map(|at| &at.place).or(replicas.map(|at| &at.place)),
        ) {
            cx.error(
                "scaling-described",
                place,
                "shards that are described one by one are to be scaled",
                "shards that are all alike",
                "say Topology::sharded(…) with the numbers to begin with",
            );
            return;
        }
        if let Some(At { value, .. }) = shards {
            value.guard(node);
        }
        if let Some(At { value, .. }) = replicas {
            value.guard(node);
        }
    }
}

/// A primary and its replicas.
pub(super) fn nodes(replicas: u8) -> u16 {
    u16::from(replicas) + 1
}

/// One node is a topology of its own, which a graph can't tell from this one.
fn check_replicated(cx: &mut Lowering, place: &Place, replicas: u8) {
    if replicas == 0 {
        cx.error(
            "replicas",
            place,
            "0 replicas",
            "1 to 5 replicas",
            "say Topology::single_node() for none",
        );
    }
}

fn zones(node: &mut Node, zones: &[At<String>]) {
    if let Some(first) = zones.first() {
        node.put(
            "PreferredCacheClusterAZs",
            "preferred_cache_cluster_azs",
            zone_list(zones),
        )
        .from(&first.place);
    }
}

fn zone_list(zones: &[At<String>]) -> Value {
    Value::List(zones.iter().map(|zone| Value::text(&*zone.value)).collect())
}

fn shards(cx: &mut Lowering, node: &mut Node, shards: &Shards, multi_az: MultiAz, place: &Place) {
    match shards {
        Shards::Alike { shards, replicas } => {
            node.put("NumNodeGroups", "num_node_groups", *shards)
                .from(place);
            node.put("ReplicasPerNodeGroup", "replicas_per_node_group", *replicas)
                .from(place);
        }
        Shards::Each(each) => {
            // what isn't said has no place in the graph
            let unsaid = each.iter().filter(|shard| shard.replicas.is_none());
            for shard in unsaid.filter(|_| multi_az == MultiAz::Enabled) {
                cx.error(
                    "multi-az-replicas",
                    &shard.place,
                    "Multi-AZ without a replica to fail over to",
                    "1 replica or more in each shard",
                    "add a replica, or say MultiAz::Disabled",
                );
            }
            node.put(
                "NodeGroupConfiguration",
                "node_group_configuration",
                Value::Objects(each.iter().map(Shard::lower).collect()),
            )
            .from(place);
            // CloudFormation wants the number as well; Terraform counts the blocks
            node.put_cfn(
                "NumNodeGroups",
                i64::try_from(each.len()).unwrap_or(i64::MAX),
            )
            .from(place);
        }
    }
}

impl Shard {
    fn lower(&self) -> Vec<Property> {
        let said = [
            self.id.as_ref().map(|id| {
                let value = Value::text(&*id.value);
                ("NodeGroupId", "node_group_id", value, &id.place)
            }),
            self.slots.as_ref().map(|slots| {
                let value = Value::text(&*slots.value);
                ("Slots", "slots", value, &slots.place)
            }),
            self.replicas.as_ref().map(|replicas| {
                let value = Value::from(replicas.value);
                ("ReplicaCount", "replica_count", value, &replicas.place)
            }),
            self.primary_zone.as_ref().map(|zone| {
                let value = Value::text(&*zone.value);
                (
                    "PrimaryAvailabilityZone",
                    "primary_availability_zone",
                    value,
                    &zone.place,
                )
            }),
            self.replica_zones.first().map(|first| {
                (
                    "ReplicaAvailabilityZones",
                    "replica_availability_zones",
                    zone_list(&self.replica_zones),
                    &first.place,
                )
            }),
        ];
        said.into_iter()
            .flatten()
            .map(|(cfn, tf, value, place)| Property::both(cfn, tf, value).at(place))
            .collect()
    }
}
