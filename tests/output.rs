//! What the command line does to an output folder, and what it says where: all or
//! nothing, never over what somebody else wrote, and its exit codes are a contract.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use cachewright::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

mod common;
use common::{Ended, cache, named, network, program, run, run_over, run_over_in, synth, tree};

/// A folder for the output that doesn't exist yet, and what holds it.
fn fresh() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    (folder, out)
}

fn one() -> Vec<Environment> {
    vec![named("shop", "prod", network(), cache())]
}

fn one_changed() -> Vec<Environment> {
    vec![named("shop", "prod", network(), cache().port(6380))]
}

fn two() -> Vec<Environment> {
    vec![
        named("shop", "dev", network(), common::cache_named("shop-dev")),
        named("shop", "prod", network(), cache()),
    ]
}

fn two_changed() -> Vec<Environment> {
    vec![
        named("shop", "prod", network(), cache().port(6380)),
        named(
            "shop",
            "staging",
            network(),
            common::cache_named("shop-staging"),
        ),
    ]
}

fn one_wrong() -> Vec<Environment> {
    vec![
        named(
            "shop",
            "dev",
            network(),
            common::cache_named("shop-dev").port(6380),
        ),
        named("shop", "prod", network(), cache().port(0)),
    ]
}

/// Not a test: the process that `run_over` starts.
#[test]
#[ignore = "a process that other tests start"]
fn as_a_program() {
    common::as_a_program(&[
        ("one", one),
        ("one changed", one_changed),
        ("two", two),
        ("two changed", two_changed),
        ("one wrong", one_wrong),
    ]);
}

/// `synth` over a set of the test's own.
fn synth_set(set: &str, out: &Path, more: &[&str]) -> Ended {
    let out = out.to_str().unwrap();
    run_over(set, &[&["synth", "--out", out], more].concat())
}

fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    tree(root)
        .into_keys()
        .map(|name| {
            let time = fs::metadata(root.join(&name)).unwrap().modified().unwrap();
            (name, time)
        })
        .collect()
}

fn append(path: &Path, text: &str) {
    let old = fs::read_to_string(path).unwrap();
    fs::write(path, old + text).unwrap();
}

const MAIN: &str = "shop/prod/terraform/main.tf";
const TEMPLATE: &str = "shop/prod/cloudformation/template.json";

#[test]
fn what_was_just_written_is_up_to_date() {
    let (_folder, out) = fresh();
    let written = synth(&out, &[]).expect(0);
    // what there is to say is said beside the output, which is nothing
    assert_eq!(written.stdout, "");
    assert!(out.join("oms/prod/terraform/main.tf").is_file());
    let checked = synth(&out, &["--check"]).expect(0);
    assert_eq!(checked.stdout, "");
    assert!(checked.stderr.contains("up to date"), "{}", checked.stderr);
}

#[test]
fn checking_writes_nothing() {
    let (_folder, out) = fresh();
    synth(&out, &["--check"]).expect(1);
    assert!(!out.exists());
    synth_set("one", &out, &[]).expect(0);
    let before = times(&out);
    synth_set("two changed", &out, &["--check"]).expect(1);
    assert_eq!(times(&out), before);
}

#[test]
fn what_did_not_change_is_not_touched() {
    let (_folder, out) = fresh();
    synth_set("one", &out, &[]).expect(0);
    let past = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for name in tree(&out).into_keys() {
        let file = fs::File::options().write(true).open(out.join(name));
        file.unwrap().set_modified(past).unwrap();
    }
    synth_set("one", &out, &[]).expect(0);
    assert!(times(&out).values().all(|time| *time == past));
    // and no more is touched than has changed
    synth_set("one changed", &out, &[]).expect(0);
    let touched: Vec<String> = times(&out)
        .into_iter()
        .filter(|(_, time)| *time != past)
        .map(|(name, _)| name)
        .collect();
    // the port, wherever it is said
    let (manifest, runbook) = ("shop/prod/.cachewright.json", "shop/prod/RUNBOOK.md");
    let env_file = "shop/prod/cache.env.example";
    assert_eq!(touched, [manifest, runbook, env_file, TEMPLATE, MAIN]);
}

