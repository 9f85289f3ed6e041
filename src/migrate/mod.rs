//! The ordered steps from what runs to what a definition says, where AWS takes the change only
//! in stages.
//!
//! What runs is known by its files, read back ([`before`]). Each feature that takes several
//! deployments (`tls`, `access`, `topology`) says what the cache says before each of its steps.
//! A stage is the definition's own graph with the steps that are still to come set back, printed
//! by the same back ends and held against the same schemas and rules as any output; the last one
//! is what `synth` makes of the definition, byte for byte. What a stage does to what runs is judged
//! by [`diff`](crate::diff), and a plan in which anything is replaced or refused is no plan.

mod access;
mod cache;
mod document;
mod feature;
mod graph;
mod judge;
mod step;
mod tls;
mod topology;
mod version;

use crate::cloudformation::Document;
use crate::diagnostic::Diagnostic;
use crate::diff::{Report, State, Verdict, compare};
use crate::environment::Environment;
use crate::graph::{Graph, Kind, Language};
use crate::order::Before;
use crate::output::File;
use crate::read::Given;
use crate::synth::{print, synthesize};
use crate::terraform::{self, SourceFile};

use self::cache::Cache;
use self::feature::{FEATURES, Held, Path};
use self::judge::judge;

pub use document::{document, folder};
pub use step::{Act, Answer, Check, Step};

const BOTH: [Language; 2] = [Language::CloudFormation, Language::Terraform];

/// The code of everything that has no safe path.
pub(crate) const CODE: &str = "migration-path";

/// The way from what runs to what a definition says.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The environment, as `system/environment`.
    pub environment: String,
    /// What commands name.
    pub names: Names,
    /// The deployments, in their order; none where nothing changes.
    pub stages: Vec<Stage>,
}

/// What the commands of a plan name.
#[derive(Clone, Debug)]
pub struct Names {
    /// The region.
    pub region: String,
    /// The replication group that runs.
    pub id: String,
    /// The stack: nobody says its name, and the documents call it like the cache.
    pub stack: String,
    /// Terraform leaves changes to the maintenance window.
    pub waits: bool,
}

/// One deployment.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its place in the order, from 1.
    pub number: usize,
    /// What it is about, why it is a stage of its own, and what to do by hand around it.
    pub step: Step,
    /// Everything that is deployed, as `synth` would write it.
    pub files: Vec<File>,
    /// The files of the stage before, or of what runs, that this one hasn't.
    pub gone: Vec<String>,
    /// What it does to what runs when it is deployed.
    pub report: Report,
}

impl Plan {
    /// Nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty()
    }
}

/// Reads an environment's files, as [`order`](crate::order) and this module hold definitions
/// against them.
#[must_use]
pub fn before(files: &[File]) -> Before {
    let given = Given::default();
    let template = files
        .iter()
        .find(|file| file.path == "cloudformation/template.json");
    let cloudformation = template.and_then(|file| {
        let document = Document::parse(&file.path, &file.contents).ok()?;
        document.graph(&given).graph
    });
    let sources: Vec<SourceFile> = files
        .iter()
        .filter(|file| file.path.starts_with("terraform/") && file.path.ends_with(".tf"))
        .map(|file| SourceFile {
            path: file.path.clone(),
            text: file.contents.clone(),
        })
        .collect();
    let load = &mut |folder: &str| Err(format!("{folder} is no module of ours"));
    let terraform = (!sources.is_empty())
        .then(|| terraform::graph("terraform", &sources, &given, load).graph)
        .flatten();
    Before {
        cloudformation,
        terraform,
    }
}

/// The stages from an environment's files to its definition.
///
/// # Errors
/// The definition has errors, the files can't be read, or there is no safe path: each finding says
/// which change stands in the way, and what to do instead.
pub fn plan(old: &[File], definition: &Environment) -> Result<Plan, Vec<Diagnostic>> {
    let last = synthesize(definition, &BOTH);
    let errors = |found: Vec<Diagnostic>| -> Vec<Diagnostic> {
        found.into_iter().filter(Diagnostic::is_error).collect()
    };
    if last.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(errors(last.diagnostics));
    }
    let (target, _) = definition.lower();
    let before = before(old);
    let of = |found: Vec<Diagnostic>| -> Vec<Diagnostic> {
        let about = |found: Diagnostic| found.of(definition.path());
        found.into_iter().map(about).collect()
    };
    let Some(is) = Cache::of(&target) else {
        return Err(of(vec![nothing_runs(definition)]));
    };
    let Some(was) = Cache::before(&before) else {
        return Err(of(vec![nothing_runs(definition)]));
    };
    let names = Names {
        region: definition.region().as_str().to_owned(),
        id: was.id().unwrap_or_default().to_owned(),
        stack: was.id().unwrap_or_default().to_owned(),
        waits: is.flag("apply_immediately") == Some(false),
    };
    let mut plan = Plan {
        environment: definition.path(),
        names,
        stages: Vec::new(),
    };
    let whole = compare(&plan.environment, old, &last.files).map_err(of)?;
    if whole.state == State::Same {
        return Ok(plan);
    }
    if was.id() != is.id() {
        plan.stages = feature::beside(&was, &is, &plan.names, last.files).map_err(of)?;
        // what is deployed is the new one, under names of its own
        plan.names.id = is.id().unwrap_or_default().to_owned();
        plan.names.stack.clone_from(&plan.names.id);
        return Ok(plan);
    }
    let mut paths = Vec::new();
    let mut found = Vec::new();
    for feature in FEATURES {
        match feature(&was, &is, &plan.names, definition) {
            Ok(path) => paths.push(path),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    if !found.is_empty() {
        return Err(of(found));
    }
    let builder = Builder {
        definition,
        old,
        known: judge::codes(&before),
        paths,
        last: last.files,
        target: &target,
        names: &plan.names,
    };
    plan.stages = builder.stages().map_err(of)?;
    Ok(plan)
}

fn nothing_runs(definition: &Environment) -> Diagnostic {
    Diagnostic::error(CODE, "nothing is known to run here: there is no cache to migrate")
        .at(definition.place())
        .allowed("files of this environment, with one cache in them")
        .help("a new environment is deployed at once: cachewright synth; or name the revision or folder that holds what runs by --against")
}

/// From features to stages.
struct Builder<'a> {
    definition: &'a Environment,
    old: &'a [File],
    /// The rules that what runs breaks already.
    known: Vec<&'static str>,
    paths: Vec<Path>,
    last: Vec<File>,
    target: &'a Graph,
    names: &'a Names,
}

