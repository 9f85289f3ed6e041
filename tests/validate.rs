//! `check`, `validate`, `explain` and `rules` as a process: what they print, how they end,
//! and what they do with files that nobody should have written.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

mod common;
use common::{Ended, program, run};

/// Without a mistake, and without anything that production would be asked about.
const GOOD: &str = "Metadata:
  Cachewright:
    Stage: development
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: valkey
      EngineVersion: '8.0'
      CacheNodeType: cache.t4g.small
      CacheSubnetGroupName: private
      SecurityGroupIds: [sg-0123456789abcdef0]
      TransitEncryptionEnabled: true
      AtRestEncryptionEnabled: true
      AutomaticFailoverEnabled: false
      NumCacheClusters: 1
";

/// The same with one mistake, on line 11 from column 22.
fn bad() -> String {
    GOOD.replace("cache.t4g.small", "cache.z9.large")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// `validate` of files in a folder of their own, named from there.
fn validate(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = program();
    command.current_dir(folder).arg("validate").args(arguments);
    Ended::new(command.output().expect("the program starts"))
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn the_source_line_is_shown_with_the_value_underlined() {
    let folder = folder();
    write(folder.path(), "cache.yaml", bad());
    let ended = validate(folder.path(), &["cache.yaml"]).expect(0);
    for part in [
        "[node-type-unknown]",
        "--> cache.yaml:11:22",
        "11 |       CacheNodeType: cache.z9.large",
        "   |                      ^^^^^^^^^^^^^^",
        "help: ",
    ] {
        assert!(ended.stdout.contains(part), "{part}\n{}", ended.stdout);
    }
    assert!(ended.stderr.contains("1 warning"), "{}", ended.stderr);
}

#[test]
fn exit_codes_are_a_contract() {
    let folder = folder();
    write(folder.path(), "good.yaml", GOOD);
    write(folder.path(), "unknown.yaml", bad());
    let refused = GOOD.replace(
        "NumCacheClusters: 1",
        "NumCacheClusters: 1\n      SnapshotWindow: 3-5",
    );
    write(folder.path(), "refused.yaml", refused);
    write(
        folder.path(),
        "broken.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'\nResources: [",
    );
    for (arguments, code) in [
        (&["good.yaml"][..], 0),
        (&["unknown.yaml"], 0),
        (&["unknown.yaml", "--deny", "warnings"], 1),
        (
            &[
                "unknown.yaml",
                "--deny",
                "warnings",
                "--allow",
                "node-type-unknown",
            ],
            0,
        ),
        (&["refused.yaml"], 1),
        (&["refused.yaml", "--allow", "snapshot-window"], 0),
        (&["broken.yaml"], 2),
        (&["."], 2),
        (&["missing.yaml"], 2),
        (&["good.yaml", "--allow", "no-such-code"], 2),
        (&["good.yaml", "--parameters", "missing.json"], 2),
        (&[], 2),
    ] {
        let ended = validate(folder.path(), arguments);
        assert_eq!(
            ended.code, code,
            "{arguments:?}\n{}{}",
            ended.stdout, ended.stderr
        );
    }
    // the other files are still checked
    let ended = validate(folder.path(), &["."]);
    for part in ["broken.yaml:2:", "refused.yaml:18:23", "unknown.yaml:11:22"] {
        assert!(ended.stdout.contains(part), "{part}\n{}", ended.stdout);
    }
    run(["check", "oms", "chatbot/prod"]).expect(0);
    run(["check", "nobody"]).expect(2);
    run(["explain", "window-overlap"]).expect(0);
    run(["explain", "window-overlaps"]).expect(2);
    run(["rules"]).expect(0);
}

#[test]
fn every_format_says_the_same() {
    let folder = folder();
    write(folder.path(), "cache.yaml", bad());
    let of = |format: &str| validate(folder.path(), &["cache.yaml", "--format", format]).expect(0);
    let json = of("json").json();
    assert_eq!(json["diagnostics"][0]["code"], "node-type-unknown");
    assert_eq!(json["diagnostics"][0]["place"]["line"], 11);
    assert_eq!(json["diagnostics"][0]["resource"], "Cache");
    assert_eq!(json["warnings"], 1);
    let github = of("github").stdout;
    assert!(
        github.starts_with("::warning file=cache.yaml,line=11,col=22,title=node-type-unknown::"),
        "{github}"
    );
    let sarif = of("sarif").json();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "node-type-unknown");
    assert_eq!(result["level"], "warning");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&11.into(), &22.into())
    );
    assert_eq!(
        sarif["runs"][0]["tool"]["driver"]["rules"][0]["id"],
        "node-type-unknown"
    );
}