#[test]
fn a_file_that_was_edited_by_hand_is_refused_and_nothing_else_written() {
    let (_folder, out) = fresh();
    synth_set("two", &out, &[]).expect(0);
    append(&out.join(MAIN), "# by hand\n");
    // there would be something else to write
    fs::remove_file(out.join("shop/dev/terraform/main.tf")).unwrap();
    let before = tree(&out);
    let refused = synth_set("two", &out, &[]).expect(2);
    assert_eq!(tree(&out), before);
    for word in [MAIN, "edited by hand", "--force", "nothing was written"] {
        assert!(refused.stderr.contains(word), "{word}: {}", refused.stderr);
    }
    assert_eq!(refused.stdout, "");
    let checked = synth_set("two", &out, &["--check"]).expect(1);
    assert!(checked.stdout.contains("-# by hand"), "{}", checked.stdout);
}

#[test]
fn force_overwrites_what_was_edited_by_hand() {
    let (_folder, out) = fresh();
    synth_set("one", &out, &[]).expect(0);
    let written = tree(&out);
    append(&out.join(MAIN), "# by hand\n");
    fs::write(out.join(TEMPLATE), "").unwrap();
    synth_set("one", &out, &["--force"]).expect(0);
    assert_eq!(tree(&out), written);
    // what checks must not write, even when told to
    synth_set("one", &out, &["--check", "--force"]).expect(2);
}

#[test]
fn line_ends_of_a_checkout_are_no_edit() {
    let (_folder, out) = fresh();
    synth_set("one", &out, &[]).expect(0);
    for (name, text) in tree(&out) {
        fs::write(out.join(name), text.replace('\n', "\r\n")).unwrap();
    }
    let before = tree(&out);
    synth_set("one", &out, &["--check"]).expect(0);
    synth_set("one", &out, &[]).expect(0);
    assert_eq!(tree(&out), before);
}

#[test]
fn what_others_wrote_stays() {
    let (_folder, out) = fresh();
    synth_set("two", &out, &[]).expect(0);
    let foreign = [
        "README.md",
        "shop/notes.md",
        "shop/dev/notes.md",
        "shop/prod/terraform/override.tf",
        "shop/prod/terraform/.terraform.lock.hcl",
        "elsewhere/prod/terraform/main.tf",
    ];
    for name in foreign {
        fs::create_dir_all(out.join(name).parent().unwrap()).unwrap();
        fs::write(out.join(name), name).unwrap();
    }
    synth_set("two", &out, &["--check"]).expect(0);
    // with one environment gone and another changed
    synth_set("two changed", &out, &["--force"]).expect(0);
    let after = tree(&out);
    for name in foreign {
        assert_eq!(after[name], name);
    }
    assert!(!after.contains_key("shop/dev/terraform/main.tf"));
}

#[test]
fn a_file_of_somebody_else_in_the_way_is_refused() {
    let (_folder, out) = fresh();
    fs::create_dir_all(out.join(MAIN).parent().unwrap()).unwrap();
    fs::write(out.join(MAIN), "# mine\n").unwrap();
    let refused = synth_set("one", &out, &[]).expect(2);
    assert!(refused.stderr.contains(MAIN) && refused.stderr.contains("--force"));
    assert_eq!(tree(&out).len(), 1);
    assert_eq!(fs::read_to_string(out.join(MAIN)).unwrap(), "# mine\n");
}

#[test]
fn an_environment_that_vanished_is_removed() {
    let (_folder, out) = fresh();
    synth_set("two", &out, &[]).expect(0);
    let checked = synth_set("one", &out, &["--check"]).expect(1);
    assert!(checked.stderr.contains("no longer defined"));
    synth_set("one", &out, &[]).expect(0);
    assert!(!out.join("shop/dev").exists(), "not even an empty folder");
    assert!(out.join(MAIN).is_file());
    // only where the selection speaks of it
    synth_set("two", &out, &[]).expect(0);
    synth_set("one", &out, &["shop/prod"]).expect(0);
    assert!(out.join("shop/dev/terraform/main.tf").is_file());
    synth_set("one", &out, &["shop"]).expect(0);
    assert!(!out.join("shop/dev").exists());
}

#[test]
fn an_environment_that_vanished_and_was_edited_stays() {
    let (_folder, out) = fresh();
    synth_set("two", &out, &[]).expect(0);
    append(&out.join("shop/dev/terraform/main.tf"), "# by hand\n");
    let before = tree(&out);
    let refused = synth_set("one", &out, &[]).expect(2);
    assert!(refused.stderr.contains("shop/dev/terraform/main.tf"));
    assert_eq!(tree(&out), before);
    synth_set("one", &out, &["--force"]).expect(0);
    assert!(!out.join("shop/dev").exists());
}

