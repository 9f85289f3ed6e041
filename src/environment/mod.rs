//! The environment: what a person writes, and how it becomes a [`Graph`].

mod check;
mod fleet;
mod output;

use std::collections::HashSet;

use crate::client_settings::ClientSettings;
use crate::diagnostic::{Diagnostic, Place};
use crate::facts;
use crate::graph::{Allowance, Entry, Graph, Node, Output as GraphOutput, Source, State};
use crate::lower::Lowering;
use crate::resource::alarm::{self, Alarms};
use crate::resource::dashboard::Dashboard;
use crate::resource::kms_key;
use crate::resource::record_set::Records;
use crate::resource::replication_group::{
    AnyReplicationGroup, AuthToken, Lowered, Surroundings, Topology,
};
use crate::resource::security_group::SecurityGroups;
use crate::resource::ssm_parameter::SsmParameters;
use crate::resource::subnet_group::SubnetGroup;
use crate::resource::topic;
use crate::tag::{check_tags, count_tags, set_tag};
use crate::value::{At, Names};

pub use crate::region::Region;
pub use crate::stage::Stage;
pub use fleet::Fleet;
pub use output::Output;

use check::{check_collisions, check_notes, check_texts};
use output::default_outputs;

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

/// One environment of one system: a cache, with everything it needs around it.
#[derive(Clone, Debug)]
pub struct Environment {
    system: String,
    name: String,
    stage: Stage,
    region: Region,
    network: Network,
    replication_group: AnyReplicationGroup,
    description: Option<At<String>>,
    tags: Vec<Entry>,
    outputs: Option<Vec<Output>>,
    alarms: Option<Alarms>,
    dashboard: Dashboard,
    parameters: Vec<SsmParameters>,
    records: Vec<Records>,
    state: At<TerraformState>,
    client_settings: Option<ClientSettings>,
    allowances: Vec<Allowance>,
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
            outputs: None,
            alarms: None,
            dashboard: Dashboard::new(),
            parameters: Vec::new(),
            records: Vec::new(),
            state: At::here(TerraformState::Unstated),
            client_settings: None,
            allowances: Vec::new(),
            place: Place::here(),
        }
    }

    /// What the whole is, for whoever opens the stack: up to 1,024 bytes.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(At::here(text));
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
        self.outputs = Some(outputs.into_iter().collect());
        self
    }

    /// What wakes somebody; nothing unless told otherwise, since somebody has to be there to be
    /// told.
    #[must_use]
    pub fn alarms(mut self, alarms: Alarms) -> Self {
        self.alarms = Some(alarms);
        self
    }

    /// The dashboard; there is one unless told otherwise.
    #[must_use]
    pub fn dashboard(mut self, dashboard: Dashboard) -> Self {
        self.dashboard = dashboard;
        self
    }

    /// Parameters of Systems Manager that say how to reach the cache, for applications to read.
    #[must_use]
    pub fn publish(mut self, parameters: SsmParameters) -> Self {
        self.parameters.push(parameters);
        self
    }

    /// Names of one's own for the cache's endpoints.
    #[must_use]
    pub fn dns(mut self, records: Records) -> Self {
        self.records.push(records);
        self
    }

    /// Accepts what a rule says of this environment, with the reason in a sentence. The
    /// outputs carry both, so that whoever validates them reads the same.
    ///
    /// A reason is a must, and an allowance that allows nothing is itself reported.
    #[track_caller]
    #[must_use]
    pub fn allow(mut self, code: &str, because: &str) -> Self {
        self.allowances.push(Allowance {
            code: code.to_owned(),
            because: because.to_owned(),
            resource: None,
            place: Place::here(),
        });
        self
    }

    /// Where Terraform keeps its state.
    #[track_caller]
    #[must_use]
    pub fn terraform_state(mut self, state: TerraformState) -> Self {
        self.state = At::here(state);
        self
    }

    /// How the applications use the cache, for their env file; [`ClientSettings::new`] unless told
    /// otherwise.
    #[must_use]
    pub fn client_settings(mut self, settings: ClientSettings) -> Self {
        self.client_settings = Some(settings);
        self
    }

    /// How the applications use the cache.
    pub(crate) fn clients(&self) -> ClientSettings {
        self.client_settings
            .clone()
            .unwrap_or_else(ClientSettings::new)
    }

    /// The same with a token, and without outputs: what is made and asked for of one.
    pub(crate) fn with_token(mut self, token: AuthToken) -> Self {
        self.replication_group = self.replication_group.with_token(token);
        self.outputs = Some(Vec::new());
        self
    }

    /// The same with another topology, on the way from one to another. Outputs that read what it
    /// doesn't have are left out.
    pub(crate) fn with_topology(mut self, topology: Topology) -> Self {
        self.replication_group = self.replication_group.with_topology(topology);
        if let Some(outputs) = self.outputs.take() {
            let can_be_read = |output: &Output| {
                let alone = Self {
                    outputs: Some(vec![output.clone()]),
                    ..self.clone()
                };
                let (_, found) = alone.lower();
                !found
                    .iter()
                    .any(|found| found.is_error() && found.code.starts_with("output-"))
            };
            let kept = outputs.into_iter().filter(can_be_read).collect();
            self.outputs = Some(kept);
        }
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

    /// What is made under names that one account and region have once.
    fn names(&self) -> Names<'_> {
        let mut names = self.replication_group.names();
        if let Some(alarms) = &self.alarms {
            alarms.names(&mut names);
        }
        self.dashboard.names(&mut names);
        // several things of one environment may share one
        let mut seen = HashSet::new();
        names.retain(|(what, name)| seen.insert((*what, &*name.value)));
        names
    }

    /// Where it is defined.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The graph, and what is wrong that no graph can show; everything else is said by
    /// [`rule::judge`](crate::rule::judge). With an error among all of it the graph is only
    /// good for looking at.
    #[must_use]
    pub fn lower(&self) -> (Graph, Vec<Diagnostic>) {
        let mut cx = Lowering {
            environment: self.path(),
            stage: self.stage,
            region: self.region.clone(),
            diagnostics: Vec::new(),
            inputs: Vec::new(),
            lookups: Vec::new(),
            unnamed: 0,
            replication_group: self.replication_group.id().value.clone(),
            cache_removal: self.replication_group.removal(self.stage),
            tags: self.tags.clone(),
            keys: Vec::new(),
            key_uses: Vec::new(),
            topics: Vec::new(),
            made: Vec::new(),
        };
        self.check(&mut cx);
        check_notes(
            &mut cx,
            &self.allowances,
            self.replication_group.key_families(),
        );

        check_tags(&mut cx, &self.tags, &self.place);
        count_tags(&mut cx, &self.tags, &self.place);
        let tags = &self.tags;
        let id = &self.replication_group.id().value;
        let mut nodes = Vec::new();
        let (subnet_group_name, subnet_group_place, subnet_group) =
            self.network.subnet_group.lower(&mut cx, id, tags);
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
                subnet_group_place: subnet_group_place.as_ref(),
                security_groups,
                security_groups_place: self.network.security_groups.place(),
                tags,
            },
        );
        nodes.append(&mut cx.made);
        let (alarms, watched) = alarm::lower(
            &mut cx,
            self.alarms.as_ref(),
            &self.replication_group,
            lowered.access.as_ref(),
        );
        let members = self.replication_group.members();
        let dashboard = self.dashboard.lower(&cx, &members, &watched, &self.place);
        // keys come first, then topics: everything else may refer to them
        let topics = topic::nodes(&mut cx);
        nodes.splice(0..0, kms_key::nodes(&mut cx).into_iter().chain(topics));
        let outputs = self.lower_outputs(&mut cx, &lowered, &nodes);
        nodes.extend(lowered.parameter_group);
        let mut after = lowered.scaling;
        for parameters in &self.parameters {
            after.extend(parameters.lower(&mut cx, &lowered.node, lowered.cluster_mode));
        }
        for records in &self.records {
            after.extend(records.lower(&mut cx, &lowered.node, lowered.cluster_mode));
        }
        nodes.push(lowered.node);
        nodes.extend(alarms);
        nodes.extend(dashboard);
        nodes.extend(after);

        let mut graph = Graph {
            source: Source::Definition,
            environment: self.path(),
            description: self.description.as_ref().map_or_else(
                || {
                    format!(
                        "ElastiCache replication group {id} ({}, {})",
                        self.path(),
                        self.stage
                    )
                },
                |at| at.value.clone(),
            ),
            stage: Some(self.stage),
            region: Some(self.region.as_str().to_owned()),
            workloads: self.replication_group.workloads().to_vec(),
            key_families: self.replication_group.key_families().to_vec(),
            allowances: self.allowances.clone(),
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
        check_texts(&mut cx, &graph, &self.state.place);
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
        if let Some(At { value: text, place }) = &self.description
            && (text.trim().is_empty() || text.len() > 1024)
        {
            cx.error(
                "environment-description",
                place,
                format!("a description of {} bytes", text.len()),
                "1 to 1,024 bytes, CloudFormation's limit",
                "say in a sentence what the cache is for",
            );
        }
        if let Some(settings) = &self.client_settings
            && let Some((what, allowed)) = settings.problem()
        {
            cx.error(
                "client-settings",
                settings.place(),
                what,
                allowed,
                "leave it out for the default",
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
        let outputs = match &self.outputs {
            Some(outputs) => outputs,
            None => {
                defaults = default_outputs(lowered, nodes, &self.place);
                &defaults
            }
        };
        outputs
            .iter()
            .filter_map(|output| output.lower(cx, lowered, nodes))
            .collect()
    }
}
