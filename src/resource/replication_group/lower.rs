//! From a replication group's definition to its node, with everything that can be
//! checked on the way.

use super::logs::{Log, LogDelivery};
use super::topology::nodes;
use super::{
    Access, AnyReplicationGroup, AtRestEncryption, Common, LoweredAccess, Membership, MultiAz,
    Secondary, Snapshots, Standalone, Topology, TransitEncryption,
};
use crate::diagnostic::Place;
use crate::facts;
use crate::graph::{Entry, Kind, Language, Node, Part, Removal, Text, Value};
use crate::lower::{Lowering, TopicUse};
use crate::resource::parameter_group;
use crate::stage::Stage;
use crate::tag::{check_tags, count_tags, set_tag};
use crate::value::At;

/// Terraform compares the major and minor version of Redis OSS from 6.0 on and of Valkey, and
/// replaces a cache whose version is to be lower (provider 5.100.0, read November 2026).
const UPGRADED: &str = "AWS upgrades minor versions by itself, and going back would replace the cache; \
                        turn auto_minor_version_upgrade off to choose the version here";

/// What the environment has made already, for the cache to refer to.
pub(crate) struct Surroundings<'a> {
    pub subnet_group: Value,
    pub subnet_group_place: Option<&'a Place>,
    pub security_groups: Value,
    pub security_groups_place: &'a Place,
    pub tags: &'a [Entry],
}

/// The cache's node, its parameter group's where one is made, and what outputs may read.
pub(crate) struct Lowered {
    pub node: Node,
    pub parameter_group: Option<Node>,
    /// What scales it: its target and policies.
    pub scaling: Vec<Node>,
    /// Cluster mode is enabled: clients learn the shards from a configuration endpoint.
    pub cluster_mode: bool,
    /// Who may log in.
    pub access: Option<LoweredAccess>,
}

impl AnyReplicationGroup {
    /// What happens to it when it goes.
    pub(crate) fn removal(&self, stage: Stage) -> Removal {
        self.common.removal(stage)
    }

    pub(crate) fn lower(&self, cx: &mut Lowering, around: &Surroundings<'_>) -> Lowered {
        let common = &self.common;
        let mut node = Node::new(
            Kind::ReplicationGroup,
            "ReplicationGroup",
            "this",
            self.place(),
        );
        node.put(
            "ReplicationGroupId",
            "replication_group_id",
            &*common.id.value,
        )
        .from(&common.id.place);
        common.lower_description(&cx.environment, &mut node);

        let (parameter_group, cluster_mode, access) = match &self.membership {
            Membership::Standalone(own) => {
                let (group, access) = own.lower(cx, &mut node, common, around);
                let topology = own.topology.as_ref();
                // a cache in cluster mode `compatible` still answers at its primary's endpoint
                let sharded = matches!(topology, Some(Topology::Sharded(_)));
                (group, sharded, access)
            }
            Membership::Secondary(secondary) => {
                secondary.lower(cx, &mut node, common, around);
                (None, false, None)
            }
        };
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
        let scaling = match &self.membership {
            Membership::Standalone(own) => {
                let topology = own.topology.as_ref();
                topology.map_or_else(Vec::new, |topology| topology.lower_scaling(cx, &node))
            }
            Membership::Secondary(_) => Vec::new(),
        };
        Lowered {
            node,
            parameter_group,
            scaling,
            cluster_mode,
            access,
        }
    }
}

impl Common {
    fn lower_description(&self, environment: &str, node: &mut Node) {
        let text = match &self.description {
            Some(at) => at.value.clone(),
            None => format!("Cache of {environment}"),
        };
        node.put("ReplicationGroupDescription", "description", text)
            .from(self.description.as_ref().map(|at| &at.place));
    }

