//! What a definition needs, in one line: `use cachewright::prelude::*;`.

pub use crate::client_settings::ClientSettings;
pub use crate::environment::{Environment, Network, Output, Region, Stage, TerraformState};
pub use crate::graph::Removal;
pub use crate::resource::alarm::{Alarm, Alarms, Metric, Severity};
pub use crate::resource::dashboard::Dashboard;
pub use crate::resource::kms_key::{CustomerManagedKey, KmsKey};
pub use crate::resource::log_group::LogGroup;
pub use crate::resource::parameter_group::ParameterGroup;
pub use crate::resource::record_set::Records;
pub use crate::resource::replication_group::{
    Access, AnyReplicationGroup, AtRestEncryption, AuthToken, Durability, Engine, Failover,
    IpAddressing, LogDelivery, LogFormat, MultiAz, NodeType, Nodes, ReplicaMetric,
    ReplicationGroup, RestoreFrom, Scaling, Shard, ShardMetric, Snapshots, Standalone,
    TargetTracking, TieredNodeType, TokenSource, Topology, TransitEncryption, node_type,
};
pub use crate::resource::secret::GeneratedSecret;
pub use crate::resource::security_group::{Client, Egress, SecurityGroup, SecurityGroups};
pub use crate::resource::ssm_parameter::SsmParameters;
pub use crate::resource::subnet_group::SubnetGroup;
pub use crate::resource::topic::Topic;
pub use crate::resource::user::{Password, PasswordUser, User};
pub use crate::resource::user_group::UserGroup;
pub use crate::source::{
    ExistingSecurityGroup, GlobalDatastore, HostedZone, Import, SecretRef, SecureString, Stack,
    Subnets, Vpc,
};
pub use crate::workload::{KeyFamily, Workload};
