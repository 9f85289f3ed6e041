//! One of the two sides: an environment's files in one language, as a tree that has everything
//! in them, and as the graph that they come to.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::change::Path;
use crate::cloudformation::Document;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{self, Graph, Kind, Language, Node, Part};
use crate::output::File;
use crate::read::Given;
use crate::terraform::{self, SourceFile};

/// Where comments are kept in a tree: no language has such a name.
pub(super) const COMMENTS: &str = "#";
/// Where the files of modules below the root are kept in a tree.
pub(super) const FOLDERS: &str = "folders";
/// Where `terraform.tfvars` and the like are kept in a tree.
pub(super) const VALUES: &str = "values";

/// An environment's files in one language.
#[derive(Clone, Debug)]
pub struct Side {
    /// The language.
    pub language: Language,
    /// Everything in the files but their layout.
    pub tree: Value,
    /// What the graph is read from.
    source: Source,
    /// What they come to, read when it is asked for: most changes need none.
    graph: OnceLock<Option<Graph>>,
}

#[derive(Clone, Debug)]
enum Source {
    Nothing,
    Template(Document),
    Module(Vec<File>),
}

impl Side {
    /// Nothing in a language: what is there before a new environment, and after one that goes.
    #[must_use]
    pub fn nothing(language: Language) -> Self {
        Self {
            language,
            tree: Value::Object(Map::new()),
            source: Source::Nothing,
            graph: OnceLock::new(),
        }
    }

    /// A template, in JSON or YAML.
    ///
    /// # Errors
    /// The text isn't a template.
    pub fn template(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let document = Document::parse(file, text).map_err(|problem| vec![*problem])?;
        let mut tree = document.json();
        let Value::Object(sections) = &mut tree else {
            let found = Diagnostic::error("unreadable", format!("{file} is no template"));
            return Err(vec![
                found
                    .at(&place(file, 1, 1))
                    .allowed("an object with Resources")
                    .help("name a CloudFormation template or a Terraform directory"),
            ]);
        };
        by_name(sections);
        let comments = comments(text);
        if !text.trim_start().starts_with('{') && !comments.is_empty() {
            sections.insert(COMMENTS.into(), json!(comments));
        }
        Ok(Self {
            language: Language::CloudFormation,
            tree,
            source: Source::Template(document),
            graph: OnceLock::new(),
        })
    }

    /// A module: its `.tf`, `.tf.json` and `.tfvars` files and those of the modules below it, by
    /// their paths in its folder.
    ///
    /// # Errors
    /// A file isn't Terraform's.
    pub fn module(files: &[File]) -> Result<Self, Vec<Diagnostic>> {
        Self::module_without(files, |_| false)
    }

