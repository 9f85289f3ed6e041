//! Automatic scaling: what may grow and shrink, between which numbers, and by which metric.
//!
//! ElastiCache scales the shards of a cache with cluster mode, or the replicas of each of them, by
//! target tracking. What it refuses of nodes, engines and numbers is for rules to say, which speak
//! of definitions and of what others wrote alike.

use crate::diagnostic::Place;
use crate::graph::{Kind, Node, Part, Property, Text, Value};
use crate::lower::Lowering;
use crate::value::{At, Id};

/// Between which numbers shards or replicas are scaled, and by which metrics.
///
/// A metric belongs to what it scales:
/// ```
/// use cachewright::prelude::*;
/// let busy = TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 60);
/// let topology = Topology::sharded(3, 1, MultiAz::Enabled).scale_shards(Scaling::between(3, 8, busy));
/// ```
/// ```compile_fail,E0308
/// use cachewright::prelude::*;
/// let busy = TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 60);
/// let topology = Topology::sharded(3, 1, MultiAz::Enabled).scale_shards(Scaling::between(3, 8, busy));
/// ```
/// Nothing is scaled without cluster mode, not even its replicas:
/// ```compile_fail,E0599
/// use cachewright::prelude::*;
/// let busy = TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 60);
/// let topology = Topology::replicated(2, Failover::Automatic(MultiAz::Enabled))
///     .scale_replicas(Scaling::between(1, 5, busy));
/// ```
#[derive(Clone, Debug)]
pub struct Scaling<M> {
    pub(super) least: u16,
    pub(super) greatest: u16,
    policies: Vec<TargetTracking<M>>,
    place: Place,
}

/// Keeps a metric at a value: more where it rises above, fewer where it falls well below.
#[derive(Clone, Debug)]
pub struct TargetTracking<M> {
    metric: M,
    target: u8,
    scale_in_cooldown: Option<At<u32>>,
    scale_out_cooldown: Option<At<u32>>,
    disable_scale_in: Option<At<bool>>,
    place: Place,
}

/// Seconds after a change in which no other follows, unless told otherwise: moving slots takes
/// minutes, and a metric says little meanwhile. CloudFormation and Terraform would take 0.
const COOLDOWN: u32 = 600;

/// What shards are scaled by. ElastiCache user guide (automatic scaling), read November 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardMetric {
    /// How busy the engine is, averaged over the primaries.
    PrimaryEngineCpuUtilization,
    /// How full the memory is that counts for eviction.
    DatabaseMemoryUsageCountedForEvictPercentage,
    /// How full memory and SSD are together: for nodes with data tiering.
    DatabaseCapacityUsageCountedForEvictPercentage,
}

/// What replicas are scaled by. ElastiCache user guide (automatic scaling), read November 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplicaMetric {
    /// How busy the engine is, averaged over the replicas.
    ReplicaEngineCpuUtilization,
}

/// What is scaled by a metric, in Application Auto Scaling's words.
pub trait Metric: Copy + PartialEq {
    /// `shards` or `replicas`.
    const WHAT: &'static str;
    const DIMENSION: &'static str;
    /// Terraform's argument of the number that is scaled.
    const ARGUMENT: &'static str;
    const IGNORED: &'static str;

    /// The predefined metric.
    fn predefined(self) -> &'static str;

    /// What policies are told apart by: `primary-engine-cpu`.
    fn word(self) -> &'static str;
}

impl Metric for ShardMetric {
    const WHAT: &'static str = "shards";
    const DIMENSION: &'static str = "elasticache:replication-group:NodeGroups";
    const ARGUMENT: &'static str = "num_node_groups";
    const IGNORED: &'static str = "automatic scaling adds and removes shards";

    fn predefined(self) -> &'static str {
        match self {
            Self::PrimaryEngineCpuUtilization => "ElastiCachePrimaryEngineCPUUtilization",
            Self::DatabaseMemoryUsageCountedForEvictPercentage => {
                "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"
            }
            Self::DatabaseCapacityUsageCountedForEvictPercentage => {
                "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage"
            }
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::PrimaryEngineCpuUtilization => "primary-engine-cpu",
            Self::DatabaseMemoryUsageCountedForEvictPercentage => "database-memory",
            Self::DatabaseCapacityUsageCountedForEvictPercentage => "database-capacity",
        }
    }
}

impl Metric for ReplicaMetric {
    const WHAT: &'static str = "replicas";
    const DIMENSION: &'static str = "elasticache:replication-group:Replicas";
    const ARGUMENT: &'static str = "replicas_per_node_group";
    const IGNORED: &'static str = "automatic scaling adds and removes replicas";

    fn predefined(self) -> &'static str {
        "ElastiCacheReplicaEngineCPUUtilization"
    }

    fn word(self) -> &'static str {
        "replica-engine-cpu"
    }
}

impl<M> Scaling<M> {
    /// At least and at most so many: 1 to 500 shards, or 1 to 5 replicas of each.
    #[track_caller]
    #[must_use]
    pub fn between(least: u16, greatest: u16, policy: TargetTracking<M>) -> Self {
        Self {
            least,
            greatest,
            policies: vec![policy],
            place: Place::here(),
        }
    }

    /// Another metric to keep. Where they differ, the one that wants most decides.
    #[must_use]
    pub fn and(mut self, policy: TargetTracking<M>) -> Self {
        self.policies.push(policy);
        self
    }
}

