use crate::facts::{self, AlarmFact};

/// A metric that an alarm can watch, by CloudWatch's name for it. The units are CloudWatch's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// Percent of the one core that runs the commands. On nodes with less than 4 vCPUs the host's
    /// `CPUUtilization` is watched in its place, at this share of it by their number, since there
    /// the engine's own metric leaves out what the host needs (ElastiCache user guide on which metrics
    /// to monitor, read November 2026).
    EngineCpuUtilization,
    /// Percent of the engine's `maxmemory`; with data tiering `DatabaseCapacityUsagePercentage`,
    /// percent of memory and SSD together.
    DatabaseMemoryUsagePercentage,
    /// Bytes of the host that nobody uses.
    FreeableMemory,
    /// Bytes of the host's memory that are on disk.
    SwapUsage,
    /// Connections of clients. ElastiCache itself has 4 to 6.
    CurrConnections,
    /// Seconds that a replica is behind; a primary has no such data.
    ReplicationLag,
    /// 1 where a replica is connected with its primary, else 0; a primary has no such data.
    MasterLinkHealthStatus,
    /// Minutes in which a member says nothing at all: it isn't there, or can't be reached.
    NoData,
    /// Percent of the reads that found their key; no data without reads.
    CacheHitRate,
    /// Keys a minute that had to go for others.
    Evictions,
    /// CPU credits of a burstable node.
    CpuCreditBalance,
    /// The memory that the system gave by the memory that the engine uses.
    MemoryFragmentationRatio,
    /// 1 while ElastiCache holds back commands of a node that has too much to do, else 0.
    TrafficManagementActive,
    /// Failed logins a minute.
    AuthenticationFailures,
    /// Commands a minute that a user may not give.
    CommandAuthorizationFailures,
    /// Keys a minute that a user may not reach.
    KeyAuthorizationFailures,
    /// Channels a minute that a user may not reach.
    ChannelAuthorizationFailures,
    /// Microseconds that 99 of 100 reads take at most; Valkey 7.2 or later.
    SuccessfulReadRequestLatency,
    /// Microseconds that 99 of 100 writes take at most; Valkey 7.2 or later.
    SuccessfulWriteRequestLatency,
    /// Seconds that the secondary of a global datastore is behind.
    GlobalDatastoreReplicationLag,
}

impl Metric {
    /// Every one, in the order in which they are printed.
    pub const ALL: [Self; 20] = [
        Self::EngineCpuUtilization,
        Self::DatabaseMemoryUsagePercentage,
        Self::FreeableMemory,
        Self::SwapUsage,
        Self::CurrConnections,
        Self::ReplicationLag,
        Self::MasterLinkHealthStatus,
        Self::NoData,
        Self::CacheHitRate,
        Self::Evictions,
        Self::CpuCreditBalance,
        Self::MemoryFragmentationRatio,
        Self::TrafficManagementActive,
        Self::AuthenticationFailures,
        Self::CommandAuthorizationFailures,
        Self::KeyAuthorizationFailures,
        Self::ChannelAuthorizationFailures,
        Self::SuccessfulReadRequestLatency,
        Self::SuccessfulWriteRequestLatency,
        Self::GlobalDatastoreReplicationLag,
    ];