    /// The same, without what some of the files say: those that are the same on both sides and
    /// make nothing.
    pub(super) fn module_without(
        files: &[File],
        is_left_out: impl Fn(&File) -> bool,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut folders: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        let mut problems = Vec::new();
        let is_read = |file: &&File| is_terraform(&file.path) && !is_left_out(file);
        for file in files.iter().filter(is_read) {
            let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
            let tree = folders.entry(folder).or_default();
            if let Err(problem) = terraform_file(tree, name, file) {
                problems.push(*problem);
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut tree = folders.remove("").unwrap_or_default();
        if !folders.is_empty() {
            let below = folders
                .into_iter()
                .map(|(folder, tree)| (folder.to_owned(), Value::Object(tree)));
            tree.insert(FOLDERS.into(), below.collect());
        }
        Ok(Self {
            language: Language::Terraform,
            tree: Value::Object(tree),
            source: Source::Module(files.to_vec()),
            graph: OnceLock::new(),
        })
    }

    /// What the files come to, as far as that can be known.
    #[must_use]
    pub fn graph(&self) -> Option<&Graph> {
        let read = || match &self.source {
            Source::Nothing => None,
            Source::Template(document) => document.graph(&Given::default()).graph,
            Source::Module(files) => module_graph(files),
        };
        self.graph.get_or_init(read).as_ref()
    }

    /// The node of a resource.
    #[must_use]
    pub fn node(&self, resource: &Path) -> Option<&Node> {
        let nodes = &self.graph()?.nodes;
        match self.language {
            Language::CloudFormation => {
                let id = resource.0.get(1)?;
                nodes.iter().find(|node| node.logical_id == *id)
            }
            Language::Terraform => {
                let [.., of, label] = resource.0.as_slice() else {
                    return None;
                };
                nodes.iter().find(|node| {
                    node.of.as_deref().unwrap_or(node.kind.terraform()) == of
                        && node.label.split('[').next() == Some(label)
                })
            }
        }
    }

    /// Every resource, by its path.
    #[must_use]
    pub fn resources(&self) -> Vec<(Path, Kind)> {
        let mut found = Vec::new();
        resources(self.language, &self.tree, &Path::default(), &mut found);
        found
    }
}

fn resources(language: Language, tree: &Value, at: &Path, found: &mut Vec<(Path, Kind)>) {
    match language {
        Language::CloudFormation => {
            for (id, resource) in members(tree.get("Resources")) {
                let of = resource.get("Type").and_then(Value::as_str);
                let kind = of.and_then(Kind::of_cloudformation).unwrap_or(Kind::Other);
                found.push((Path::of(["Resources", id]), kind));
            }
        }
        Language::Terraform => {
            for (of, labels) in members(tree.get("resource")) {
                let kind = Kind::of_terraform(of).unwrap_or(Kind::Other);
                for (label, _) in members(Some(labels)) {
                    found.push((at.join("resource").join(of).join(label), kind));
                }
            }
            for (folder, tree) in members(tree.get(FOLDERS)) {
                let at = at.join(FOLDERS).join(folder);
                resources(language, tree, &at, found);
            }
        }
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// What a node's setting is, by either of its names; nothing where it isn't known or isn't there.
#[must_use]
pub(super) fn known(node: &Node, name: &str) -> Option<Value> {
    let property = node.properties.iter().find(|property| {
        property.cloudformation.as_deref() == Some(name)
            || property.terraform.as_deref() == Some(name)
    })?;
    plain(&property.value)
}

/// A value of a graph as JSON, where it is known to the end.
pub(super) fn plain(value: &graph::Value) -> Option<Value> {
    Some(match value {
        graph::Value::Bool(value) => json!(value),
        graph::Value::Integer(value) => json!(value),
        graph::Value::Number(value) => json!(value),
        graph::Value::Text(text) => match text.0.as_slice() {
            [] => json!(""),
            parts => json!(
                parts
                    .iter()
                    .map(|part| match part {
                        Part::Literal(text) => Some(text.as_str()),
                        _ => None,
                    })
                    .collect::<Option<String>>()?
            ),
        },
        graph::Value::List(items) => Value::Array(items.iter().map(plain).collect::<Option<_>>()?),
        _ => return None,
    })
}

/// Whether Terraform reads a file, or takes values from it.
#[must_use]
pub fn is_terraform(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.starts_with('.')
        && [".tf", ".tf.json", ".tfvars", ".tfvars.json"]
            .iter()
            .any(|end| name.ends_with(end))
}

fn terraform_file(
    tree: &mut Map<String, Value>,
    name: &str,
    file: &File,
) -> Result<(), Box<Diagnostic>> {
    let broken = |line: usize, column: usize, message: String| {
        let found = Diagnostic::error("unreadable", message)
            .at(&place(&file.path, line, column))
            .allowed("what Terraform itself reads")
            .help("run `terraform validate` on it");
        Box::new(found)
    };
    let text = file
        .contents
        .strip_prefix('\u{feff}')
        .unwrap_or(&file.contents);
    if name.ends_with(".json") {
        let read: Value = serde_json::from_str(text)
            .map_err(|error| broken(error.line(), error.column(), error.to_string()))?;
        if name.ends_with(".tfvars.json") {
            merge(tree, VALUES, json!({ name: read }));
        } else if let Value::Object(members) = read {
            for (name, mut value) in members {
                if name == "resource" {
                    as_blocks(&mut value);
                }
                merge(tree, &name, value);
            }
        }
        return Ok(());
    }
    let comments = comments(text);
    if !comments.is_empty() {
        merge(tree, COMMENTS, json!({ name: comments }));
    }
    let problem =
        |error: terraform::ReadError| broken(error.line(), error.column(), error.to_string());
    if name.ends_with(".tfvars") {
        let values = terraform::read_values(text).map_err(problem)?;
        merge(tree, VALUES, json!({ name: values }));
        return Ok(());
    }
    for block in terraform::read(text).map_err(problem)? {
        let mut body = block.body;
        if let Value::Object(settings) = &mut body {
            parameters_by_name(settings);
        }
        let one_each = matches!(
            &*block.kind,
            "resource" | "data" | "ephemeral" | "variable" | "output" | "module" | "locals"
        );
        let mut value = if one_each { body } else { json!([body]) };
        for label in block.labels.iter().rev() {
            value = json!({ label.as_str(): value });
        }
        merge(tree, &block.kind, value);
    }
    Ok(())
}

/// Resources in JSON, where one block may stand without its list, as HCL has them.
fn as_blocks(resources: &mut Value) {
    let bodies = resources.as_object_mut().into_iter().flatten();
    let bodies = bodies.filter_map(|(_, labels)| labels.as_object_mut());
    for body in bodies
        .flatten()
        .filter_map(|(_, body)| body.as_object_mut())
    {
        if let Some(block) = body.get_mut("lifecycle").filter(|block| block.is_object()) {
            *block = json!([block.take()]);
        }
        parameters_by_name(body);
    }
}

/// Adds what a file says to what others said under the same name.
fn merge(tree: &mut Map<String, Value>, name: &str, value: Value) {
    match (tree.get_mut(name), value) {
        (Some(Value::Object(was)), Value::Object(more)) => {
            for (name, value) in more {
                merge(was, &name, value);
            }
        }
        (Some(Value::Array(was)), Value::Array(more)) => was.extend(more),
        (Some(was), more) => {
            let before = was.take();
            *was = json!([before, more]);
        }
        (None, value) => {
            tree.insert(name.to_owned(), value);
        }
    }
}

/// Tags, dimensions and the like are names with values, whatever their order.
fn by_name(sections: &mut Map<String, Value>) {
    let Some(Value::Object(resources)) = sections.get_mut("Resources") else {
        return;
    };
    for resource in resources.values_mut() {
        let Some(Value::Object(settings)) = resource.get_mut("Properties") else {
            continue;
        };
        for (setting, key) in [("Tags", "Key"), ("Dimensions", "Name")] {
            if let Some(value) = settings.get_mut(setting)
                && let Some(named) = named(value, key)
            {
                *value = named;
            }
        }
    }
}

/// Terraform has a block for each parameter.
fn parameters_by_name(settings: &mut Map<String, Value>) {
    if let Some(value) = settings.get_mut("parameter")
        && let Some(named) = named(value, "name")
    {
        *value = named;
    }
}

/// A list of names and values as an object; nothing where it isn't one, or says a name twice.
fn named(value: &Value, key: &str) -> Option<Value> {
    let items = value.as_array()?;
    let other = if key == "name" { "value" } else { "Value" };
    let mut members = Map::new();
    for item in items {
        let item = item.as_object().filter(|item| item.len() == 2)?;
        let (name, value) = (item.get(key)?.as_str()?, item.get(other)?);
        if members.insert(name.to_owned(), value.clone()).is_some() {
            return None;
        }
    }
    Some(Value::Object(members))
}

/// The comments of a file, each a line of its own: the words alone.
fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| {
            let line = line.trim();
            line.strip_prefix('#').or_else(|| line.strip_prefix("//"))
        })
        .map(str::trim)
        .collect()
}

fn module_graph(files: &[File]) -> Option<Graph> {
    const ROOT: &str = "module";
    let of = |folder: &str| -> Vec<SourceFile> {
        let is_here = |file: &&File| {
            let (its, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
            // what isn't loaded by itself is an example
            let is_loaded = !name.contains("tfvars")
                || name.starts_with("terraform.tfvars")
                || name.contains(".auto.");
            its == folder && is_terraform(name) && is_loaded
        };
        let here = files.iter().filter(is_here);
        here.map(|file| SourceFile {
            path: format!("{ROOT}/{}", file.path),
            text: file.contents.clone(),
        })
        .collect()
    };
    let load = &mut |folder: &str| {
        let below = folder.strip_prefix(ROOT).map(|path| path.trim_matches('/'));
        let found = below.map(of).unwrap_or_default();
        if found.is_empty() {
            Err(format!("{folder} is not among the files"))
        } else {
            Ok(found)
        }
    };
    terraform::graph(ROOT, &of(""), &Given::default(), load).graph
}

fn place(file: &str, line: usize, column: usize) -> Place {
    Place {
        file: file.to_owned().into(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}
