//! `cachewright diff`: what it compares, what it says, and how it ends.

use std::fs;
use std::path::Path;
use std::process::Command;

use cachewright::diff::{self, Report, Verdict};
use cachewright::output::File;
use cachewright::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

mod common;
use common::{Ended, cache, named, network, run_over_in};

fn shop(environment: &str, cache: ReplicationGroup) -> Environment {
    named("shop", environment, network(), cache)
}

/// Not a test: the process that the tests start.
#[test]
#[ignore = "a process that other tests start"]
fn as_a_program() {
    common::as_a_program(&[
        ("before", || {
            vec![
                shop("prod", cache()),
                shop("test", cache().description("another one")),
            ]
        }),
        ("after", || {
            vec![
                shop("prod", cache().maintenance_window("sun:05:00-sun:06:00")),
                shop("test", cache().description("another one")),
            ]
        }),
        ("one", || vec![shop("prod", cache())]),
    ]);
}

fn synth(folder: &Path, set: &str) {
    run_over_in(folder, set, &["synth", "--undeployed"]).expect(0);
}

fn diff(folder: &Path, set: &str, arguments: &[&str]) -> Ended {
    run_over_in(folder, set, &[&["diff"], arguments].concat())
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=test", "-c", "user.email=test@localhost"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// A repository whose output directory is in a folder of its own.
fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    let inner = folder.path().join("infra");
    fs::create_dir(&inner).unwrap();
    synth(&inner, "before");
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=before"]);
    folder
}

#[test]
fn definitions_are_held_against_the_output() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    synth(at, "before");
    let same = diff(at, "before", &["--fail-on", "any"]).expect(0);
    assert!(
        same.stdout.contains("0 differ, 2 the same"),
        "{}",
        same.stdout
    );
    let ended = diff(at, "after", &["--fail-on", "any"]).expect(1);
    assert!(
        ended.stdout.contains("PreferredMaintenanceWindow"),
        "{}",
        ended.stdout
    );
    assert!(
        ended.stdout.contains("1 differ, 1 the same"),
        "{}",
        ended.stdout
    );
    // in place is no interruption, and nothing waits
    diff(at, "after", &["--fail-on", "window"]).expect(0);
    let only = diff(at, "after", &["shop/test", "--fail-on", "any"]).expect(0);
    assert!(only.stdout.contains("1 environment"), "{}", only.stdout);
    // nothing was written
    diff(at, "before", &["--fail-on", "any"]).expect(0);
}

#[test]
fn an_environment_comes_and_goes() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let new = diff(at, "one", &["--format", "json"]).expect(0).json();
    assert_eq!(new["environments"][0]["state"], "new");
    assert_eq!(new["worst"], "in-place");
    synth(at, "before");
    let gone = diff(at, "one", &["--format", "json", "--fail-on", "replace"])
        .expect(1)
        .json();
    assert_eq!(gone["environments"][0]["state"], "removed");
    assert_eq!(gone["environments"][0]["environment"], "shop/test");
}

