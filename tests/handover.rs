//! What an environment hands over: every file is what its readers read, names what is there, and
//! says what applies, no more and no less.

use std::collections::BTreeSet;
use std::process::Command;

use cachewright::graph::{Graph, Kind, Node, Property, Value};
use cachewright::prelude::*;
use cachewright::synth::synthesize;
use saphyr_parser::{Event, Parser};

#[path = "../environments/mod.rs"]
mod environments;
#[path = "../examples/generated/environments.rs"]
mod generated;

mod common;
use common::{BOTH, cache, everything, named, network, outputs};

const WORKFLOWS: [&str; 4] = [
    "pipelines/github-cloudformation.yml",
    "pipelines/github-terraform.yml",
    "pipelines/gitlab-cloudformation.yml",
    "pipelines/gitlab-terraform.yml",
];

/// What is handed over, and what it is made of.
struct Handover {
    path: String,
    graph: Graph,
    runbook: String,
    makefile: String,
    env_file: String,
    workflows: Vec<String>,
    template: serde_json::Value,
}

impl Handover {
    fn of(environment: &Environment) -> Self {
        let made = outputs(environment);
        let take = |name: &str| {
            let file = made.files.get(name);
            file.unwrap_or_else(|| panic!("{}: no {name}", environment.path()))
                .clone()
        };
        Self {
            path: environment.path(),
            graph: environment.lower().0,
            runbook: take("RUNBOOK.md"),
            makefile: take("Makefile"),
            env_file: take("cache.env.example"),
            workflows: WORKFLOWS.map(take).into(),
            template: made.template,
        }
    }

    fn cache(&self) -> &Node {
        let mut nodes = self.graph.nodes.iter();
        let cache = nodes.find(|node| node.kind == Kind::ReplicationGroup);
        cache.expect("an environment has a cache")
    }

    fn setting(&self, name: &str) -> Option<&Value> {
        let mut settings = self.cache().properties.iter();
        let found = settings.find(|setting| setting.cloudformation.as_deref() == Some(name));
        found.map(|setting| &setting.value)
    }

    fn has(&self, name: &str, value: impl Into<Value>) -> bool {
        self.setting(name) == Some(&value.into())
    }

