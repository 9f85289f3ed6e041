use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::diff::git::Problem;
use super::diff::sides::{self, Against};
use super::{COULD_NOT_RUN, FINDINGS, FINE, Format, MigrateArguments, terminal};
use crate::diagnostic::Diagnostic;
use crate::diff::Verdict;
use crate::environment::Environment;
use crate::graph::Language;
use crate::migrate::{self, Plan, Stage};
use crate::output::{self, EnvironmentFiles, File, Scope, Tree};

pub(super) fn migrate(
    environments: impl Iterator<Item = Environment>,
    arguments: &MigrateArguments,
) -> u8 {
    match run(environments, arguments) {
        Ok(()) => FINE,
        Err(Stopped::Problem((message, help))) => {
            terminal::error(&message, &help, arguments.format);
            COULD_NOT_RUN
        }
        Err(Stopped::Problems(problems)) => {
            match arguments.format {
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
                    terminal::json(&json!({ "problems": problems.collect::<Vec<_>>() }));
                }
            }
            COULD_NOT_RUN
        }
        Err(Stopped::Findings(found)) => {
            match arguments.format {
                Format::Text => {
                    let mut sources = terminal::sources();
                    for one in &found {
                        terminal::diagnostic(one, &mut sources);
                    }
                    terminal::note("there is no safe path; nothing was written\n");
                }
                Format::Json => terminal::json(&json!({ "diagnostics": found })),
            }
            FINDINGS
        }
    }
}

/// Why nothing was written.
enum Stopped {
    Problem(Problem),
    Problems(Vec<output::Problem>),
    Findings(Vec<Diagnostic>),
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

fn run(
    environments: impl Iterator<Item = Environment>,
    arguments: &MigrateArguments,
) -> Result<(), Stopped> {
    let wanted = arguments.environment.trim_end_matches('/');
    let mut environments = environments;
    let Some(definition) = environments.find(|one| one.path() == wanted) else {
        return Err(Stopped::Problem((
            format!("{wanted:?} is no environment that is defined"),
            "name one as SYSTEM/ENV: cachewright list shows them".into(),
        )));
    };
    if lies_in(&arguments.into, &arguments.out) {
        return Err(Stopped::Problem((
            format!(
                "{} lies in {}, where synth removes what it doesn't know",
                arguments.into.display(),
                arguments.out.display()
            ),
            "name a folder beside it, such as --into migrations".into(),
        )));
    }
    let (files, from) = held(wanted, arguments)?;
    let plan = migrate::plan(&files, &definition).map_err(Stopped::Findings)?;
    if plan.is_empty() {
        match arguments.format {
            Format::Text => terminal::note(&format!(
                "{wanted}: nothing changes against {from}; nothing was written\n"
            )),
            Format::Json => terminal::json(&told(&plan, &from, None)),
        }
        return Ok(());
    }
    let folder = write(&definition, &plan, arguments)?;
    match arguments.format {
        Format::Text => terminal::note(&text(&plan, &from, &folder)),
        Format::Json => terminal::json(&told(&plan, &from, Some(&folder))),
    }
    Ok(())
}

/// What runs, and where that is known from.
fn held(wanted: &str, arguments: &MigrateArguments) -> Result<(Vec<File>, String), Stopped> {
    let is = |path: &str| path == wanted;
    let (mut held, from) = match &arguments.against {
        None => (
            sides::folder(&arguments.out, &is)?,
            arguments.out.display().to_string(),
        ),
        Some(name) => match Against::find(name, &arguments.out)? {
            Against::Folder => (sides::folder(Path::new(name), &is)?, name.clone()),
            Against::Revision(revision) => (
                sides::revision(&revision, &is)?,
                format!("{} of {name}", arguments.out.display()),
            ),
        },
    };
    match held.remove(wanted) {
        Some(files) if !files.is_empty() => Ok((files, from)),
        _ => Err(Stopped::Problem((
            format!("{from} holds nothing of {wanted}"),
            "a new environment is deployed at once: cachewright synth; what runs may be in another revision or folder: --against".into(),
        ))),
    }
}

/// All stages or nothing; where earlier ones were edited, nothing.
fn write(
    definition: &Environment,
    plan: &Plan,
    arguments: &MigrateArguments,
) -> Result<PathBuf, Stopped> {
    let one = |problem| Stopped::Problems(vec![problem]);
    let tree = Tree::open(&arguments.into).map_err(one)?;
    let transaction = tree.transaction(arguments.force).map_err(one)?;
    let files = EnvironmentFiles {
        system: definition.system().to_owned(),
        environment: definition.name().to_owned(),
        files: migrate::document(plan),
        scope: Scope::everything(),
    };
    if let Err(problems) = transaction.stage(&files) {
        transaction.abandon();
        return Err(Stopped::Problems(problems));
    }
    transaction.finish().map_err(Stopped::Problems)?;
    Ok(arguments.into.join(definition.path()))
}

/// Whether a folder is another or lies in it, whether or not they are there.
fn lies_in(folder: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let mut there = path.to_owned();
        let mut below = Vec::new();
        loop {
            if let Ok(found) = there.canonicalize() {
                return below.iter().rev().fold(found, |path, name| path.join(name));
            }
            match there.file_name() {
                Some(name) => below.push(name.to_owned()),
                None => return path.to_owned(),
            }
            if !there.pop() {
                return path.to_owned();
            }
            if there.as_os_str().is_empty() {
                there = PathBuf::from(".");
            }
        }
    };
    whole(folder).starts_with(whole(other))
}

