//! From files to modules: reads what a folder holds, and the folders that it calls.

use std::collections::HashMap;

use super::comment;
use super::module::{Module, Remark, Twice};
use super::source::{SourceFile, Sources, Span};
use super::syntax::{Body, Item};
use super::{json, parse, scan};
use crate::diagnostic::{Diagnostic, Level, Place};

/// Reads the files of another module, whose folder is named as the calling module names it,
/// joined to the caller's: `modules/cache/../network`.
pub type Load<'a> = &'a mut dyn FnMut(&str) -> Result<Vec<SourceFile>, String>;

/// How deep modules may call each other.
const DEEPEST: usize = 32;
/// How many folders are read for one root.
const MOST: usize = 500;

pub(super) struct Loader<'l> {
    load: Load<'l>,
    pub sources: Sources,
    /// The root comes first.
    pub modules: Vec<Module>,
    pub diagnostics: Vec<Diagnostic>,
    /// What was read already, by its folder; nothing where it could not be read.
    known: HashMap<String, Option<usize>>,
    /// The folders whose calls are being followed.
    open: Vec<String>,
}

/// What a file is for, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Configuration,
    Override,
    /// Values of variables; of two that give one, the one with the higher rank wins.
    Values(u8),
}

fn role(path: &str) -> Option<(Role, bool)> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (stem, is_json) = match name.strip_suffix(".json") {
        Some(stem) => (stem, true),
        None => (name, false),
    };
    let role = if let Some(stem) = stem.strip_suffix(".tf") {
        if stem == "override" || stem.ends_with("_override") {
            Role::Override
        } else {
            Role::Configuration
        }
    } else if stem == "terraform.tfvars" {
        Role::Values(u8::from(is_json))
    } else if stem.ends_with(".auto.tfvars") {
        Role::Values(2)
    } else if stem.ends_with(".tfvars") {
        // one that the caller names
        Role::Values(3)
    } else {
        return None;
    };
    Some((role, is_json))
}

impl<'l> Loader<'l> {
    pub fn new(load: Load<'l>) -> Self {
        Self {
            load,
            sources: Sources::default(),
            modules: Vec::new(),
            diagnostics: Vec::new(),
            known: HashMap::new(),
            open: Vec::new(),
        }
    }

    /// Reads the module at the root; nothing where one of its files can't be read.
    pub fn root(&mut self, folder: &str, files: &[SourceFile]) -> Option<usize> {
        let folder = normal(folder);
        let number = self.module(files, true)?;
        self.known.insert(folder.clone(), Some(number));
        self.calls(number, &folder);
        Some(number)
    }

    fn module(&mut self, files: &[SourceFile], is_root: bool) -> Option<usize> {
        let mut sorted: Vec<(&SourceFile, Role, bool)> = files
            .iter()
            .filter_map(|file| role(&file.path).map(|(role, json)| (file, role, json)))
            .collect();
        sorted.sort_by_key(|(file, role, _)| match role {
            Role::Configuration | Role::Override => (0, file.path.as_str()),
            // in the order in which they are named
            Role::Values(rank @ 3..) => (*rank, ""),
            Role::Values(rank) => (*rank, file.path.as_str()),
        });
        let mut module = Module::default();
        let mut overrides = Vec::new();
        let mut twice = Vec::new();
        let mut is_whole = true;
        for (file, role, is_json) in sorted {
            if matches!(role, Role::Values(_)) && !is_root {
                continue;
            }
            let Some(body) = self.file(file, is_json, role, &mut module) else {
                is_whole = false;
                continue;
            };
            match role {
                Role::Configuration => {
                    module.add(body, &mut twice);
                }
                Role::Override => overrides.push(body),
                Role::Values(_) => {
                    for item in body.items {
                        if let Item::Attribute(attribute) = item {
                            module.given.push(attribute);
                        }
                    }
                }
            }
        }
        for body in overrides {
            module.replace(body);
        }
        self.twice(&twice);
        if !is_whole {
            return None;
        }
        self.modules.push(module);
        Some(self.modules.len() - 1)
    }