    fn number(&self, name: &str) -> Option<i64> {
        match self.setting(name) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    fn id(&self) -> &str {
        match self.setting("ReplicationGroupId") {
            Some(Value::Text(id)) => id.literal().expect("an id is no reference"),
            _ => panic!("{}: no id", self.path),
        }
    }

    /// The headings of the runbook.
    fn headings(&self) -> Vec<&str> {
        let lines = self.runbook.lines();
        lines.filter_map(|line| line.strip_prefix("## ")).collect()
    }

    /// The blocks of the runbook in a language.
    fn blocks(&self, language: &str) -> Vec<&str> {
        let opened = format!("\n```{language}\n");
        let parts = self.runbook.split(opened.as_str()).skip(1);
        parts
            .map(|part| part.split_once("\n```").expect("a block ends").0)
            .collect()
    }
}

fn definitions() -> Vec<Environment> {
    let mut all: Vec<Environment> = environments::all().collect();
    all.extend(everything::environments());
    all
}

fn all() -> Vec<Handover> {
    definitions().iter().map(Handover::of).collect()
}

/// What a shell says of a script that it doesn't run.
#[track_caller]
fn parses(script: &str, of: &str) {
    let checked = Command::new("sh").args(["-n", "-c", script]).output();
    let checked = checked.expect("there is a shell");
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(
        checked.status.success() && said.is_empty(),
        "{of}: {said}\n{script}"
    );
}

/// The scalars of a document of YAML, which has no key twice.
#[track_caller]
fn yaml(text: &str, of: &str) -> Vec<String> {
    let events = Parser::new_from_str(text).map(|event| match event {
        Ok((event, _)) => event,
        Err(error) => panic!("{of}: {error}\n{text}"),
    });
    let scalars = events.filter_map(|event| match event {
        Event::Scalar(text, ..) => Some(text.into_owned()),
        _ => None,
    });
    scalars.collect()
}

#[test]
fn every_block_of_every_runbook_is_a_script() {
    let mut blocks = 0;
    for it in all() {
        for block in it.blocks("sh") {
            parses(block, &it.path);
            blocks += 1;
        }
        // what is opened is closed, and nothing is left of a template
        assert_eq!(it.runbook.matches("\n```").count() % 2, 0, "{}", it.path);
        assert!(
            !it.runbook.contains("{%") && !it.runbook.contains("\n\n\n\n"),
            "{}",
            it.path
        );
        let (text, code) = (&it.runbook, it.blocks("python").len());
        assert!(
            text.ends_with("\n") && !text.ends_with("\n\n"),
            "{}",
            it.path
        );
        assert_eq!(code, 1, "{}", it.path);
    }
    assert!(blocks > 400, "{blocks} blocks");
}

/// `sh`, and Docker, which takes everything after the first `=` as it stands.
#[test]
fn env_files_mean_one_thing() {
    for it in all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cache.env");
        std::fs::write(&file, &it.env_file).unwrap();
        let mut literal = Vec::new();
        for line in it.env_file.lines().filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                continue;
            }
            let (name, value) = line.split_once('=').expect("NAME=value");
            assert!(
                name.starts_with("REDIS_") && !value.is_empty(),
                "{}: {line}",
                it.path
            );
            literal.push(line.to_owned());
        }
        let names: Vec<&str> = literal
            .iter()
            .map(|line| line.split('=').next().unwrap())
            .collect();
        let shown = names.iter().map(|name| format!("{name}=${{{name}}}\\n"));
        let script = format!(". ./cache.env; printf \"{}\"", shown.collect::<String>());
        let mut sh = Command::new("sh");
        let read = sh
            .args(["-euc", &script])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(read.status.success(), "{}: {read:?}", it.path);
        let read = String::from_utf8(read.stdout).unwrap();
        assert_eq!(read.lines().collect::<Vec<_>>(), literal, "{}", it.path);

        // what it says is what the cache is
        let says = |line: &str| it.env_file.lines().any(|it| it == line);
        let port = it.number("Port").unwrap();
        assert!(says(&format!("REDIS_PORT={port}")), "{}", it.path);
        if let Some(Value::Bool(tls)) = it.setting("TransitEncryptionEnabled") {
            assert!(says(&format!("REDIS_SSL={tls}")), "{}", it.path);
            let scheme = if *tls {
                "REDIS_URL=rediss://"
            } else {
                "REDIS_URL=redis://"
            };
            assert!(it.env_file.contains(scheme), "{}", it.path);
        }
        let sharded = it.number("NumNodeGroups").is_some();
        assert!(says(&format!("REDIS_CLUSTER={sharded}")), "{}", it.path);
        assert!(says("REDIS_DB=0") && it.env_file.contains(&format!(":{port}/0\n")));
        let replicas = it.number("NumCacheClusters").is_some_and(|nodes| nodes > 1);
        let reader = it.env_file.contains("REDIS_READER_HOST=");
        assert_eq!(reader, replicas, "{}", it.path);
        let token = it.setting("AuthToken").is_some();
        let kept = it.env_file.contains("REDIS_PASSWORD_");
        assert!(kept || !token, "{}", it.path);
        assert!(!it.env_file.contains("REDIS_PASSWORD="), "{}", it.path);
    }
}