/// How many steps of each path are taken.
type Taken = Vec<usize>;

impl Builder<'_> {
    fn stages(&self) -> Result<Vec<Stage>, Vec<Diagnostic>> {
        let mut taken: Taken = vec![0; self.paths.len()];
        let base = self.files(&taken)?;
        let name = &self.definition.path();
        let report = compare(name, self.old, &base)?;
        let opening = self.opening();
        let order: Vec<(usize, usize)> = self
            .paths
            .iter()
            .enumerate()
            .flat_map(|(path, steps)| (0..steps.steps.len()).map(move |step| (path, step)))
            .collect();
        let mut stages = Vec::new();
        let mut files = self.old.to_vec();
        let first = order
            .first()
            .map(|(path, step)| &self.paths[*path].steps[*step]);
        let together = opening.is_none() && first.is_some_and(|first| goes_with(&report, first));
        if report.state != State::Same && !together {
            let step = opening.unwrap_or_else(|| Step::rest(&report, order.is_empty(), self.names));
            stages.push(self.stage(step, &files, base.clone(), report)?);
            files = base;
        }
        for (path, step) in order {
            taken[path] += 1;
            let next = self.files(&taken)?;
            let report = compare(name, &files, &next)?;
            let step = self.paths[path].steps[step].clone();
            stages.push(self.stage(step, &files, next.clone(), report)?);
            files = next;
        }
        for (i, stage) in stages.iter_mut().enumerate() {
            stage.number = i + 1;
        }
        Ok(stages)
    }

    /// What can't be held back is done with the first stage.
    fn opening(&self) -> Option<Step> {
        let openings = self.paths.iter().filter_map(|path| path.opening.clone());
        openings.reduce(Step::and)
    }

    fn stage(
        &self,
        step: Step,
        before: &[File],
        files: Vec<File>,
        report: Report,
    ) -> Result<Stage, Vec<Diagnostic>> {
        let found = judge(&report, &step, self.target);
        if !found.is_empty() {
            return Err(found);
        }
        let step = judge::exports(&report, self.names)
            .into_iter()
            .fold(step, |step, name| step.importers_first(&name, self.names));
        // what waits for the window is done when nothing is pending
        let waits = self.names.waits && report.worst(Some(Language::Terraform)).is_some();
        let step = if waits {
            step.pending(self.names)
        } else {
            step
        };
        let is_there = |old: &&File| files.iter().any(|file| file.path == old.path);
        let gone = before.iter().filter(|old| !is_there(old));
        Ok(Stage {
            number: 0,
            step,
            gone: gone.map(|old| old.path.clone()).collect(),
            files,
            report,
        })
    }

    /// The files of the definition with the steps set back that are still to come.
    fn files(&self, taken: &Taken) -> Result<Vec<File>, Vec<Diagnostic>> {
        let ahead = |(path, taken): (&'_ Path, &usize)| path.states.get(*taken).cloned();
        let held: Vec<Held> = self.paths.iter().zip(taken).filter_map(ahead).collect();
        if held.is_empty() {
            return Ok(self.last.clone());
        }
        let mut definition = self.definition.clone();
        for held in &held {
            if let Held::Topology(topology) = held {
                definition = definition.with_topology((**topology).clone());
            }
        }
        let (whole, lowered) = definition.lower();
        let graphs = BOTH.map(|language| {
            let mut graph = whole.clone();
            for held in &held {
                if let Held::Edit(edit) = held {
                    edit(&mut graph, language);
                }
            }
            graph::prune(&mut graph, &whole, language);
            graph
        });
        let [template, module] = &graphs;
        let printed = print(
            self.definition,
            &[
                (Language::CloudFormation, template),
                (Language::Terraform, module),
            ],
        );
        let judged = graphs
            .iter()
            .flat_map(|graph| crate::rule::judge(graph, lowered.clone(), &[]));
        let mut errors: Vec<Diagnostic> = judged
            .chain(printed.diagnostics)
            .filter(|found| found.is_error() && !self.known.contains(&found.code))
            .collect();
        let files = printed.files;
        errors.dedup();
        if errors.is_empty() {
            Ok(files)
        } else {
            Err(errors)
        }
    }
}

/// Whether a step may be taken together with everything that takes no steps: nothing of that
/// interrupts anybody, and the step isn't one that has to be alone.
fn goes_with(rest: &Report, step: &Step) -> bool {
    let of_cache = || {
        let rows = rest.rows.iter();
        rows.filter(|row| row.kind == Some(Kind::ReplicationGroup))
    };
    let harmless = of_cache().all(|row| row.worst() <= Verdict::Window);
    harmless && (!step.alone || of_cache().next().is_none())
}