#[test]
fn files_that_nobody_should_have_written_are_told_apart() {
    let deep = 100_000;
    for (name, text, word) in [
        ("empty.yaml", Vec::new(), ":1:1"),
        (
            "truncated.json",
            b"{\"Resources\": {\"A\": ".to_vec(),
            ":1:",
        ),
        (
            "deep.json",
            [vec![b'['; deep], vec![b']'; deep]].concat(),
            ":1:",
        ),
        (
            "deep.yaml",
            [b"a: ".to_vec(), vec![b'['; deep]].concat(),
            ":1:",
        ),
        (
            "deep/main.tf",
            [b"a = ".to_vec(), vec![b'['; deep]].concat(),
            ":1:",
        ),
        ("latin.yaml", b"Resources:\n  a: \xe9\n".to_vec(), ":2:6"),
        ("latin/main.tf", b"# \xe9\n".to_vec(), ":1:3"),
        (
            "aliases.yaml",
            {
                let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
                for n in 1..12 {
                    let before = format!("*a{}, ", n - 1).repeat(10);
                    text.push_str(&format!(
                        "a{n}: &a{n} [{}]\n",
                        before.trim_end_matches(", ")
                    ));
                }
                text.push_str("Resources:\n  R: *a11\n");
                text.into_bytes()
            },
            "aliases.yaml:",
        ),
        (
            "cycle.yaml",
            b"Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Condition: A\n".to_vec(),
            ":2:",
        ),
        (
            "cycle.json",
            b"{\"Resources\": {\n\"A\": {\"Type\": \"AWS::SNS::Topic\", \"Properties\": {\"DisplayName\": {\"Ref\": \"B\"}}},\n\"B\": {\"Type\": \"AWS::SNS::Topic\", \"Properties\": {\"DisplayName\": {\"Ref\": \"A\"}}}}}".to_vec(),
            "cycle.json:",
        ),
        (
            "cycle/main.tf",
            b"locals {\n  a = local.b\n  b = local.a\n}\n\nresource \"aws_sns_topic\" \"this\" {\n  name = local.a\n}\n".to_vec(),
            "main.tf:",
        ),
        (
            "twice.yaml",
            b"Resources: {}\nResources: {}\n".to_vec(),
            ":2:1",
        ),
        (
            "twice.json",
            b"{\"Resources\": {},\n\"Resources\": {}}".to_vec(),
            ":2:1",
        ),
    ] {
        let folder = folder();
        write(folder.path(), name, text);
        let begin = Instant::now();
        let ended = validate(folder.path(), &[name]).expect(2);
        assert!(begin.elapsed() < Duration::from_secs(10), "{name}");
        let file = name.split('/').next_back().unwrap();
        assert!(ended.stdout.contains(file), "{name}\n{}", ended.stdout);
        assert!(ended.stdout.contains(word), "{name}\n{}", ended.stdout);
    }
}

/// What the schemas refuse is said once, by the rule that knows why, and in words.
#[test]
fn a_schema_says_only_what_no_rule_says() {
    let folder = folder();
    let one_zone = GOOD
        .replace(
            "AutomaticFailoverEnabled: false",
            "MultiAZEnabled: true\n      ReplicationGroupId: orders",
        )
        .replace("NumCacheClusters: 1", "NumCacheClusters: 2");
    write(folder.path(), "zones.yaml", one_zone);
    let log = "      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
";
    write(folder.path(), "log.yaml", format!("{GOOD}{log}"));
    for (file, code) in [
        ("zones.yaml", "[multi-az-failover]"),
        ("log.yaml", "[log-destination]"),
    ] {
        let ended = validate(folder.path(), &[file]).expect(1);
        assert!(ended.stdout.contains(code), "{}", ended.stdout);
        assert!(!ended.stdout.contains("[schema]"), "{}", ended.stdout);
    }
    let module = r#"
resource "aws_elasticache_user" "app" {
  user_id       = "app"
  user_name     = "app"
  engine        = "VALKEY"
  access_string = "on ~app:* -@all +@read"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name          = "memory"
  namespace           = "AWS/ElastiCache"
  metric_name         = "FreeableMemory"
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Minimum"
  threshold           = 100000000

  dimensions {
    CacheClusterId = "orders-001"
  }
}
"#;
    write(folder.path(), "module/main.tf", module);
    let ended = validate(folder.path(), &["module"]).expect(1);
    for part in [
        "warning[engine-name]",
        "error[schema]: dimensions is a map, and stands here as a block",
    ] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
    assert_eq!(
        ended.stdout.matches("error[").count(),
        1,
        "{}",
        ended.stdout
    );
}

