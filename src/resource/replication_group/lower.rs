//! From a replication group's definition to its node, with everything that can be
//! checked on the way.

use super::logs::{Log, LogDelivery};
use super::topology::{check_replicas, multi_az_without_replica};
use super::{
    Access, AnyReplicationGroup, AtRestEncryption, Common, IpAddressing, Membership, MultiAz,
    Secondary, Snapshots, Standalone, Topology, TransitEncryption,
};
use crate::diagnostic::Place;
use crate::facts;
use crate::graph::{Entry, Kind, Node, Removal, Value};
use crate::lower::Lowering;
use crate::resource::parameter_group;
use crate::stage::Stage;
use crate::tag::{check_tags, count_tags, set_tag};
use crate::value::{At, MaintenanceWindow, ReplicationGroupId, SnapshotName, SnapshotWindow};

/// What the environment has made already, for the cache to refer to.
pub(crate) struct Surroundings<'a> {
    pub subnet_group: Value,
    pub security_groups: Value,
    pub security_groups_place: &'a Place,
    pub tags: &'a [Entry],
    /// How many subnets there are, where the definition says it.
    pub subnets: Option<(usize, &'a Place)>,
}

/// The cache's node, its parameter group's where one is made, and what outputs may read.
pub(crate) struct Lowered {
    pub node: Node,
    pub parameter_group: Option<Node>,
    /// Cluster mode is enabled: clients learn the shards from a configuration endpoint.
    pub cluster_mode: bool,
}

impl AnyReplicationGroup {
    pub(crate) fn lower(&self, cx: &mut Lowering, around: &Surroundings<'_>) -> Lowered {
        let common = &self.common;
        let mut node = Node::new(
            Kind::ReplicationGroup,
            "ReplicationGroup",
            "this",
            self.place(),
        );
        cx.word::<ReplicationGroupId>(&common.id);
        node.put(
            "ReplicationGroupId",
            "replication_group_id",
            &*common.id.value,
        )
        .from(&common.id.place);
        common.lower_description(cx, &mut node);

        let (parameter_group, cluster_mode, topology_place) = match &self.membership {
            Membership::Standalone(own) => {
                let group = own.lower(cx, &mut node, common, around);
                let topology = own.topology.as_ref();
                // a cache in cluster mode `compatible` still answers at its primary's endpoint
                let sharded = matches!(topology, Some(Topology::Sharded(_)));
                (group, sharded, topology.map(Topology::place))
            }
            Membership::Secondary(secondary) => {
                secondary.lower(cx, &mut node, common, around);
                (None, false, Some(&secondary.global.place))
            }
        };
        let several_zones = match &self.membership {
            Membership::Standalone(own) => own.topology.as_ref().and_then(Topology::failover),
            Membership::Secondary(secondary) => Some(secondary.multi_az),
        } == Some(MultiAz::Enabled);
        if let (true, Some((1, place))) = (several_zones, around.subnets) {
            let at = topology_place
                .map_or_else(String::new, |place| format!("; Multi-AZ is at {place}"));
            cx.error(
                "multi-az-subnets",
                place,
                "one subnet can't hold nodes in several availability zones",
                "subnets in two availability zones or more",
                format!("add the private subnets of the other zones{at}"),
            );
        }
        common.lower_operations(cx, &mut node);
        check_tags(cx, &common.tags, self.place());
        let mut tags = around.tags.to_vec();
        for tag in &common.tags {
            set_tag(&mut tags, tag.clone());
        }
        // the environment's own have been counted
        if !common.tags.is_empty() && tags.len() > around.tags.len() {
            count_tags(cx, &tags, self.place());
        }
        node.put_tags(&tags);
        common.guard(cx, &mut node);
        Lowered {
            node,
            parameter_group,
            cluster_mode,
        }
    }
}