    /// What an alarm on it is called.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::EngineCpuUtilization => "EngineCPUUtilization",
            Self::DatabaseMemoryUsagePercentage => "DatabaseMemoryUsagePercentage",
            Self::FreeableMemory => "FreeableMemory",
            Self::SwapUsage => "SwapUsage",
            Self::CurrConnections => "CurrConnections",
            Self::ReplicationLag => "ReplicationLag",
            Self::MasterLinkHealthStatus => "MasterLinkHealthStatus",
            Self::NoData => "NoData",
            Self::CacheHitRate => "CacheHitRate",
            Self::Evictions => "Evictions",
            Self::CpuCreditBalance => "CPUCreditBalance",
            Self::MemoryFragmentationRatio => "MemoryFragmentationRatio",
            Self::TrafficManagementActive => "TrafficManagementActive",
            Self::AuthenticationFailures => "AuthenticationFailures",
            Self::CommandAuthorizationFailures => "CommandAuthorizationFailures",
            Self::KeyAuthorizationFailures => "KeyAuthorizationFailures",
            Self::ChannelAuthorizationFailures => "ChannelAuthorizationFailures",
            Self::SuccessfulReadRequestLatency => "SuccessfulReadRequestLatency",
            Self::SuccessfulWriteRequestLatency => "SuccessfulWriteRequestLatency",
            Self::GlobalDatastoreReplicationLag => "GlobalDatastoreReplicationLag",
        }
    }

    /// What an alarm on it is called in the files.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::EngineCpuUtilization => "cpu",
            Self::DatabaseMemoryUsagePercentage => "memory",
            Self::FreeableMemory => "freeable-memory",
            Self::SwapUsage => "swap",
            Self::CurrConnections => "connections",
            Self::ReplicationLag => "replication-lag",
            Self::MasterLinkHealthStatus => "primary-link",
            Self::NoData => "no-data",
            Self::CacheHitRate => "hit-rate",
            Self::Evictions => "evictions",
            Self::CpuCreditBalance => "cpu-credits",
            Self::MemoryFragmentationRatio => "fragmentation",
            Self::TrafficManagementActive => "traffic-management",
            Self::AuthenticationFailures => "authentication",
            Self::CommandAuthorizationFailures => "command-authorization",
            Self::KeyAuthorizationFailures => "key-authorization",
            Self::ChannelAuthorizationFailures => "channel-authorization",
            Self::SuccessfulReadRequestLatency => "read-latency",
            Self::SuccessfulWriteRequestLatency => "write-latency",
            Self::GlobalDatastoreReplicationLag => "global-lag",
        }
    }

    /// What it means when the alarm goes off, in a sentence.
    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::EngineCpuUtilization => "Commands wait for the core that runs them.",
            Self::DatabaseMemoryUsagePercentage => {
                "Memory runs out: keys are evicted, or writes are refused."
            }
            Self::FreeableMemory => "The host has hardly any memory left and may begin to swap.",
            Self::SwapUsage => "The host swaps, and everything becomes slow.",
            Self::CurrConnections => {
                "Clients have many connections open: a pool without a bound, or one for each request."
            }
            Self::ReplicationLag => {
                "A replica is behind: reads from it are old, and a failover to it loses writes."
            }
            Self::MasterLinkHealthStatus => "A replica has lost its primary.",
            Self::NoData => "The member is gone, or can't be reached.",
            Self::CacheHitRate => "Reads miss the cache, and whatever is behind it has the load.",
            Self::Evictions => "Keys go to make room for others.",
            Self::CpuCreditBalance => {
                "The node has used its CPU credits; from here on it is slow, or costs more."
            }
            Self::MemoryFragmentationRatio => {
                "Memory is in pieces: the engine holds more than it uses."
            }
            Self::TrafficManagementActive => {
                "The node has more to do than it can, and ElastiCache holds commands back."
            }
            Self::AuthenticationFailures => "Somebody logs in with a wrong token or password.",
            Self::CommandAuthorizationFailures => "A user gives commands that it may not give.",
            Self::KeyAuthorizationFailures => "A user reaches for keys that it may not have.",
            Self::ChannelAuthorizationFailures => {
                "A user reaches for channels that it may not have."
            }
            Self::SuccessfulReadRequestLatency => "Reads are slow.",
            Self::SuccessfulWriteRequestLatency => "Writes are slow.",
            Self::GlobalDatastoreReplicationLag => {
                "This region is behind the primary's: a promotion loses writes."
            }
        }
    }

    /// Of what its value is a number, behind the number.
    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::EngineCpuUtilization
            | Self::DatabaseMemoryUsagePercentage
            | Self::CacheHitRate => " %",
            Self::FreeableMemory | Self::SwapUsage => " bytes",
            Self::ReplicationLag | Self::GlobalDatastoreReplicationLag => " seconds",
            Self::SuccessfulReadRequestLatency | Self::SuccessfulWriteRequestLatency => {
                " microseconds"
            }
            _ => "",
        }
    }
}

/// What CloudWatch is asked for on behalf of a [`Metric`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// CloudWatch's name.
    pub name: &'static str,
    /// It is published for the host, so that it needs `CacheNodeId` as well.
    pub host: bool,
    /// How an alarm on it is set.
    pub fact: &'static AlarmFact,
}

impl Asked {
    pub(super) fn new(name: &'static str) -> Self {
        let host = matches!(
            name,
            "CPUUtilization"
                | "FreeableMemory"
                | "SwapUsage"
                | "CurrConnections"
                | "CPUCreditBalance"
        );
        Self {
            name,
            host,
            fact: facts::alarm(name).expect("the table has every metric that is asked for"),
        }
    }
}