#[test]
fn pools_and_time_outs_are_the_definitions() {
    let oms = Handover::of(
        &environments::all()
            .find(|it| it.path() == "oms/prod")
            .unwrap(),
    );
    for line in [
        "REDIS_MAX_CONNECTIONS=100",
        "REDIS_MIN_IDLE_CONNECTIONS=10",
        "REDIS_SOCKET_TIMEOUT=3",
        "REDIS_SOCKET_CONNECT_TIMEOUT=5",
    ] {
        assert!(oms.env_file.contains(line), "{line}");
    }
    let settings = ClientSettings::new().max_connections(7).connect_timeout(2);
    let shop = named("shop", "prod", network(), cache()).client_settings(settings);
    let shop = Handover::of(&shop);
    for line in [
        "REDIS_MAX_CONNECTIONS=7",
        "REDIS_SOCKET_TIMEOUT=5",
        "REDIS_SOCKET_CONNECT_TIMEOUT=2",
    ] {
        assert!(shop.env_file.contains(line), "{line}");
    }
}

#[test]
fn workflows_are_yaml_and_give_away_nothing() {
    for it in all() {
        for (name, text) in WORKFLOWS.iter().zip(&it.workflows) {
            let of = format!("{} {name}", it.path);
            let scalars = yaml(text, &of);
            assert!(!text.contains('\t') && text.ends_with('\n'), "{of}");
            assert!(scalars.contains(&format!("out/{}", it.path)), "{of}");
            // nobody's key, nobody's secret: a role by OIDC
            assert!(
                !text.contains("AWS_ACCESS_KEY") && !text.contains("secrets."),
                "{of}"
            );
            if name.contains("github") {
                for uses in text
                    .lines()
                    .filter_map(|line| line.trim().strip_prefix("- uses: "))
                {
                    let (_, version) = uses.split_once('@').expect("a version");
                    let major = version.strip_prefix('v').expect("a major version");
                    assert!(major.parse::<u32>().is_ok(), "{of}: {uses}");
                }
                let (before_jobs, jobs) = text.split_once("\njobs:\n").expect("jobs");
                assert!(
                    before_jobs.contains("permissions:\n  contents: read\n"),
                    "{of}"
                );
                assert!(!before_jobs.contains("id-token"), "{of}");
                assert_eq!(jobs.matches("id-token: write").count(), 2, "{of}");
                assert_eq!(jobs.matches("cancel-in-progress: false").count(), 2, "{of}");
                let slug = it.path.replace('/', "-");
                assert!(
                    jobs.contains(&format!("\n    environment: {slug}\n")),
                    "{of}"
                );
            } else {
                assert!(
                    text.contains("when: manual") && text.contains("resource_group:"),
                    "{of}"
                );
                assert!(text.contains("id_tokens:"), "{of}");
            }
        }
    }
}

