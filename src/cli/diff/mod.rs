mod compared;
pub(super) mod git;
mod github;
mod json;
mod markdown;
pub(super) mod sides;
mod text;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use self::compared::Meant;
use self::git::Problem;
use self::sides::Against;
use super::selection::{Selection, selects};
use super::{COULD_NOT_RUN, DiffArguments, DiffFormat, FINDINGS, FINE, FailOn, Format, terminal};
use crate::diagnostic::Diagnostic;
use crate::diff::{Report, State, Verdict, compare};
use crate::environment::{Environment, Fleet};
use crate::graph::Language;
use crate::output::File;
use crate::synth::synthesize;

const BOTH: [Language; 2] = [Language::CloudFormation, Language::Terraform];

pub(super) fn diff(
    environments: impl Iterator<Item = Environment>,
    arguments: &DiffArguments,
) -> u8 {
    let found = match asked(environments, arguments) {
        Ok(found) => found,
        Err(Stopped::Problem((message, help))) => {
            terminal::error(&message, &help, error_format(arguments.format));
            return COULD_NOT_RUN;
        }
        Err(Stopped::Findings(found)) => {
            match arguments.format {
                DiffFormat::Json => terminal::json(&serde_json::json!({ "diagnostics": found })),
                _ => {
                    let mut sources = terminal::sources();
                    for one in &found {
                        terminal::diagnostic(one, &mut sources);
                    }
                }
            }
            return COULD_NOT_RUN;
        }
    };
    match arguments.format {
        DiffFormat::Text => terminal::out(&text::text(&found)),
        DiffFormat::Json => terminal::json(&json::json(&found)),
        DiffFormat::Markdown => terminal::out(&markdown::markdown(&found)),
        DiffFormat::Github => terminal::out(&github::github(&found)),
    }
    if arguments.fail_on.is_some_and(|limit| found.reaches(limit)) {
        FINDINGS
    } else {
        FINE
    }
}

const fn error_format(format: DiffFormat) -> Format {
    match format {
        DiffFormat::Json => Format::Json,
        _ => Format::Text,
    }
}