impl Common {
    fn lower_description(&self, cx: &mut Lowering, node: &mut Node) {
        cx.description("replication-group-description", self.description.as_ref());
        let text = match &self.description {
            Some(at) => at.value.clone(),
            None => format!("Cache of {}", cx.environment),
        };
        node.put("ReplicationGroupDescription", "description", text)
            .from(self.description.as_ref().map(|at| &at.place));
    }

    fn lower_port(&self, cx: &mut Lowering, node: &mut Node) {
        let port = self.port.as_ref();
        if let Some(At { value: 0, place }) = port {
            cx.error(
                "port",
                place,
                "port 0 can't be listened on",
                "1 to 65535",
                "leave it out for 6379",
            );
        }
        node.put("Port", "port", port.map_or(6379, |at| at.value))
            .from(port.map(|at| &at.place));
    }

    fn lower_addressing(&self, node: &mut Node) {
        if let Some(At { value, place }) = &self.addressing {
            node.put("NetworkType", "network_type", value.network_type())
                .from(place);
            node.put("IpDiscovery", "ip_discovery", value.ip_discovery())
                .from(place);
        }
    }

    fn lower_operations(&self, cx: &mut Lowering, node: &mut Node) {
        let maintenance = self
            .maintenance_window
            .as_ref()
            .and_then(|at| Some((cx.word::<MaintenanceWindow>(at)?, at)));
        let (days, days_place, window) = match &self.snapshots {
            None if cx.stage == Stage::Production => (7, None, None),
            None => (0, None, None),
            Some(Snapshots::Disabled(place)) => (0, Some(place), None),
            Some(Snapshots::Daily(daily)) => {
                if !(1..=35).contains(&daily.days.value) {
                    cx.error(
                        "snapshot-retention",
                        &daily.days.place,
                        format!("snapshots kept for {} days", daily.days.value),
                        "1 to 35 days",
                        "say Snapshots::disabled() for none",
                    );
                }
                (
                    daily.days.value,
                    Some(&daily.days.place),
                    daily.window.as_ref(),
                )
            }
        };
        let snapshot = window.and_then(|at| Some((cx.word::<SnapshotWindow>(at)?, at)));
        if let (Some((snapshot, at)), Some((maintenance, other))) = (snapshot, maintenance)
            && snapshot.overlaps(maintenance)
        {
            cx.error(
                "window-overlap",
                &at.place,
                format!(
                    "the snapshot window {} and the maintenance window {} overlap",
                    at.value, other.value
                ),
                "windows that at most touch",
                format!(
                    "move one of them; the maintenance window is at {}",
                    other.place
                ),
            );
        }
        node.paragraph(|node| {
            node.put("SnapshotRetentionLimit", "snapshot_retention_limit", days)
                .from(days_place);
            if let Some(at) = window {
                node.put("SnapshotWindow", "snapshot_window", &*at.value)
                    .from(&at.place);
            }
            if let Some(at) = &self.maintenance_window {
                node.put(
                    "PreferredMaintenanceWindow",
                    "maintenance_window",
                    &*at.value,
                )
                .from(&at.place);
            }
            let upgrade = self.auto_minor_version_upgrade.as_ref();
            node.put(
                "AutoMinorVersionUpgrade",
                "auto_minor_version_upgrade",
                upgrade.is_none_or(|at| at.value),
            )
            .from(upgrade.map(|at| &at.place));
            let apply = self.apply_immediately.as_ref();
            node.put_tf(
                "apply_immediately",
                apply.map_or(cx.stage != Stage::Production, |at| at.value),
            )
            .from(apply.map(|at| &at.place));
            if self.removal(cx.stage) != Removal::Delete {
                node.put_tf(
                    "final_snapshot_identifier",
                    self.final_snapshot
                        .as_ref()
                        .map_or_else(|| format!("{}-final", self.id.value), |at| at.value.clone()),
                )
                .from(self.final_snapshot.as_ref().map(|at| &at.place));
            }
            if let Some(topic) = &self.notification_topic {
                node.put(
                    "NotificationTopicArn",
                    "notification_topic_arn",
                    topic.lower(cx),
                )
                .from(topic.place());
            }
        });
        let logs: Vec<_> = [(Log::Slow, &self.slow_log), (Log::Engine, &self.engine_log)]
            .into_iter()
            .filter_map(|(kind, delivery)| Some(delivery.as_ref()?.lower(cx, kind)))
            .collect();
        if !logs.is_empty() {
            node.paragraph(|node| {
                node.put(
                    "LogDeliveryConfigurations",
                    "log_delivery_configuration",
                    Value::Objects(logs),
                )
                .from(
                    self.slow_log
                        .as_ref()
                        .or(self.engine_log.as_ref())
                        .map(LogDelivery::place),
                );
            });
        }
    }

