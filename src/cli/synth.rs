use std::fs;
use std::io::IsTerminal as _;
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::selection::{Selection, selects};
use super::{COULD_NOT_RUN, FINDINGS, FINE, Format, SynthArguments, terminal};
use crate::cloudformation::Document;
use crate::diagnostic::{Diagnostic, Level};
use crate::environment::{Environment, Fleet};
use crate::graph::Language;
use crate::order::{self, Before};
use crate::output::{
    Difference, EnvironmentFiles, File, Problem, Scope, Staged, Summary, Transaction, Tree,
};
use crate::read::Given;
use crate::report::Sources;
use crate::synth::synthesize;
use crate::terraform::{self, SourceFile};

/// How many environments are in memory at once: enough to keep every core busy.
const BATCH: usize = 128;

pub(super) fn synth(
    environments: impl Iterator<Item = Environment>,
    arguments: &SynthArguments,
) -> u8 {
    let mut run = Run {
        arguments,
        languages: match arguments.target {
            Some(target) => vec![target.into()],
            None => vec![Language::CloudFormation, Language::Terraform],
        },
        scope: match arguments.target.map(Language::from) {
            None => Scope::everything(),
            Some(Language::CloudFormation) => Scope::folders(["cloudformation"]),
            Some(Language::Terraform) => Scope::folders(["terraform"]),
        },
        fleet: Fleet::default(),
        selection: Selection::new(&arguments.selection),
        findings: Findings {
            sources: terminal::sources(),
            errors: 0,
            warnings: 0,
            environments: 0,
            diagnostics: Vec::new(),
        },
    };
    if arguments
        .out
        .canonicalize()
        .is_ok_and(|out| out.parent().is_none())
    {
        terminal::error(
            &format!("{} is the root of the file system", arguments.out.display()),
            "name a folder for the output: --out out",
            arguments.format,
        );
        return COULD_NOT_RUN;
    }
    let tree = match Tree::open(&arguments.out) {
        Ok(tree) => tree,
        Err(problem) => return run.could_not_run(vec![problem]),
    };
    if arguments.check {
        run.check(environments, &tree)
    } else {
        match tree.transaction(arguments.force) {
            Ok(transaction) => run.write(environments, &tree, transaction),
            Err(problem) => run.could_not_run(vec![problem]),
        }
    }
}

struct Run<'a> {
    arguments: &'a SynthArguments,
    languages: Vec<Language>,
    scope: Scope,
    fleet: Fleet,
    selection: Selection,
    findings: Findings,
}

/// What is to be said; in text it is said at once, and not kept.
struct Findings {
    sources: Sources<'static>,
    errors: usize,
    warnings: usize,
    environments: usize,
    diagnostics: Vec<Value>,
}