/// What a makefile is called with, and what it may do without anybody's word.
#[test]
fn every_target_is_there_and_nothing_is_destroyed_by_a_slip() {
    let Ok(version) = Command::new("make").arg("--version").output() else {
        eprintln!("skipped: there is no make");
        return;
    };
    assert!(version.status.success());
    for it in all() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Makefile"), &it.makefile).unwrap();
        for name in ["cloudformation", "terraform"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let there = [
            ("cloudformation/parameters.json", "[]"),
            ("terraform/terraform.tfvars", ""),
            ("cache.env.example", &*it.env_file),
        ];
        for (name, text) in there {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let run = |arguments: &[&str]| {
            let mut make = Command::new("make");
            let make = make.args(arguments).current_dir(folder.path());
            // nothing that a target calls is there
            let called = make.env_remove("MAKEFLAGS").env_remove("CONFIRM").output();
            let called = called.unwrap();
            let said = [called.stdout, called.stderr].concat();
            (called.status.success(), String::from_utf8(said).unwrap())
        };
        let (fine, help) = run(&[]);
        assert!(
            fine && help.contains("cfn-deploy") && help.contains("tf-apply"),
            "{help}"
        );
        for target in [
            "check",
            "cfn-validate",
            "cfn-diff",
            "cfn-deploy",
            "cfn-protect",
            "cfn-outputs",
            "tf-init",
            "tf-plan",
            "tf-apply",
            "tf-output",
            "wait",
            "status",
            "env",
        ] {
            let (fine, said) = run(&["-n", target]);
            assert!(fine, "{}: {target}: {said}", it.path);
            assert!(it.makefile.contains(&format!("\n{target}:")), "{target}");
            let destroys = ["delete-stack ", " destroy ", "--no-enable-termination"];
            assert!(
                !destroys.iter().any(|word| said.contains(word)),
                "{target}: {said}"
            );
        }
        // a run elsewhere would begin with no state, and make everything once more
        let (fine, said) = run(&["tf-backend"]);
        assert!(!fine && said.contains("backend.tf.example"), "{said}");
        let backend = "terraform {\n  backend \"s3\" {}\n}\n";
        std::fs::write(folder.path().join("terraform/backend.tf"), backend).unwrap();
        let (fine, said) = run(&["tf-backend"]);
        assert!(fine, "{said}");
        for workflow in it.workflows.iter().filter(|text| text.contains("tf-init")) {
            assert_eq!(
                workflow.matches("tf-backend tf-init ").count(),
                2,
                "{}",
                it.path
            );
        }
        for target in ["cfn-destroy", "cfn-unprotect", "tf-destroy"] {
            assert!(
                help.contains(&format!("{target:<14} CONFIRM={}", it.id())),
                "{help}"
            );
            for word in [None, Some("CONFIRM="), Some("CONFIRM=yes")] {
                let arguments: Vec<&str> = [target].into_iter().chain(word).collect();
                let (fine, said) = run(&arguments);
                assert!(!fine && said.contains("if you mean it"), "{target}: {said}");
                assert!(
                    !said.contains("aws ") && !said.contains("terraform -"),
                    "{said}"
                );
            }
            let confirm = format!("CONFIRM={}", it.id());
            let (fine, said) = run(&["-n", target, &confirm]);
            assert!(fine, "{}: {target}: {said}", it.path);
        }
    }
}

/// Every name in a command is one that is made, looked up, or set by the line before.
#[test]
fn names_are_those_of_the_templates() {
    for it in all() {
        let id = it.id();
        let text = format!("{}\n{}", it.runbook, it.makefile);
        let after = |flag: &str| -> BTreeSet<String> {
            let words = text.split(flag).skip(1);
            let words = words.filter_map(|rest| rest.split_whitespace().next());
            let names = words.filter(|word| !word.starts_with(['"', '$', '`', '\'']));
            names
                .map(|word| word.trim_end_matches('\\').to_owned())
                .collect()
        };
        let one = |name: &str| BTreeSet::from([name.to_owned()]);
        assert_eq!(after("--replication-group-id "), one(id), "{}", it.path);
        assert_eq!(after("--stack-name "), one(id), "{}", it.path);
        let region = it.graph.region.as_deref().unwrap();
        assert_eq!(after("--region "), one(region), "{}", it.path);

        let members = it.members();
        for member in after("--cache-cluster-id ")
            .into_iter()
            .chain(after("\nMEMBER="))
        {
            assert!(members.contains(&member), "{}: {member}", it.path);
        }
        let outputs = it.template["Outputs"].as_object();
        for (name, _) in outputs.into_iter().flatten() {
            assert!(
                it.runbook.contains(&format!("| `{name}`")),
                "{}: {name}",
                it.path
            );
        }
        for read in text.split("OutputKey=='").skip(1) {
            let name = read.split('\'').next().unwrap();
            assert!(outputs.unwrap().contains_key(name), "{}: {name}", it.path);
        }
        for read in text.split("ParameterKey=='").skip(1) {
            let name = read.split('\'').next().unwrap();
            assert!(
                it.template["Parameters"].get(name).is_some(),
                "{}: {name}",
                it.path
            );
        }
        let log = |node: &&Node| node.kind == Kind::LogGroup;
        let made = it.graph.nodes.iter().filter(log).count();
        assert!(after("--log-group-name ").len() >= made, "{}", it.path);
    }
}

impl Handover {
    /// The ids that ElastiCache gives the nodes.
    fn members(&self) -> BTreeSet<String> {
        let id = self.id().to_ascii_lowercase();
        let nodes =
            |shard: String, nodes: i64| (1..=nodes).map(move |node| format!("{shard}-{node:03}"));
        match (
            self.setting("NodeGroupConfiguration"),
            self.number("NumNodeGroups"),
        ) {
            (Some(_), _) => self
                .runbook
                .split('`')
                .filter(|word| word.starts_with(&id))
                .map(str::to_owned)
                .collect(),
            (None, Some(shards)) => {
                let replicas = self.number("ReplicasPerNodeGroup").unwrap_or(0);
                (1..=shards)
                    .flat_map(|shard| nodes(format!("{id}-{shard:04}"), replicas + 1))
                    .collect()
            }
            (None, None) => nodes(id, self.number("NumCacheClusters").unwrap_or(1)).collect(),
        }
    }
}

#[test]
fn sections_are_there_where_they_apply() {
    let mut seen = BTreeSet::new();
    for it in all() {
        let headings = it.headings();
        for always in [
            "Deploy",
            "Connect",
            "Applications",
            "Watch",
            "Alarms",
            "Snapshot",
            "Restore",
            "Troubleshooting",
            "Delete",
            "Cost",
            "Resize",
        ] {
            assert!(headings.contains(&always), "{}: no {always}", it.path);
        }
        let sharded = it.number("NumNodeGroups").is_some();
        let secondary = it.setting("GlobalReplicationGroupId").is_some();
        let failover = it.has("AutomaticFailoverEnabled", true);
        let replicas = sharded || it.number("NumCacheClusters").is_some_and(|nodes| nodes > 1);
        let passwords = it.env_file.contains("REDIS_PASSWORD_");
        let token = it.setting("AuthToken").is_some();
        for (heading, applies) in [
            ("Add replicas", !sharded),
            ("Add replicas or shards", sharded),
            ("Fail over on purpose", failover && !secondary),
            ("Fail over by hand", replicas && !failover && !secondary),
            ("Promote this region", secondary),
            ("Rotate the token", token),
            ("Rotate a user's password", passwords && !token),
        ] {
            assert_eq!(
                headings.contains(&heading),
                applies,
                "{}: {heading}",
                it.path
            );
            if applies {
                seen.insert(heading);
            }
        }
        let users = it.setting("UserGroupIds").is_some();
        assert_eq!(
            it.runbook.contains("### NOAUTH"),
            token || users,
            "{}",
            it.path
        );
        let tls = it.has("TransitEncryptionEnabled", true);
        assert_eq!(it.runbook.contains("redis-cli --tls"), tls, "{}", it.path);
        assert_eq!(it.runbook.contains("RedisCluster("), sharded, "{}", it.path);
        assert_eq!(
            it.runbook.contains("createCluster("),
            sharded,
            "{}",
            it.path
        );
        assert_eq!(
            it.runbook.contains("NewClusterClient("),
            sharded,
            "{}",
            it.path
        );
        let guarded = it
            .makefile
            .contains("file://cloudformation/stack-policy.json");
        let kept = it.graph.nodes.iter().any(|node| {
            node.removal
                .is_some_and(|removal| removal != Removal::Delete)
        });
        assert_eq!(guarded, kept, "{}", it.path);
        assert_eq!(
            it.runbook.contains("make cfn-unprotect"),
            kept,
            "{}",
            it.path
        );
        // an alarm that there is, is explained
        let alarms = it.graph.nodes.iter().any(|node| node.kind == Kind::Alarm);
        assert_eq!(
            it.runbook.contains("None are defined."),
            !alarms,
            "{}",
            it.path
        );
        assert!(
            !it.runbook.contains("left the range that the alarm allows"),
            "{}",
            it.path
        );
    }
    let every = [
        "Add replicas",
        "Add replicas or shards",
        "Fail over on purpose",
        "Promote this region",
        "Rotate the token",
        "Rotate a user's password",
    ];
    for heading in every {
        assert!(seen.contains(heading), "no definition has {heading}");
    }
}

/// A secret is on no command line, in no file and in no history.
#[test]
fn no_command_shows_a_secret() {
    for it in all() {
        // what is read from a pipe is on no command line
        let text = format!("{}\n{}", it.runbook, it.makefile)
            .replace("--auth-token file:///dev/stdin", "");
        for word in [
            "--auth-token ",
            " -a \"",
            "--pass ",
            "requirepass",
            "echo \"$REDIS",
            "echo $REDIS",
        ] {
            assert!(!text.contains(word), "{}: {word}", it.path);
        }
    }
}

/// What nothing restricts is read as it was meant, by whoever reads it.
#[test]
fn hard_texts_break_nothing() {
    let hard = "x'y\" $(z) `w` ${{ a }} #b|c \\ %{d} ```\n```sh\nrm -rf .\n# e";
    let environment = named("shop", "prod", network(), cache()).description(hard);
    let it = Handover::of(&environment);
    let plain = Handover::of(&named("shop", "prod", network(), cache()));
    for block in it.blocks("sh") {
        parses(block, "hard texts");
        assert!(!block.contains("rm -rf"), "{block}");
    }
    // no block begins or ends with what a text says
    assert_eq!(it.blocks("sh").len(), plain.blocks("sh").len());
    assert_eq!(it.runbook.lines().count(), plain.runbook.lines().count());
    // ids, versions and node types that would need a quote are refused before
    let id = ReplicationGroup::new("shop cache", Engine::REDIS_7_1, node_type::M7G_LARGE);
    let version = common::with(Engine::redis("7.1'`$(w)|"), node_type::M7G_LARGE);
    let nodes = common::with(Engine::REDIS_7_1, NodeType::named("cache.x'y`z.large"));
    let policy = cache().parameter_group(ParameterGroup::new().set("maxmemory-policy", hard));
    for refused in [id, version, nodes, policy] {
        let files = synthesize(&named("shop", "prod", network(), refused), &BOTH).files;
        assert!(files.is_empty());
    }
}

/// An alarm, of a metric or of several that are calculated with.
fn alarm(name: &str, metric: &str, description: &str, treat: &str) -> Node {
    let place = named("shop", "prod", network(), cache()).place().clone();
    let mut node = Node::new(Kind::Alarm, "Alarm", "alarm", &place);
    node.put("AlarmName", "alarm_name", name);
    node.put("AlarmDescription", "alarm_description", description);
    node.put("TreatMissingData", "treat_missing_data", treat);
    if metric.contains('+') {
        let queries = metric.split('+').map(|name| {
            let name = Property::both("MetricStat.Metric.MetricName", "metric.metric_name", name);
            vec![Property::both("Id", "id", "m"), name]
        });
        node.put("Metrics", "metric_query", Value::Objects(queries.collect()));
    } else {
        node.put("MetricName", "metric_name", metric);
    }
    node
}

#[test]
fn every_alarm_is_explained() {
    let (mut graph, _) = named("shop", "prod", network(), cache()).lower();
    graph.nodes.extend([
        alarm("a-1", "Evictions", "a `b` ```\n## c | <d>", "missing"),
        alarm("a-2", "Evictions", "more", "missing"),
        alarm("a-3", "ReplicationLag+ReplicationLag", "lag", "missing"),
        alarm("a-4", "CurrConnections", "gone", "breaching"),
    ]);
    let files = cachewright::handover::files(&graph, &ClientSettings::new(), 0);
    let runbook = &files
        .iter()
        .find(|file| file.path == "RUNBOOK.md")
        .unwrap()
        .contents;
    let (_, alarms) = runbook.split_once("\n## Alarms\n").unwrap();
    let (alarms, _) = alarms.split_once("\n## Resize").unwrap();
    let headings: Vec<&str> = alarms
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .collect();
    assert_eq!(headings, ["`Evictions`", "`ReplicationLag`", "`no data`"]);
    assert!(!alarms.contains("\n## "), "{alarms}");
    for name in [
        "- `a-1`: a \\`b\\`",
        "- `a-2`: more",
        "- `a-3`: lag",
        "- `a-4`: gone",
    ] {
        assert!(alarms.contains(name), "{name} in {alarms}");
    }
    assert_eq!(alarms.matches("**Do:** ").count(), 3);
    assert!(!alarms.contains("left the range") && !alarms.contains("None are defined"));
}

/// Whatever the types allow is handed over.
#[test]
fn whatever_passes_is_handed_over() {
    let mut passed = 0;
    for seed in 1..=300 {
        let environment = generated::environment("any", &generated::numbers(seed));
        if synthesize(&environment, &BOTH).files.is_empty() {
            continue;
        }
        let it = Handover::of(&environment);
        parses(&it.blocks("sh").join("\n"), &format!("seed {seed}"));
        for text in &it.workflows {
            yaml(text, &format!("seed {seed}"));
        }
        passed += 1;
    }
    assert!(passed > 40, "{passed} of 300");
}

/// One language alone leaves alone what speaks of both.
#[test]
fn one_language_alone_hands_nothing_over() {
    let environment = named("shop", "prod", network(), cache());
    for language in BOTH {
        let files = synthesize(&environment, &[language]).files;
        assert!(
            files
                .iter()
                .all(|file| file.path.contains('/') && !file.path.starts_with("pipelines/"))
        );
    }
}

/// Each operation of the five documents, by the words of the command that does it, corrected.
#[rustfmt::skip]
const OPERATIONS: &[(&str, &[&str], &str)] = &[
    // MaraBet: a page of commands, with a token in clear and a node type that doesn't exist
    ("marabet/prod", &["describe-cache-subnet-groups", "describe-security-group-rules"], "look at network"),
    ("marabet/prod", &["make cfn-deploy", "make tf-apply"], "create"),
    ("marabet/prod", &["aws elasticache wait replication-group-available"], "wait until it is there"),
    ("marabet/prod", &["NodeGroups[0].[PrimaryEndpoint,ReaderEndpoint]"], "primary, port and reader"),
    ("marabet/prod", &["Status:Status,ClusterMode:ClusterEnabled,AtRest:", "Tls:TransitEncryptionEnabled"], "summary"),
    ("marabet/prod", &["`redis-tools`", "`redis` (Homebrew)"], "install a client"),
    ("marabet/prod", &["redis-cli --tls -h \"$REDIS_HOST\" -p \"$REDIS_PORT\" ping", "set runbook:check", "get runbook:check", "info server"], "try it, with TLS"),
    ("marabet/staging", &["redis-cli -h \"$REDIS_HOST\" -p \"$REDIS_PORT\" ping"], "try it, without"),
    ("marabet/prod", &["redis.Redis(", "ssl=True"], "Python"),
    ("marabet/prod", &["--metric-name CPUUtilization", "--metric-name DatabaseMemoryUsagePercentage", "marabet-redis-001"], "metrics"),
    ("marabet/prod", &["list-allowed-node-type-modifications", "`cache.t3.medium` is the largest of its family", "modify-replication-group", "--apply-immediately"], "resize"),
    ("marabet/prod", &["aws elasticache create-snapshot"], "snapshot"),
    ("marabet/prod", &["--final-snapshot-identifier"], "delete with a last snapshot"),
    ("marabet/prod", &["a month**"], "cost"),
    // AirDiscovery: the CDK's way
    ("air-discovery/dev", &["make cfn-diff", "make tf-plan"], "diff"),
    ("air-discovery/dev", &["make cfn-outputs", "`RedisEndpoint`", "`RedisPort`", "`RedisClusterId`"], "outputs"),
    ("air-discovery/dev", &["redis-benchmark -h"], "load"),
    ("air-discovery/dev", &["A health check is a `PING`"], "health check"),
    ("air-discovery/dev", &["createClient(options)"], "NestJS"),
    ("air-discovery/dev", &["Connection refused", "its security group or address", "describe-cache-subnet-groups"], "time-outs"),
    ("air-discovery/prod", &["redis-cli --tls", "port 6379"], "TLS, on its own port"),
    // plataforma-bet: a module of Terraform
    ("pbet/prod", &["terraform -chdir=terraform output -raw valkey_endpoint", "`valkey_reader_endpoint`", "`security_group_id`"], "outputs"),
    ("pbet/hml", &["aws ecs execute-command"], "try it from ECS"),
    ("pbet/hml", &["redis.Redis(", "createClient(options)"], "Python and Node"),
    ("pbet/prod", &["pbet-plataforma-bet-prod-001", "CacheHitRate", "Evictions", "CurrConnections"], "metrics of a node that there is"),
    ("pbet/prod", &["create-snapshot", "create-replication-group", "--snapshot-name", "--cache-subnet-group-name", "--security-group-ids", "--user-group-ids", "--kms-key-id"], "snapshot and restore, whole"),
    // the chatbot: a guide
    ("chatbot/prod", &["docker run --rm -p 127.0.0.1:6379:6379", "REDIS_URL=redis://localhost:6379/0"], "on a developer's machine"),
    ("chatbot/prod", &["slowlog get 10", "--bigkeys", "`SCAN`", "`MONITOR`"], "slow"),
    ("chatbot/prod", &["Connection refused", "NOAUTH"], "errors of connections"),
    ("chatbot/prod", &["info memory", "There is no `maxmemory` to raise", "`FLUSHDB`"], "out of memory"),
    ("chatbot/prod", &["gets a time to live", "pipeline"], "how to use it"),
    // OMS: CloudFormation
    ("oms/dev", &["aws cloudformation deploy --region us-east-1 --stack-name oms-redis-dev"], "deploy"),
    ("oms/staging", &["--stack-name oms-redis-staging"], "deploy"),
    ("oms/prod", &["Stacks[0].Outputs[?OutputKey=='RedisEndpoint'].OutputValue", "exported as `oms-redis-prod-RedisReaderEndpoint`"], "outputs and exports"),
    ("oms/prod", &["redis.NewClient(", "PoolSize:", "MinIdleConns:", "ReadTimeout:"], "Go"),
    ("oms/prod", &["create-snapshot", "oms-redis-prod-restored"], "snapshot and restore"),
    ("oms/staging", &["change the node type in the definition", "failover"], "larger nodes"),
    ("oms/staging", &["## Add replicas", "Topology::replicated(2"], "more replicas"),
    ("oms/prod", &["The cache is slow", "info clients", "`CurrConnections`"], "slow"),
    ("oms/prod", &["nc -vz"], "refused"),
    ("oms/prod", &["Evictions, or a low hit rate", "add shards|shards, that is cluster mode"], "evictions"),
    ("oms/staging", &["aws elasticache test-failover"], "try a failover"),
];

#[test]
fn every_operation_of_the_five_documents_is_in_a_runbook() {
    let all = all();
    for (path, words, operation) in OPERATIONS {
        let it = all
            .iter()
            .find(|it| it.path == *path)
            .expect("an environment");
        let text = it.runbook.to_lowercase();
        for word in *words {
            let said = word
                .split('|')
                .any(|word| text.contains(&word.to_lowercase()));
            assert!(said, "{path}: {operation}: no {word}");
        }
    }
}
