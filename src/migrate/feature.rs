//! What takes several deployments, one file each; and a cache under another id.

use std::rc::Rc;

use super::cache::Cache;
use super::{CODE, Names, Stage, Step, access, tls, topology, version};
use crate::diagnostic::Diagnostic;
use crate::diff::compare;
use crate::environment::Environment;
use crate::graph::{Graph, Language};
use crate::output::File;
use crate::resource::replication_group::Topology;

/// A feature: the way from what runs to what is said, or why there is none.
pub(super) type Feature =
    fn(&Cache<'_>, &Cache<'_>, &Names, &Environment) -> Result<Path, Box<Diagnostic>>;

/// All of them, in the order in which their steps are taken: encryption in transit before who may
/// log in, and what can't be taken back last. Engine and version come before all of them, with
/// everything that takes no steps.
pub(super) const FEATURES: [Feature; 4] = [version::path, tls::path, access::path, topology::path];

/// The way of one feature.
#[derive(Default)]
pub(super) struct Path {
    /// What happens with the first deployment, because it can't be set back in what comes after.
    pub(super) opening: Option<Step>,
    /// What the cache says before each of the steps: as many as steps.
    pub(super) states: Vec<Held>,
    /// The steps.
    pub(super) steps: Vec<Step>,
}

/// What is set back.
#[derive(Clone)]
pub(super) enum Held {
    /// The definition with another topology, with all that follows from one.
    Topology(Box<Topology>),
    /// Settings of the graph, in one language or both.
    Edit(Rc<Edit>),
}

/// A change of a graph that is printed in that language.
type Edit = dyn Fn(&mut Graph, Language);

impl Held {
    pub(super) fn edit(edit: impl Fn(&mut Graph, Language) + 'static) -> Self {
        Self::Edit(Rc::new(edit))
    }
}

impl Path {
    /// Nothing to do.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// One more step, and what the cache says before it.
    pub(super) fn then(mut self, before: Held, step: Step) -> Self {
        self.states.push(before);
        self.steps.push(step);
        self
    }
}

/// No safe path, said where the definition says what is wanted.
pub(super) fn refused(
    is: &Cache<'_>,
    setting: &str,
    message: impl Into<String>,
    allowed: &str,
    help: impl Into<String>,
) -> Box<Diagnostic> {
    let refused = Diagnostic::error(CODE, message).allowed(allowed).help(help);
    Box::new(match is.place(setting) {
        Some(place) => refused.at(place),
        None => refused,
    })
}

/// A cache of another id is another cache: it is made beside the one that runs.
pub(super) fn beside(
    was: &Cache<'_>,
    is: &Cache<'_>,
    names: &Names,
    files: Vec<File>,
) -> Result<Vec<Stage>, Vec<Diagnostic>> {
    let (old, new) = (
        was.id().unwrap_or("the old one"),
        is.id().unwrap_or("the new one"),
    );
    let filled = is.text("SnapshotName");
    // a member's name has its shard's in it where there are shards
    let member = if was.has("NumNodeGroups") {
        "0001-001"
    } else {
        "001"
    };
    let mut step = Step::new(
        "beside",
        format!("{new} is made beside {old}, clients move, and {old} goes."),
        "A cache keeps its id, so another id is another cache. Under the stack and the state of the old one CloudFormation and Terraform would replace it; under their own they touch nothing that runs.",
    )
    .source(crate::diff::Source::SCHEMA)
    .source(crate::diff::Source::PROVIDER);
    if let Some(snapshot) = filled {
        let region = &names.region;
        step = step.before(
            "Stop what writes, or accept that writes from here on stay behind. Take the snapshot that the definition restores from, and wait until it says available.",
            vec![
                format!("aws elasticache create-snapshot --region {region} --replication-group-id {old} --snapshot-name {snapshot}"),
                names.wait(),
                format!("aws elasticache describe-snapshots --region {region} --snapshot-name {snapshot} \\\n  --query 'Snapshots[0].SnapshotStatus' --output text"),
            ],
        );
    } else {
        step = step.before(
            "The definition names no snapshot, so the new cache starts empty. To fill it, say .restore_from(RestoreFrom::snapshot(\"…\")) and plan again.",
            Vec::new(),
        );
    }
    step = step
        .before(
            format!("Deploy it as a stack of its own, called {new} here, and with a Terraform state of its own: `$TERRAFORM` is an empty folder here, and a back end has another key. What has a fixed name and belongs to the old one, such as an export or a secret, has to have another name in the new one."),
            Vec::new(),
        )
        .check(
            Names { id: new.into(), ..names.clone() }.group(&["Status"]),
            "available; then compare what both hold before clients move",
        )
        .after(
            None,
            format!("Move the clients to {new}. When nobody is connected to {old} any more, take a last snapshot of it and remove its stack or its Terraform resources, with the old files: their guards (stack policy, termination protection, prevent_destroy) are there to be lifted by hand."),
            vec![format!("aws cloudwatch get-metric-statistics --region {} --namespace AWS/ElastiCache --metric-name CurrConnections \\\n  --dimensions Name=CacheClusterId,Value={old}-{member} --statistics Maximum --period 300 \\\n  --start-time \"$(date -u -d '-1 hour' +%FT%TZ)\" --end-time \"$(date -u +%FT%TZ)\"", names.region)],
        )
        .back(format!("{old} runs on until it is removed: move the clients back, and remove {new}."));
    let report = compare(new, &[], &files)?;
    Ok(vec![Stage {
        number: 1,
        step,
        files,
        gone: Vec::new(),
        report,
    }])
}
