use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{COULD_NOT_RUN, ValidateArguments, report};
use crate::cloudformation;
use crate::diagnostic::{Diagnostic, Place};
use crate::facts;
use crate::read::Given;
use crate::terraform::SourceFile;
use crate::validate::{self, Validation};

/// No file that is longer is read: CloudFormation takes a template of 1 MiB at most.
const LONGEST: u64 = 4 << 20;

pub(super) fn validate(arguments: &ValidateArguments) -> u8 {
    if let Some(code) = report::unknown_codes(&arguments.report) {
        return code;
    }
    let (given, values) = match given(arguments).and_then(|given| Ok((given, values(arguments)?))) {
        Ok(given) => given,
        Err(found) => return report::finish(&found, "nothing read", true, &arguments.report),
    };
    let mut found = Found::default();
    for path in &arguments.paths {
        found.look(path);
    }
    found.leave_children_out();
    let allow = &arguments.report.allow;
    let subjects: Vec<Subject> = found.subjects();
    let one = |subject: &Subject| subject.validate(&given, &values, allow);
    // a few files are done before a pool of threads has started
    let results: Vec<Option<Validation>> = if subjects.len() < 8 {
        subjects.iter().map(one).collect()
    } else {
        subjects.par_iter().map(one).collect()
    };
    let mut unreadable = !found.problems.is_empty();
    let mut diagnostics = found.problems;
    diagnostics.extend(unknown_region(&given));
    let mut results: Vec<Validation> = results.into_iter().flatten().collect();
    only_unknown_to_all(&mut results);
    let looked_at = results.len();
    for validation in results {
        unreadable |= validation.unreadable;
        diagnostics.extend(validation.diagnostics);
    }
    if looked_at == 0 && diagnostics.is_empty() {
        report::could_not_run(
            "no CloudFormation template and no Terraform file was found",
            "name a template, a Terraform directory, or a folder that holds some",
            &arguments.report,
        );
        return COULD_NOT_RUN;
    }
    let what = if looked_at == 1 {
        "template or module"
    } else {
        "templates and modules"
    };
    let looked_at = format!("{looked_at} {what} validated");
    report::finish(&diagnostics, &looked_at, unreadable, &arguments.report)
}

/// A parameter that one of several templates knows is not unknown.
fn only_unknown_to_all(results: &mut [Validation]) {
    for code in ["parameter-unknown-given", "variable-undeclared"] {
        let said = |validation: &Validation| -> BTreeSet<Place> {
            let of_code = validation.diagnostics.iter().filter(|d| d.code == code);
            of_code.filter_map(|d| d.place.clone()).collect()
        };
        // what is given to whole languages is looked at within each
        let about: Vec<_> = results.iter().map(said).filter(|s| !s.is_empty()).collect();
        let Some(first) = about.first().cloned() else {
            continue;
        };
        let everywhere = about.iter().fold(first, |all, one| &all & one);
        let mut told = BTreeSet::new();
        for validation in results.iter_mut() {
            validation.diagnostics.retain(|diagnostic| {
                diagnostic.code != code
                    || diagnostic.place.as_ref().is_none_or(|place| {
                        everywhere.contains(place) && told.insert(place.clone())
                    })
            });
        }
    }
}

/// Nothing can be said of node types in a region that the tables don't know.
fn unknown_region(given: &Given) -> Option<Diagnostic> {
    let region = given.region.as_deref()?;
    (!facts::region_is_known(region)).then(|| {
        Diagnostic::warning(
            "region-unknown",
            format!(
                "region {region:?} is not among those known in {}",
                facts::READ
            ),
        )
        .help("check the spelling of --region; node types can't be checked there")
    })
}

/// What is validated as a whole.
enum Subject {
    /// A template, and whether somebody named it: then it has to be one.
    Template(PathBuf, bool),
    /// A Terraform module.
    Module(PathBuf),
}

