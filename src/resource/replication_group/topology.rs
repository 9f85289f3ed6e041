use super::Engine;
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

    /// Whether the engine runs in cluster mode, in which the parameter
    /// `cluster-enabled` is `yes`.
    pub(crate) fn cluster_mode(&self) -> bool {
        matches!(self, Self::Compatible(_) | Self::Sharded(_))
    }

    pub(crate) fn failover(&self) -> Option<MultiAz> {
        match self {
            Self::SingleNode(_) => None,
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
                    zones(cx, node, one.zone.as_slice(), 1, false);
                }
                Self::Replicated(group) => {
                    check_replicas(cx, place, group.replicas, 1);
                    let count = group.replicas.saturating_add(1);
                    node.put("NumCacheClusters", "num_cache_clusters", count)
                        .from(at);
                    zones(
                        cx,
                        node,
                        &group.zones,
                        count.into(),
                        failover == Some(MultiAz::Enabled),
                    );
                }
                Self::Compatible(group) => {
                    check_replicas(cx, place, group.replicas, 1);
                    if !restates_cluster_mode {
                        cx.error(
                            "cluster-mode-compatible",
                            place,
                            format!("{} can't change its cluster mode", engine),
                            "redis 7.0 or later, or valkey",
                            "raise the engine version first",
                        );
                    }
                    node.put("ClusterMode", "cluster_mode", "compatible")
                        .from(at);
                    node.put(
                        "NumCacheClusters",
                        "num_cache_clusters",
                        group.replicas.saturating_add(1),
                    )
                    .from(at);
                }
                Self::Sharded(group) => {
                    if restates_cluster_mode {
                        node.put("ClusterMode", "cluster_mode", "enabled").from(at);
                    }
                    shards(cx, node, &group.shards, group.multi_az, place);
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

pub(super) fn check_replicas(cx: &mut Lowering, place: &Place, replicas: u8, least: u8) {
    if !(least..=5).contains(&replicas) {
        cx.error(
            "replicas",
            place,
            format!("{replicas} replicas"),
            format!("{least} to 5 replicas for each primary"),
            if replicas < least {
                "say Topology::single_node() for none"
            } else {
                "add shards for more capacity"
            },
        );
    }
}

pub(super) fn multi_az_without_replica(cx: &mut Lowering, place: &Place) {
    cx.error(
        "multi-az-replicas",
        place,
        "Multi-AZ without a replica to fail over to",
        "1 replica or more in each shard",
        "add a replica, or say MultiAz::Disabled",
    );
}

fn one_zone(cx: &mut Lowering, place: &Place, zone: &str) {
    cx.error(
        "multi-az-zones",
        place,
        format!("Multi-AZ with every node in {zone}"),
        "replicas in another zone than their primary",
        "name another zone for a replica, or say MultiAz::Disabled",
    );
}

fn zones(cx: &mut Lowering, node: &mut Node, zones: &[At<String>], nodes: usize, multi_az: bool) {
    let Some(first) = zones.first() else {
        return;
    };
    if zones.len() != nodes {
        cx.error(
            "availability-zones",
            &first.place,
            format!("{} availability zones for {nodes} nodes", zones.len()),
            "one zone for each node, the primary's first",
            format!("name {nodes}"),
        );
    }
    if multi_az && zones.len() > 1 && zones.iter().all(|zone| zone.value == first.value) {
        one_zone(cx, &first.place, &first.value);
    }
    node.put(
        "PreferredCacheClusterAZs",
        "preferred_cache_cluster_azs",
        zone_list(cx, zones),
    )
    .from(&first.place);
}

fn zone_list(cx: &mut Lowering, zones: &[At<String>]) -> Value {
    Value::List(zones.iter().map(|zone| zone_value(cx, zone)).collect())
}

fn zone_value(cx: &mut Lowering, zone: &At<String>) -> Value {
    let region = cx.region.as_str().to_owned();
    // `us-east-1a`, or a local zone such as `us-west-2-lax-1a`
    let rest = zone.value.strip_prefix(&region).unwrap_or_default();
    let local = rest.starts_with('-')
        && rest.ends_with(|c: char| c.is_ascii_lowercase())
        && rest
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !local && !matches!(rest.as_bytes(), [b'a'..=b'z']) {
        cx.error(
            "availability-zones",
            &zone.place,
            format!("{:?} isn't an availability zone of {region}", zone.value),
            format!("{region} and a letter, such as {region}a"),
            "name a zone of the environment's region",
        );
    }
    Value::text(&*zone.value)
}

/// AWS allows this many nodes in one replication group without asking.
const NODE_QUOTA: u32 = 90;

fn shards(cx: &mut Lowering, node: &mut Node, shards: &Shards, multi_az: MultiAz, place: &Place) {
    let (count, nodes) = match shards {
        Shards::Alike { shards, replicas } => {
            check_replicas(cx, place, *replicas, 0);
            if multi_az == MultiAz::Enabled && *replicas == 0 {
                multi_az_without_replica(cx, place);
            }
            node.put("NumNodeGroups", "num_node_groups", *shards)
                .from(place);
            node.put("ReplicasPerNodeGroup", "replicas_per_node_group", *replicas)
                .from(place);
            (
                usize::from(*shards),
                u32::from(*shards) * (u32::from(*replicas) + 1),
            )
        }
        Shards::Each(each) => {
            let mut nodes = 0;
            for shard in each {
                let replicas = shard.replicas.as_ref().map_or(0, |at| at.value);
                nodes += u32::from(replicas) + 1;
                if multi_az == MultiAz::Enabled && replicas == 0 {
                    multi_az_without_replica(cx, &shard.place);
                }
                if let (MultiAz::Enabled, Some(primary)) = (multi_az, &shard.primary_zone)
                    && !shard.replica_zones.is_empty()
                    && shard
                        .replica_zones
                        .iter()
                        .all(|zone| zone.value == primary.value)
                {
                    one_zone(cx, &primary.place, &primary.value);
                }
            }
            check_ids(cx, each);
            check_slots(cx, each, place);
            let objects = each.iter().map(|shard| shard.lower(cx)).collect();
            node.put(
                "NodeGroupConfiguration",
                "node_group_configuration",
                Value::Objects(objects),
            )
            .from(place);
            // CloudFormation wants the number as well; Terraform counts the blocks
            node.put_cfn(
                "NumNodeGroups",
                i64::try_from(each.len()).unwrap_or(i64::MAX),
            )
            .from(place);
            (each.len(), nodes)
        }
    };
    if !(1..=500).contains(&count) {
        cx.error(
            "shards",
            place,
            format!("{count} shards"),
            "1 to 500 shards",
            if count == 0 {
                "name at least one"
            } else {
                "use fewer shards of larger nodes"
            },
        );
    } else if nodes > 500 {
        cx.error(
            "nodes",
            place,
            format!("{nodes} nodes"),
            "500 nodes in one replication group",
            "use fewer, larger nodes",
        );
    } else if nodes > NODE_QUOTA {
        cx.warning(
            "node-quota",
            place,
            format!("{nodes} nodes; AWS allows {NODE_QUOTA} in one replication group unless asked for more"),
            "raise the quota before deploying",
        );
    }
}

/// No two shards have one id.
fn check_ids(cx: &mut Lowering, shards: &[Shard]) {
    let mut seen: Vec<&At<String>> = Vec::new();
    for id in shards.iter().filter_map(|shard| shard.id.as_ref()) {
        match seen.iter().find(|known| known.value == id.value) {
            None => seen.push(id),
            Some(first) => {
                let first = first.place.clone();
                cx.error(
                    "shard-id",
                    &id.place,
                    format!("shard id {:?} is another shard's already", id.value),
                    "one id for each shard",
                    format!("give this one another; the first is at {first}"),
                );
            }
        }
    }
}

/// Slots are either left to AWS in every shard, or named in every one, each once.
fn check_slots(cx: &mut Lowering, shards: &[Shard], place: &Place) {
    let given: Vec<&At<String>> = shards
        .iter()
        .filter_map(|shard| shard.slots.as_ref())
        .collect();
    if given.is_empty() {
        return;
    }
    let allowed = "each of the slots 0 to 16383 in exactly one shard, or slots named in none";
    if given.len() != shards.len() {
        cx.error(
            "slots",
            place,
            "slots are named in some shards only",
            allowed,
            "name them in every shard",
        );
        return;
    }
    let mut taken = vec![false; 16384];
    for at in &given {
        for range in at.value.split(',') {
            let bounds = match range.split_once('-') {
                Some((from, to)) => from.parse::<usize>().ok().zip(to.parse::<usize>().ok()),
                None => range.parse::<usize>().ok().map(|slot| (slot, slot)),
            };
            let Some((from, to)) = bounds.filter(|(from, to)| from <= to && *to < 16384) else {
                cx.error(
                    "slots",
                    &at.place,
                    format!("{range:?} isn't a range of slots"),
                    allowed,
                    "write it like 0-5460",
                );
                return;
            };
            if let Some(twice) = (from..=to).find(|slot| std::mem::replace(&mut taken[*slot], true))
            {
                cx.error(
                    "slots",
                    &at.place,
                    format!("slot {twice} is in two shards"),
                    allowed,
                    "let the ranges only touch",
                );
                return;
            }
        }
    }
    if let Some(missing) = taken.iter().position(|taken| !taken) {
        cx.error(
            "slots",
            place,
            format!("slot {missing} is in no shard"),
            allowed,
            "let the ranges touch, up to 16383",
        );
    }
}

impl Shard {
    fn lower(&self, cx: &mut Lowering) -> Vec<Property> {
        let mut properties = Vec::new();
        if let Some(id) = &self.id {
            if !(1..=4).contains(&id.value.len()) || !id.value.bytes().all(|b| b.is_ascii_digit()) {
                cx.error(
                    "shard-id",
                    &id.place,
                    format!("shard id {:?}", id.value),
                    "1 to 4 digits",
                    "write it like 0001",
                );
            }
            properties.push(Property::both("NodeGroupId", "node_group_id", &*id.value));
        }
        if let Some(slots) = &self.slots {
            properties.push(Property::both("Slots", "slots", &*slots.value));
        }
        if let Some(replicas) = &self.replicas {
            check_replicas(cx, &replicas.place, replicas.value, 0);
            properties.push(Property::both(
                "ReplicaCount",
                "replica_count",
                replicas.value,
            ));
        }
        if let Some(zone) = &self.primary_zone {
            properties.push(Property::both(
                "PrimaryAvailabilityZone",
                "primary_availability_zone",
                zone_value(cx, zone),
            ));
        }
        if let Some(first) = self.replica_zones.first() {
            let replicas = self.replicas.as_ref().map_or(0, |at| usize::from(at.value));
            if self.replica_zones.len() != replicas {
                cx.error(
                    "availability-zones",
                    &first.place,
                    format!(
                        "{} availability zones for {replicas} replicas",
                        self.replica_zones.len()
                    ),
                    "one zone for each replica",
                    "name as many zones as replicas",
                );
            }
            properties.push(Property::both(
                "ReplicaAvailabilityZones",
                "replica_availability_zones",
                zone_list(cx, &self.replica_zones),
            ));
        }
        properties
    }
}
