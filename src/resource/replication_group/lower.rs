//! From a replication group's definition to its node, with everything that can be
//! checked on the way.

use super::{
    Access, AnyReplicationGroup, AtRestEncryption, Common, IpAddressing, LogDelivery, Membership,
    MultiAz, RestoreFrom, Secondary, Shard, Shards, Snapshots, Standalone, Topology,
    TransitEncryption,
};
use crate::diagnostic::Place;
use crate::environment::{Stage, check_tags, set_tag};
use crate::facts;
use crate::graph::{Entry, Kind, Node, Property, Removal, Value};
use crate::lower::Lowering;
use crate::resource::parameter_group;
use crate::resource::replication_group::logs::LogDestination;
use crate::value::{
    At, Id, LogGroupName, MaintenanceWindow, Refusal, ReplicationGroupId, SnapshotName,
    SnapshotWindow, UserGroupId, Word,
};

/// What the environment has made already, for the cache to refer to.
pub(crate) struct Surroundings<'a> {
    pub subnet_group: Value,
    pub security_groups: Value,
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
        let mut tags = around.tags.to_vec();
        for tag in &common.tags {
            set_tag(&mut tags, tag.clone());
        }
        check_tags(cx, &tags);
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
        let text = match &self.description {
            Some(at) => {
                let length = at.value.chars().count();
                if at.value.trim().is_empty() || length > 255 {
                    cx.error(
                        "replication-group-description",
                        &at.place,
                        format!("a description of {length} characters"),
                        "1 to 255 characters",
                        "say in a sentence what the cache is for",
                    );
                }
                at.value.clone()
            }
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
            if self.removal(cx.stage) == Removal::Snapshot {
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
        let logs: Vec<_> = [
            ("slow-log", &self.slow_log),
            ("engine-log", &self.engine_log),
        ]
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
        if let Some(name) = &self.final_snapshot {
            cx.word::<SnapshotName>(name);
            if self.removal(cx.stage) != Removal::Snapshot {
                cx.error(
                    "final-snapshot",
                    &name.place,
                    format!("a last snapshot {:?}, where none is taken", name.value),
                    "a name together with Removal::Snapshot",
                    "say .removal(Removal::Snapshot), or leave the name out",
                );
            }
        }
        node.removal = Some(self.removal(cx.stage));
        node.prevent_destroy = cx.stage == Stage::Production;
    }
}

impl LogDelivery {
    fn place(&self) -> &Place {
        match &self.destination {
            LogDestination::CloudWatchLogs(at) | LogDestination::Firehose(at) => &at.place,
        }
    }

    fn lower(&self, cx: &mut Lowering, kind: &str) -> Vec<Property> {
        let (path, word, at) = match &self.destination {
            LogDestination::CloudWatchLogs(at) => {
                cx.word::<LogGroupName>(at);
                (
                    "DestinationDetails.CloudWatchLogsDetails.LogGroup",
                    "cloudwatch-logs",
                    at,
                )
            }
            LogDestination::Firehose(at) => {
                if at.value.is_empty()
                    || at.value.len() > 64
                    || !at
                        .value
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
                {
                    cx.error(
                        "delivery-stream",
                        &at.place,
                        format!("{:?} can't be a Firehose stream", at.value),
                        "1 to 64 letters, digits and any of _.-",
                        "copy the stream's name, not its ARN",
                    );
                }
                (
                    "DestinationDetails.KinesisFirehoseDetails.DeliveryStream",
                    "kinesis-firehose",
                    at,
                )
            }
        };
        vec![
            Property::both(path, "destination", &*at.value),
            Property::both("DestinationType", "destination_type", word),
            Property::both("LogFormat", "log_format", self.format.as_str()),
            Property::both("LogType", "log_type", kind),
        ]
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
        );
    });
}

