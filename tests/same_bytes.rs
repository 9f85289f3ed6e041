//! The same definitions make the same bytes: whatever their order, how many threads
//! there are, and how often it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cachewright::output::MANIFEST;
use cachewright::prelude::*;
use cachewright::synth::synthesize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

#[path = "../environments/mod.rs"]
mod environments;

mod common;
use common::{BOTH, Ended, end_of, everything, named, network, program_over, root, tree};

fn all() -> Vec<Environment> {
    let mut all: Vec<Environment> = environments::all().collect();
    all.extend(everything::environments());
    all
}

fn all_reversed() -> Vec<Environment> {
    let mut all = all();
    all.reverse();
    all
}

/// More than one batch, so that there is work for several threads; every other one
/// has something to say, whose order must not depend on who is first.
fn many() -> Vec<Environment> {
    (0..150)
        .map(|n| {
            let node = NodeType::named(["cache.m7g.large", "cache.m9g.large"][n % 2]);
            let cache = ReplicationGroup::new(&format!("cache-{n}"), Engine::REDIS_7_1, node);
            named(&format!("s{}", n % 7), &format!("e{n}"), network(), cache)
        })
        .collect()
}

/// Not a test: the process that `program_over` starts.
#[test]
#[ignore = "a process that other tests start"]
fn as_a_program() {
    common::as_a_program(&[("all", all), ("all reversed", all_reversed), ("many", many)]);
}

fn synth(set: &str, folder: &Path, threads: &str) -> (Ended, BTreeMap<String, String>) {
    let mut program = program_over(set, &["synth", "--undeployed", "--out", "out"]);
    let program = program
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", threads);
    let ended = end_of(program).expect(0);
    (ended, tree(&folder.join("out")))
}

/// What several runs wrote and said, which has to be one and the same.
fn one_of(runs: &[(&str, &str)]) -> (Vec<Ended>, BTreeMap<String, String>) {
    let mut written = Vec::new();
    let mut said = Vec::new();
    for (set, threads) in runs {
        let folder = tempfile::tempdir().unwrap();
        let (ended, files) = synth(set, folder.path(), threads);
        said.push(ended);
        written.push(files);
    }
    for (other, run) in written.iter().zip(runs) {
        let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&written[0]), names(other), "{run:?}");
        for (name, text) in &written[0] {
            assert_eq!(*text, other[name], "{name} in {run:?}");
        }
    }
    (said, written.swap_remove(0))
}

#[test]
fn the_order_of_the_definitions_makes_no_difference() {
    let (_, files) = one_of(&[("all", "2"), ("all reversed", "2")]);
    assert!(files.len() > 100, "only {} files", files.len());
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let (said, files) = one_of(&[("many", "1"), ("many", "2")]);
    assert!(files.len() > 1_000, "only {} files", files.len());
    assert_eq!(
        said[0].stderr.matches("warning[access-control]").count(),
        150
    );
    assert_eq!(said[0].stderr, said[1].stderr);
}

#[test]
fn twice_in_one_process_is_the_same() {
    for environment in all() {
        let first = synthesize(&environment, &BOTH);
        let again = synthesize(&environment.clone(), &BOTH);
        assert!(!first.files.is_empty());
        assert_eq!(first.files, again.files, "{}", environment.path());
        assert_eq!(first.diagnostics, again.diagnostics);
        // one language at a time makes the same files, without what speaks of both
        let apart: Vec<_> = BOTH
            .iter()
            .flat_map(|language| synthesize(&environment, &[*language]).files)
            .collect();
        let folders = ["cloudformation/", "terraform/"];
        let mut deployed = first.files.clone();
        deployed.retain(|file| folders.iter().any(|folder| file.path.starts_with(folder)));
        assert_eq!(deployed, apart, "{}", environment.path());
        assert!(deployed.len() < first.files.len());
    }
}

/// What is in this repository's `out/` is what its definitions make, no more, no less.
#[test]
fn the_output_of_this_repository_is_what_its_definitions_make() {
    let mut expected = BTreeMap::new();
    for environment in environments::all() {
        let synthesis = synthesize(&environment, &BOTH);
        assert!(!synthesis.files.is_empty(), "{}", environment.path());
        for file in synthesis.files {
            let path = format!("{}/{}", environment.path(), file.path);
            expected.insert(path, file.contents);
        }
    }
    let mut committed = tree(&root().join("out"));
    let manifests: BTreeMap<String, String> = committed
        .extract_if(.., |name, _| name.ends_with(MANIFEST))
        .collect();
    for (name, text) in &expected {
        let there = committed.remove(name);
        assert_eq!(there.as_deref(), Some(&**text), "out/{name}");
    }
    assert!(
        committed.is_empty(),
        "of no definition: {:?}",
        committed.keys()
    );
    let known: BTreeSet<String> = manifests
        .iter()
        .flat_map(|(name, text)| {
            let folder = name.strip_suffix(MANIFEST).unwrap().to_owned();
            let manifest: Value = serde_json::from_str(text).expect("JSON");
            let files = manifest["files"].as_object().unwrap().clone();
            files.into_iter().map(move |(file, digest)| {
                let path = format!("{folder}{file}");
                (path, digest)
            })
        })
        .map(|(path, digest)| {
            let bytes = Sha256::digest(expected[&path].as_bytes());
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(digest, format!("sha256:{digits}"), "{path}");
            path
        })
        .collect();
    assert_eq!(known, expected.into_keys().collect());
}
