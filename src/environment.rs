//! The environment: what a person writes, and how it becomes a [`Graph`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use crate::diagnostic::{Diagnostic, Place};
use crate::facts;
use crate::graph::{
    Entry, Graph, Language, LookupKind, Node, Output as GraphOutput, Part, State, Text, Value,
};
use crate::lower::Lowering;
use crate::resource::replication_group::{AnyReplicationGroup, Lowered, Surroundings};
use crate::resource::security_group::SecurityGroups;
use crate::resource::subnet_group::SubnetGroup;
use crate::value::At;

/// What an environment is for; defaults and levels follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Somebody's own: it may be lost.
    Development,
    /// Like production, for the team.
    Staging,
    /// Somebody's customers depend on it.
    Production,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Development => "development",
            Self::Staging => "staging",
            Self::Production => "production",
        })
    }
}

/// An AWS region: `Region::US_EAST_1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

include!(concat!(env!("OUT_DIR"), "/regions.rs"));

impl Region {
    const fn fixed(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A region that this crate doesn't know yet.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The region's name, e.g. `us-east-1`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where the cache lives, and who may reach it.
#[derive(Clone, Debug)]
pub struct Network {
    subnet_group: SubnetGroup,
    security_groups: SecurityGroups,
}

impl Network {
    /// A subnet group, and a [`SecurityGroup`](crate::prelude::SecurityGroup) or
    /// [`SecurityGroups::existing`].
    #[must_use]
    pub fn new(subnet_group: SubnetGroup, security_groups: impl Into<SecurityGroups>) -> Self {
        Self {
            subnet_group,
            security_groups: security_groups.into(),
        }
    }
}

/// Where Terraform keeps its state.
#[derive(Clone, Debug)]
pub enum TerraformState {
    /// Wherever the caller says: the output has no `backend` block.
    Unstated,
    /// An object of an S3 bucket, with S3's own locking (Terraform 1.11 or later).
    S3 {
        /// The bucket's name.
        bucket: String,
        /// The object's key.
        key: String,
        /// The bucket's region.
        region: Region,
    },
}

/// A value that consumers read: an output of the stack and of the Terraform module.
#[derive(Clone, Debug)]
pub struct Output {
    id: At<String>,
    what: Reads,
    export: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    Endpoint,
    ReaderEndpoint,
    Port,
    ReplicationGroupId,
    SecurityGroupId,
}

impl Output {
    #[track_caller]
    fn new(id: &str, what: Reads) -> Self {
        Self {
            id: At::here(id),
            what,
            export: false,
        }
    }

    /// The address to write to: the configuration endpoint with cluster mode
    /// enabled, else the primary's. The name is spelled in each language's way.
    #[track_caller]
    #[must_use]
    pub fn endpoint(id: &str) -> Self {
        Self::new(id, Reads::Endpoint)
    }

    /// The address to read from, over all replicas; only with cluster mode disabled.
    #[track_caller]
    #[must_use]
    pub fn reader_endpoint(id: &str) -> Self {
        Self::new(id, Reads::ReaderEndpoint)
    }

    /// The port.
    #[track_caller]
    #[must_use]
    pub fn port(id: &str) -> Self {
        Self::new(id, Reads::Port)
    }

    /// The replication group's id.
    #[track_caller]
    #[must_use]
    pub fn replication_group_id(id: &str) -> Self {
        Self::new(id, Reads::ReplicationGroupId)
    }

    /// The id of the security group that is made.
    #[track_caller]
    #[must_use]
    pub fn security_group_id(id: &str) -> Self {
        Self::new(id, Reads::SecurityGroupId)
    }

    /// Lets other stacks import it as `<stack>-<name>`. An export that is in use can't be changed.
    #[must_use]
    pub fn exported(mut self) -> Self {
        self.export = true;
        self
    }
}

/// One environment of one system: a cache, with everything it needs around it.
#[derive(Clone, Debug)]
pub struct Environment {
    system: String,
    name: String,
    stage: Stage,
    region: Region,
    network: Network,
    replication_group: AnyReplicationGroup,
    description: Option<String>,
    tags: Vec<Entry>,
    outputs: Vec<Output>,
    state: At<TerraformState>,
    place: Place,
}

impl Environment {
    /// The environment `system/name`, such as `oms/prod`.
    #[track_caller]
    #[must_use]
    pub fn new(
        system: &str,
        name: &str,
        stage: Stage,
        region: Region,
        network: Network,
        replication_group: impl Into<AnyReplicationGroup>,
    ) -> Self {
        Self {
            system: system.to_owned(),
            name: name.to_owned(),
            stage,
            region,
            network,
            replication_group: replication_group.into(),
            description: None,
            tags: Vec::new(),
            outputs: Vec::new(),
            state: At::here(TerraformState::Unstated),
            place: Place::here(),
        }
    }

    /// What the whole is, for whoever opens the stack: up to 1,024 bytes.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// A tag of everything that is made. Setting one again replaces it.
    #[track_caller]
    #[must_use]
    pub fn tag(mut self, key: &str, value: &str) -> Self {
        set_tag(&mut self.tags, Entry::here(key, value));
        self
    }

    /// What consumers read; endpoints, port and ids under their usual names unless told otherwise.
    #[must_use]
    pub fn outputs(mut self, outputs: impl IntoIterator<Item = Output>) -> Self {
        self.outputs = outputs.into_iter().collect();
        self
    }

    /// Where Terraform keeps its state.
    #[track_caller]
    #[must_use]
    pub fn terraform_state(mut self, state: TerraformState) -> Self {
        self.state = At::here(state);
        self
    }

    /// `system/name`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.system, self.name)
    }

    /// The system's name.
    #[must_use]
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The environment's name within its system.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The region that everything is in.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Where it is defined.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The graph, and everything that is wrong or worth a second look. With an error
    /// among the diagnostics the graph is only good for looking at.
    #[must_use]
    pub fn lower(&self) -> (Graph, Vec<Diagnostic>) {
        let mut cx = Lowering {
            environment: self.path(),
            stage: self.stage,
            region: self.region.clone(),
            diagnostics: Vec::new(),
            inputs: Vec::new(),
            lookups: Vec::new(),
        };
        self.check(&mut cx);

        check_tags(&mut cx, &self.tags);
        let tags = &self.tags;
        let id = &self.replication_group.id().value;
        let mut nodes = Vec::new();
        let (subnet_group_name, subnet_group) = self.network.subnet_group.lower(&mut cx, id, tags);
        nodes.extend(subnet_group);
        let port = self.replication_group.port();
        let security_groups = self
            .network
            .security_groups
            .lower(&mut cx, id, port, tags, &mut nodes);
        let lowered = self.replication_group.lower(
            &mut cx,
            &Surroundings {
                subnet_group: subnet_group_name,
                security_groups,
                tags,
                subnets: self.network.subnet_group.subnet_count(),
            },
        );
        let outputs = self.lower_outputs(&mut cx, &lowered, &nodes);
        nodes.extend(lowered.parameter_group);
        nodes.push(lowered.node);

        let mut graph = Graph {
            environment: self.path(),
            description: self.description.clone().unwrap_or_else(|| {
                format!(
                    "ElastiCache replication group {id} ({}, {})",
                    self.path(),
                    self.stage
                )
            }),
            region: self.region.as_str().to_owned(),
            inputs: Vec::new(),
            lookups: Vec::new(),
            nodes,
            outputs,
            state: match &self.state.value {
                TerraformState::Unstated => State::Unstated,
                TerraformState::S3 {
                    bucket,
                    key,
                    region,
                } => State::S3 {
                    bucket: bucket.clone(),
                    key: key.clone(),
                    region: region.as_str().to_owned(),
                },
            },
        };
        graph.inputs = std::mem::take(&mut cx.inputs);
        graph.lookups = std::mem::take(&mut cx.lookups);
        check_collisions(&mut cx, &graph);
        check_texts(&mut cx, &graph);
        (graph, cx.diagnostics)
    }

    fn check(&self, cx: &mut Lowering) {
        for (what, name) in [("system", &self.system), ("environment", &self.name)] {
            let good = name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.len() <= 64
                && !name.ends_with('-')
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !good {
                cx.error(
                    "environment-name",
                    &self.place,
                    format!("{what} {name:?} can't name a folder of the output"),
                    "1 to 64 lower-case letters, digits and hyphens, a letter first",
                    "name it like `oms` or `prod`",
                );
            }
        }
        if !facts::region_is_known(self.region.as_str()) {
            cx.warning(
                "region-unknown",
                &self.place,
                format!(
                    "region {:?} is not among those known in {}",
                    self.region.as_str(),
                    facts::READ
                ),
                "check the spelling; node types can't be checked there",
            );
        }
        if let Some(text) = &self.description
            && (text.trim().is_empty() || text.len() > 1024)
        {
            cx.error(
                "environment-description",
                &self.place,
                format!("a description of {} bytes", text.len()),
                "1 to 1,024 bytes, CloudFormation's limit",
                "say in a sentence what the cache is for",
            );
        }
        if let TerraformState::S3 { bucket, key, .. } = &self.state.value {
            let plain =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
            if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(plain) {
                cx.error(
                    "terraform-state",
                    &self.state.place,
                    format!("bucket {bucket:?}"),
                    "3 to 63 lower-case letters, digits, dots and hyphens",
                    "copy the bucket's name, not its ARN",
                );
            }
            if key.is_empty() || key.starts_with('/') || key.ends_with('/') || key.len() > 1024 {
                cx.error(
                    "terraform-state",
                    &self.state.place,
                    format!("key {key:?}"),
                    "1 to 1,024 bytes, neither starting nor ending with a slash",
                    format!("name it like {}/terraform.tfstate", self.path()),
                );
            }
        }
    }

    fn lower_outputs(
        &self,
        cx: &mut Lowering,
        lowered: &Lowered,
        nodes: &[Node],
    ) -> Vec<GraphOutput> {
        let defaults;
        let outputs = if self.outputs.is_empty() {
            defaults = default_outputs(lowered.cluster_mode, self.network.security_groups.made());
            &defaults
        } else {
            &self.outputs
        };
        outputs
            .iter()
            .filter_map(|output| output.lower(cx, lowered, nodes))
            .collect()
    }
}

fn default_outputs(cluster_mode: bool, security_group: bool) -> Vec<Output> {
    let mut outputs = if cluster_mode {
        vec![Output::endpoint("configuration-endpoint-address")]
    } else {
        vec![
            Output::endpoint("primary-endpoint-address"),
            Output::reader_endpoint("reader-endpoint-address"),
        ]
    };
    outputs.push(Output::port("port"));
    outputs.push(Output::replication_group_id("replication-group-id"));
    if security_group {
        outputs.push(Output::security_group_id("security-group-id"));
    }
    outputs
}

impl Output {
    fn lower(&self, cx: &mut Lowering, lowered: &Lowered, nodes: &[Node]) -> Option<GraphOutput> {
        let id = cx.id(&self.id);
        let cache = &lowered.node;
        let (description, value) = match (self.what, lowered.cluster_mode) {
            (Reads::Endpoint, false) => (
                "Address of the primary, to write to.",
                cache.attribute(Some("PrimaryEndPoint.Address"), "primary_endpoint_address"),
            ),
            (Reads::Endpoint, true) => (
                "Address from which clients learn the shards.",
                cache.attribute(
                    Some("ConfigurationEndPoint.Address"),
                    "configuration_endpoint_address",
                ),
            ),
            (Reads::ReaderEndpoint, false) => (
                "Address of the replicas, to read from.",
                cache.attribute(Some("ReaderEndPoint.Address"), "reader_endpoint_address"),
            ),
            (Reads::ReaderEndpoint, true) => {
                cx.error(
                    "output-reader",
                    &self.id.place,
                    format!("output {:?} reads the reader endpoint, which doesn't exist with cluster mode enabled", self.id.value),
                    "endpoint, port and ids",
                    "use Output::endpoint: cluster clients read from replicas through it",
                );
                return None;
            }
            (Reads::Port, false) => (
                "Port of every node.",
                cache.attribute(Some("PrimaryEndPoint.Port"), "port"),
            ),
            (Reads::Port, true) => (
                "Port of every node.",
                cache.attribute(Some("ConfigurationEndPoint.Port"), "port"),
            ),
            (Reads::ReplicationGroupId, _) => {
                ("Id of the replication group.", cache.attribute(None, "id"))
            }
            (Reads::SecurityGroupId, _) => {
                let Some(group) = nodes
                    .iter()
                    .find(|node| node.kind == crate::graph::Kind::SecurityGroup)
                else {
                    cx.error(
                        "output-security-group",
                        &self.id.place,
                        format!(
                            "output {:?} reads a security group, and none is made here",
                            self.id.value
                        ),
                        "endpoint, port and the replication group's id",
                        "leave it out: whoever owns the security group knows its id",
                    );
                    return None;
                };
                (
                    "Id of the cache's security group.",
                    group.attribute(Some("GroupId"), "id"),
                )
            }
        };
        Some(GraphOutput {
            export: self.export.then(|| {
                Text(vec![
                    Part::StackName,
                    Part::Literal(format!("-{}", id.logical())),
                ])
            }),
            id,
            description: description.to_owned(),
            value,
            place: self.id.place.clone(),
        })
    }
}

/// Sets a tag, in the place of one of the same key.
pub(crate) fn set_tag(tags: &mut Vec<Entry>, tag: Entry) {
    tags.retain(|known| known.name != tag.name);
    tags.push(tag);
}

/// The limits of tags, which CloudFormation and Terraform learn from the service only.
pub(crate) fn check_tags(cx: &mut Lowering, tags: &[Entry]) {
    let nowhere = Place::here();
    let place_of = |tag: &Entry| tag.place.clone().unwrap_or_else(|| nowhere.clone());
    if tags.len() > 50 {
        cx.error(
            "tags",
            &place_of(&tags[50]),
            format!("{} tags", tags.len()),
            "up to 50 tags",
            "leave some out",
        );
    }
    for tag in tags {
        let plain = |text: &str| {
            text.chars()
                .all(|c| c.is_alphanumeric() || " _.:/=+-@".contains(c))
        };
        let (because, allowed) = if tag.name.to_ascii_lowercase().starts_with("aws:") {
            ("starts with `aws:`, which is AWS's own", "any other prefix")
        } else if tag.name.is_empty() || tag.name.chars().count() > 128 {
            ("is not 1 to 128 characters long", "1 to 128 characters")
        } else if tag.value.chars().count() > 256 {
            (
                "has a value of more than 256 characters",
                "values of up to 256 characters",
            )
        } else if !plain(&tag.name) || !plain(&tag.value) {
            (
                "holds a character that tags can't hold",
                "letters, digits, spaces and any of _.:/=+-@",
            )
        } else {
            continue;
        };
        cx.error(
            "tags",
            &place_of(tag),
            format!("tag {:?} {because}", tag.name),
            allowed,
            "name it otherwise",
        );
    }
}

/// Two ids that differ in the definition and not in the output.
fn check_collisions(cx: &mut Lowering, graph: &Graph) {
    let mut seen: HashMap<(&str, String), &Place> = HashMap::new();
    let mut twice = Vec::new();
    let mut take = |space: &'static str, name: String, place| {
        if let Some(first) = seen.insert((space, name.clone()), place) {
            twice.push((space, name, place, first.clone()));
        }
    };
    for input in &graph.inputs {
        take("logical id", input.id.logical(), &input.place);
        if !input.cloudformation_only {
            take("Terraform variable", input.id.snake(), &input.place);
        }
    }
    for lookup in &graph.lookups {
        take("Terraform data source", lookup.id.snake(), &lookup.place);
    }
    for node in &graph.nodes {
        if node.is_in(Language::CloudFormation) {
            take("logical id", node.logical_id.clone(), &node.place);
        }
        if node.is_in(Language::Terraform) {
            let address = format!("{}.{}", node.kind.terraform(), node.label);
            take("Terraform address", address, &node.place);
        }
    }
    for output in &graph.outputs {
        take("CloudFormation output", output.id.logical(), &output.place);
        take("Terraform output", output.id.snake(), &output.place);
    }
    for (space, name, place, first) in twice {
        cx.error(
            "id-collision",
            place,
            format!("two things are called {name:?} as a {space}"),
            format!("one thing for each {space}"),
            format!("give this one another id; the first is at {first}"),
        );
    }
}