impl Run<'_> {
    /// Synthesises what is selected and hands each environment's files to `each`, on
    /// several threads; results and diagnostics come in the order of the definitions.
    fn each<R: Send>(
        &mut self,
        environments: impl Iterator<Item = Environment>,
        each: impl Fn(&EnvironmentFiles) -> R + Sync,
        mut then: impl FnMut(R),
    ) {
        let progress = progress();
        let mut environments = environments;
        loop {
            let mut batch = Vec::new();
            while batch.len() < BATCH {
                let Some(environment) = environments.next() else {
                    break;
                };
                if self.define(&environment) {
                    batch.push(environment);
                }
            }
            if batch.is_empty() {
                break;
            }
            let one = |environment: &Environment| {
                let mut synthesis = synthesize(environment, &self.languages);
                if !self.arguments.check && !self.arguments.undeployed {
                    let folder = self.arguments.out.join(environment.path());
                    let steps = held(environment, &folder, &synthesis.files);
                    synthesis.diagnostics.extend(steps);
                }
                let failed = synthesis.diagnostics.iter().any(Diagnostic::is_error);
                let files = EnvironmentFiles {
                    system: environment.system().to_owned(),
                    environment: environment.name().to_owned(),
                    files: synthesis.files,
                    scope: self.scope.clone(),
                };
                let result = (!failed).then(|| each(&files));
                (synthesis.diagnostics, result)
            };
            // a few environments are done before a pool of threads has started
            let results: Vec<_> = if batch.len() < 16 {
                batch.iter().map(one).collect()
            } else {
                batch.par_iter().map(one).collect()
            };
            self.findings.environments += batch.len();
            progress.inc(batch.len() as u64);
            for (diagnostics, result) in results {
                for diagnostic in diagnostics {
                    progress.suspend(|| self.findings.take(&diagnostic, self.arguments.format));
                }
                if let Some(result) = result {
                    then(result);
                }
            }
        }
        progress.finish_and_clear();
    }

    /// Takes note of an environment, and says whether it is selected.
    fn define(&mut self, environment: &Environment) -> bool {
        let found = self.fleet.add(environment);
        for diagnostic in &found {
            self.findings.take(diagnostic, self.arguments.format);
        }
        // of two with one path only the first is looked at; what else they share stops neither
        if found
            .iter()
            .any(|finding| finding.code == "environment-twice")
        {
            return false;
        }
        self.selection.takes(environment)
    }

    /// Environments on disk that stay: those that are defined, and those that the
    /// selection doesn't speak about.
    fn keeps(&self) -> impl Fn(&str, &str) -> bool {
        |system: &str, name: &str| {
            self.fleet.contains(&format!("{system}/{name}"))
                || !self.selection.speaks_about(system, name)
        }
    }

    /// A part of the selection that means nothing is a slip of the hand.
    fn unmatched(&self, tree: &Tree) -> Option<u8> {
        // what was removed from the definitions may still be named, to remove it from the output
        let on_disk = |part: &str| {
            tree.stale(&|system, name| !selects(part, system, name))
                .is_ok_and(|found| !found.is_empty())
        };
        let (message, help) = self.selection.unmatched(on_disk)?;
        terminal::error(&message, &help, self.arguments.format);
        Some(COULD_NOT_RUN)
    }

    fn write(
        &mut self,
        environments: impl Iterator<Item = Environment>,
        tree: &Tree,
        transaction: Transaction,
    ) -> u8 {
        let mut problems = Vec::new();
        self.each(
            environments,
            |files| transaction.stage(files),
            |staged: Result<Staged, Vec<Problem>>| {
                problems.extend(staged.err().into_iter().flatten())
            },
        );
        if let Some(code) = self.unmatched(tree) {
            return code;
        }
        if let Err(found) = transaction.remove_stale(&self.keeps(), &self.scope) {
            problems.extend(found);
        }
        if !problems.is_empty() || self.findings.errors > 0 {
            transaction.abandon();
            return self.nothing_written(problems);
        }
        match transaction.finish() {
            Ok(summary) => {
                self.report_written(&summary);
                FINE
            }
            Err(problems) => self.could_not_run(problems),
        }
    }

    fn check(&mut self, environments: impl Iterator<Item = Environment>, tree: &Tree) -> u8 {
        let format = self.arguments.format;
        let mut problems = Vec::new();
        let mut differences = Vec::new();
        let mut differ = 0usize;
        let mut take = |found: Result<Vec<Difference>, Vec<Problem>>| match found {
            Ok(found) => {
                for difference in found {
                    differ += 1;
                    if format == Format::Text {
                        terminal::note(&format!(
                            "{} {}\n",
                            difference.path.display(),
                            difference.kind.describe()
                        ));
                        terminal::diff(&difference.unified());
                    } else {
                        differences.push(json!({
                            "path": difference.path.display().to_string(),
                            "because": difference.kind.describe(),
                            "diff": difference.unified(),
                        }));
                    }
                }
            }
            Err(found) => problems.extend(found),
        };
        self.each(environments, |files| tree.compare(files), &mut take);
        if let Some(code) = self.unmatched(tree) {
            return code;
        }
        match tree.stale(&self.keeps()) {
            Ok(stale) => {
                for environment in stale {
                    take(tree.compare(&EnvironmentFiles {
                        system: environment.system,
                        environment: environment.environment,
                        files: Vec::new(),
                        scope: self.scope.clone(),
                    }));
                }
            }
            Err(found) => problems.extend(found),
        }
        if !problems.is_empty() {
            return self.could_not_run(problems);
        }
        let fine = differ == 0 && self.findings.errors == 0;
        let environments = self.findings.environments;
        match format {
            Format::Json => terminal::json(&json!({
                "upToDate": fine,
                "environments": environments,
                "differences": differences,
                "diagnostics": self.findings.diagnostics,
            })),
            Format::Text if fine => terminal::note(&format!(
                "{}: {} up to date\n",
                self.arguments.out.display(),
                terminal::count(environments, "environment")
            )),
            Format::Text if differ > 0 && self.findings.errors == 0 => terminal::note(&format!(
                "{}: {} out of date; run `cachewright synth`\n",
                self.arguments.out.display(),
                terminal::count(differ, "file")
            )),
            Format::Text => self.count_findings("fix them first"),
        }
        if fine { FINE } else { FINDINGS }
    }

    fn report_written(&self, summary: &Summary) {
        match self.arguments.format {
            Format::Json => terminal::json(&json!({
                "environments": self.findings.environments,
                "filesWritten": summary.files_written,
                "filesUnchanged": summary.files_unchanged,
                "filesRemoved": summary.files_removed,
                "diagnostics": self.findings.diagnostics,
            })),
            Format::Text => {
                let mut text = String::new();
                for change in &summary.first_changes {
                    let sign = match change.kind {
                        crate::output::ChangeKind::Created => '+',
                        crate::output::ChangeKind::Replaced => '~',
                        crate::output::ChangeKind::Removed => '-',
                    };
                    text.push_str(&format!(
                        "{sign} {}\n",
                        self.arguments.out.join(&change.path).display()
                    ));
                }
                let more = (summary.files_written + summary.files_removed)
                    .saturating_sub(summary.first_changes.len());
                if more > 0 {
                    text.push_str(&format!("  and {} more\n", terminal::count(more, "file")));
                }
                text.push_str(&format!(
                    "{}: {}: {} written, {} unchanged, {} removed\n",
                    self.arguments.out.display(),
                    terminal::count(self.findings.environments, "environment"),
                    terminal::count(summary.files_written, "file"),
                    summary.files_unchanged,
                    summary.files_removed,
                ));
                terminal::note(&text);
            }
        }
    }

    fn nothing_written(&self, problems: Vec<Problem>) -> u8 {
        if problems.is_empty() {
            match self.arguments.format {
                Format::Json => {
                    terminal::json(&json!({ "diagnostics": self.findings.diagnostics }))
                }
                Format::Text => self.count_findings("nothing was written"),
            }
            return FINDINGS;
        }
        self.could_not_run(problems)
    }

    fn count_findings(&self, so: &str) {
        terminal::note(&format!(
            "{}, {}; {so}\n",
            terminal::count(self.findings.errors, "error"),
            terminal::count(self.findings.warnings, "warning")
        ));
    }

    fn could_not_run(&self, mut problems: Vec<Problem>) -> u8 {
        problems.sort();
        problems.dedup();
        match self.arguments.format {
            Format::Text => {
                problems.iter().for_each(terminal::problem);
                terminal::note("nothing was written\n");
            }
            Format::Json => {
                let problems = problems.iter().map(|problem| {
                    json!({
                        "path": problem.path.display().to_string(),
                        "message": problem.message,
                        "help": problem.help,
                    })
                });
                terminal::json(&json!({
                    "problems": problems.collect::<Vec<_>>(),
                    "diagnostics": self.findings.diagnostics,
                }));
            }
        }
        COULD_NOT_RUN
    }
}

