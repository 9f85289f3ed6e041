use crate::diagnostic::Place;
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
/// Several zones without failover can't be said:
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
