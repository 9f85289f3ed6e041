//! What is watched unless the definition says otherwise: an opinion, by stage, nodes and purpose.

use super::metric::Asked;
use super::{Metric, Severity, TOGETHER};
use crate::facts::{self, NodeTypeFact};
use crate::resource::replication_group::{LoweredAccess, Members};
use crate::stage::Stage;
use crate::workload::Workload;

/// What a proposal follows from.
pub(crate) struct Cache<'a> {
    pub stage: Stage,
    pub members: Members,
    /// What is known of the nodes; nothing where another region decides on them, or the tables
    /// don't know them yet.
    pub node: Option<&'static NodeTypeFact>,
    pub workloads: Vec<Workload>,
    pub access: Option<&'a LoweredAccess>,
    pub is_secondary: bool,
}

impl<'a> Cache<'a> {
    pub fn new(
        stage: Stage,
        group: &crate::resource::replication_group::AnyReplicationGroup,
        access: Option<&'a LoweredAccess>,
    ) -> Self {
        Self {
            stage,
            members: group.members(),
            node: group.node_type().and_then(facts::node_type),
            workloads: group.workloads().iter().map(|at| at.value).collect(),
            access,
            is_secondary: group.is_secondary(),
        }
    }

    fn is_for(&self, workload: Workload) -> bool {
        self.workloads.contains(&workload)
    }

    /// It holds what nobody can make again.
    fn keeps(&self) -> bool {
        use Workload::{Cache, RateLimit};
        let mut workloads = self.workloads.iter();
        workloads.any(|workload| !matches!(workload, Cache | RateLimit))
    }

    /// Whether CPU and memory are asked of the group as a whole, whoever is in it.
    pub fn is_a_whole(&self) -> bool {
        self.members.scaled || self.members.ids.len() > TOGETHER
    }

    /// What CloudWatch is asked for a metric of this cache.
    pub fn asked(&self, metric: Metric) -> Asked {
        let (whole, tiered) = (self.is_a_whole(), self.is_tiered());
        Asked::new(match metric {
            Metric::EngineCpuUtilization if self.vcpus_below_4().is_some() && !whole => {
                "CPUUtilization"
            }
            Metric::DatabaseMemoryUsagePercentage => match (whole, tiered) {
                (false, false) => metric.word(),
                (false, true) => "DatabaseCapacityUsagePercentage",
                (true, false) => "DatabaseMemoryUsageCountedForEvictPercentage",
                (true, true) => "DatabaseCapacityUsageCountedForEvictPercentage",
            },
            Metric::NoData => "CurrConnections",
            metric => metric.word(),
        })
    }

    fn is_tiered(&self) -> bool {
        self.node.is_some_and(|node| node.data_tiering)
    }

    /// The vCPUs of a node that has too few for the engine's own metric.
    pub fn vcpus_below_4(&self) -> Option<u32> {
        self.node.map(|node| node.vcpu).filter(|vcpu| *vcpu < 4)
    }

    /// A threshold and who is told, where the metric is watched unless told otherwise, and the
    /// reason for that threshold.
    pub fn proposes(&self, metric: Metric) -> Option<(f64, Severity, String)> {
        use Severity::{Page, Warning};
        let production = self.stage == Stage::Production;
        let urgent = |it: bool| if it && production { Page } else { Warning };
        let said =
            |threshold: f64, severity, reason: &str| Some((threshold, severity, reason.to_owned()));
        match metric {
            Metric::EngineCpuUtilization => said(90.0, urgent(true), ""),
            Metric::DatabaseMemoryUsagePercentage => said(80.0, urgent(self.keeps()), ""),
            // of many members, or members that come and go, only these are published as a whole
            _ if self.stage == Stage::Development || self.is_a_whole() => None,
            Metric::FreeableMemory => {
                let bytes = self.node?.memory_gib * f64::from(1 << 30);
                let twentieth = (bytes / 20.0 / 1e6).round() * 1e6;
                if twentieth < 1e8 {
                    said(
                        twentieth,
                        Warning,
                        "A twentieth of what so small a node has.",
                    )
                } else {
                    said(1e8, Warning, "")
                }
            }
            Metric::CurrConnections => {
                let most = f64::from(self.node?.maxclients);
                Some((
                    (most * 0.8).round(),
                    Warning,
                    format!("Four fifths of the {most} that such a node takes."),
                ))
            }
            Metric::ReplicationLag if self.members.has_replicas => said(10.0, Warning, ""),
            Metric::MasterLinkHealthStatus if self.members.has_replicas => {
                said(1.0, urgent(true), "")
            }
            Metric::NoData => said(1.0, urgent(true), ""),
            Metric::CacheHitRate if self.is_for(Workload::Cache) => said(80.0, Warning, ""),
            Metric::Evictions if self.keeps() && !self.is_for(Workload::Cache) => said(
                0.0,
                urgent(true),
                "What this cache holds is not to be evicted.",
            ),
            Metric::CpuCreditBalance => {
                let hour = f64::from(self.node?.cpu_credits_per_hour?);
                // t2 publishes none (user guide on host-level metrics, read November 2026)
                let publishes = !self.node?.node_type.starts_with("cache.t2.");
                publishes.then(|| (hour, Warning, "What the node earns in an hour.".to_owned()))
            }
            Metric::AuthenticationFailures if self.access.is_some() => said(0.0, Warning, ""),
            Metric::CommandAuthorizationFailures | Metric::KeyAuthorizationFailures
                if matches!(self.access, Some(LoweredAccess::Users(_))) =>
            {
                said(0.0, Warning, "")
            }
            Metric::GlobalDatastoreReplicationLag if self.is_secondary => said(10.0, Warning, ""),
            _ => None,
        }
    }

    /// The threshold that CloudWatch is given for what was asked, and why it is another number.
    pub fn translate(&self, metric: Metric, threshold: f64) -> (f64, String) {
        match (metric, self.vcpus_below_4()) {
            (Metric::EngineCpuUtilization, Some(vcpu)) if vcpu > 1 && !self.is_a_whole() => {
                let share = threshold / f64::from(vcpu);
                (
                    share,
                    format!(
                        "The engine runs on one core: {threshold} % of it is {share} % of a host with {vcpu} vCPUs."
                    ),
                )
            }
            _ => (threshold, String::new()),
        }
    }
}