    fn file(
        &mut self,
        file: &SourceFile,
        is_json: bool,
        role: Role,
        module: &mut Module,
    ) -> Option<Body> {
        let number = self.sources.add(file);
        match self.parsed(number, is_json, role, module) {
            Ok(body) => Some(body),
            Err(found) => {
                self.diagnostics.push(*found);
                None
            }
        }
    }

    fn parsed(
        &self,
        number: u32,
        is_json: bool,
        role: Role,
        module: &mut Module,
    ) -> Result<Body, Box<Diagnostic>> {
        let text = self.sources.text(number);
        let excess = |excess: scan::Excess| {
            let place = self.sources.place(span(number, excess.at, excess.at));
            unreadable(&place, format!("the file {}", excess.message))
                .allowed("4 MiB, 256 levels of brackets, some thousand names in one pair of them")
        };
        let comments = if is_json {
            scan::size(text).map_err(excess)?;
            Vec::new()
        } else {
            scan::scan(text).map_err(excess)?
        };
        let body = match (is_json, role) {
            (true, Role::Values(_)) => json::values(number, text),
            (true, _) => json::body(number, text),
            (false, _) => parse::body(number, text),
        };
        let body = body.map_err(|broken| {
            let place = self.sources.place(broken.span);
            if broken.twice {
                duplicate("a name stands twice in one pair of brackets", &place)
            } else {
                unreadable(&place, format!("this isn't Terraform: {}", broken.message))
            }
        })?;
        if !matches!(role, Role::Values(_)) {
            self.shape(&body)?;
            remarks(number, text, &comments, &body, module);
        }
        Ok(body)
    }

    /// A file has blocks, each with as many labels as its kind has.
    fn shape(&self, body: &Body) -> Result<(), Box<Diagnostic>> {
        if let Some(attribute) = body.attributes().next() {
            let place = self.sources.place(attribute.name_span);
            let message = format!("argument `{}` stands outside of any block", attribute.name);
            return Err(Box::new(unreadable(&place, message)));
        }
        for block in body.blocks() {
            let labels = match block.kind.as_str() {
                "resource" | "data" | "ephemeral" => 2,
                "variable" | "output" | "module" | "provider" => 1,
                "locals" => 0,
                _ => continue,
            };
            if block.labels.len() != labels {
                let place = self.sources.place(block.head);
                let kind = &block.kind;
                let message = format!(
                    "a `{kind}` block has {labels} labels, and not {}",
                    block.labels.len()
                );
                return Err(Box::new(unreadable(&place, message)));
            }
        }
        Ok(())
    }

    fn twice(&mut self, twice: &[Twice]) {
        for Twice { what, span, first } in twice {
            let place = self.sources.place(*span);
            let first = self.sources.place(*first);
            let mut found = duplicate(&format!("{what} is declared twice"), &place);
            found.help = format!("leave this one out, or the one at {first}");
            self.diagnostics.push(found);
        }
    }

    /// Follows the calls of a module.
    fn calls(&mut self, number: usize, folder: &str) {
        self.open.push(folder.to_owned());
        let names: Vec<String> = self.modules[number].calls.keys().cloned().collect();
        for name in names {
            let called = self.call(number, &name, folder);
            self.modules[number].calls[&name].module = called;
        }
        self.open.pop();
    }

