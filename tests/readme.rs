//! The README shows what is really there.

mod common;

use std::fs;

use common::{Ended, program};
use tempfile::TempDir;

/// The first block of that language that says this.
fn block(language: &str, what: &str) -> String {
    let readme = fs::read_to_string("README.md").unwrap();
    let opened = format!("\n```{language}\n");
    readme
        .split(opened.as_str())
        .skip(1)
        .filter_map(|part| part.split_once("```"))
        .map(|(block, _)| block.to_owned())
        .find(|block| block.contains(what))
        .unwrap_or_else(|| panic!("no {language} block says {what:?}"))
}

/// `validate infra`, of one file.
fn validate(name: &str, text: &str) -> Ended {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("infra")).unwrap();
    fs::write(folder.path().join("infra").join(name), text).unwrap();
    let finished = program()
        .args(["validate", "infra", "--information"])
        .current_dir(folder.path())
        .output();
    Ended::new(finished.expect("the program starts"))
}

const CACHE: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: '8.0'
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: true
      SnapshotRetentionLimit: 7
      SnapshotWindow: 04:30-05:30
      PreferredMaintenanceWindow: sun:05:00-sun:06:00
";

/// What the README shows of a finding is what is printed.
#[test]
fn the_finding_is_what_is_printed() {
    let shown = block("text", "error[window-overlap]");
    let stage = "Metadata:\n  Cachewright:\n    Stage: development\n";
    let ended = validate("cache.yaml", &format!("{stage}{CACHE}"));
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert!(ended.stdout.contains(&shown), "{}", ended.stdout);
}

/// What the README shows of a change is what is printed.
#[test]
fn the_difference_is_what_is_printed() {
    let cache = |version: &str, at_rest: bool, days: u8| {
        format!(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      \
             ReplicationGroupId: orders\n      Engine: redis\n      EngineVersion: '{version}'\n      \
             CacheNodeType: cache.m7g.large\n      AtRestEncryptionEnabled: {at_rest}\n      \
             SnapshotRetentionLimit: {days}\n"
        )
    };
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("old.yaml"), cache("7.0", false, 3)).unwrap();
    fs::write(folder.path().join("new.yaml"), cache("7.1", true, 7)).unwrap();
    let finished = program()
        .args(["diff", "old.yaml", "new.yaml"])
        .current_dir(folder.path())
        .output();
    let ended = Ended::new(finished.expect("the program starts")).expect(0);
    let shown = block("text", "$ cachewright diff old.yaml new.yaml");
    let (_, shown) = shown.split_once('\n').unwrap();
    assert_eq!(ended.stdout, shown);
}

/// What the README shows an auditor is what is printed.
#[test]
fn the_controls_are_what_is_printed() {
    let shown = block("text", "  why\n");
    let ended = common::run(["controls", "pbet/prod", "--tool", "checkov"]).expect(0);
    assert!(ended.stdout.starts_with(&shown), "{}", ended.stdout);
}

/// What the README says that a file may say is understood: without it there is a
/// finding, with it there is none.
#[test]
fn a_file_says_what_its_cache_is_for() {
    let told = |name, text: &str| validate(name, text).stdout.contains("[workload-replicas]");
    let metadata = block("yaml", "Cachewright:");
    let stage = "Metadata:\n  Cachewright:\n    Stage: production\n    Workloads: [queue, lock]\n";
    assert!(told("cache.yaml", &format!("{stage}{CACHE}")));
    assert!(!told("cache.yaml", &format!("{metadata}{CACHE}")));

    let comments = block("hcl", "# cachewright: allow");
    let (before, _) = comments.split_once("# cachewright: allow").unwrap();
    let module = "resource \"aws_elasticache_replication_group\" \"this\" {\n  replication_group_id = \"orders\"\n  description = \"orders\"\n  engine = \"valkey\"\n  node_type = \"cache.m7g.large\"\n  num_cache_clusters = 1\n}\n";
    assert!(told("main.tf", &format!("{before}\n{module}")));
    assert!(!told("main.tf", &format!("{comments}\n{module}")));
    for (name, text) in [
        ("cache.yaml", format!("{metadata}{CACHE}")),
        ("main.tf", format!("{comments}\n{module}")),
    ] {
        let stdout = validate(name, &text).stdout;
        for code in ["metadata", "allowance", "workload-unclear"] {
            assert!(!stdout.contains(&format!("[{code}")), "{stdout}");
        }
    }
}

/// Every excerpt is a piece of the file that it names, to the letter.
#[test]
fn excerpts_are_what_the_files_say() {
    let readme = fs::read_to_string("README.md").unwrap();
    let mut excerpts = 0;
    for part in readme.split("<!-- excerpt of ").skip(1) {
        let (path, rest) = part.split_once(" -->\n```").unwrap();
        let (_, rest) = rest.split_once('\n').unwrap();
        let (excerpt, _) = rest.split_once("```").unwrap();
        let file = fs::read_to_string(path).unwrap();
        assert!(file.contains(excerpt), "{path} doesn't say:\n{excerpt}");
        excerpts += 1;
    }
    assert_eq!(excerpts, 3);
}