/// Texts that the two languages would not read alike.
fn check_texts(cx: &mut Lowering, graph: &Graph) {
    for node in &graph.nodes {
        for property in &node.properties {
            let place = property.place.as_ref().unwrap_or(&node.place);
            check_value(cx, &property.value, place);
        }
    }
    for lookup in &graph.lookups {
        let tags = match &lookup.what {
            LookupKind::Vpc { tags } | LookupKind::Subnets { tags, .. } => tags.as_slice(),
            LookupKind::Export { .. }
            | LookupKind::SecurityGroup { .. }
            | LookupKind::SecretVersion { .. } => &[],
        };
        for (name, value) in tags {
            check_text(cx, name, &lookup.place);
            check_text(cx, value, &lookup.place);
        }
    }
}

fn check_value(cx: &mut Lowering, value: &Value, place: &Place) {
    match value {
        Value::Bool(_) | Value::Integer(_) | Value::Reference(_) | Value::Secret(_) => {}
        Value::Text(text) => {
            for part in &text.0 {
                if let Part::Literal(literal) = part {
                    check_text(cx, literal, place);
                }
            }
        }
        Value::List(values) => values
            .iter()
            .for_each(|value| check_value(cx, value, place)),
        Value::Map(_, entries) => {
            for entry in entries {
                let place = entry.place.as_ref().unwrap_or(place);
                check_text(cx, &entry.name, place);
                check_text(cx, &entry.value, place);
            }
        }
        Value::Objects(objects) => {
            for property in objects.iter().flatten() {
                check_value(
                    cx,
                    &property.value,
                    property.place.as_ref().unwrap_or(place),
                );
            }
        }
    }
}

fn check_text(cx: &mut Lowering, text: &str, place: &Place) {
    if text.contains("{{resolve:") {
        cx.error(
            "dynamic-reference",
            place,
            format!("{text:?} holds a dynamic reference, which only CloudFormation would resolve"),
            "texts without `{{resolve:`",
            "a secret is a SecretRef; anything else is given at deployment",
        );
    }
    // ASCII is most of what there is, and always normal
    if !text.is_ascii() && !unicode_normalization::is_nfc(text) {
        cx.error(
            "text-normalization",
            place,
            format!("{text:?} is spelled with combining characters, which Terraform would compose"),
            "text in Unicode normalization form C",
            format!(
                "write {:?}",
                unicode_normalization::UnicodeNormalization::nfc(text).collect::<String>()
            ),
        );
    }
    if text.contains('\0') {
        cx.error(
            "text-nul",
            place,
            format!("{text:?} holds a NUL character"),
            "text without NUL",
            "leave it out",
        );
    }
}