#[test]
fn an_enormous_file_is_not_read() {
    let folder = folder();
    write(folder.path(), "good.yaml", GOOD);
    for (name, start) in [("enormous.yaml", GOOD), ("archive.json", "{\"a\": 1")] {
        write(folder.path(), name, start);
        let path = folder.path().join(name);
        let file = fs::OpenOptions::new().write(true).open(path);
        file.and_then(|file| file.set_len(100 << 20))
            .expect("a sparse file");
    }
    let ended = validate(folder.path(), &["."]).expect(2);
    assert!(ended.stdout.contains("enormous.yaml"), "{}", ended.stdout);
    assert!(ended.stdout.contains("104857600 bytes"), "{}", ended.stdout);
    // what is no template is nobody's business, unless somebody names it
    assert!(!ended.stdout.contains("archive.json"), "{}", ended.stdout);
    validate(folder.path(), &["archive.json"]).expect(2);
}

#[test]
fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    let folder = folder();
    let text = format!("\u{feff}{}", bad().replace('\n', "\r\n"));
    write(folder.path(), "cache.yaml", text);
    let ended = validate(folder.path(), &["cache.yaml"]).expect(0);
    assert!(
        ended.stdout.contains("cache.yaml:11:22"),
        "{}",
        ended.stdout
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_a_folder_that_links_to_itself_is_one_folder() {
    let folder = folder();
    write(folder.path(), "good.yaml", GOOD);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("itself")).expect("a link");
    let ended = validate(folder.path(), &["."]).expect(0);
    assert!(ended.stderr.contains("1 template"), "{}", ended.stderr);

    let pipe = folder.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        common::skipped("no mkfifo, so no FIFO was read");
        return;
    }
    // in a folder it is passed over, and named it is told
    validate(folder.path(), &["."]).expect(0);
    let ended = validate(folder.path(), &["pipe.yaml"]).expect(2);
    assert!(
        ended.stdout.contains("neither a file nor a folder"),
        "{}",
        ended.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told_and_the_others_are_checked() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    write(folder.path(), "secret.yaml", GOOD);
    write(folder.path(), "unknown.yaml", bad());
    let secret = folder.path().join("secret.yaml");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).expect("an owner");
    let mut command = program();
    command.current_dir(folder.path()).args(["validate", "."]);
    if fs::read(&secret).is_ok() {
        // whoever runs the tests may read everything; nobody may not
        use std::os::unix::process::CommandExt as _;
        let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755));
        open(folder.path()).expect("an owner");
        open(&folder.path().join("unknown.yaml")).expect("an owner");
        command.uid(65534);
    }
    let Ok(output) = command.output() else {
        common::skipped("nobody may not start the program here, so no permission was missing");
        return;
    };
    let ended = Ended::new(output).expect(2);
    assert!(ended.stdout.contains("secret.yaml"), "{}", ended.stdout);
    assert!(
        ended.stdout.contains("node-type-unknown"),
        "{}",
        ended.stdout
    );
}

