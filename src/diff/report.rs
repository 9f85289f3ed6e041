//! An environment's files, old and new: what changes, what that does, both languages side by side.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use serde_json::Value;

use super::case::{self, Case};
use super::change::{self, Change, Path, Rename};
use super::judge;
use super::renamed::{identity, renames, type_of};
use super::side::{Side, known, plain};
use super::verdict::{Judgement, Source, Verdict};
use crate::diagnostic::Diagnostic;
use crate::graph::{Kind, Language, Node};
use crate::output::File;

/// What became of an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It wasn't there.
    New,
    /// It is no longer there.
    Removed,
    /// Something about it is otherwise.
    Changed,
    /// Its files are the same, byte for byte.
    Same,
}

/// Everything that differs between an environment's old and new files.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its name, as whoever asked calls it.
    pub name: String,
    /// What became of it.
    pub state: State,
    /// What differs in each language, in the order in which it is applied.
    pub languages: Vec<Differences>,
    /// What changes and what that does; the worst of each resource first.
    pub rows: Vec<Row>,
}

/// What differs in one language: enough to make the new tree of the old one.
#[derive(Clone, Debug)]
pub struct Differences {
    /// The language.
    pub language: Language,
    /// What is called otherwise.
    pub renames: Vec<Rename>,
    /// What changes after that.
    pub changes: Vec<Change>,
    /// The old files as a tree.
    pub old: Value,
    /// The new files as a tree.
    pub new: Value,
}

/// One thing that changes, in the languages that have it.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it belongs to: the resource in the words of the languages, or a part of the files.
    pub subject: String,
    /// The kind of the resource; none for what stands around.
    pub kind: Option<Kind>,
    /// The setting, in CloudFormation's word where it has one, with what is below it.
    pub setting: String,
    /// What it is in CloudFormation.
    pub cloudformation: Option<Entry>,
    /// What it is in Terraform.
    pub terraform: Option<Entry>,
}

/// A change in one language.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it is in the files' tree.
    pub path: Path,
    /// What it was.
    pub old: Option<Value>,
    /// What it is.
    pub new: Option<Value>,
    /// Something else in the files changes, and this with it.
    pub because_of: Option<String>,
    /// What happens, why, and what to do.
    pub judgement: Judgement,
}

impl Row {
    /// Its entries, with their languages.
    pub fn entries(&self) -> impl Iterator<Item = (Language, &Entry)> {
        [
            (Language::CloudFormation, &self.cloudformation),
            (Language::Terraform, &self.terraform),
        ]
        .into_iter()
        .filter_map(|(language, entry)| Some((language, entry.as_ref()?)))
    }

    /// The worst that it does in any language.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        let verdicts = self.entries().map(|(_, entry)| entry.judgement.verdict);
        verdicts.max().unwrap_or(Verdict::Nothing)
    }
}

impl Report {
    /// Nothing differs, not even in a byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The worst that happens in a language, or in any; nothing where nothing changes.
    #[must_use]
    pub fn worst(&self, language: Option<Language>) -> Option<Verdict> {
        let entries = self.rows.iter().flat_map(Row::entries);
        entries
            .filter(|(of, _)| language.is_none_or(|language| language == *of))
            .map(|(_, entry)| entry.judgement.verdict)
            .max()
    }

    /// The row that decides the headline.
    #[must_use]
    pub fn headline(&self) -> Option<&Row> {
        let worst = self.worst(None)?;
        self.rows.iter().find(|row| row.worst() == worst)
    }
}

/// The parts of an environment's files that are in a language, by their paths in its folder; and
/// whatever is neither.
fn part(files: &[File], language: Language) -> Vec<File> {
    let is_of = |file: &&File| language_of(&file.path) == Some(language);
    let mut part: Vec<File> = files.iter().filter(is_of).cloned().collect();
    if language == Language::Terraform {
        for file in &mut part {
            if let Some(path) = file.path.strip_prefix("terraform/") {
                file.path = path.to_owned();
            }
        }
    }
    part
}

/// The language that a file's contents are compared in; none for what is compared as a text.
fn language_of(path: &str) -> Option<Language> {
    if super::side::is_terraform(path) {
        return Some(Language::Terraform);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, end) = name.rsplit_once('.')?;
    let is_template = stem == "template" && matches!(end, "json" | "yaml" | "yml");
    is_template.then_some(Language::CloudFormation)
}

