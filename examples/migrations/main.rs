//! The stages of some migrations, for outside judges, each as an environment of its own:
//! `cargo run --example migrations -- /tmp/migrations`.

mod pairs;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cachewright::graph::Language;
use cachewright::migrate;
use cachewright::synth::synthesize;

const BOTH: [Language; 2] = [Language::CloudFormation, Language::Terraform];

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("name a folder to write into");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(stages) => {
            println!("{stages} stages in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path) -> Result<usize, String> {
    let mut kinds = BTreeSet::new();
    for (what, before, after, _) in pairs::PLANS {
        let before = synthesize(&before(), &BOTH).files;
        let plan =
            migrate::plan(&before, &after()).map_err(|found| format!("{what}: {found:?}"))?;
        let words: Vec<&str> = what.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let name = words
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        // every word of a plan is looked at, and the files of each kind of stage once
        let mut judged = vec!["STEPS.md".to_owned()];
        if pairs::JUDGED.contains(what) {
            let new = plan.stages.iter();
            let new = new.filter(|stage| kinds.insert(stage.step.name.clone()));
            judged.extend(new.map(migrate::folder));
        }
        for file in migrate::document(&plan) {
            let folder_of = file.path.split('/').next().unwrap_or_default();
            if !judged.iter().any(|name| name == folder_of) {
                continue;
            }
            let path = folder.join(&name).join(&file.path);
            let above = path.parent().unwrap_or(folder);
            let written = fs::create_dir_all(above).and_then(|()| fs::write(&path, &file.contents));
            written.map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(kinds.len())
}