#[test]
fn parameters_and_variables_are_given_as_the_tools_take_them() {
    let folder = folder();
    let template = format!(
        "Parameters:\n  NodeType:\n    Type: String\n{}",
        GOOD.replace("cache.t4g.small", "!Ref NodeType")
    );
    write(folder.path(), "cache.yaml", template);
    validate(folder.path(), &["cache.yaml", "--deny", "warnings"]).expect(0);
    for (name, text) in [
        (
            "list.json",
            r#"[{"ParameterKey": "NodeType", "ParameterValue": "cache.z9.large"}]"#,
        ),
        ("pairs.json", r#"["NodeType=cache.z9.large"]"#),
        (
            "pipeline.json",
            r#"{"Parameters": {"NodeType": "cache.z9.large"}}"#,
        ),
        ("object.json", r#"{"NodeType": "cache.z9.large"}"#),
    ] {
        write(folder.path(), name, text);
        let arguments = ["cache.yaml", "--deny", "warnings", "--parameters", name];
        let ended = validate(folder.path(), &arguments).expect(1);
        assert!(
            ended.stdout.contains("node-type-unknown"),
            "{}",
            ended.stdout
        );
        assert!(ended.stdout.contains(name), "{}", ended.stdout);
    }
    write(
        folder.path(),
        "module/main.tf",
        "# cachewright: stage development\nvariable \"node_type\" {\n  type = string\n}\n\nresource \"aws_elasticache_replication_group\" \"this\" {\n  replication_group_id       = \"orders\"\n  description                = \"orders\"\n  engine                     = \"valkey\"\n  engine_version             = \"8.0\"\n  node_type                  = var.node_type\n  subnet_group_name          = \"private\"\n  security_group_ids         = [\"sg-0123456789abcdef0\"]\n  transit_encryption_enabled = true\n  at_rest_encryption_enabled = true\n}\n",
    );
    validate(folder.path(), &["module", "--deny", "warnings"]).expect(0);
    for (name, text) in [
        ("prod.tfvars", "node_type = \"cache.z9.large\"\n"),
        ("prod.tfvars.json", "{\"node_type\": \"cache.z9.large\"}"),
    ] {
        write(folder.path(), name, text);
        let arguments = ["module", "--deny", "warnings", "--var-file", name];
        let ended = validate(folder.path(), &arguments).expect(1);
        assert!(
            ended.stdout.contains("node-type-unknown"),
            "{}",
            ended.stdout
        );
        assert!(ended.stdout.contains(name), "{}", ended.stdout);
    }
}

#[test]
fn the_definitions_sources_are_shown_as_well() {
    let ended = run(["check", "--format", "json"]).expect(0);
    let report = ended.json();
    for finding in report["diagnostics"].as_array().expect("a list") {
        let file = finding["place"]["file"].as_str().expect("a file");
        assert!(common::root().join(file).is_file(), "{finding}");
    }
    // with the line, and what is meant underlined
    let shown = run(["check", "oms", "--information"]).expect(0).stdout;
    for part in [
        "--> environments/oms/staging.rs:",
        ".set(\"maxmemory-policy\", \"volatile-lru\")",
        "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

/// Whatever is wrong with a secret, no report carries it any further.
#[test]
fn no_report_shows_a_secret() {
    let folder = folder();
    let secrets = [
        "hunter2",
        "S3cretTokenInClear0123",
        "a-parameters-default-token",
    ];
    let token = GOOD.replace(
        "NumCacheClusters: 1",
        "NumCacheClusters: 1\n      AuthToken: S3cretTokenInClear0123",
    );
    write(folder.path(), "token.yaml", token);
    let parameter = format!(
        "Parameters:\n  AuthToken:\n    Type: String\n    NoEcho: true\n    Default: a-parameters-default-token\n{}",
        GOOD.replace("NumCacheClusters: 1", "NumCacheClusters: 1\n      AuthToken: !Ref AuthToken\n      SnapshotWindow: !Ref AuthToken")
    );
    write(folder.path(), "parameter.yaml", parameter);
    write(
        folder.path(),
        "user.yaml",
        "Resources:\n  User:\n    Type: AWS::ElastiCache::User\n    Properties:\n      UserId: app\n      UserName: app\n      Engine: redis\n      AccessString: on ~* +@read\n      Passwords: [hunter2]\n",
    );
    write(
        folder.path(),
        "group.yaml",
        "Resources:\n  Group:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: a\n      Properties: {requirepass: hunter2}\n",
    );
    write(
        folder.path(),
        "main.tf",
        "resource \"aws_elasticache_replication_group\" \"this\" {\n  replication_group_id       = \"orders\"\n  description                = \"orders\"\n  node_type                  = \"cache.t4g.small\"\n  transit_encryption_enabled = true\n  auth_token                 = \"S3cretTokenInClear0123\"\n}\n",
    );
    for format in ["text", "json", "github", "sarif"] {
        let ended = validate(folder.path(), &[".", "--format", format, "--information"]);
        assert_eq!(ended.code, 1, "{}{}", ended.stdout, ended.stderr);
        for secret in secrets {
            let said = format!("{}{}", ended.stdout, ended.stderr);
            assert!(!said.contains(secret), "{format}: {secret}\n{said}");
        }
    }
}

/// A gigabyte of addresses is enough for whatever somebody wrote, with all that a process maps.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded() {
    let folder = folder();
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..30 {
        let before = format!("*a{}, ", n - 1).repeat(10);
        bomb.push_str(&format!(
            "a{n}: &a{n} [{}]\n",
            before.trim_end_matches(", ")
        ));
    }
    bomb.push_str("Resources:\n  R: *a29\n");
    write(folder.path(), "bomb.yaml", bomb);
    write(folder.path(), "deep.json", "[".repeat(1 << 20));
    write(
        folder.path(),
        "loop/main.tf",
        "locals {\n  a = range(100000000)\n  b = [for x in local.a : [for y in local.a : [x, y]]]\n}\n\nresource \"aws_sns_topic\" \"this\" {\n  count = length(local.b)\n  name  = jsonencode(local.b)\n}\n",
    );
    // what is too long to compute isn't known, and everything else is read
    for (name, code) in [("bomb.yaml", 2), ("deep.json", 2), ("loop", 0)] {
        let begin = Instant::now();
        let mut command = std::process::Command::new("sh");
        command
            .current_dir(folder.path())
            .args(["-c", "ulimit -v 1048576 && exec \"$0\" validate \"$1\""])
            .arg(env!("CARGO_BIN_EXE_cachewright"))
            .arg(name);
        let ended = Ended::new(command.output().expect("a shell")).expect(code);
        let told = ended.stdout.contains("[unreadable]");
        assert_eq!(told, code == 2, "{name}\n{}", ended.stdout);
        assert!(begin.elapsed() < Duration::from_secs(10), "{name}");
    }
}