    fn removal(&self, stage: Stage) -> Removal {
        self.removal.as_ref().map_or(
            match stage {
                Stage::Development => Removal::Delete,
                Stage::Staging | Stage::Production => Removal::Snapshot,
            },
            |at| at.value,
        )
    }

    fn guard(&self, cx: &mut Lowering, node: &mut Node) {
        let removal = self.removal(cx.stage);
        if let Some(name) = &self.final_snapshot {
            cx.word::<SnapshotName>(name);
            if removal == Removal::Delete {
                cx.error(
                    "final-snapshot",
                    &name.place,
                    format!("a last snapshot {:?}, where none is taken", name.value),
                    "a name together with Removal::Snapshot or Removal::Retain",
                    "say .removal(Removal::Snapshot), or leave the name out",
                );
            }
        }
        if let (Removal::Delete, Stage::Production, Some(at)) = (removal, cx.stage, &self.removal) {
            cx.warning(
                "removal-production",
                &at.place,
                "a production cache that is deleted with its data when it goes or is replaced",
                "leave it out: a last snapshot is taken",
            );
        }
        node.removal = Some(removal);
        // a replacement must not be more careless than a deletion
        node.replacement = Some(removal);
        node.removal_place = self.removal.as_ref().map(|at| at.place.clone());
        // Terraform has no word for keeping: it can only refuse to destroy
        node.prevent_destroy = cx.stage == Stage::Production || removal == Removal::Retain;
    }
}

impl Secondary {
    fn lower(
        &self,
        cx: &mut Lowering,
        node: &mut Node,
        common: &Common,
        around: &Surroundings<'_>,
    ) {
        let place = &self.global.place;
        let global = self.global.value.lower(cx);
        check_replicas(cx, place, self.replicas, 0);
        if self.multi_az == MultiAz::Enabled && self.replicas == 0 {
            multi_az_without_replica(cx, place);
        }
        node.put(
            "GlobalReplicationGroupId",
            "global_replication_group_id",
            global,
        )
        .from(place);
        common.lower_port(cx, node);
        node.paragraph(|node| {
            node.put(
                "NumCacheClusters",
                "num_cache_clusters",
                self.replicas.saturating_add(1),
            )
            .from(place);
            node.put(
                "AutomaticFailoverEnabled",
                "automatic_failover_enabled",
                self.replicas > 0,
            )
            .from(place);
            node.put(
                "MultiAZEnabled",
                "multi_az_enabled",
                self.multi_az == MultiAz::Enabled,
            )
            .from(place);
        });
        network(node, around);
        common.lower_addressing(node);
    }
}

fn network(node: &mut Node, around: &Surroundings<'_>) {
    node.paragraph(|node| {
        node.put(
            "CacheSubnetGroupName",
            "subnet_group_name",
            around.subnet_group.clone(),
        );
        node.put(
            "SecurityGroupIds",
            "security_group_ids",
            around.security_groups.clone(),
        )
        .from(around.security_groups_place);
    });
}