impl Subject {
    /// Nothing where a file that nobody named is no template.
    fn validate(
        &self,
        given: &Given,
        values: &[SourceFile],
        allow: &[String],
    ) -> Option<Validation> {
        match self {
            Self::Template(path, named) => {
                let text = match read(path) {
                    Ok(text) => text,
                    // what nobody named and is no template is nobody's business
                    Err(_) if !named && !seems_a_template(path) => return None,
                    Err(problem) => return Some(unreadable(problem)),
                };
                if !named && !cloudformation::is_template(&text) {
                    return None;
                }
                Some(validate::template(&shown(path), &text, given, allow))
            }
            Self::Module(folder) => {
                let mut files = match module_files(folder) {
                    Ok(files) => files,
                    Err(problem) => return Some(unreadable(problem)),
                };
                files.extend_from_slice(values);
                let mut load = |called: &str| {
                    module_files(Path::new(called)).map_err(|problem| problem.message.clone())
                };
                // parameters are CloudFormation's
                let given = Given {
                    values: BTreeMap::new(),
                    ..given.clone()
                };
                Some(validate::module(
                    &shown(folder),
                    &files,
                    &given,
                    &mut load,
                    allow,
                ))
            }
        }
    }
}

fn unreadable(problem: Box<Diagnostic>) -> Validation {
    Validation {
        diagnostics: vec![*problem],
        unreadable: true,
    }
}

/// What the paths lead to.
#[derive(Default)]
struct Found {
    templates: BTreeSet<(PathBuf, bool)>,
    /// Folders with Terraform files that somebody named.
    modules: BTreeSet<PathBuf>,
    /// Folders with Terraform files that were come across.
    folders: BTreeSet<PathBuf>,
    problems: Vec<Diagnostic>,
}

impl Found {
    fn look(&mut self, path: &Path) {
        let about = match fs::metadata(path) {
            Ok(about) => about,
            Err(error) => return self.problems.push(*io_problem(path, &error)),
        };
        if about.is_dir() {
            if has_terraform(path) {
                self.modules.insert(path.to_owned());
            }
            self.walk(path);
        } else if !about.is_file() {
            self.problems.push(*problem(
                path,
                "is neither a file nor a folder",
                "name a template or a Terraform directory",
            ));
        } else if is_terraform(path) {
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            self.modules
                .insert(folder.unwrap_or(Path::new(".")).to_owned());
        } else {
            self.templates.insert((path.to_owned(), true));
        }
    }

    /// Links are not followed, so that a folder that links to itself is one folder.
    fn walk(&mut self, root: &Path) {
        let walk = WalkDir::new(root).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || is_of_interest(entry)) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let why = error
                        .io_error()
                        .map_or_else(|| error.to_string(), ToString::to_string);
                    self.problems.push(*problem(
                        &path,
                        &format!("can't be read: {why}"),
                        "check its permissions",
                    ));
                    continue;
                }
            };
            let path = entry.path();
            if entry.file_type().is_dir() {
                continue;
            }
            let is_file = entry.file_type().is_file()
                || (entry.path_is_symlink()
                    && fs::metadata(path).is_ok_and(|about| about.is_file()));
            if !is_file {
                continue;
            }
            if is_terraform(path) {
                if let Some(folder) = path.parent() {
                    self.folders.insert(folder.to_owned());
                }
            } else if has_extension(path, &["json", "yaml", "yml", "template"]) {
                let named = self.templates.contains(&(path.to_owned(), true));
                if !named {
                    self.templates.insert((path.to_owned(), false));
                }
            }
        }
    }

    /// A module that another one calls is read where it is called, with what it is given.
    fn leave_children_out(&mut self) {
        let mut children = BTreeSet::new();
        for folder in self.folders.iter().chain(&self.modules) {
            for file in module_files(folder).unwrap_or_default() {
                for source in local_sources(&file.text) {
                    children.insert(plain(&folder.join(source)));
                }
            }
        }
        self.folders
            .retain(|folder| !children.contains(&plain(folder)));
    }

    fn subjects(&mut self) -> Vec<Subject> {
        let named = std::mem::take(&mut self.modules);
        let known: BTreeSet<PathBuf> = named.iter().map(|folder| plain(folder)).collect();
        let folders = std::mem::take(&mut self.folders);
        let more = folders
            .into_iter()
            .filter(|folder| !known.contains(&plain(folder)));
        let modules = named.iter().cloned().chain(more).map(Subject::Module);
        let templates = std::mem::take(&mut self.templates)
            .into_iter()
            .map(|(path, named)| Subject::Template(path, named));
        templates.chain(modules).collect()
    }
}

