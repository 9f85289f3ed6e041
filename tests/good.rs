//! Near misses at large: what is right is let be, and what is said of a definition is said of
//! both its outputs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::graph::Language;
use cachewright::prelude::Environment;
use cachewright::read::Given;
use cachewright::rule;
use cachewright::synth::synthesize;
use cachewright::terraform::SourceFile;
use cachewright::validate::{self, Validation};

mod common;

#[path = "../examples/generated/environments.rs"]
mod environments;

fn template(name: &str, text: &str) -> Validation {
    validate::template(name, text, &Given::default(), &[])
}

fn module(folder: &str, files: &[SourceFile]) -> Validation {
    let load = &mut |called: &str| files_of(Path::new(called));
    validate::module(folder, files, &Given::default(), load, &[])
}

fn files_of(folder: &Path) -> Result<Vec<SourceFile>, String> {
    let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.to_str()?.to_owned();
            let is_read =
                name.ends_with(".tf") || name.ends_with(".tf.json") || name.ends_with(".tfvars");
            is_read.then(|| SourceFile {
                text: fs::read_to_string(&path).expect("text"),
                path: name,
            })
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// What is above information, in full.
fn above_information(found: &[Diagnostic]) -> Vec<String> {
    found
        .iter()
        .filter(|finding| finding.level != Level::Information)
        .map(ToString::to_string)
        .collect()
}

/// The texts of an environment: its template, and its module.
fn texts(environment: &Environment) -> (String, Vec<SourceFile>) {
    let files = synthesize(
        environment,
        &[Language::CloudFormation, Language::Terraform],
    )
    .files;
    let mut template = String::new();
    let mut module = Vec::new();
    for file in files {
        if file.path == "cloudformation/template.json" {
            template = file.contents;
        } else if file.path.ends_with(".tf") {
            module.push(SourceFile {
                path: file.path,
                text: file.contents,
            });
        }
    }
    (template, module)
}

#[test]
fn what_ships_is_without_a_finding() {
    let mut looked_at = 0;
    for (name, text) in common::tree(&common::root().join("out")) {
        if name.ends_with("cloudformation/template.json") {
            looked_at += 1;
            let found = above_information(&template(&name, &text).diagnostics);
            assert!(found.is_empty(), "{}", found.join("\n"));
        } else if name.ends_with("terraform/main.tf") {
            looked_at += 1;
            let folder = common::root()
                .join("out")
                .join(name.trim_end_matches("/main.tf"));
            let files = files_of(&folder).expect("a folder");
            let found =
                above_information(&module(folder.to_str().expect("UTF-8"), &files).diagnostics);
            assert!(found.is_empty(), "{}", found.join("\n"));
        }
    }
    assert_eq!(looked_at, 20);
}

/// What is really wrong in templates and modules that are written as people write them.
const WRONG: &[(&str, &[&str])] = &[
    ("templates/loops.yaml", &["tags"]),
    ("templates/old_style.json", &["engine-version", "node-type"]),
    ("modules/counted", &["resource-id"]),
    ("modules/engines", &["user-iam-name", "user-group-engine"]),
    (
        "modules/old_names",
        &["node-type", "terraform-argument-removed"],
    ),
    ("modules/old_style", &["node-type"]),
];

/// Templates and modules as people write them: nothing but what is wrong is an error.
#[test]
fn what_people_write_well_is_let_be() {
    let root = common::root().join("tests");
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for entry in fs::read_dir(root.join("templates")).expect("templates") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        looked_at += 1;
        let validation = template(&path.display().to_string(), &text);
        let errors = unexpected(&path, &validation);
        if validation.unreadable || !errors.is_empty() {
            wrong.push(format!("{}: {errors:#?}", path.display()));
        }
    }
    for entry in fs::read_dir(root.join("modules")).expect("modules") {
        let path = entry.expect("an entry").path();
        if !path.is_dir() {
            continue;
        }
        looked_at += 1;
        let files = files_of(&path).expect("files");
        let validation = module(path.to_str().expect("UTF-8"), &files);
        let errors = unexpected(&path, &validation);
        if validation.unreadable || !errors.is_empty() {
            wrong.push(format!("{}: {errors:#?}", path.display()));
        }
    }
    assert!(looked_at >= 12, "only {looked_at} were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The errors of a validation that aren't known to be there.
fn unexpected<'v>(path: &Path, validation: &'v Validation) -> Vec<&'v Diagnostic> {
    let wrong = WRONG.iter().find(|(name, _)| path.ends_with(name));
    let codes = wrong.map_or(&[][..], |(_, codes)| codes);
    for code in codes {
        let met = validation
            .diagnostics
            .iter()
            .any(|found| found.code == *code);
        assert!(met, "{}: {code} is not found", path.display());
    }
    validation
        .diagnostics
        .iter()
        .filter(|found| found.is_error() && !codes.contains(&found.code))
        .collect()
}

/// At least fifty varied definitions, and both their outputs, without a finding above information.
#[test]
fn varied_definitions_are_without_a_finding_in_any_form() {
    let mut clean = 0;
    for seed in 1..=1500 {
        let environment = environments::environment("any", &environments::numbers(seed));
        let (graph, lowered) = environment.lower();
        if !above_information(&rule::judge(&graph, lowered, &[])).is_empty() {
            continue;
        }
        clean += 1;
        let (json, hcl) = texts(&environment);
        for found in [
            template("t.json", &json).diagnostics,
            module("m", &hcl).diagnostics,
        ] {
            let found = above_information(&found);
            assert!(found.is_empty(), "{seed}: {}", found.join("\n"));
        }
    }
    assert!(clean >= 50, "only {clean} of 1500 are clean");
}

/// What is worth a second look in a definition is so in both its outputs, and nothing else is.
#[test]
fn a_definition_and_its_outputs_are_told_the_same() {
    let codes = |found: &[Diagnostic]| -> BTreeSet<&'static str> {
        found
            .iter()
            .filter(|finding| finding.level != Level::Information)
            .map(|finding| finding.code)
            .collect()
    };
    let mut compared = 0;
    for seed in 1..=400 {
        let environment = environments::environment("any", &environments::numbers(seed));
        let (json, hcl) = texts(&environment);
        if json.is_empty() {
            continue;
        }
        compared += 1;
        let (graph, lowered) = environment.lower();
        let said = codes(&rule::judge(&graph, lowered, &[]));
        let template = codes(&template("t.json", &json).diagnostics);
        let module = codes(&module("m", &hcl).diagnostics);
        assert_eq!(
            said,
            &template | &module,
            "{seed}: definition and outputs\n{json}"
        );
        assert!(
            template.is_subset(&said) && module.is_subset(&said),
            "{seed}"
        );
    }
    assert!(compared > 50, "only {compared} were compared");
}