impl<M> TargetTracking<M> {
    /// Keeps the metric at that many percent; ElastiCache is made for 35 to 70.
    #[track_caller]
    #[must_use]
    pub fn new(metric: M, target: u8) -> Self {
        Self {
            metric,
            target,
            scale_in_cooldown: None,
            scale_out_cooldown: None,
            disable_scale_in: None,
            place: Place::here(),
        }
    }

    /// Seconds after something was removed in which nothing else is; 600 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn scale_in_cooldown(mut self, seconds: u32) -> Self {
        self.scale_in_cooldown = Some(At::here(seconds));
        self
    }

    /// Seconds after something was added in which nothing else is; 600 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn scale_out_cooldown(mut self, seconds: u32) -> Self {
        self.scale_out_cooldown = Some(At::here(seconds));
        self
    }

    /// Whether it only ever adds; it removes as well unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn disable_scale_in(mut self, disable: bool) -> Self {
        self.disable_scale_in = Some(At::here(disable));
        self
    }
}

impl<M: Metric> Scaling<M> {
    /// Terraform leaves the number alone from now on.
    pub(super) fn guard(&self, cache: &mut Node) {
        cache.ignore_changes(M::ARGUMENT, M::IGNORED);
    }

    /// The target, and its policies after it.
    pub(super) fn lower(&self, cx: &mut Lowering, cache: &Node, into: &mut Vec<Node>) {
        let id = Id::known(M::WHAT);
        let mut target = Node::new(
            Kind::ScalableTarget,
            &format!("{}ScalableTarget", id.logical()),
            &id.snake(),
            &self.place,
        );
        let mut resource = vec![Part::Literal("replication-group/".to_owned())];
        resource.extend(match cache.attribute(None, "id") {
            Value::Reference(reference) => Some(Part::Reference(reference)),
            _ => None,
        });
        target.put("ServiceNamespace", "service_namespace", "elasticache");
        target.put("ScalableDimension", "scalable_dimension", M::DIMENSION);
        target.put("ResourceId", "resource_id", Value::Text(Text(resource)));
        let place = &self.place;
        target
            .put("MinCapacity", "min_capacity", self.least)
            .from(place);
        target
            .put("MaxCapacity", "max_capacity", self.greatest)
            .from(place);
        // no tags: the resource schema has them, CloudFormation's documentation doesn't
        let policies: Vec<Node> = self
            .policies
            .iter()
            .map(|policy| policy.lower(cx, &target))
            .collect();
        for (i, policy) in self.policies.iter().enumerate() {
            if self.policies[..i]
                .iter()
                .any(|it| it.metric == policy.metric)
            {
                cx.error(
                    "scaling-twice",
                    &policy.place,
                    format!(
                        "{} are scaled by {} twice",
                        M::WHAT,
                        policy.metric.predefined()
                    ),
                    "one value to keep for each metric",
                    "leave one of them out",
                );
                return;
            }
        }
        into.push(target);
        into.extend(policies);
    }
}

impl<M: Metric> TargetTracking<M> {
    fn lower(&self, cx: &Lowering, target: &Node) -> Node {
        let id = Id::known(&format!("{}-{}", M::WHAT, self.metric.word()));
        let mut node = Node::new(
            Kind::ScalingPolicy,
            &format!("{}ScalingPolicy", id.logical()),
            &id.snake(),
            &self.place,
        );
        let place = &self.place;
        let name = format!("{}-{}", cx.replication_group, id.as_str());
        node.put("PolicyName", "name", name);
        node.put("PolicyType", "policy_type", "TargetTrackingScaling");
        node.put_cfn("ScalingTargetId", target.attribute(None, "id"));
        for (name, terraform) in [
            ("ServiceNamespace", "service_namespace"),
            ("ScalableDimension", "scalable_dimension"),
            ("ResourceId", "resource_id"),
        ] {
            node.put_tf(terraform, target.attribute(Some(name), terraform));
        }
        let seconds = |said: &Option<At<u32>>| said.as_ref().map_or(COOLDOWN, |at| at.value);
        node.properties.extend([
            Property::both(
                "TargetTrackingScalingPolicyConfiguration.TargetValue",
                "target_tracking_scaling_policy_configuration.target_value",
                Value::Number(f64::from(self.target)),
            )
            .at(place),
            Property::both(
                "TargetTrackingScalingPolicyConfiguration.ScaleInCooldown",
                "target_tracking_scaling_policy_configuration.scale_in_cooldown",
                seconds(&self.scale_in_cooldown),
            )
            .at(self.scale_in_cooldown.as_ref().map_or(place, |at| &at.place)),
            Property::both(
                "TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown",
                "target_tracking_scaling_policy_configuration.scale_out_cooldown",
                seconds(&self.scale_out_cooldown),
            )
            .at(self.scale_out_cooldown.as_ref().map_or(place, |at| &at.place)),
            Property::both(
                "TargetTrackingScalingPolicyConfiguration.DisableScaleIn",
                "target_tracking_scaling_policy_configuration.disable_scale_in",
                self.disable_scale_in.as_ref().is_some_and(|at| at.value),
            )
            .at(self.disable_scale_in.as_ref().map_or(place, |at| &at.place)),
            Property::both(
                "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType",
                "target_tracking_scaling_policy_configuration.predefined_metric_specification.predefined_metric_type",
                self.metric.predefined(),
            )
            .at(place),
        ]);
        node
    }
}