impl Standalone {
    fn lower(
        &self,
        cx: &mut Lowering,
        node: &mut Node,
        common: &Common,
        around: &Surroundings<'_>,
    ) -> Option<Node> {
        let engine = &self.engine.value;
        let cluster_mode = self.topology.as_ref().is_some_and(Topology::cluster_mode);
        engine.check(cx, &self.engine.place);
        self.nodes.value.check(cx, engine, &self.nodes.place);
        let family = engine.family();
        let (group_name, group_place, group) = self.parameter_group.lower(
            cx,
            &parameter_group::Cache {
                family: &family,
                engine: engine.name().as_str(),
                version: engine.version(),
                cluster_mode,
                data_tiering: self.nodes.value.data_tiering,
                replication_group: &common.id.value,
            },
            around.tags,
        );
        let at = &self.engine.place;
        node.paragraph(|node| {
            node.put("Engine", "engine", engine.name().as_str())
                .from(at);
            node.put("EngineVersion", "engine_version", engine.version())
                .from(at);
            node.put("CacheNodeType", "node_type", &*self.nodes.value.node_type)
                .from(&self.nodes.place);
            if self.nodes.value.data_tiering {
                node.put("DataTieringEnabled", "data_tiering_enabled", true)
                    .from(&self.nodes.place);
            }
            node.put(
                "CacheParameterGroupName",
                "parameter_group_name",
                group_name,
            )
            .from(group_place.as_ref());
            common.lower_port(cx, node);
        });
        match &self.topology {
            Some(topology) => topology.lower(cx, node, engine, true),
            None => Topology::from(Topology::single_node()).lower(cx, node, engine, false),
        }
        network(node, around);
        self.check_addressing(cx, common.addressing.as_ref());
        common.lower_addressing(node);
        self.lower_encryption(cx, node);
        for (delivery, log) in [
            (&common.slow_log, Log::Slow),
            (&common.engine_log, Log::Engine),
        ] {
            if let Some(delivery) = delivery {
                delivery.check(cx, log, engine);
            }
        }
        if let Some(At { value, place }) = &self.durability {
            if engine.fact().is_some_and(|fact| !fact.durability) {
                cx.error(
                    "durability",
                    place,
                    format!("{engine} has no durability setting"),
                    "valkey 9.0 or later",
                    "leave it out, or raise the engine version",
                );
            }
            node.put("Durability", "durability", value.as_str())
                .from(place);
        }
        if let Some(source) = &self.restore_from {
            source.lower(cx, node);
        }
        group
    }

    fn check_addressing(&self, cx: &mut Lowering, addressing: Option<&At<IpAddressing>>) {
        let Some(At { value, place }) = addressing else {
            return;
        };
        let old = self.engine.value.fact().is_some_and(|fact| !fact.ipv6);
        let lacking = facts::node_type(&self.nodes.value.node_type).is_some_and(|fact| !fact.ipv6);
        if *value != IpAddressing::Ipv4 && (old || lacking) {
            let who = if old {
                self.engine.value.to_string()
            } else {
                self.nodes.value.node_type.to_string()
            };
            cx.error(
                "ip-addressing",
                place,
                format!("{who} takes IPv4 only"),
                "IPv6 from redis 6.2 and with Valkey, on Nitro node types",
                "raise the engine version, use another node type, or say IpAddressing::Ipv4",
            );
        }
    }

    fn lower_encryption(&self, cx: &mut Lowering, node: &mut Node) {
        node.paragraph(|node| {
            match &self.at_rest_encryption {
                Some(at) => at.value.lower(cx, node, Some(&at.place)),
                None => AtRestEncryption::AwsOwnedKey.lower(cx, node, None),
            }
            match &self.transit_encryption {
                Some(at) => at.value.lower(cx, node, &self.engine, Some(&at.place)),
                None => {
                    TransitEncryption::Required(Access::Open).lower(cx, node, &self.engine, None)
                }
            }
        });
    }
}