    fn lower_port(&self, node: &mut Node) {
        let port = self.port.as_ref();
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
        let (days, days_place, window) = match &self.snapshots {
            None if cx.stage == Stage::Production => (7, None, None),
            None => (0, None, None),
            Some(Snapshots::Disabled(place)) => (0, Some(place), None),
            Some(Snapshots::Daily(daily)) => {
                // none is said in words, which a graph can't tell from this
                if daily.days.value == 0 {
                    cx.error(
                        "snapshot-retention",
                        &daily.days.place,
                        "snapshots kept for 0 days",
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
                let name = match &self.final_snapshot {
                    Some(name) => Value::text(&*name.value),
                    None => self.last_snapshot(cx),
                };
                node.put_tf("final_snapshot_identifier", name)
                    .from(self.final_snapshot.as_ref().map(|at| &at.place));
            }
            if let Some(topic) = &self.notification_topic {
                node.put(
                    "NotificationTopicArn",
                    "notification_topic_arn",
                    topic.lower(cx, TopicUse::Events),
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

    /// A name that no earlier snapshot has: what makes it another goes with the cache, and is
    /// made anew with the next one.
    fn last_snapshot(&self, cx: &mut Lowering) -> Value {
        let mut made = Node::new(Kind::TerraformData, "", "final_snapshot", &self.id.place);
        made.only = Some(Language::Terraform);
        let id = match made.attribute(None, "id") {
            Value::Reference(reference) => Part::Reference(reference),
            _ => Part::Unknown,
        };
        cx.made.push(made);
        Value::Text(Text(vec![
            Part::Literal(format!("{}-final-", self.id.value)),
            id,
        ]))
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
        if let (Removal::Delete, Some(name)) = (removal, &self.final_snapshot) {
            cx.error(
                "final-snapshot",
                &name.place,
                format!("a last snapshot {:?}, where none is taken", name.value),
                "a name together with Removal::Snapshot or Removal::Retain",
                "say .removal(Removal::Snapshot), or leave the name out",
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
        node.put(
            "GlobalReplicationGroupId",
            "global_replication_group_id",
            global,
        )
        .from(self.global.value.place());
        common.lower_port(node);
        node.paragraph(|node| {
            node.put(
                "NumCacheClusters",
                "num_cache_clusters",
                nodes(self.replicas),
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
        )
        .from(around.subnet_group_place);
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
    ) -> (Option<Node>, Option<LoweredAccess>) {
        let engine = &self.engine.value;
        let cluster_mode = self.topology.as_ref().is_some_and(Topology::cluster_mode);
        let family = engine.family();
        let (group_name, group_place, group) = self.parameter_group.lower(
            cx,
            &parameter_group::Cache {
                family: &family,
                cluster_mode,
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
            let upgraded = common.auto_minor_version_upgrade.as_ref();
            if upgraded.is_none_or(|at| at.value)
                && facts::has_later_minor(engine.name().as_str(), engine.version())
            {
                node.ignore_changes("engine_version", UPGRADED);
            }
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
            common.lower_port(node);
        });
        match &self.topology {
            Some(topology) => topology.lower(cx, node, engine, true),
            None => Topology::from(Topology::single_node()).lower(cx, node, engine, false),
        }
        network(node, around);
        common.lower_addressing(node);
        let access = self.lower_encryption(cx, node);
        if let Some(At { value, place }) = &self.durability {
            node.put("Durability", "durability", value.as_str())
                .from(place);
        }
        if let Some(source) = &self.restore_from {
            source.lower(cx, node);
        }
        (group, access)
    }

    fn lower_encryption(&self, cx: &mut Lowering, node: &mut Node) -> Option<LoweredAccess> {
        let mut access = None;
        node.paragraph(|node| {
            match &self.at_rest_encryption {
                Some(at) => at.value.lower(cx, node, Some(&at.place)),
                None => AtRestEncryption::AwsOwnedKey.lower(cx, node, None),
            }
            access = match &self.transit_encryption {
                Some(at) => at
                    .value
                    .lower(cx, node, &self.engine.value, Some(&at.place)),
                None => TransitEncryption::Required(Access::Open).lower(
                    cx,
                    node,
                    &self.engine.value,
                    None,
                ),
            };
        });
        access
    }
}