impl Findings {
    fn take(&mut self, diagnostic: &Diagnostic, format: Format) {
        match diagnostic.level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            // `check` is for whoever wants to know
            Level::Information => return,
        }
        match format {
            Format::Text => terminal::diagnostic(diagnostic, &mut self.sources),
            Format::Json => self.diagnostics.push(json!(diagnostic)),
        }
    }
}

/// What the folder of an environment holds, against what would take its place: the steps that
/// can't be taken at once.
fn held(environment: &Environment, folder: &Path, files: &[File]) -> Vec<Diagnostic> {
    let read = |path: &str| fs::read_to_string(folder.join(path)).ok();
    let changed = |path: &str, text: &str| {
        files
            .iter()
            .any(|file| file.path == path && file.contents != text)
    };
    let given = Given::default();
    let mut before = Before::default();
    const TEMPLATE: &str = "cloudformation/template.json";
    if let Some(text) = read(TEMPLATE).filter(|text| changed(TEMPLATE, text))
        && let Ok(document) = Document::parse(TEMPLATE, &text)
    {
        before.cloudformation = document.graph(&given).graph;
    }
    const MODULE: [&str; 3] = [
        "terraform/main.tf",
        "terraform/data.tf",
        "terraform/variables.tf",
    ];
    let sources: Vec<SourceFile> = MODULE
        .into_iter()
        .filter_map(|path| {
            let text = read(path)?;
            Some(SourceFile {
                path: path.to_owned(),
                text,
            })
        })
        .collect();
    if sources
        .iter()
        .any(|source| changed(&source.path, &source.text))
    {
        let load = &mut |folder: &str| Err(format!("{folder} is no module of ours"));
        before.terraform = terraform::graph("terraform", &sources, &given, load).graph;
    }
    // what is new takes everything at once but one thing, and what stays as it is takes no step
    let rotates = || {
        files
            .iter()
            .any(|file| file.contents.contains("\"ROTATE\""))
    };
    let is_there = || files.iter().any(|file| folder.join(&file.path).exists());
    if before.is_new() && (!rotates() || is_there()) {
        return Vec::new();
    }
    order::check(&before, &environment.lower().0)
}

/// Long work shows progress on a terminal, and nothing anywhere else.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let progress = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {pos} environments {elapsed}");
    progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    progress
}