    fn call(&mut self, caller: usize, name: &str, folder: &str) -> Option<usize> {
        let block = &self.modules[caller].calls[name].block;
        let (source, at) = match block.body.attribute("source") {
            Some(attribute) => (attribute.value.text(), attribute.value.span),
            None => (None, block.head),
        };
        let place = self.sources.place(at);
        let Some(source) = source.map(str::to_owned) else {
            self.diagnostics.push(missing(
                &place,
                format!("module `{name}` doesn't say where its files are"),
            ));
            return None;
        };
        if !(source.starts_with("./") || source.starts_with("../")) {
            self.diagnostics.push(Diagnostic {
                level: Level::Information,
                ..Diagnostic::error(
                    "terraform-module-not-seen",
                    format!("module `{name}` is from {source} and is not looked at"),
                )
                .at(&place)
                .help("check it where it is kept, or copy it into a folder beside this one")
            });
            return None;
        }
        let joined = if folder.is_empty() {
            source.clone()
        } else {
            format!("{folder}/{source}")
        };
        let normal = normal(&joined);
        if self.open.contains(&normal) || self.open.len() >= DEEPEST {
            self.diagnostics.push(
                Diagnostic::error(
                    "reference-cycle",
                    format!("module `{name}` contains itself"),
                )
                .at(&place)
                .allowed("modules that call each other in one direction")
                .help("leave the call out"),
            );
            return None;
        }
        if let Some(known) = self.known.get(&normal) {
            return *known;
        }
        if self.modules.len() >= MOST {
            self.diagnostics.push(missing(
                &place,
                format!("module `{name}` is one of more than {MOST} and is not read"),
            ));
            self.known.insert(normal, None);
            return None;
        }
        let files = match (self.load)(&joined) {
            Ok(files) => files,
            Err(why) => {
                self.diagnostics.push(missing(
                    &place,
                    format!("module `{name}` can't be read from {source}: {why}"),
                ));
                self.known.insert(normal, None);
                return None;
            }
        };
        if !files.iter().any(|file| role(&file.path).is_some()) {
            self.diagnostics.push(missing(
                &place,
                format!("module `{name}` has no Terraform files in {source}"),
            ));
            self.known.insert(normal, None);
            return None;
        }
        let number = self.module(&files, false);
        self.known.insert(normal.clone(), number);
        if let Some(number) = number {
            self.calls(number, &normal);
        }
        number
    }
}

fn span(file: u32, start: usize, end: usize) -> Span {
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}

fn unreadable(place: &Place, message: String) -> Diagnostic {
    Diagnostic::error("unreadable", message)
        .at(place)
        .help("write it as Terraform's own program would read it")
}

fn duplicate(message: &str, place: &Place) -> Diagnostic {
    Diagnostic::error("duplicate-key", message)
        .at(place)
        .allowed("each name once")
        .help("leave one of them out")
}

fn missing(place: &Place, message: String) -> Diagnostic {
    Diagnostic::error("terraform-module-missing", message)
        .at(place)
        .allowed("a folder with Terraform files, or an address that isn't local")
        .help("name the folder as it is seen from this one: ./modules/cache")
}

/// A folder without what leads back and forth.
fn normal(folder: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split(['/', '\\']) {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if folder.starts_with('/') {
        format!("/{joined}")
    } else {
        joined
    }
}

/// The comments for this tool, each with the block that it stands in or directly above.
fn remarks(
    file: u32,
    text: &str,
    comments: &[scan::Comment<'_>],
    body: &Body,
    module: &mut Module,
) {
    let mut blocks = body
        .blocks()
        .filter(|block| matches!(block.kind.as_str(), "resource" | "module"))
        .map(|block| (above(text, block.span.start as usize), block.span))
        .peekable();
    for one in comments {
        let Some(said) = comment::remark(one.text) else {
            continue;
        };
        // both come in the order of the file
        while blocks
            .peek()
            .is_some_and(|(_, block)| (block.end as usize) <= one.at)
        {
            blocks.next();
        }
        let about = blocks
            .peek()
            .filter(|(from, _)| *from <= one.at)
            .map(|(_, block)| *block);
        module.comments.push(Remark {
            span: span(file, one.at, one.at + one.text.len()),
            about,
            text: said.to_owned(),
        });
    }
}

/// Where the comment lines directly above a block begin.
fn above(text: &str, block: usize) -> usize {
    let mut from = text[..block].rfind('\n').map_or(0, |at| at + 1);
    while from > 0 {
        let line = text[..from - 1].rfind('\n').map_or(0, |at| at + 1);
        let before = text[line..from].trim_start();
        if !(before.starts_with('#') || before.starts_with("//")) {
            break;
        }
        from = line;
    }
    from
}