fn check_replicas(cx: &mut Lowering, place: &Place, replicas: u8, least: u8) {
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

fn multi_az_without_replica(cx: &mut Lowering, place: &Place) {
    cx.error(
        "multi-az-replicas",
        place,
        "Multi-AZ without a replica to fail over to",
        "1 replica or more in each shard",
        "add a replica, or say MultiAz::Disabled",
    );
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
        self.check_engine(cx);
        self.check_nodes(cx);
        let family = engine.family();
        let (group_name, group_place, group) = self.parameter_group.lower(
            cx,
            &parameter_group::Engine {
                family: &family,
                engine: engine.name().as_str(),
                version: engine.version(),
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
            Some(topology) => self.lower_topology(cx, node, topology),
            None => {
                let alone = Topology::single_node();
                self.lower_topology(cx, node, &Topology::SingleNode(alone));
                for property in node.properties.iter_mut().rev().take(3) {
                    property.place = None;
                }
            }
        }
        network(node, around);
        self.check_addressing(cx, common.addressing.as_ref());
        common.lower_addressing(node);
        self.lower_encryption(cx, node);
        self.check_logs(cx, common);
        if let Some(source) = &self.restore_from {
            lower_restore(cx, node, source);
        }
        group
    }

    fn check_engine(&self, cx: &mut Lowering) {
        let engine = &self.engine.value;
        let place = &self.engine.place;
        let (name, version) = (engine.name().as_str(), engine.version());
        match engine.fact() {
            Some(fact) if fact.create_allowed => {}
            Some(_) => cx.error(
                "engine-version",
                place,
                format!("{engine} can no longer be made"),
                creatable(name),
                "use a version that AWS still makes",
            ),
            None => {
                let parts: Vec<&str> = version.split('.').collect();
                let numbers = parts
                    .iter()
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
                let major_minor =
                    facts::engine_version(name, &parts[..parts.len().min(2)].join("."));
                if let (true, Some(known)) = (numbers && parts.len() > 2, major_minor) {
                    cx.error(
                        "engine-version",
                        place,
                        format!("{engine} names a patch, which AWS chooses itself"),
                        "major.minor",
                        format!("write {}", known.version),
                    );
                } else if numbers && parts.len() == 2 && newer_than_all(name, version) {
                    cx.warning(
                        "engine-version-unknown",
                        place,
                        format!(
                            "{engine} is newer than the versions known in {}; the family {} is a guess",
                            facts::READ,
                            engine.family()
                        ),
                        "check that the family is right",
                    );
                } else {
                    cx.error(
                        "engine-version",
                        place,
                        format!("{engine} doesn't exist"),
                        creatable(name),
                        "use one of the constants of Engine",
                    );
                }
            }
        }
    }

    fn check_nodes(&self, cx: &mut Lowering) {
        let At {
            value: nodes,
            place,
        } = &self.nodes;
        let engine = &self.engine.value;
        let name = &*nodes.node_type;
        let region = cx.region.as_str().to_owned();
        let Some(fact) = facts::node_type(name) else {
            let known_family = name.rsplit_once('.').is_some_and(|(family, _)| {
                facts::node_type(&format!("{family}.large")).is_some()
                    || facts::node_type(&format!("{family}.xlarge")).is_some()
                    || facts::node_type(&format!("{family}.micro")).is_some()
            });
            if known_family || !name.starts_with("cache.") || name.split('.').count() != 3 {
                cx.error(
                    "node-type",
                    place,
                    format!("node type {name:?} doesn't exist"),
                    sizes(name),
                    "use one of the constants of node_type",
                );
            } else {
                cx.warning(
                    "node-type-unknown",
                    place,
                    format!(
                        "node type {name:?} is not among those known in {}",
                        facts::READ
                    ),
                    "check the spelling; nothing about it can be checked",
                );
            }
            return;
        };
        if nodes.data_tiering != fact.data_tiering {
            cx.error(
                "data-tiering",
                place,
                format!(
                    "{name} {}",
                    if fact.data_tiering {
                        "is only usable with data tiering"
                    } else {
                        "has no data tiering"
                    }
                ),
                "data tiering on cache.r6gd, and on nothing else",
                "use the type's constant of node_type",
            );
        }
        if !fact.new_clusters {
            cx.error(
                "node-type",
                place,
                format!("{name} takes no new caches"),
                "a node type of the current generation",
                "use its successor, e.g. cache.t4g for cache.t2",
            );
        }
        let oldest = match engine.name() {
            super::EngineName::Redis => &fact.min_redis,
            super::EngineName::Valkey => &fact.min_valkey,
        };
        if oldest.is_empty() {
            cx.error(
                "node-type-engine",
                place,
                format!("{name} runs Valkey only"),
                "engine valkey",
                "use Engine::VALKEY_… or another node type",
            );
        } else if parameter_group::older(engine.version(), oldest) {
            cx.error(
                "node-type-engine",
                place,
                format!("{name} doesn't run {engine}"),
                format!("{} {oldest} or later", engine.name().as_str()),
                "raise the engine version or use another node type",
            );
        }
        if facts::sold_in(name, &region) == Some(false) {
            cx.error(
                "node-type-region",
                place,
                format!("{name} is not sold in {region}"),
                format!("the node types of {region} (facts of {})", facts::READ),
                "use another node type or region",
            );
        }
        if nodes.data_tiering && engine.fact().is_some_and(|fact| !fact.data_tiering) {
            cx.error(
                "data-tiering",
                place,
                format!("{engine} has no data tiering"),
                "redis 6.2 or later, or valkey",
                "raise the engine version",
            );
        }
    }

    fn lower_topology(&self, cx: &mut Lowering, node: &mut Node, topology: &Topology) {
        let place = topology.place();
        let failover = topology.failover();
        let fact = self.engine.value.fact();
        let restates_cluster_mode = fact.is_none_or(|fact| fact.cluster_mode_migration);
        node.paragraph(|node| {
            match topology {
                Topology::SingleNode(one) => {
                    node.put("NumCacheClusters", "num_cache_clusters", 1u8)
                        .from(place);
                    zones(cx, node, one.zone.as_slice(), 1);
                }
                Topology::Replicated(group) => {
                    check_replicas(cx, place, group.replicas, 1);
                    let count = group.replicas.saturating_add(1);
                    node.put("NumCacheClusters", "num_cache_clusters", count)
                        .from(place);
                    zones(cx, node, &group.zones, count.into());
                }
                Topology::Compatible(group) => {
                    check_replicas(cx, place, group.replicas, 1);
                    if !restates_cluster_mode {
                        cx.error(
                            "cluster-mode-compatible",
                            place,
                            format!("{} can't change its cluster mode", self.engine.value),
                            "redis 7.0 or later, or valkey",
                            "raise the engine version first",
                        );
                    }
                    node.put("ClusterMode", "cluster_mode", "compatible")
                        .from(place);
                    node.put(
                        "NumCacheClusters",
                        "num_cache_clusters",
                        group.replicas.saturating_add(1),
                    )
                    .from(place);
                }
                Topology::Sharded(group) => {
                    if restates_cluster_mode {
                        node.put("ClusterMode", "cluster_mode", "enabled")
                            .from(place);
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
            .from(place);
            node.put(
                "MultiAZEnabled",
                "multi_az_enabled",
                failover == Some(MultiAz::Enabled),
            )
            .from(place);
        });
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
            let at_rest = self.at_rest_encryption.as_ref();
            let at = at_rest.map(|at| &at.place);
            let on = !matches!(
                at_rest.map(|at| &at.value),
                Some(AtRestEncryption::Disabled)
            );
            node.put("AtRestEncryptionEnabled", "at_rest_encryption_enabled", on)
                .from(at);
            if let Some(AtRestEncryption::KmsKey(key)) = at_rest.map(|at| &at.value) {
                node.put("KmsKeyId", "kms_key_id", key.lower(cx))
                    .from(key.place());
            }
            let transit = self.transit_encryption.as_ref();
            let at = transit.map(|at| &at.place);
            let open = TransitEncryption::Required(Access::Open);
            let choice = transit.map_or(&open, |at| &at.value);
            let enabled = !matches!(choice, TransitEncryption::Disabled);
            node.put(
                "TransitEncryptionEnabled",
                "transit_encryption_enabled",
                enabled,
            )
            .from(at);
            let fact = self.engine.value.fact();
            let has_mode = fact.is_none_or(|fact| fact.tls_preferred);
            match choice {
                TransitEncryption::Disabled => {}
                TransitEncryption::Preferred => {
                    if !has_mode {
                        cx.error(
                            "transit-encryption-mode",
                            at.unwrap_or(&self.engine.place),
                            format!("{} can't prefer TLS: it is on or off", self.engine.value),
                            "redis 7.0 or later, or valkey",
                            "say TransitEncryption::Required(…), or raise the engine version",
                        );
                    }
                    node.put(
                        "TransitEncryptionMode",
                        "transit_encryption_mode",
                        "preferred",
                    )
                    .from(at);
                }
                TransitEncryption::Required(access) => {
                    if has_mode {
                        node.put(
                            "TransitEncryptionMode",
                            "transit_encryption_mode",
                            "required",
                        )
                        .from(at);
                    }
                    self.lower_access(cx, node, access);
                }
            }
        });
    }

    fn lower_access(&self, cx: &mut Lowering, node: &mut Node, access: &Access) {
        match access {
            Access::Open => {}
            Access::AuthToken(secret) => {
                let value = Value::Secret(secret.lower(cx, &Id::known("auth-token")));
                let place = secret.place();
                if let Some(version) = secret.write_only_version() {
                    node.put("AuthToken", "auth_token_wo", value).from(place);
                    node.put_tf("auth_token_wo_version", version).from(place);
                } else {
                    node.put("AuthToken", "auth_token", value).from(place);
                }
                // a first token that is rotated in leaves the door open to clients without one
                node.put_tf("auth_token_update_strategy", "SET");
            }
            Access::UserGroup(group) => {
                cx.word::<UserGroupId>(&group.id);
                if self.engine.value.fact().is_some_and(|fact| !fact.users) {
                    cx.error(
                        "user-group-engine",
                        &group.id.place,
                        format!("{} has no users", self.engine.value),
                        "redis 6.0 or later, or valkey",
                        "say Access::AuthToken(…), or raise the engine version",
                    );
                }
                node.put(
                    "UserGroupIds",
                    "user_group_ids",
                    Value::List(vec![Value::text(&*group.id.value)]),
                )
                .from(&group.id.place);
            }
        }
    }

    fn check_logs(&self, cx: &mut Lowering, common: &Common) {
        let Some(fact) = self.engine.value.fact() else {
            return;
        };
        for (log, delivery, has, since) in [
            ("slow log", &common.slow_log, fact.slow_log, "redis 6.0"),
            (
                "engine log",
                &common.engine_log,
                fact.engine_log,
                "redis 6.2",
            ),
        ] {
            if let (Some(delivery), false) = (delivery, has) {
                cx.error(
                    "log-delivery",
                    delivery.place(),
                    format!("{} delivers no {log}", self.engine.value),
                    format!("{since} or later, or valkey"),
                    "leave it out, or raise the engine version",
                );
            }
        }
    }
}

fn creatable(engine: &str) -> String {
    let versions: Vec<&str> = facts::engine_versions(engine).collect();
    format!(
        "{engine} {} (facts of {})",
        versions.join(", "),
        facts::READ
    )
}

fn newer_than_all(engine: &str, version: &str) -> bool {
    facts::engine_versions(engine).all(|known| parameter_group::older(known, version))
}

/// The sizes of a node type's family, or the families.
fn sizes(name: &str) -> String {
    let family = name.rsplit_once('.').map_or(name, |(family, _)| family);
    let same: Vec<&str> = facts::node_types()
        .filter(|known| known.rsplit_once('.').is_some_and(|(f, _)| f == family))
        .collect();
    if same.is_empty() {
        "cache.FAMILY.SIZE, such as cache.m7g.large".into()
    } else {
        same.join(", ")
    }
}

fn zones(cx: &mut Lowering, node: &mut Node, zones: &[At<String>], nodes: usize) {
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
    let letter = zone.value.strip_prefix(&region).unwrap_or_default();
    if !matches!(letter.as_bytes(), [b'a'..=b'z']) {
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
            }
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
            "name at least one",
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

fn lower_restore(cx: &mut Lowering, node: &mut Node, source: &RestoreFrom) {
    node.paragraph(|node| match source {
        RestoreFrom::Snapshot(name) => {
            // automatic snapshots have a prefix that no name given by hand can have
            let manual = At {
                value: name
                    .value
                    .strip_prefix("automatic.")
                    .unwrap_or(&name.value)
                    .to_owned(),
                place: name.place.clone(),
            };
            cx.word::<SnapshotName>(&manual);
            node.put("SnapshotName", "snapshot_name", &*name.value)
                .from(&name.place);
        }
        RestoreFrom::RdbFiles(arns, place) => {
            let mut values = Vec::with_capacity(arns.len());
            for arn in arns {
                let refusal = match crate::value::Arn::parse(arn) {
                    Ok(parsed) if parsed.service() == "s3" => None,
                    Ok(parsed) => Some(Refusal::new(
                        format!("is an ARN of {}", parsed.service()),
                        "an S3 object's ARN",
                        "write it like arn:aws:s3:::bucket/dump.rdb",
                    )),
                    Err(refusal) => Some(refusal),
                };
                if let Some(refusal) = refusal {
                    cx.error(
                        "snapshot-arns",
                        place,
                        format!("{arn:?} {}", refusal.because),
                        refusal.allowed,
                        refusal.help,
                    );
                }
                values.push(Value::text(&**arn));
            }
            if arns.is_empty() {
                cx.error(
                    "snapshot-arns",
                    place,
                    "no RDB files",
                    "one or more",
                    "name the files, or leave restore_from out",
                );
            }
            node.put("SnapshotArns", "snapshot_arns", Value::List(values))
                .from(place);
        }
    });
}