#[test]
fn one_language_leaves_the_other_alone() {
    let (_folder, out) = fresh();
    synth_set("one", &out, &[]).expect(0);
    let before = tree(&out);
    let only = ["--target", "cloudformation"];
    synth_set("one changed", &out, &only).expect(0);
    let after = tree(&out);
    for (name, text) in &before {
        let changed = name == TEMPLATE || name.ends_with(".cachewright.json");
        assert_eq!(after[name] != *text, changed, "{name}");
    }
    let digests = |tree: &BTreeMap<String, String>| -> BTreeMap<String, Value> {
        let manifest: Value =
            serde_json::from_str(&tree["shop/prod/.cachewright.json"]).expect("JSON");
        serde_json::from_value(manifest["files"].clone()).unwrap()
    };
    let (old, new) = (digests(&before), digests(&after));
    assert_eq!(
        old.keys().collect::<Vec<_>>(),
        new.keys().collect::<Vec<_>>()
    );
    for (name, digest) in old {
        let changed = name == "cloudformation/template.json";
        assert_eq!(new[&name] != digest, changed, "{name}");
    }
    synth_set("one changed", &out, &["--check", only[0], only[1]]).expect(0);
    synth_set("one changed", &out, &["--check"]).expect(1);
    // an edit by hand in the other language is none of this run's business
    append(&out.join(MAIN), "# by hand\n");
    synth_set("one", &out, &only).expect(0);
    synth_set("one", &out, &["--target", "terraform"]).expect(2);
}

#[test]
fn one_language_alone_makes_one_folder() {
    let (_folder, out) = fresh();
    synth_set("one", &out, &["--target", "terraform"]).expect(0);
    let mut names = tree(&out).into_keys();
    let manifest = "shop/prod/.cachewright.json";
    assert!(names.all(|name| name == manifest || name.starts_with("shop/prod/terraform/")));
}

#[test]
fn an_output_folder_that_is_a_file() {
    let (_folder, out) = fresh();
    fs::write(&out, "mine").unwrap();
    for more in [&[][..], &["--check"], &["--force"]] {
        let ended = synth(&out, more).expect(2);
        assert!(ended.stderr.contains("not a folder"), "{}", ended.stderr);
        assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    }
    let inside = out.join("out");
    synth(&inside, &[]).expect(2);
}

#[test]
fn a_selection_that_means_nothing_names_what_there_is() {
    let (_folder, out) = fresh();
    for (more, unknown) in [
        (&["oms/porduction"][..], "\"oms/porduction\""),
        (&["shop", "--check"], "\"shop\""),
        (&["oms/prod", "oms/x"], "\"oms/x\""),
    ] {
        let ended = synth(&out, more).expect(2);
        for word in [unknown, "oms/prod"] {
            assert!(ended.stderr.contains(word), "{word}: {}", ended.stderr);
        }
        assert!(!out.exists(), "{more:?} writes nothing");
    }
    let ended = run(["show", "oms/porduction"]).expect(2);
    assert!(ended.stderr.contains("\"oms/porduction\""));
    assert!(ended.stderr.contains("oms/prod"));
    assert_eq!(ended.stdout, "");
}

#[test]
fn a_selection_is_a_system_or_an_environment() {
    let (_folder, out) = fresh();
    synth(&out, &["oms/prod", "pbet/"]).expect(0);
    let written: std::collections::BTreeSet<String> = tree(&out)
        .into_keys()
        .map(|name| name.splitn(3, '/').take(2).collect::<Vec<_>>().join("/"))
        .collect();
    assert_eq!(
        written.into_iter().collect::<Vec<_>>(),
        ["oms/prod", "pbet/hml", "pbet/prod"]
    );
}

#[test]
fn one_environment_that_is_wrong_stops_all() {
    let (_folder, out) = fresh();
    let ended = synth_set("one wrong", &out, &[]).expect(1);
    assert!(!out.exists());
    assert!(ended.stderr.contains("error[port]"), "{}", ended.stderr);
    assert!(ended.stderr.contains("nothing was written"));
    assert_eq!(ended.stdout, "");
    // nor is what is there changed, not even with force
    synth_set("two", &out, &[]).expect(0);
    let before = times(&out);
    synth_set("one wrong", &out, &["--force"]).expect(1);
    assert_eq!(times(&out), before);
    // one that isn't asked for doesn't count
    synth_set("one wrong", &out, &["shop/dev"]).expect(0);
}