/// Why there is nothing to print.
enum Stopped {
    Problem(Problem),
    Findings(Vec<Diagnostic>),
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// What was asked for, and found.
struct Found {
    /// What was held against what, in words.
    question: String,
    /// What differs; what is the same is counted.
    reports: Vec<Report>,
    /// How many environments were looked at.
    looked_at: usize,
    /// Anybody's files, and no environments.
    two_files: bool,
    /// Two environments: what each difference comes from, row by row.
    meant: Option<Vec<Meant>>,
}

impl Found {
    fn reaches(&self, limit: FailOn) -> bool {
        let worst = self
            .reports
            .iter()
            .filter_map(|report| report.worst(None))
            .max();
        let limit = match limit {
            FailOn::Replace => Verdict::Refused,
            FailOn::Interruption => Verdict::Interruption,
            FailOn::Window => Verdict::Window,
            FailOn::Any => Verdict::Nothing,
        };
        worst.is_some_and(|worst| worst >= limit)
    }
}

/// What the arguments mean.
fn asked(
    environments: impl Iterator<Item = Environment>,
    arguments: &DiffArguments,
) -> Result<Found, Stopped> {
    let environments: Vec<Environment> = environments.collect();
    let is_environment = |part: &String| {
        let part = part.trim_end_matches('/');
        environments
            .iter()
            .any(|environment| environment.path() == part)
    };
    let is_defined = |part: &String| {
        is_environment(part)
            || environments
                .iter()
                .any(|environment| selects(part, environment.system(), environment.name()))
    };
    // a name that could be both is a definition's, unless it is written as a path
    let is_path = |part: &String| {
        let written = part.starts_with(['.', '/']) || part.starts_with('~');
        (written || !is_defined(part)) && Path::new(part).exists()
    };
    if arguments.against.is_none()
        && let [old, new] = arguments.what.as_slice()
    {
        match (is_path(old), is_path(new)) {
            (true, true) => return anybodys(old, new),
            (true, false) | (false, true) => {
                let (path, other) = if is_path(old) { (old, new) } else { (new, old) };
                return Err(Stopped::Problem(if is_defined(other) {
                    (
                        format!("{path} is a path and {other} is a definition"),
                        format!(
                            "two paths: cachewright diff OLD NEW; a definition against a folder that is like out: cachewright diff {other} --against {path}"
                        ),
                    )
                } else {
                    (
                        format!("{other} is neither a path nor a system nor an environment"),
                        "check its spelling: cachewright list shows what is defined".into(),
                    )
                }));
            }
            (false, false) if is_environment(old) && is_environment(new) && old != new => {
                let of = |part: &String| {
                    let part = part.trim_end_matches('/');
                    environments
                        .iter()
                        .find(|environment| environment.path() == part)
                };
                if let (Some(one), Some(other)) = (of(old), of(new)) {
                    return two(one, other);
                }
            }
            (false, false) => {}
        }
    }
    if let Some(path) = arguments.what.iter().find(|part| is_path(part)) {
        return Err(Stopped::Problem((
            format!("{path} is a path, and a path is compared with one other"),
            format!(
                "cachewright diff OLD {path}; or definitions against a folder: cachewright diff --against {path}"
            ),
        )));
    }
    definitions(&environments, arguments)
}

/// The files of a definition.
fn files(environment: &Environment) -> Result<Vec<File>, Vec<Diagnostic>> {
    let synthesis = synthesize(environment, &BOTH);
    if synthesis.diagnostics.iter().any(Diagnostic::is_error) {
        let errors = synthesis.diagnostics.into_iter();
        return Err(errors.filter(Diagnostic::is_error).collect());
    }
    Ok(synthesis.files)
}

/// Definitions against an output directory, a folder like one, or a revision.
fn definitions(environments: &[Environment], arguments: &DiffArguments) -> Result<Found, Stopped> {
    let mut selection = Selection::new(&arguments.what);
    let mut fleet = Fleet::default();
    let mut errors = Vec::new();
    let mut chosen = Vec::new();
    for environment in environments {
        let together = fleet.add(environment);
        if selection.takes(environment) {
            errors.extend(together.into_iter().filter(Diagnostic::is_error));
            chosen.push(environment);
        }
    }
    if !errors.is_empty() {
        return Err(Stopped::Findings(errors));
    }
    let wanted = |path: &str| match path.split_once('/') {
        Some((system, name)) => selection.speaks_about(system, name),
        None => false,
    };
    let (held, question) = match &arguments.against {
        None => (
            sides::folder(&arguments.out, &wanted)?,
            format!("the definitions against {}", arguments.out.display()),
        ),
        Some(name) => match Against::find(name, &arguments.out)? {
            Against::Folder => (
                sides::folder(Path::new(name), &wanted)?,
                format!("the definitions against {name}"),
            ),
            Against::Revision(revision) => (
                sides::revision(&revision, &wanted)?,
                format!(
                    "the definitions against {} of {name}",
                    arguments.out.display()
                ),
            ),
        },
    };
    if let Some(problem) = selection.unmatched(|part| {
        held.keys().any(|path| {
            let (system, name) = path.split_once('/').unwrap_or((path, ""));
            selects(part, system, name)
        })
    }) {
        return Err(Stopped::Problem(problem));
    }
    let one = |environment: &&Environment| {
        let path = environment.path();
        let old = held.get(&path).map(Vec::as_slice).unwrap_or_default();
        let new = files(environment)?;
        compare(&path, old, &new).map_err(|found| held_in(arguments, &path, found))
    };
    // a few environments are done before a pool of threads has started
    let results: Vec<_> = if chosen.len() < 16 {
        chosen.iter().map(one).collect()
    } else {
        chosen.par_iter().map(one).collect()
    };
    let mut reports = Vec::new();
    for result in results {
        match result {
            Ok(report) => reports.push(report),
            Err(found) => errors.extend(found),
        }
    }
    let defined: BTreeSet<String> = environments.iter().map(Environment::path).collect();
    for (path, old) in held.iter().filter(|(path, _)| !defined.contains(*path)) {
        match compare(path, old, &[]) {
            Ok(report) => reports.push(report),
            Err(found) => errors.extend(held_in(arguments, path, found)),
        }
    }
    if !errors.is_empty() {
        return Err(Stopped::Findings(errors));
    }
    let looked_at = reports.len();
    reports.retain(|report| report.state != State::Same);
    // what is worst is read first
    reports.sort_by_key(|report| std::cmp::Reverse(report.worst(None)));
    Ok(Found {
        question,
        reports,
        looked_at,
        two_files: false,
        meant: None,
    })
}

/// What the definitions come to is read without a fault, so a fault is in what is held.
fn held_in(arguments: &DiffArguments, path: &str, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let folder = match &arguments.against {
        Some(name) if Path::new(name).is_dir() => format!("{name}/{path}"),
        Some(name) => format!("{name}:{}/{path}", arguments.out.display()),
        None => format!("{}/{path}", arguments.out.display()),
    };
    let all = found.into_iter();
    all.map(|one| in_folder(&folder, one)).collect()
}

/// Two templates or two modules.
fn anybodys(old: &str, new: &str) -> Result<Found, Stopped> {
    let was = sides::anything(Path::new(old))?;
    let is = sides::anything(Path::new(new))?;
    let language = |files: &[File]| files.iter().any(|file| file.path.contains("template."));
    if language(&was) != language(&is) {
        return Err(Stopped::Problem((
            format!("{old} and {new} are in different languages"),
            "compare two templates, or two Terraform directories".into(),
        )));
    }
    let was = same_name(was);
    let is = same_name(is);
    let report = compare(new, &was, &is).map_err(|found| {
        // whose files they are is known when each is read by itself
        let mut said: Vec<Diagnostic> = Vec::new();
        for (path, files) in [(old, &was), (new, &is)] {
            let alone = compare(path, &[], files).err().unwrap_or_default();
            said.extend(alone.into_iter().map(|one| in_folder(path, one)));
        }
        Stopped::Findings(if said.is_empty() { found } else { said })
    })?;
    let mut reports = vec![report];
    reports.retain(|report| report.state != State::Same);
    Ok(Found {
        question: format!("{old} against {new}"),
        reports,
        looked_at: 1,
        two_files: true,
        meant: None,
    })
}

/// A finding about a file of that folder, or about the file of that name itself.
fn in_folder(path: &str, mut found: Diagnostic) -> Diagnostic {
    if let Some(place) = &mut found.place {
        place.file = if Path::new(path).is_file() {
            path.to_owned().into()
        } else {
            format!("{}/{}", path.trim_end_matches('/'), place.file).into()
        };
    }
    found
}

/// A template is the same file in JSON and in YAML.
fn same_name(mut files: Vec<File>) -> Vec<File> {
    for file in &mut files {
        if file.path == "template.yaml" {
            file.path = "template.json".into();
        }
    }
    files
}

/// Two environments: what differs, and where that comes from.
fn two(one: &Environment, other: &Environment) -> Result<Found, Stopped> {
    let was = files(one).map_err(Stopped::Findings)?;
    let is = files(other).map_err(Stopped::Findings)?;
    let name = format!("{} → {}", one.path(), other.path());
    let mut report = compare(&name, &was, &is).map_err(Stopped::Findings)?;
    // nothing is deployed, so nothing follows from what is replaced
    report
        .rows
        .retain(|row| row.entries().any(|(_, entry)| entry.because_of.is_none()));
    let meant = compared::meant(one, other, &report);
    let mut reports = vec![report];
    reports.retain(|report| report.state != State::Same);
    Ok(Found {
        question: format!("{} against {}", one.path(), other.path()),
        reports,
        looked_at: 2,
        two_files: false,
        meant: Some(meant),
    })
}
