//! `cachewright validate` over a folder of a thousand mixed templates, and over one
//! template in a cold process.
//!
//! ```text
//! cargo bench --bench validate
//! ```
//!
//! The thousand are made of generated definitions: four hundred JSON templates, three
//! hundred of the same as YAML in block style, and three hundred Terraform modules. Every
//! number is the time of a whole process, which reads the files, holds them against the
//! schemas, runs every rule and prints what it finds as JSON to nowhere.

mod measure;

#[path = "../examples/generated/environments.rs"]
mod environments;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use cachewright::graph::Language;
use cachewright::synth::synthesize;
use measure::{Folder, Times, milliseconds, target, time};
use serde_json::Value;

const JSON: usize = 400;
const YAML: usize = 300;
const TERRAFORM: usize = 300;
const MANY: Duration = Duration::from_secs(1);
const ONE: Duration = Duration::from_millis(10);

fn main() -> io::Result<()> {
    if !measure::asked_for() {
        return Ok(());
    }
    let folder = Folder::new("validate")?;
    let many = folder.path().join("many");
    let bytes = write(&many)?;
    let mut all = Times::default();
    for round in 0..12 {
        let taken = validate(&many)?;
        if round >= 2 {
            all.add(taken);
        }
    }
    let mut ones = Vec::new();
    for name in ["json-0.json", "yaml-0.yaml", "terraform-0"] {
        let mut one = Times::default();
        for round in 0..105 {
            let taken = validate(&many.join(name))?;
            if round >= 5 {
                one.add(taken);
            }
        }
        ones.push((name, one));
    }

    println!(
        "cachewright validate: {} templates and modules, {:.1} MB",
        JSON + YAML + TERRAFORM,
        bytes as f64 / 1e6
    );
    println!("  all          {all}");
    for (name, one) in &ones {
        println!("  {name:<12} {one}");
    }
    target(
        &format!("all: at most {}", milliseconds(MANY)),
        &milliseconds(all.median()),
        all.median() <= MANY,
    );
    for (name, one) in &ones {
        target(
            &format!("{name}: at most {}", milliseconds(ONE)),
            &milliseconds(one.median()),
            one.median() <= ONE,
        );
    }
    Ok(())
}

/// Findings are no failure here; a file that can't be read is.
fn validate(path: &Path) -> io::Result<Duration> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cachewright"));
    command
        .args(["validate", "--format", "json"])
        .arg(path)
        .stderr(Stdio::null());
    time(&mut command, &[0, 1])
}

/// Writes the thousand, and says how many bytes they are.
fn write(folder: &Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut bytes = 0;
    let mut seed = 0;
    for (count, kind) in [(JSON, "json"), (YAML, "yaml"), (TERRAFORM, "terraform")] {
        let language = match kind {
            "terraform" => Language::Terraform,
            _ => Language::CloudFormation,
        };
        let mut made = 0;
        while made < count {
            seed += 1;
            let numbers = environments::numbers(seed);
            let environment = environments::environment(&format!("n{seed}"), &numbers);
            let files = synthesize(&environment, &[language]).files;
            for file in &files {
                let name = file.path.rsplit('/').next().unwrap_or(&file.path);
                let (path, contents) = match (kind, name) {
                    ("terraform", _) => {
                        let module = folder.join(format!("terraform-{made}"));
                        fs::create_dir_all(&module)?;
                        (module.join(name), file.contents.clone())
                    }
                    ("json", "template.json") => (
                        folder.join(format!("json-{made}.json")),
                        file.contents.clone(),
                    ),
                    ("yaml", "template.json") => {
                        let value: Value = serde_json::from_str(&file.contents)?;
                        let mut text = String::new();
                        yaml(&value, 0, &mut text);
                        (folder.join(format!("yaml-{made}.yaml")), text)
                    }
                    _ => continue,
                };
                bytes += contents.len();
                fs::write(path, contents)?;
            }
            made += usize::from(!files.is_empty());
        }
    }
    Ok(bytes)
}

/// Block style; a scalar as JSON spells it.
fn yaml(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let name = Value::from(name.as_str());
                if is_plain(value) {
                    let _ = writeln!(text, "{indent}{name}: {value}");
                } else {
                    let _ = writeln!(text, "{indent}{name}:");
                    yaml(value, depth + 1, text);
                }
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                if is_plain(item) {
                    let _ = writeln!(text, "{indent}- {item}");
                } else {
                    let _ = writeln!(text, "{indent}-");
                    yaml(item, depth + 1, text);
                }
            }
        }
        plain => {
            let _ = writeln!(text, "{indent}{plain}");
        }
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    }
}