/// Where programs that read diffs are, they make of the old output the new one.
#[test]
fn the_diff_is_one_that_can_be_applied() {
    let programs = [("git", &["apply", "-"][..]), ("patch", &["-p1", "-s"][..])];
    for (name, arguments) in programs {
        let there = Command::new(name).arg("--version").output();
        if !there.is_ok_and(|finished| finished.status.success()) {
            common::skipped(&format!("no `{name}` on PATH to apply a diff"));
            continue;
        }
        let (folder, out) = fresh();
        let (_other, expected) = fresh();
        let synth = ["synth", "--out", "out"];
        // one environment goes, one changes, one comes
        run_over_in(folder.path(), "two", &synth).expect(0);
        let check = [&synth[..], &["--check"]].concat();
        let diff = run_over_in(folder.path(), "two changed", &check).expect(1);
        for line in ["--- /dev/null\n", "+++ /dev/null\n", "--- a/out/shop/prod/"] {
            assert!(diff.stdout.contains(line), "{line}");
        }
        let mut child = Command::new(name)
            .args(arguments)
            .current_dir(folder.path())
            .env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut stdin, diff.stdout.as_bytes()).unwrap();
        drop(stdin);
        assert!(child.wait().unwrap().success(), "{name}");
        synth_set("two changed", &expected, &[]).expect(0);
        let files = |root: &Path| {
            let mut files = tree(root);
            // the digests change along with what they are of
            files.retain(|name, _| !name.ends_with(".cachewright.json"));
            files
        };
        assert_eq!(files(&out), files(&expected), "{name}");
    }
}

#[test]
fn json_is_json_whatever_happens() {
    let (_folder, out) = fresh();
    let json = |set: &str, more: &[&str], code: i32| {
        synth_set(set, &out, &[&["--format", "json"], more].concat())
            .expect(code)
            .json()
    };
    assert_eq!(json("two", &["--check"], 1)["upToDate"], false);
    let written = json("two", &[], 0);
    assert_eq!(written["environments"], 2);
    assert!(written["filesWritten"].as_u64().unwrap() > 10);
    let again = json("two", &[], 0);
    assert_eq!(again["filesWritten"], 0);
    assert_eq!(again["filesUnchanged"], written["filesWritten"]);
    assert_eq!(json("two", &["--check"], 0)["upToDate"], true);
    let stale = json("two changed", &["--check"], 1);
    let diff = stale["differences"][0]["diff"].as_str().unwrap();
    assert!(diff.starts_with("--- "), "{diff}");
    let wrong = json("one wrong", &[], 1);
    assert_eq!(common::diagnostics(&wrong)[0]["code"], "port");
    assert_eq!(json("one wrong", &["--check"], 1)["upToDate"], false);
    append(&out.join(MAIN), "# by hand\n");
    let refused = json("two", &[], 2);
    let problem = &refused["problems"][0];
    assert!(problem["path"].as_str().unwrap().ends_with(MAIN));
    assert!(problem["help"].as_str().unwrap().contains("--force"));
    let removed = json("one", &["--force"], 0);
    assert!(removed["filesRemoved"].as_u64().unwrap() > 5);
    let file = out.join(MAIN);
    let ended = synth(&file, &["--format", "json"]).expect(2);
    assert!(ended.json()["problems"][0]["message"].is_string());
}

/// A machine that asks for what doesn't exist is told so in its own language.
#[test]
fn the_root_of_the_file_system_is_no_output_folder() {
    let ended = run(["synth", "--out", "/"]).expect(2);
    assert!(
        ended.stderr.contains("root of the file system"),
        "{}",
        ended.stderr
    );
    let ended = run(["synth", "--check", "--out", "/", "--format", "json"]).expect(2);
    assert!(ended.json().to_string().contains("--out"));
}

#[test]
fn json_is_json_when_the_selection_means_nothing() {
    let (_folder, out) = fresh();
    for more in [&["nowhere"][..], &["nowhere", "--check"]] {
        let ended = synth(&out, &[more, &["--format", "json"]].concat()).expect(2);
        let said = ended.json().to_string();
        assert!(
            said.contains("nowhere") && said.contains("oms/prod"),
            "{said}"
        );
    }
    let ended = run(["show", "nowhere", "--format", "json"]).expect(2);
    assert!(ended.json().to_string().contains("nowhere"));
}

#[test]
fn list_has_every_environment() {
    let text = run(["list"]).expect(0);
    let json = run(["list", "--format", "json"]).expect(0).json();
    let rows = json.as_array().unwrap();
    assert_eq!(text.stdout.lines().count(), rows.len());
    assert_eq!(text.stderr, "");
    let out = common::root().join("out");
    for (row, line) in rows.iter().zip(text.stdout.lines()) {
        let path = row["environment"].as_str().unwrap();
        assert!(line.starts_with(path), "{line}");
        for name in ["stage", "region", "place", "cache"] {
            let value = row[name].as_str().unwrap();
            assert!(line.contains(value), "no {name} {value}: {line}");
        }
        let resources = row["resources"].as_array().unwrap();
        assert!(resources.contains(&"AWS::ElastiCache::ReplicationGroup".into()));
        // a place is one that a person finds
        let file = row["place"].as_str().unwrap().split(':').next().unwrap();
        assert!(common::root().join(file).is_file(), "{file}");
        assert!(out.join(path).is_dir(), "{path}");
    }
}