/// One language of an environment; nothing where there are no files in it.
fn side(
    files: &[File],
    other: &BTreeMap<&str, &str>,
    language: Language,
) -> Result<Option<Side>, Vec<Diagnostic>> {
    let same: BTreeSet<&str> = files
        .iter()
        .filter(|file| other.get(&*file.path) == Some(&&*file.contents))
        .map(|file| &*file.path)
        .collect();
    // half of a module's files stay as they are and make nothing: they aren't worth reading
    let is_left_out = |file: &File| {
        let path = format!("terraform/{}", file.path);
        (same.contains(&*path) || same.contains(&*file.path))
            && !["resource", "moved", "module", "provider"]
                .iter()
                .any(|word| file.contents.contains(word))
    };
    let part = part(files, language);
    match (language, part.as_slice()) {
        (_, []) => Ok(None),
        (Language::CloudFormation, [file, ..]) => {
            Side::template(&file.path, &file.contents).map(Some)
        }
        (Language::Terraform, files) => Side::module_without(files, is_left_out).map(Some),
    }
}

/// Holds an environment's old files against its new ones. Files are named as in its folder:
/// `cloudformation/template.json`, `terraform/main.tf`; a template and a module may also stand
/// alone.
///
/// # Errors
/// A template or a module of either side can't be read.
pub fn compare(name: &str, old: &[File], new: &[File]) -> Result<Report, Vec<Diagnostic>> {
    let mut report = Report {
        name: name.to_owned(),
        state: match (old, new) {
            ([], []) => State::Same,
            ([], _) => State::New,
            (_, []) => State::Removed,
            _ => State::Changed,
        },
        languages: Vec::new(),
        rows: Vec::new(),
    };
    let (was, is) = (contents(old), contents(new));
    let paths: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let differ: Vec<&str> = paths
        .into_iter()
        .filter(|path| was.get(path) != is.get(path))
        .collect();
    if differ.is_empty() {
        report.state = State::Same;
        return Ok(report);
    }
    let mut problems = Vec::new();
    let mut entries = Vec::new();
    for language in [Language::CloudFormation, Language::Terraform] {
        let of_language = |path: &&&str| language_of(path) == Some(language);
        let texts: Vec<&&str> = differ.iter().filter(of_language).collect();
        if texts.is_empty() {
            continue;
        }
        let (before, after) = match (side(old, &is, language), side(new, &was, language)) {
            (Ok(one), Ok(other)) => (one, other),
            (one, other) => {
                problems.extend([one.err(), other.err()].into_iter().flatten().flatten());
                continue;
            }
        };
        let before = before.unwrap_or_else(|| Side::nothing(language));
        let after = after.unwrap_or_else(|| Side::nothing(language));
        let found = Differing::new(before, after);
        if found.differences.renames.is_empty() && found.differences.changes.is_empty() {
            for path in texts {
                entries.push((language, layout(path)));
            }
        } else {
            let judged = found.judge(report.state);
            entries.extend(judged.into_iter().map(|entry| (language, entry)));
        }
        report.languages.push(found.differences);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    report.rows = join(entries);
    for path in differ
        .into_iter()
        .filter(|path| language_of(path).is_none())
    {
        report
            .rows
            .push(beside(path, was.get(path).copied(), is.get(path).copied()));
    }
    Ok(report)
}

/// What is in each file, by its path.
fn contents(files: &[File]) -> BTreeMap<&str, &str> {
    let all = files.iter();
    all.map(|file| (&*file.path, &*file.contents)).collect()
}

/// What is to become a row, or half of one.
struct Judged {
    subject: Path,
    kind: Option<Kind>,
    setting: String,
    entry: Entry,
}

/// Bytes differ, and nothing that they say.
fn layout(path: &str) -> Judged {
    Judged {
        subject: Path::of([path]),
        kind: None,
        setting: "layout".into(),
        entry: Entry {
            path: Path::of([path]),
            old: None,
            new: None,
            because_of: None,
            judgement: Judgement::new(
                Verdict::Nothing,
                "the text is laid out otherwise, and says the same",
                Source::of("the files", "now"),
            ),
        },
    }
}

/// A file beside template and module.
fn beside(path: &str, was: Option<&str>, is: Option<&str>) -> Row {
    let text = |text: Option<&str>| text.map(Value::from);
    let entry = Entry {
        path: Path::of([path]),
        old: text(was),
        new: text(is),
        because_of: None,
        judgement: Judgement::new(
            Verdict::Nothing,
            "neither CloudFormation nor Terraform reads it",
            Source::of("the files", "now"),
        )
        .advise(if path.ends_with("stack-policy.json") {
            "set it again: aws cloudformation set-stack-policy"
        } else {
            ""
        }),
    };
    let terraform = path.starts_with("terraform/");
    Row {
        subject: path.to_owned(),
        kind: None,
        setting: "file".into(),
        cloudformation: (!terraform).then(|| entry.clone()),
        terraform: terraform.then_some(entry),
    }
}

/// Two sides of one language that differ.
struct Differing {
    old: Side,
    new: Side,
    differences: Differences,
}

impl Differing {
    fn new(old: Side, new: Side) -> Self {
        let renames = renames(&old, &new);
        let moved = if renames.is_empty() {
            Cow::Borrowed(&old.tree)
        } else {
            let moved = change::renamed(&old.tree, &renames);
            moved.map_or(Cow::Borrowed(&old.tree), Cow::Owned)
        };
        let empty = Value::Object(serde_json::Map::new());
        // what is wholly new or gone is said resource by resource
        let missing = sections(&moved, &new.tree);
        let changes = if missing.is_empty() {
            change::changes(&moved, &new.tree)
        } else {
            change::changes(&opened(&moved, &new.tree), &opened(&new.tree, &moved))
        };
        let mut all: Vec<Change> = missing
            .iter()
            .filter(|path| path.get(&moved).is_none())
            .map(|path| Change {
                path: path.clone(),
                old: None,
                new: Some(empty.clone()),
            })
            .collect();
        all.extend(changes);
        all.extend(
            missing
                .iter()
                .rev()
                .filter(|path| path.get(&new.tree).is_none())
                .map(|path| Change {
                    path: path.clone(),
                    old: Some(empty.clone()),
                    new: None,
                }),
        );
        let differences = Differences {
            language: new.language,
            renames,
            changes: all,
            old: old.tree.clone(),
            new: new.tree.clone(),
        };
        Self {
            old,
            new,
            differences,
        }
    }

    /// The name that a resource had.
    fn was_at(&self, resource: &Path) -> Path {
        let renames = self.differences.renames.iter();
        let found = renames.clone().find(|rename| rename.to == *resource);
        found.map_or_else(|| resource.clone(), |rename| rename.from.clone())
    }

    /// What every change does, and what follows from it.
    fn judge(&self, state: State) -> Vec<Judged> {
        let mut found = Vec::new();
        for rename in &self.differences.renames {
            found.push(self.rename(rename));
        }
        let mut by_resource: BTreeMap<Path, Vec<&Change>> = BTreeMap::new();
        for change in &self.differences.changes {
            match self.resource_of(&change.path) {
                Some(resource) => by_resource.entry(resource).or_default().push(change),
                None if is_section(&change.path, change) => {}
                None => found.push(self.around(change)),
            }
        }
        // what the files come to may differ where the resource's own lines don't
        let mut derived = self.derived();
        let keys: Vec<Path> = by_resource.keys().cloned().collect();
        let resources: BTreeSet<Path> = keys.into_iter().chain(derived.keys().cloned()).collect();
        for resource in resources {
            let changes = by_resource.remove(&resource).unwrap_or_default();
            let further = derived.remove(&resource).unwrap_or_default();
            found.extend(self.resource(&resource, &changes, &further, state));
        }
        self.follow(&mut found);
        found
    }

    fn kind(&self, resource: &Path) -> Kind {
        let of = |side, path| type_of(side, path);
        let was = self.was_at(resource);
        let name = of(&self.new, resource).or_else(|| of(&self.old, &was));
        let kind = match self.new.language {
            Language::CloudFormation => name.and_then(Kind::of_cloudformation),
            Language::Terraform => name.and_then(Kind::of_terraform),
        };
        kind.unwrap_or(Kind::Other)
    }

    /// The resource that a path is in.
    fn resource_of(&self, path: &Path) -> Option<Path> {
        let steps = &path.0;
        let length = match (self.new.language, steps.first().map(String::as_str)) {
            (Language::CloudFormation, Some("Resources")) => 2,
            (Language::Terraform, Some("resource")) => 3,
            (Language::Terraform, Some("folders"))
                if steps.get(2).is_some_and(|section| section == "resource") =>
            {
                5
            }
            _ => return None,
        };
        (steps.len() >= length).then(|| Path(steps[..length].to_vec()))
    }

    fn around(&self, change: &Change) -> Judged {
        let path = &change.path;
        let length = path.0.len().min(2);
        Judged {
            subject: Path(path.0[..length].to_vec()),
            kind: None,
            setting: Path(path.0[length..].to_vec()).to_string(),
            entry: Entry {
                path: path.clone(),
                old: change.old.clone(),
                new: change.new.clone(),
                because_of: None,
                judgement: judge::around(&self.old, &self.new, path),
            },
        }
    }

    fn rename(&self, rename: &Rename) -> Judged {
        let kind = self.kind(&rename.to);
        let (from, to) = (case::name(&rename.from), case::name(&rename.to));
        let text = |name: &str| Some(Value::String(name.to_owned()));
        Judged {
            subject: rename.to.clone(),
            kind: Some(kind),
            setting: "name in the files".into(),
            entry: Entry {
                path: rename.to.clone(),
                old: text(&from),
                new: text(&to),
                because_of: None,
                judgement: self.renamed(rename, kind, &from, &to),
            },
        }
    }

    fn renamed(&self, rename: &Rename, kind: Kind, from: &str, to: &str) -> Judgement {
        let language = self.new.language;
        if language == Language::Terraform && rename.declared {
            return Judgement::new(
                Verdict::Nothing,
                format!("a moved block tells Terraform that {to} is what {from} was"),
                Source::TERRAFORM,
            );
        }
        let removed = judge::removed(&self.old, &rename.from, kind);
        match language {
            Language::Terraform => Judgement {
                reason: format!("to Terraform {from} goes and {to} comes, in no promised order: {}", removed.reason).into(),
                ..removed
            }
            .advise(format!("add this to the module, and nothing happens: moved {{ from = {from}, to = {to} }}, each on a line of its own")),
            Language::CloudFormation => {
                let name = identity(kind, language);
                let body = rename.to.get(&self.new.tree);
                let is_named = name.is_some_and(|name| {
                    body.is_some_and(|body| body.pointer(&format!("/Properties/{name}")).is_some())
                });
                let advice = format!(
                    "give it its new logical id without touching it: aws cloudformation create-stack-refactor, with {from} mapped to {to}; or deploy DeletionPolicy: Retain, remove {from}, and import {to} (create-change-set --change-set-type IMPORT)"
                );
                if is_named {
                    Judgement::new(
                        Verdict::Refused,
                        format!("CloudFormation makes {to} before it deletes {from}, and the name is taken: the update fails"),
                        Source::CLOUDFORMATION,
                    )
                    .advise(advice)
                } else {
                    Judgement {
                        reason: format!("to CloudFormation {to} is made and {from} goes: {}", removed.reason).into(),
                        ..removed
                    }
                    .advise(advice)
                }
            }
        }
    }

    fn resource(
        &self,
        resource: &Path,
        changes: &[&Change],
        derived: &[(String, Change)],
        state: State,
    ) -> Vec<Judged> {
        let language = self.new.language;
        let kind = self.kind(resource);
        let mut found = Vec::new();
        let was_at = self.was_at(resource);
        let judged = |setting: String, change: &Change, because_of, judgement| Judged {
            subject: resource.clone(),
            kind: Some(kind),
            setting,
            entry: Entry {
                path: change.path.clone(),
                old: change.old.clone(),
                new: change.new.clone(),
                because_of,
                judgement,
            },
        };
        // a property of a template may be called as what stands beside all of them: Type
        let mut settings: Vec<(&Change, String, Vec<String>, bool)> = Vec::new();
        for change in changes {
            let below = change.path.below(resource).unwrap_or_default();
            match (below, language) {
                ([], _) => {
                    let judgement = if change.old.is_none() {
                        judge::made(language, kind)
                    } else if state == State::Removed {
                        gone(&self.old, resource, kind)
                    } else {
                        judge::removed(&self.old, resource, kind)
                    };
                    found.push(judged(String::new(), change, None, judgement));
                }
                ([first, name, rest @ ..], Language::CloudFormation) if first == "Properties" => {
                    settings.push((change, name.clone(), rest.to_vec(), false));
                }
                ([name, rest @ ..], Language::CloudFormation) => {
                    settings.push((change, name.clone(), rest.to_vec(), true));
                }
                ([name, rest @ ..], Language::Terraform) => {
                    let name = case::setting(kind, language, name).to_owned();
                    settings.push((change, name, rest.to_vec(), true));
                }
            }
        }
        let said: BTreeSet<&str> = settings.iter().map(|(_, name, ..)| &**name).collect();
        let derived: Vec<&(String, Change)> = derived
            .iter()
            .filter(|(name, _)| !said.contains(&**name))
            .collect();
        let names = settings.iter().map(|(_, name, ..)| name.clone());
        let mut together: Vec<String> = names
            .chain(derived.iter().map(|(name, _)| name.clone()))
            .collect();
        together.sort();
        together.dedup();
        // policies and notes change nothing, so they don't count as company
        together.retain(|name| {
            !matches!(
                &**name,
                "Metadata" | "DependsOn" | "DeletionPolicy" | "UpdateReplacePolicy"
            )
        });
        let case = |change, setting, below| Case {
            old: &self.old,
            new: &self.new,
            was_at: &was_at,
            resource,
            kind,
            setting,
            below,
            change,
            together: &together,
        };
        for (change, name, below, is_beside) in &settings {
            let case = case(*change, name.as_str(), below.as_slice());
            let judgement = self
                .only_follows(change)
                .or_else(|| is_beside.then(|| judge::beside(&case)).flatten())
                .unwrap_or_else(|| judge::setting(&case));
            let shown = Path(std::iter::once(name.clone()).chain(below.clone()).collect());
            found.push(judged(shown.to_string(), change, None, judgement));
        }
        for (name, change) in derived {
            let judgement = judge::setting(&case(change, name, &[]));
            let because = Some("a value that it takes from elsewhere in the files".to_owned());
            found.push(judged(name.clone(), change, because, judgement));
        }
        found
    }

    /// A reference that only says the new name of what it referred to.
    fn only_follows(&self, change: &Change) -> Option<Judgement> {
        if self.differences.renames.is_empty() {
            return None;
        }
        let mut text = change.old.as_ref()?.to_string();
        for rename in &self.differences.renames {
            let (from, to) = match self.new.language {
                Language::CloudFormation => {
                    let quoted = |path: &Path| format!("\"{}\"", case::name(path));
                    (quoted(&rename.from), quoted(&rename.to))
                }
                Language::Terraform => {
                    let dotted = |path: &Path| format!("{}.", case::name(path));
                    (dotted(&rename.from), dotted(&rename.to))
                }
            };
            text = text.replace(&from, &to);
        }
        let is = change.new.as_ref()?.to_string();
        (text == is).then(|| {
            Judgement::new(
                Verdict::Nothing,
                "it follows the new name of what it refers to",
                Source::of("the files", "now"),
            )
        })
    }

    /// Settings whose value differs in what the files come to: a parameter's default, a local.
    fn derived(&self) -> BTreeMap<Path, Vec<(String, Change)>> {
        let mut found: BTreeMap<Path, Vec<(String, Change)>> = BTreeMap::new();
        // what no value is taken from
        let is_inert = |change: &Change| {
            let steps = &change.path.0;
            steps.first().is_some_and(|section| {
                matches!(
                    section.as_str(),
                    "#" | "Outputs" | "output" | "Metadata" | "Description"
                )
            }) || steps
                .get(3)
                .is_some_and(|step| matches!(step.as_str(), "Tags" | "tags"))
        };
        if self.differences.changes.iter().all(is_inert) {
            return found;
        }
        let (Some(_), Some(new)) = (self.old.graph(), self.new.graph()) else {
            return found;
        };
        let resources = self.new.resources();
        for node in &new.nodes {
            let Some((resource, kind)) = resources.iter().find(|(path, _)| is_node(path, node))
            else {
                continue;
            };
            let Some(before) = self.old.node(&self.was_at(resource)) else {
                continue;
            };
            for property in &node.properties {
                let name = property
                    .cloudformation
                    .as_ref()
                    .or(property.terraform.as_ref());
                let Some(name) = name else { continue };
                let (Some(was), Some(is)) = (known(before, name), plain(&property.value)) else {
                    continue;
                };
                if was != is {
                    let first = name.split(['.', '/']).next().unwrap_or(name);
                    let setting = case::setting(*kind, self.new.language, first).to_owned();
                    let path = resource.join(name.as_ref());
                    found.entry(resource.clone()).or_default().push((
                        setting,
                        Change {
                            path,
                            old: Some(was),
                            new: Some(is),
                        },
                    ));
                }
            }
        }
        found
    }

    /// What refers to something that is replaced gets another value with it.
    fn follow(&self, found: &mut Vec<Judged>) {
        let mut seen = BTreeSet::new();
        let mut next = 0;
        while next < found.len() {
            let Judged {
                subject,
                kind,
                entry,
                setting,
            } = &found[next];
            next += 1;
            let replaces = matches!(
                entry.judgement.verdict,
                Verdict::Replaced | Verdict::Kept | Verdict::Lost
            );
            let still_there = subject.get(&self.new.tree).is_some();
            if !replaces
                || !still_there
                || kind.is_none()
                || setting.is_empty()
                || setting == "name in the files"
            {
                continue;
            }
            let cause = subject.clone();
            if !seen.insert(cause.clone()) {
                continue;
            }
            for (resource, kind) in self.new.resources() {
                if resource == cause || resource.get(&self.old.tree).is_none() {
                    continue;
                }
                for (setting, path, value) in self.references(&resource, &cause) {
                    let name = case::setting(kind, self.new.language, &setting).to_owned();
                    let is_said = |judged: &Judged| {
                        judged.subject == resource
                            && judged.setting.split(['.', '[']).next() == Some(&name)
                    };
                    if found.iter().any(is_said) {
                        continue;
                    }
                    let change = Change {
                        path,
                        old: Some(value.clone()),
                        new: Some(value),
                    };
                    let together = [name.clone()];
                    let judgement = judge::setting(&Case {
                        old: &self.old,
                        new: &self.new,
                        was_at: &resource,
                        resource: &resource,
                        kind,
                        setting: &name,
                        below: &[],
                        change: &change,
                        together: &together,
                    });
                    found.push(Judged {
                        subject: resource.clone(),
                        kind: Some(kind),
                        setting: name,
                        entry: Entry {
                            path: change.path,
                            old: change.old,
                            new: change.new,
                            because_of: Some(format!("{} is replaced", case::name(&cause))),
                            judgement,
                        },
                    });
                }
            }
        }
    }

    /// The settings of a resource that name another one.
    fn references(&self, resource: &Path, to: &Path) -> Vec<(String, Path, Value)> {
        let (body, at) = match self.new.language {
            Language::CloudFormation => {
                let at = resource.join("Properties");
                (at.get(&self.new.tree), at.clone())
            }
            Language::Terraform => (resource.get(&self.new.tree), resource.clone()),
        };
        let name = case::name(to);
        let names = |value: &Value| {
            let text = value.to_string();
            match self.new.language {
                Language::CloudFormation => {
                    text.contains(&format!("{{\"Ref\":\"{name}\"}}"))
                        || text.contains(&format!("\"Fn::GetAtt\":[\"{name}\""))
                        || text.contains(&format!("${{{name}"))
                }
                Language::Terraform => text.contains(&format!("{name}.")),
            }
        };
        let Some(Value::Object(settings)) = body else {
            return Vec::new();
        };
        let found = settings.iter().filter(|(setting, value)| {
            !matches!(&***setting, "depends_on" | "lifecycle") && names(value)
        });
        found
            .map(|(setting, value)| (setting.clone(), at.join(setting), value.clone()))
            .collect()
    }
}

/// An environment whose files go: what is deployed stays until somebody destroys it.
fn gone(old: &Side, resource: &Path, kind: Kind) -> Judgement {
    let language = old.language;
    if language == Language::Terraform && judge::lifecycle(old, resource, "prevent_destroy") {
        return Judgement::new(
            Verdict::Refused,
            "terraform destroy refuses it (prevent_destroy); with the files gone nobody can say otherwise any more",
            Source::TERRAFORM,
        )
        .advise("destroy it or take it out of the state while the files are there");
    }
    let found = judge::removed(old, resource, kind);
    let advice = if found.advice.is_empty() {
        "the stack and the state stay when files go: delete or destroy them first"
    } else {
        return found;
    };
    found.advise(advice)
}

fn is_node(path: &Path, node: &Node) -> bool {
    match path.0.as_slice() {
        [section, id] if section == "Resources" => node.logical_id == *id,
        [.., of, label] => {
            node.label.split('[').next() == Some(label)
                && node.of.as_deref().unwrap_or(node.kind.terraform()) == of
        }
        _ => false,
    }
}

/// The folders of a tree that are there on one side alone, so that what is in them is said one
/// by one.
fn sections(one: &Value, other: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    let names = |tree: &Value| -> BTreeSet<String> {
        let members = tree.as_object();
        members
            .map(|members| members.keys().cloned().collect())
            .unwrap_or_default()
    };
    let all: BTreeSet<String> = names(one).union(&names(other)).cloned().collect();
    for name in all.iter().filter(|name| {
        matches!(
            name.as_str(),
            "Resources" | "Parameters" | "Outputs" | "resource" | "variable" | "output" | "data"
        )
    }) {
        let (was, is) = (one.get(name), other.get(name));
        if was.is_some() != is.is_some() {
            found.push(Path::of([name]));
        }
        if matches!(name.as_str(), "resource" | "data") {
            let (was, is) = (
                was.map(names).unwrap_or_default(),
                is.map(names).unwrap_or_default(),
            );
            for of in was.symmetric_difference(&is) {
                found.push(Path::of([name, of]));
            }
        }
    }
    found
}

/// A tree with the folders that the other one has.
fn opened(tree: &Value, other: &Value) -> Value {
    let mut tree = tree.clone();
    for path in sections(&tree, other) {
        let mut at = &mut tree;
        for step in &path.0 {
            let Value::Object(members) = at else { break };
            at = members
                .entry(step.clone())
                .or_insert_with(|| Value::Object(serde_json::Map::new()));
        }
    }
    tree
}

/// A folder of the tree comes or goes, which nobody has to know.
fn is_section(path: &Path, change: &Change) -> bool {
    let is_empty = |value: &Option<Value>| {
        value
            .as_ref()
            .is_none_or(|value| value.as_object().is_some_and(serde_json::Map::is_empty))
    };
    path.0.len() <= 2
        && is_empty(&change.old)
        && is_empty(&change.new)
        && matches!(
            path.0[0].as_str(),
            "Resources" | "Parameters" | "Outputs" | "resource" | "variable" | "output" | "data"
        )
}

/// Puts what is one setting of one thing in both languages side by side, and the worst first.
fn join(entries: Vec<(Language, Judged)>) -> Vec<Row> {
    let (cloudformation, terraform): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .partition(|(language, _)| *language == Language::CloudFormation);
    let mut rest: Vec<Option<Judged>> = terraform
        .into_iter()
        .map(|(_, judged)| Some(judged))
        .collect();
    let names = pairs(&cloudformation, &rest);
    let mut rows = Vec::new();
    for (_, judged) in cloudformation {
        let twin = names.get(&judged.subject);
        let found = rest.iter_mut().find(|other| {
            other
                .as_ref()
                .is_some_and(|other| Some(&other.subject) == twin && is_one_setting(&judged, other))
        });
        let other = found.and_then(Option::take);
        let subject = match twin {
            Some(twin) => both(&judged.subject, twin),
            None => case::name(&judged.subject),
        };
        rows.push(Row {
            subject,
            kind: judged.kind,
            setting: judged.setting,
            cloudformation: Some(judged.entry),
            terraform: other.map(|other| other.entry),
        });
    }
    for judged in rest.into_iter().flatten() {
        let twin = names.iter().find(|(_, other)| **other == judged.subject);
        rows.push(Row {
            subject: match twin {
                Some((one, other)) => both(one, other),
                None => case::name(&judged.subject),
            },
            kind: judged.kind,
            setting: judged.setting,
            cloudformation: None,
            terraform: Some(judged.entry),
        });
    }
    // what belongs together stays together, and what is worst is read first
    let mut worst: BTreeMap<String, Verdict> = BTreeMap::new();
    for row in &rows {
        let known = worst.entry(row.subject.clone()).or_insert(Verdict::Nothing);
        *known = row.worst().max(*known);
    }
    rows.sort_by_cached_key(|row| {
        let of_subject = worst.get(&row.subject).copied();
        (
            std::cmp::Reverse(of_subject),
            row.subject.clone(),
            std::cmp::Reverse(row.worst()),
        )
    });
    rows
}

fn both(cloudformation: &Path, terraform: &Path) -> String {
    format!("{} / {}", case::name(cloudformation), case::name(terraform))
}

/// One setting, maybe spelt with positions in one language and with names in the other.
fn is_one_setting(one: &Judged, other: &Judged) -> bool {
    if one.setting == other.setting {
        return true;
    }
    let first = |setting: &str| {
        setting
            .split(['.', '['])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let is_deep = |setting: &str| setting.contains(['.', '[']);
    let same = first(&one.setting) == first(&other.setting) && !first(&one.setting).is_empty();
    same && one.kind.is_some() && (is_deep(&one.setting) || is_deep(&other.setting)) && {
        // names that are data are the same in both
        !matches!(
            first(&one.setting).as_str(),
            "Tags" | "Properties" | "Dimensions"
        )
    }
}

/// Which subject of CloudFormation is which of Terraform: of one kind, and by their names.
fn pairs(
    cloudformation: &[(Language, Judged)],
    terraform: &[Option<Judged>],
) -> BTreeMap<Path, Path> {
    let mut found = BTreeMap::new();
    let others: BTreeSet<(&Path, Option<Kind>)> = terraform
        .iter()
        .flatten()
        .map(|judged| (&judged.subject, judged.kind))
        .collect();
    let ones: BTreeSet<(&Path, Option<Kind>)> = cloudformation
        .iter()
        .map(|(_, judged)| (&judged.subject, judged.kind))
        .collect();
    for (one, kind) in &ones {
        let same: Vec<&Path> = others
            .iter()
            .filter(|(other, of)| of == kind && is_twin(one, other, *kind))
            .map(|(other, _)| *other)
            .collect();
        if let [other] = same.as_slice() {
            found.insert((*one).clone(), (*other).clone());
        }
    }
    found
}

/// `SecurityGroupIngressApplication` is `aws_vpc_security_group_ingress_rule.application`, and
/// `Outputs.PrimaryEndpoint` is `output.primary_endpoint`.
fn is_twin(one: &Path, other: &Path, kind: Option<Kind>) -> bool {
    let (Some(id), Some(label)) = (one.0.last(), other.0.last()) else {
        return false;
    };
    let id = id.to_snake_case();
    if kind.is_none() {
        let sections = (one.0[0].as_str(), other.0[0].as_str());
        let is_section = matches!(sections, ("Parameters", "variable") | ("Outputs", "output"));
        return is_section && id.replace('_', "") == label.replace('_', "");
    }
    let of = kind.map(Kind::cloudformation).unwrap_or_default();
    let of = of.rsplit(':').next().unwrap_or_default().to_snake_case();
    label == "this" && (id == of || id.ends_with(&of))
        || id == *label
        || id
            .strip_prefix(&of)
            .is_some_and(|rest| rest.trim_matches('_') == label)
        || id
            .strip_suffix(&of)
            .is_some_and(|rest| rest.trim_matches('_') == label)
        // `NoData001Alarm` is `no_data_001`, and `UnwellAlarm` the composite alarm `unwell`
        || {
            let plain = |text: &str| text.replace('_', "");
            plain(&id)
                .strip_prefix(&plain(label))
                .is_some_and(|rest| plain(&of).ends_with(rest))
        }
        || (kind == Some(Kind::KeyAlias) && id.strip_suffix("_key_alias") == Some(label))
}