/// Hidden folders hold what tools keep for themselves.
fn is_of_interest(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !(entry.file_type().is_dir() && (name.starts_with('.') || name == "node_modules"))
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| extensions.contains(&extension))
}

fn is_terraform(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    !name.starts_with('.') && (name.ends_with(".tf") || name.ends_with(".tf.json"))
}

fn has_terraform(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| is_terraform(&entry.path())))
    })
}

/// The local sources that a module's text may call: enough to know which folders are somebody's
/// children; the reader finds out what is really called.
fn local_sources(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let value = line.trim_start().strip_prefix("source")?.trim_start();
        let value = value.strip_prefix('=')?.trim_start().strip_prefix('"')?;
        let (source, _) = value.split_once('"')?;
        (source.starts_with("./") || source.starts_with("../")).then_some(source)
    })
}

/// A path without `.` and, where that can be said without looking, without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// A path as a person would write it.
fn shown(path: &Path) -> String {
    let plain = plain(path);
    if plain.as_os_str().is_empty() {
        ".".into()
    } else {
        plain.to_string_lossy().replace('\\', "/")
    }
}

/// The files of a module that Terraform would read.
fn module_files(folder: &Path) -> Result<Vec<SourceFile>, Box<Diagnostic>> {
    let mut paths = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| io_problem(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| io_problem(folder, &error))?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let is_values = name == "terraform.tfvars"
            || name == "terraform.tfvars.json"
            || name.ends_with(".auto.tfvars")
            || name.ends_with(".auto.tfvars.json");
        if (is_terraform(&path) || is_values) && fs::metadata(&path).is_ok_and(|a| a.is_file()) {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            Ok(SourceFile {
                path: shown(&path),
                text: read(&path)?,
            })
        })
        .collect()
}

/// Whether the beginning of a file that can't be read in full looks like a template.
fn seems_a_template(path: &Path) -> bool {
    let mut start = Vec::new();
    let Ok(file) = fs::File::open(path) else {
        return true;
    };
    if file.take(64 << 10).read_to_end(&mut start).is_err() {
        return true;
    }
    cloudformation::is_template(&String::from_utf8_lossy(&start))
}

/// Reads a text file that isn't too long.
fn read(path: &Path) -> Result<String, Box<Diagnostic>> {
    let about = fs::metadata(path).map_err(|error| io_problem(path, &error))?;
    if !about.is_file() {
        return Err(problem(path, "is not a file", "name a file"));
    }
    if about.len() > LONGEST {
        return Err(problem(
            path,
            &format!("is {} bytes long", about.len()),
            "no template or Terraform file is longer than 4 MiB; leave it out",
        ));
    }
    let bytes = fs::read(path).map_err(|error| io_problem(path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let place = Place {
            file: shown(path).into(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        };
        let said = Diagnostic::error("unreadable", format!("{} is not UTF-8", shown(path)));
        Box::new(said.at(&place).help("save it as UTF-8"))
    })
}

fn io_problem(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "check its permissions",
        _ => "see whether it can be read at all",
    };
    problem(path, &format!("can't be read: {error}"), help)
}

fn problem(path: &Path, message: &str, help: &str) -> Box<Diagnostic> {
    let place = Place {
        file: shown(path).into(),
        line: 1,
        column: 1,
    };
    let said = Diagnostic::error("unreadable", format!("{} {message}", shown(path)));
    Box::new(said.at(&place).help(help))
}

/// The files of variables that the command line names.
fn values(arguments: &ValidateArguments) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in &arguments.var_file {
        match read(path) {
            Ok(text) => files.push(SourceFile {
                path: shown(path),
                text,
            }),
            Err(problem) => problems.push(*problem),
        }
    }
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(problems)
    }
}

/// What the command line and its files of parameters say.
fn given(arguments: &ValidateArguments) -> Result<Given, Vec<Diagnostic>> {
    let mut given = Given {
        region: arguments.region.clone(),
        stage: arguments.stage.map(Into::into),
        ..Given::default()
    };
    let mut problems = Vec::new();
    for path in &arguments.parameters {
        match read(path).and_then(|text| cloudformation::parameters(&shown(path), &text)) {
            Ok(values) => given.values.extend(values),
            Err(problem) => problems.push(*problem),
        }
    }
    if problems.is_empty() {
        Ok(given)
    } else {
        Err(problems)
    }
}
