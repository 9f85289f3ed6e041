//! Where the two sides come from: definitions, an output directory, a git revision, anybody's files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::git::{Problem, Revision};
use crate::diff::is_terraform;
use crate::output::{File, MANIFEST};

/// No file that is longer is read.
const LONGEST: u64 = 4 << 20;

/// What an output directory holds, by environment.
pub type Held = BTreeMap<String, Vec<File>>;

/// What to hold the definitions against.
pub enum Against {
    /// A folder that is like an output directory.
    Folder,
    /// A commit.
    Revision(Revision),
}

impl Against {
    /// A folder or a revision of that name.
    pub fn find(name: &str, out: &Path) -> Result<Self, Problem> {
        let path = Path::new(name);
        if path.is_dir() {
            return Ok(Self::Folder);
        }
        if path.exists() {
            return Err((
                format!("{name} is a file, and definitions are held against an output directory or a git revision"),
                "name a folder such as out, a branch, a tag or a commit; two files: cachewright diff OLD NEW".into(),
            ));
        }
        Revision::find(out, name).map(Self::Revision)
    }
}

/// What a folder holds that is like an output directory, as far as `wanted` takes its environments.
pub fn folder(root: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Held, Problem> {
    let mut held = Held::new();
    if !root.exists() {
        return Ok(held);
    }
    let systems = names(root)?;
    for system in systems {
        for name in names(&root.join(&system))? {
            let path = format!("{system}/{name}");
            if !wanted(&path) {
                continue;
            }
            let at = root.join(&path);
            let read = |file: &str| fs::read_to_string(at.join(file)).ok();
            let Some(manifest) = read(MANIFEST) else {
                continue;
            };
            let mut files = Vec::new();
            for file in listed(&manifest) {
                // one that somebody deleted isn't there
                if let Some(text) = read(&file) {
                    files.push(File {
                        path: file,
                        contents: text.replace("\r\n", "\n"),
                    });
                }
            }
            held.insert(path, files);
        }
    }
    Ok(held)
}

/// What a commit holds, as far as `wanted` takes its environments.
pub fn revision(revision: &Revision, wanted: &dyn Fn(&str) -> bool) -> Result<Held, Problem> {
    let environment = |path: &str| -> Option<(String, String)> {
        let (system, rest) = path.split_once('/')?;
        let (name, file) = rest.split_once('/')?;
        Some((format!("{system}/{name}"), file.to_owned()))
    };
    let files = revision.files(|path| environment(path).is_some_and(|(of, _)| wanted(&of)))?;
    let mut manifests: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in &files {
        if let Some((of, file)) = environment(path)
            && file == MANIFEST
        {
            manifests.insert(of, listed(text).into_iter().collect());
        }
    }
    let mut held = Held::new();
    for (path, contents) in files {
        let Some((of, file)) = environment(&path) else {
            continue;
        };
        if manifests
            .get(&of)
            .is_some_and(|files| files.contains(&file))
        {
            held.entry(of).or_default().push(File {
                path: file,
                contents,
            });
        }
    }
    Ok(held)
}

/// The files that a manifest says the tool wrote.
fn listed(manifest: &str) -> Vec<String> {
    let read: serde_json::Value = serde_json::from_str(manifest).unwrap_or_default();
    let files = read.get("files").and_then(serde_json::Value::as_object);
    let names = files.into_iter().flatten().map(|(name, _)| name.clone());
    // a name that leads out of the folder is none of the tool's
    names
        .filter(|name| !name.starts_with('/') && !name.split('/').any(|step| step == ".."))
        .collect()
}

fn names(folder: &Path) -> Result<Vec<String>, Problem> {
    let unreadable = |error: std::io::Error| {
        (
            format!("{} can't be read: {error}", folder.display()),
            "check its permissions".to_owned(),
        )
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.file_type().is_ok_and(|of| of.is_dir())
            && let Ok(name) = entry.file_name().into_string()
            && !name.starts_with('.')
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Anybody's template or Terraform directory, or an environment's folder with both.
pub fn anything(path: &Path) -> Result<Vec<File>, Problem> {
    let shown = path.display();
    if path.is_file() {
        if is_terraform(&path.to_string_lossy()) {
            return Err((
                format!("{shown} is one file of a module"),
                "name its folder: Terraform reads all of it".into(),
            ));
        }
        let end = path.extension().and_then(|end| end.to_str());
        let yaml = matches!(end, Some("yaml" | "yml"));
        let name = if yaml {
            "template.yaml"
        } else {
            "template.json"
        };
        return Ok(vec![File {
            path: name.into(),
            contents: text(path)?,
        }]);
    }
    if !path.is_dir() {
        return Err((
            format!("{shown} is neither a file nor a folder"),
            "name two templates or two Terraform directories, or two environments".into(),
        ));
    }
    let is_seen = |name: &str| !name.starts_with('.') && name != "node_modules";
    let walk = WalkDir::new(path).sort_by_file_name().into_iter();
    let walk = walk
        .filter_entry(|entry| entry.depth() == 0 || is_seen(&entry.file_name().to_string_lossy()));
    let mut files = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|error| {
            (
                format!("{shown} can't be read: {error}"),
                "check its permissions".to_owned(),
            )
        })?;
        let below = entry.path().strip_prefix(path).unwrap_or(entry.path());
        let name = below.to_string_lossy().replace('\\', "/");
        let is_template = name == "cloudformation/template.json" || name == "template.json";
        if entry.file_type().is_file() && (is_terraform(&name) || is_template) {
            files.push(File {
                path: name,
                contents: text(entry.path())?,
            });
        }
    }
    if files.is_empty() {
        return Err((
            format!("{shown} holds no Terraform file and no template.json"),
            "name a template, a Terraform directory, or an environment's folder".into(),
        ));
    }
    Ok(files)
}

fn text(path: &Path) -> Result<String, Problem> {
    let shown = path.display();
    let about = fs::metadata(path);
    if about.is_ok_and(|about| about.len() > LONGEST) {
        return Err((
            format!("{shown} is longer than 4 MiB"),
            "no template or Terraform file is; leave it out".into(),
        ));
    }
    fs::read_to_string(path).map_err(|error| {
        (
            format!("{shown} can't be read: {error}"),
            "check its permissions, and that it is UTF-8".into(),
        )
    })
}