#[test]
fn show_spells_every_default_out() {
    let text = run(["show", "oms/prod"]).expect(0).stdout;
    let json = run(["show", "oms/prod", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(json["environment"], "oms/prod");
    let resources = json["resources"].as_array().unwrap();
    let cache = resources
        .iter()
        .find(|resource| resource["type"] == "AWS::ElastiCache::ReplicationGroup")
        .unwrap();
    let mut defaults = 0;
    for setting in cache["settings"].as_array().unwrap() {
        let name = setting["name"].as_str().unwrap();
        let value = setting["value"].as_str().unwrap();
        let place = setting["place"].as_str();
        let line = text.lines().find(|line| {
            line.trim_start().split("  ").next() == Some(name) && line.contains(value)
        });
        let line = line.unwrap_or_else(|| panic!("no {name} in {text}"));
        match place {
            Some(place) => assert!(line.ends_with(place), "{line}"),
            None => {
                assert!(line.ends_with("default"), "{line}");
                defaults += 1;
            }
        }
    }
    // oms/prod says nothing of its port
    assert!(defaults > 0);
    let port = text
        .lines()
        .find(|line| line.trim_start().starts_with("Port "));
    assert!(port.unwrap().contains("6379"), "{port:?}");
}

#[test]
fn show_of_a_wrong_definition_shows_it_and_what_is_wrong() {
    let ended = run_over("one wrong", &["show", "shop/prod"]).expect(1);
    assert!(ended.stdout.contains("ReplicationGroup"));
    assert!(ended.stderr.contains("error[port]"));
    let json = run_over("one wrong", &["show", "shop/prod", "--format", "json"]);
    let json = json.expect(1).json();
    assert_eq!(common::diagnostics(&json)[0]["code"], "port");
}

/// What is piped has no colour, whoever asked for it somewhere else.
#[test]
fn what_is_piped_is_plain() {
    let (_folder, out) = fresh();
    let out = out.to_str().unwrap();
    let commands = [
        &["list"][..],
        &["show", "oms/prod"],
        &["synth", "--check", "--out", out],
        &["synth", "nowhere", "--out", out],
        &["list", "--format", "json"],
        &["--help"],
    ];
    let escapes = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = program();
        command.args(arguments).env("TERM", "xterm-256color");
        for (name, value) in environment {
            command.env(name, value);
        }
        let ended = Ended::new(command.output().unwrap());
        format!("{}{}", ended.stdout, ended.stderr).contains('\u{1b}')
    };
    for arguments in commands {
        for environment in [
            &[][..],
            &[("CLICOLOR", "1")],
            &[("NO_COLOR", "1")],
            &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")],
        ] {
            assert!(
                !escapes(arguments, environment),
                "{arguments:?} {environment:?}"
            );
        }
    }
    // there is something that could have been seen
    for arguments in &commands[..4] {
        assert!(
            escapes(arguments, &[("CLICOLOR_FORCE", "1")]),
            "{arguments:?}"
        );
    }
    let forced = [("CLICOLOR_FORCE", "1")];
    assert!(
        !escapes(&["list", "--format", "json"], &forced),
        "JSON has no colour"
    );
}

/// `cachewright … | head`: whoever reads may stop reading.
#[test]
fn a_reader_that_went_away_is_no_error() {
    let (_folder, out) = fresh();
    let out = out.to_str().unwrap();
    for (arguments, code) in [
        (&["list"][..], 0),
        (&["list", "--format", "json"], 0),
        (&["show", "oms/prod"], 0),
        (&["show", "oms/prod", "--format", "json"], 0),
        (&["synth", "--check", "--out", out], 1),
        (&["--help"], 0),
    ] {
        // gone before the program begins, so that nothing depends on who is faster
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = program()
            .args(arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let finished = child.wait_with_output().unwrap();
        let said = String::from_utf8(finished.stderr).unwrap();
        assert!(!said.contains("panic"), "{arguments:?}: {said}");
        assert_eq!(finished.status.code(), Some(code), "{arguments:?}: {said}");
    }
    // nor where nobody listens to what is said beside it
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = program()
        .args(["synth", "nowhere", "--out", out])
        .stderr(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
}