fn worst(stage: &Stage, language: Language) -> String {
    stage
        .report
        .worst(Some(language))
        .map_or_else(|| "nothing changes".into(), |worst| worst.to_string())
}

fn text(plan: &Plan, from: &str, folder: &Path) -> String {
    let mut text = format!(
        "{}: {} from {from}\n",
        plan.environment,
        terminal::count(plan.stages.len(), "stage")
    );
    for stage in &plan.stages {
        text.push_str(&format!("  {}\n", migrate::folder(stage)));
        for (name, language) in [
            ("CloudFormation", Language::CloudFormation),
            ("Terraform", Language::Terraform),
        ] {
            let answered = stage.report.rows.iter().any(|row| {
                let mut entries = row.entries();
                entries.any(|(of, entry)| {
                    of == language && entry.judgement.verdict >= Verdict::Refused
                })
            });
            let answered = if answered {
                ", answered in STEPS.md"
            } else {
                ""
            };
            text.push_str(&format!(
                "    {name}: {}{answered}\n",
                worst(stage, language)
            ));
        }
    }
    text.push_str(&format!(
        "begin with {}\n",
        folder.join("STEPS.md").display()
    ));
    text
}

fn told(plan: &Plan, from: &str, folder: Option<&Path>) -> Value {
    let stages = plan.stages.iter().map(|stage| {
        let step = &stage.step;
        let acts = |acts: &[migrate::Act]| -> Vec<Value> {
            let told = acts.iter().map(|act| {
                json!({
                    "what": act.what,
                    "commands": act.commands,
                    "language": act.only.map(word),
                })
            });
            told.collect()
        };
        let answers = step.answers.iter().map(|answer| {
            json!({
                "setting": answer.setting,
                "language": word(answer.language),
                "verdict": answer.verdict.word(),
                "how": answer.how,
            })
        });
        let of = |language| {
            let worst = stage.report.worst(Some(language));
            worst.map(Verdict::word)
        };
        json!({
            "number": stage.number,
            "name": step.name,
            "folder": migrate::folder(stage),
            "what": step.what,
            "why": step.why,
            "sources": step.sources.iter().map(|source| json!({ "name": source.name, "date": source.date })).collect::<Vec<_>>(),
            "cloudformation": of(Language::CloudFormation),
            "terraform": of(Language::Terraform),
            "before": acts(&step.before),
            "after": acts(&step.after),
            "worked": step.checks.iter().map(|check| json!({ "command": check.command, "says": check.says })).collect::<Vec<_>>(),
            "back": step.back,
            "answers": answers.collect::<Vec<_>>(),
        })
    });
    json!({
        "environment": plan.environment,
        "against": from,
        "folder": folder.map(|folder| folder.display().to_string()),
        "stages": stages.collect::<Vec<_>>(),
    })
}

const fn word(language: Language) -> &'static str {
    match language {
        Language::CloudFormation => "cloudformation",
        Language::Terraform => "terraform",
    }
}