#[test]
fn a_revision_is_read_wherever_the_output_is() {
    let folder = repository();
    let inner = folder.path().join("infra");
    synth(&inner, "after");
    let against = |name: &str| diff(&inner, "after", &["--against", name, "--format", "json"]);
    let found = against("main").expect(0).json();
    assert_eq!(
        found["environments"].as_array().unwrap().len(),
        1,
        "{found:#}"
    );
    assert_eq!(found["lookedAt"], 2);
    git(folder.path(), &["tag", "v1"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=after"]);
    assert_eq!(against("HEAD").expect(0).json()["environments"], json!([]));
    for name in ["v1", "HEAD~1", "HEAD^"] {
        assert_eq!(
            against(name).expect(0).json()["environments"],
            found["environments"],
            "{name}"
        );
    }
    // a worktree is as good as any
    let tree = folder.path().join("tree");
    git(
        folder.path(),
        &["worktree", "add", "--quiet", tree.to_str().unwrap(), "v1"],
    );
    let there = diff(
        &tree.join("infra"),
        "after",
        &["--against", "main", "--format", "json"],
    );
    assert_eq!(there.expect(0).json()["environments"], json!([]));
    // the output directory may be missing here, and be there
    fs::remove_dir_all(inner.join("out")).unwrap();
    assert_eq!(
        against("v1").expect(0).json()["environments"],
        found["environments"]
    );
}

#[test]
fn what_is_neither_a_folder_nor_a_revision_is_said_kindly() {
    let folder = repository();
    let inner = folder.path().join("infra");
    let said = |at: &Path, arguments: &[&str]| diff(at, "before", arguments).expect(2).stderr;
    let unknown = said(&inner, &["--against", "nowhere"]);
    assert!(
        unknown.contains("neither a folder nor a git revision"),
        "{unknown}"
    );
    let option = said(&inner, &["--against=--all"]);
    assert!(
        option.contains("neither a folder nor a git revision"),
        "{option}"
    );
    let lonely = TempDir::new().unwrap();
    let outside = said(lonely.path(), &["--against", "main"]);
    assert!(outside.contains("in no git repository"), "{outside}");
    let file = said(
        &inner,
        &["--against", "out/shop/prod/cloudformation/template.json"],
    );
    assert!(file.contains("is a file"), "{file}");
    let one = said(&inner, &["./out"]);
    assert!(one.contains("compared with one other"), "{one}");
    let mixed = said(&inner, &["out", "shop"]);
    assert!(
        mixed.contains("is a path and shop is a definition"),
        "{mixed}"
    );
    let nothing = said(&inner, &["shops"]);
    assert!(
        nothing.contains("neither a system nor an environment"),
        "{nothing}"
    );
    let shallow = TempDir::new().unwrap();
    let url = format!("file://{}", folder.path().display());
    synth(&inner, "after");
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=after"]);
    git(
        shallow.path(),
        &["clone", "--quiet", "--depth=1", &url, "clone"],
    );
    let cut = said(
        &shallow.path().join("clone/infra"),
        &["--against", "HEAD~1"],
    );
    assert!(cut.contains("this clone is shallow"), "{cut}");
}

#[test]
fn anybodys_files_are_compared() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let template = |version: &str| {
        format!(
            "# a comment\nResources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      Engine: redis\n      EngineVersion: \"{version}\"\n"
        )
    };
    fs::write(at.join("old.yaml"), template("7.0")).unwrap();
    fs::write(at.join("new.yaml"), template("7.1")).unwrap();
    let found = diff(at, "before", &["old.yaml", "new.yaml", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(found["worst"], "rolling", "{found:#}");
    let back = diff(
        at,
        "before",
        &["new.yaml", "old.yaml", "--format", "github"],
    )
    .expect(0);
    assert!(
        back.stdout
            .starts_with("::warning title=old.yaml%3A refused"),
        "{}",
        back.stdout
    );
    let broken = at.join("broken.yaml");
    fs::write(&broken, "Resources: [").unwrap();
    let broken = diff(at, "before", &["old.yaml", "broken.yaml"]).expect(2);
    assert!(broken.stderr.contains("broken"), "{}", broken.stderr);
}

#[test]
fn two_environments_say_where_their_differences_come_from() {
    let folder = TempDir::new().unwrap();
    let found = diff(
        folder.path(),
        "before",
        &["shop/prod", "shop/test", "--format", "json"],
    )
    .expect(0)
    .json();
    let rows = found["environments"][0]["changes"].as_array().unwrap();
    let meant = |setting: &str| {
        let row = rows.iter().find(|row| row["setting"] == setting).unwrap();
        row["meant"].as_str().unwrap().to_owned()
    };
    assert!(meant("ReplicationGroupDescription").starts_with("decided at tests/diff.rs:"));
    let text = diff(folder.path(), "before", &["shop/prod", "shop/test"]).expect(0);
    assert!(!text.stdout.contains("interruption"), "{}", text.stdout);
}

#[test]
fn markdown_has_the_worst_first_and_the_rest_folded() {
    let folder = TempDir::new().unwrap();
    synth(folder.path(), "before");
    let text = diff(folder.path(), "after", &["--format", "markdown"])
        .expect(0)
        .stdout;
    assert!(text.starts_with("### 🟢 in place\n"), "{text}");
    assert!(text.contains("| environment | CloudFormation | Terraform | because of |"));
    assert!(
        text.contains("<details><summary>shop/prod: 2 changes</summary>"),
        "{text}"
    );
}

fn template(resources: Value, outputs: Value) -> Vec<File> {
    vec![File {
        path: "template.json".into(),
        contents: json!({ "Resources": resources, "Outputs": outputs }).to_string(),
    }]
}

fn module(text: &str) -> Vec<File> {
    vec![File {
        path: "main.tf".into(),
        contents: text.into(),
    }]
}

fn compared(old: &[File], new: &[File]) -> Report {
    let report = diff::compare("any", old, new).unwrap();
    for differences in &report.languages {
        let made = diff::apply(&differences.old, &differences.renames, &differences.changes);
        assert_eq!(made.as_ref(), Some(&differences.new));
    }
    report
}

fn verdicts(report: &Report) -> Vec<(String, String, Verdict)> {
    let rows = report.rows.iter();
    rows.map(|row| (row.subject.clone(), row.setting.clone(), row.worst()))
        .collect()
}

fn found(subject: &str, setting: &str, verdict: Verdict) -> (String, String, Verdict) {
    (subject.into(), setting.into(), verdict)
}

#[test]
fn an_address_that_is_renamed_is_one_thing() {
    let cache = |label: &str, more: &str| {
        module(&format!(
            "resource \"aws_elasticache_replication_group\" \"{label}\" {{\n  replication_group_id = \"a\"\n  description = \"d\"\n}}\noutput \"id\" {{\n  value = aws_elasticache_replication_group.{label}.id\n}}\n{more}"
        ))
    };
    let report = compared(&cache("old", ""), &cache("new", ""));
    let new = "aws_elasticache_replication_group.new";
    assert_eq!(report.rows[0].subject, new);
    assert_eq!(report.worst(None), Some(Verdict::Lost));
    let advice = &report.rows[0].terraform.as_ref().unwrap().judgement.advice;
    assert!(advice.contains("moved { from = aws_elasticache_replication_group.old, to = aws_elasticache_replication_group.new }"), "{advice}");
    let moved = "moved {\n  from = aws_elasticache_replication_group.old\n  to = aws_elasticache_replication_group.new\n}\n";
    let report = compared(&cache("old", ""), &cache("new", moved));
    assert_eq!(
        report.worst(None),
        Some(Verdict::Nothing),
        "{:#?}",
        report.rows
    );
}

#[test]
fn a_logical_id_that_is_renamed_is_refused_or_made_anew() {
    let cache = |id: &str, name: Value| {
        template(
            json!({ id: { "Type": "AWS::ElastiCache::ReplicationGroup", "Properties": name } }),
            json!({}),
        )
    };
    let name = || json!({ "ReplicationGroupId": "a" });
    let report = compared(&cache("Old", name()), &cache("New", name()));
    assert_eq!(
        verdicts(&report),
        [found("New", "name in the files", Verdict::Refused)]
    );
    let advice = &report.rows[0]
        .cloudformation
        .as_ref()
        .unwrap()
        .judgement
        .advice;
    assert!(advice.contains("create-stack-refactor"), "{advice}");
    let unnamed = || json!({ "Engine": "redis" });
    let report = compared(&cache("Old", unnamed()), &cache("New", unnamed()));
    assert_eq!(
        verdicts(&report),
        [found("New", "name in the files", Verdict::Lost)]
    );
}

#[test]
fn what_refers_to_something_replaced_follows_it() {
    let stack = |subnets: &str| {
        template(
            json!({
                "Group": { "Type": "AWS::ElastiCache::SubnetGroup", "Properties": {
                    "CacheSubnetGroupName": subnets, "Description": "d" } },
                "Cache": { "Type": "AWS::ElastiCache::ReplicationGroup", "UpdateReplacePolicy": "Snapshot",
                    "Properties": { "CacheSubnetGroupName": { "Ref": "Group" } } },
                "Alarm": { "Type": "AWS::CloudWatch::Alarm", "Properties": {
                    "Dimensions": [{ "Name": "CacheClusterId", "Value": { "Fn::Sub": "${Cache}-001" } }] } },
            }),
            json!({}),
        )
    };
    let report = compared(&stack("a"), &stack("b"));
    let rows = verdicts(&report);
    assert!(
        rows.contains(&found("Group", "CacheSubnetGroupName", Verdict::Replaced)),
        "{rows:?}"
    );
    assert!(
        rows.contains(&found("Cache", "CacheSubnetGroupName", Verdict::Kept)),
        "{rows:?}"
    );
    assert!(
        rows.contains(&found("Alarm", "Dimensions", Verdict::InPlace)),
        "{rows:?}"
    );
}

#[test]
fn a_default_counts_where_it_is_used() {
    let stack = |version: &str| {
        vec![File {
            path: "template.json".into(),
            contents: json!({
                "Parameters": { "Version": { "Type": "String", "Default": version } },
                "Resources": { "Cache": { "Type": "AWS::ElastiCache::ReplicationGroup",
                    "Properties": { "EngineVersion": { "Ref": "Version" } } } },
            })
            .to_string(),
        }]
    };
    let report = compared(&stack("7.0"), &stack("7.1"));
    let rows = verdicts(&report);
    assert!(
        rows.contains(&found("Cache", "EngineVersion", Verdict::Rolling)),
        "{rows:?}"
    );
    assert!(
        rows.contains(&found("Parameters.Version", "Default", Verdict::Nothing)),
        "{rows:?}"
    );
    let config = |version: &str| {
        module(&format!(
            "locals {{\n  version = \"{version}\"\n}}\nresource \"aws_elasticache_replication_group\" \"this\" {{\n  engine_version = local.version\n}}\n"
        ))
    };
    let rows = verdicts(&compared(&config("7.0"), &config("7.1")));
    assert!(rows.iter().any(|(_, setting, verdict)| setting == "EngineVersion" && *verdict == Verdict::Rolling), "{rows:?}");
}

#[test]
fn an_export_in_use_does_not_change() {
    let stack = |name: &str, value: &str| {
        template(
            json!({}),
            json!({ "Id": { "Value": value, "Export": { "Name": name } } }),
        )
    };
    let renamed = compared(&stack("a", "v"), &stack("b", "v"));
    assert_eq!(renamed.worst(None), Some(Verdict::Refused));
    let advice = &renamed.rows[0]
        .cloudformation
        .as_ref()
        .unwrap()
        .judgement
        .advice;
    assert!(advice.contains("list-imports --export-name a"), "{advice}");
    assert_eq!(
        compared(&stack("a", "v"), &stack("a", "w")).worst(None),
        Some(Verdict::Refused)
    );
    let plain = |value: &str| template(json!({}), json!({ "Id": { "Value": value } }));
    assert_eq!(
        compared(&plain("v"), &plain("w")).worst(None),
        Some(Verdict::Nothing)
    );
}

#[test]
fn what_goes_is_kept_as_far_as_somebody_said_so() {
    let cache = |policy: Option<&str>| {
        let mut cache = json!({ "Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {} });
        if let Some(policy) = policy {
            cache["DeletionPolicy"] = json!(policy);
        }
        template(
            json!({ "Cache": cache, "Topic": { "Type": "AWS::SNS::Topic" } }),
            json!({}),
        )
    };
    let rest = template(json!({ "Topic": { "Type": "AWS::SNS::Topic" } }), json!({}));
    for (policy, verdict) in [
        (None, Verdict::Lost),
        (Some("Delete"), Verdict::Lost),
        (Some("Snapshot"), Verdict::Kept),
        (Some("Retain"), Verdict::Nothing),
    ] {
        let report = compared(&cache(policy), &rest);
        assert_eq!(report.worst(None), Some(verdict), "{policy:?}");
    }
    let config = |more: &str| {
        module(&format!(
            "resource \"aws_elasticache_replication_group\" \"this\" {{\n  description = \"d\"\n{more}}}\nresource \"aws_sns_topic\" \"t\" {{}}\n"
        ))
    };
    let rest = module("resource \"aws_sns_topic\" \"t\" {}\n");
    // the block takes its protection along
    let protected = "  lifecycle {\n    prevent_destroy = true\n  }\n";
    assert_eq!(
        compared(&config(protected), &rest).worst(None),
        Some(Verdict::Lost)
    );
    let snapshot = "  final_snapshot_identifier = \"last\"\n";
    assert_eq!(
        compared(&config(snapshot), &rest).worst(None),
        Some(Verdict::Kept)
    );
}

/// A value is shown nowhere that looks like a secret, or stands where one belongs.
#[test]
fn no_secret_is_shown() {
    const SECRET: &str = "Zx81hQpL0vTn5RkWu3Yd";
    let folder = TempDir::new().unwrap();
    let write = |name: &str, secret: &str| {
        let text = template(
            json!({ "Cache": { "Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
                "AuthToken": secret, "ReplicationGroupDescription": format!("token={secret}"),
                "Tags": [{ "Key": "password", "Value": secret }] } },
                "User": { "Type": "AWS::ElastiCache::User", "Properties": {
                    "Passwords": [secret], "AccessString": format!("on >{secret} +@all") } } }),
            json!({}),
        );
        fs::write(folder.path().join(name), &text[0].contents).unwrap();
    };
    write("old.json", "Kq72mBsE9wXc4JgZi6Ao");
    write("new.json", SECRET);
    for format in ["text", "json", "markdown", "github"] {
        let ended = diff(
            folder.path(),
            "before",
            &["old.json", "new.json", "--format", format],
        )
        .expect(0);
        for secret in [SECRET, "Kq72mBsE9wXc4JgZi6Ao"] {
            assert!(!ended.stdout.contains(secret), "{format}: {}", ended.stdout);
        }
        assert!(ended.stdout.contains("AuthToken"), "{}", ended.stdout);
    }
}
