//! From what runs to what is said, in stages that AWS takes: for each feature the stages by their
//! names, each of them whole, valid, the same in both languages, and neither replaced nor refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cachewright::diagnostic::Diagnostic;
use cachewright::diff::{Verdict, compare};
use cachewright::graph::{Graph, Kind, Value};
use cachewright::migrate::{self, Plan};
use cachewright::output::File;
use cachewright::prelude::*;
use cachewright::schema;
use cachewright::synth::synthesize;
use proptest::prelude::*;
use tempfile::TempDir;

mod common;
#[path = "../examples/generated/environments.rs"]
mod environments;
#[path = "../examples/migrations/pairs.rs"]
mod pairs;

use common::{BOTH, Ended, cache, run_over, tree, with};
use pairs::{JUDGED, Make, PLANS, nodes, prod, required, secret, single, tls, token};

fn files(environment: &Environment) -> Vec<File> {
    let synthesis = synthesize(environment, &BOTH);
    assert!(!synthesis.files.is_empty(), "{:#?}", synthesis.diagnostics);
    synthesis.files
}

/// Before, after, and what is said of the change that has no stages.
const REFUSED: &[(&str, Make, Make, &str)] = &[
    (
        "a key of its own",
        || prod(cache()),
        || prod(cache().at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::given()))),
        "KmsKeyId",
    ),
    (
        "in clear",
        || prod(cache()),
        || prod(cache().at_rest_encryption(AtRestEncryption::Disabled)),
        "AtRestEncryptionEnabled",
    ),
    (
        "a port",
        || prod(cache()),
        || prod(cache().port(6380)),
        "Port",
    ),
    (
        "a version back",
        || prod(cache()),
        || prod(with(Engine::REDIS_7_0, node_type::M7G_LARGE)),
        "EngineVersion",
    ),
    (
        "redis again",
        || prod(with(Engine::VALKEY_8_0, node_type::M7G_LARGE)),
        || prod(cache()),
        "Engine",
    ),
    (
        "cluster mode back",
        || nodes(Topology::sharded(1, 1, MultiAz::Enabled)),
        || {
            nodes(Topology::replicated(
                1,
                Failover::Automatic(MultiAz::Enabled),
            ))
        },
        "cluster mode goes from on back to off",
    ),
    (
        "cluster mode with parameters",
        || {
            let parameters = ParameterGroup::new().set("maxmemory-policy", "volatile-lru");
            prod(
                cache()
                    .topology(Topology::replicated(
                        1,
                        Failover::Automatic(MultiAz::Enabled),
                    ))
                    .parameter_group(parameters),
            )
        },
        || {
            let parameters = ParameterGroup::new().set("maxmemory-policy", "volatile-lru");
            prod(
                cache()
                    .topology(Topology::sharded(1, 1, MultiAz::Enabled))
                    .parameter_group(parameters),
            )
        },
        "cluster-enabled",
    ),
    (
        "another secret",
        || tls(required(token())),
        || {
            tls(required(Access::AuthToken(AuthToken::new(
                SecretRef::named("shop/other"),
            ))))
        },
        "another secret",
    ),
    (
        "a first token by ROTATE",
        || tls(required(Access::Open)),
        || {
            tls(required(Access::AuthToken(AuthToken::rotating(
                secret(),
                "AWSPENDING",
            ))))
        },
        "ROTATE for good",
    ),
    (
        "a first token, write-only, once",
        || tls(required(Access::Open)),
        || {
            tls(required(Access::AuthToken(
                AuthToken::new(secret()).write_only(1),
            )))
        },
        "write-only version 1",
    ),
    (
        "tls before 7",
        || {
            prod(
                with(Engine::REDIS_6_2, node_type::M6G_LARGE)
                    .transit_encryption(TransitEncryption::Disabled),
            )
        },
        || prod(with(Engine::REDIS_6_2, node_type::M6G_LARGE)),
        "decides it when the cache is made",
    ),
];

fn plan(before: &Environment, after: &Environment) -> Result<Plan, Vec<Diagnostic>> {
    migrate::plan(&files(before), after)
}

#[test]
fn each_feature_has_its_stages() {
    let mut wrong = Vec::new();
    for (what, before, after, expected) in PLANS {
        match plan(&before(), &after()) {
            Ok(plan) => {
                let names: Vec<&str> = plan.stages.iter().map(|stage| &*stage.step.name).collect();
                if names != *expected {
                    wrong.push(format!("{what}: {names:?} instead of {expected:?}"));
                }
                hold(what, &files(&before()), &after(), &plan);
            }
            Err(found) => {
                let said: Vec<String> = found.iter().map(ToString::to_string).collect();
                wrong.push(format!("{what}: {}", said.join("\n  ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_has_no_stages_is_refused_with_what_to_do() {
    let mut wrong = Vec::new();
    for (what, before, after, said) in REFUSED {
        match plan(&before(), &after()) {
            Ok(plan) => {
                let names: Vec<&str> = plan.stages.iter().map(|stage| &*stage.step.name).collect();
                wrong.push(format!("{what}: has the stages {names:?}"));
            }
            Err(found) => {
                if !found.iter().any(|one| one.message.contains(said)) {
                    wrong.push(format!("{what}: {found:#?}"));
                }
                refusal(&found);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A refusal says where and what to do.
fn refusal(found: &[Diagnostic]) {
    assert!(!found.is_empty());
    for one in found {
        assert!(one.is_error(), "{one:#?}");
        assert!(one.place.is_some(), "{one:#?}");
        assert!(!one.help.is_empty(), "{one:#?}");
        assert!(one.environment.is_some(), "{one:#?}");
    }
}

#[test]
fn judges_see_every_kind_of_stage() {
    let mut stages = std::collections::BTreeSet::new();
    for (what, _, _, names) in PLANS {
        if JUDGED.contains(what) {
            stages.extend(names.iter().copied());
        }
    }
    let known = PLANS.iter().map(|(what, ..)| *what);
    assert_eq!(
        known.filter(|what| JUDGED.contains(what)).count(),
        JUDGED.len()
    );
    let all = PLANS.iter().flat_map(|(.., names)| *names);
    // these differ from others in what is done by hand alone
    let alike = ["beside", "users-gone", "token-gone", "node-type"];
    let missing: Vec<_> = all
        .filter(|name| !stages.contains(*name) && !alike.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Either every promise holds, or it is said where and what to do; nothing falls over.
    #[test]
    fn any_two_definitions_have_a_way_or_a_reason(
        numbers in prop::collection::vec(any::<u32>(), 24..64),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u32>()), 1..6),
    ) {
        let mut others = numbers.clone();
        for (at, number) in &changes {
            let at = at.index(others.len());
            others[at] = *number;
        }
        ways(&numbers, &others);
    }
}

/// Whether there is a way; nothing where one of the two isn't a definition.
fn ways(numbers: &[u32], others: &[u32]) -> Option<usize> {
    let before = environments::environment("any", numbers);
    let after = environments::environment("any", others);
    let old = synthesize(&before, &BOTH).files;
    if old.is_empty() {
        return None;
    }
    match migrate::plan(&old, &after) {
        Ok(plan) => {
            assert!(migrate::document(&plan).len() > plan.stages.len());
            hold("any", &old, &after, &plan);
            Some(plan.stages.len())
        }
        Err(found) => {
            refusal(&found);
            None
        }
    }
}

/// The generator makes changes of several stages as well, so that the property is about something.
#[test]
fn some_generated_changes_take_several_stages() {
    let mut several = 0;
    for seed in 1..=60 {
        let numbers = environments::numbers(seed);
        // topology and access are early choices
        for at in [5, 6, 7, 8, 9] {
            let mut others = numbers.clone();
            others[at] = others[at].wrapping_add(1);
            several += usize::from(ways(&numbers, &others).is_some_and(|stages| stages > 1));
        }
    }
    assert!(several >= 8, "{several}");
}

/// Everything that a plan promises.
fn hold(what: &str, old: &[File], after: &Environment, plan: &Plan) {
    if let Some(last) = plan.stages.last() {
        assert_eq!(
            last.files,
            files(after),
            "{what}: the last stage is synth's"
        );
    }
    let mut before = old.to_vec();
    for (i, stage) in plan.stages.iter().enumerate() {
        let name = format!("{what}: {}", migrate::folder(stage));
        assert_eq!(stage.number, i + 1, "{name}");
        for file in &stage.files {
            let found = match file.path.as_str() {
                "cloudformation/template.json" => schema::check_template(&file.contents),
                path if path.ends_with(".tf") => schema::check_terraform(&file.contents),
                _ => Vec::new(),
            };
            assert!(found.is_empty(), "{name}: {}: {found:#?}", file.path);
        }
        same(&name, &stage.files, &stage.step.name);
        used(&name, &stage.files);
        let beside = stage.step.name == "beside";
        let report = compare(
            "shop/prod",
            if beside { &[] } else { &before },
            &stage.files,
        )
        .unwrap();
        assert!(!report.is_empty(), "{name} changes nothing");
        for row in &report.rows {
            for (language, entry) in row.entries() {
                let verdict = entry.judgement.verdict;
                // a secret or a key that a definition leaves out waits for its deletion
                let leaves = row.setting.is_empty() && entry.new.is_none();
                if leaves && matches!(row.kind, Some(Kind::Secret | Kind::Key)) {
                    assert!(verdict <= Verdict::Kept, "{name}: {row:#?}");
                    continue;
                }
                // what is replaced is replaced, whatever somebody answers
                assert!(verdict < Verdict::Kept, "{name}: {row:#?}");
                // whoever imports an export is asked for by a command
                if entry.path.0[0] == "Outputs" {
                    let acts = stage.step.before.iter().flat_map(|act| &act.commands);
                    let mut asks = acts.filter(|command| command.contains("list-imports"));
                    assert!(
                        verdict < Verdict::Refused || asks.next().is_some(),
                        "{name}: {row:#?}"
                    );
                    continue;
                }
                let answered = stage.step.answers.iter().any(|answer| {
                    answer.language == language
                        && answer.setting == row.setting
                        && answer.verdict == verdict
                });
                assert!(verdict < Verdict::Refused || answered, "{name}: {row:#?}");
            }
        }
        assert!(
            !stage.step.checks.is_empty() && !stage.step.back.is_empty(),
            "{name}"
        );
        assert!(
            !stage.step.what.is_empty() && !stage.step.why.is_empty(),
            "{name}"
        );
        before.clone_from(&stage.files);
    }
}

/// A stage asks for nothing that it doesn't use: what is set back takes its inputs along.
fn used(name: &str, files: &[File]) {
    let text = |path: &str| {
        let all = files.iter().filter(|file| file.path.starts_with(path));
        all.map(|file| &*file.contents).collect::<String>()
    };
    let template = text("cloudformation/template.json");
    let parsed: serde_json::Value = serde_json::from_str(&template).unwrap();
    for parameter in parsed["Parameters"]
        .as_object()
        .into_iter()
        .flat_map(|all| all.keys())
    {
        let is_used = template.contains(&format!("\"Ref\": \"{parameter}\""))
            || template.contains(&format!("${{{parameter}}}"));
        assert!(is_used, "{name}: nothing uses {parameter}");
    }
    let module = text("terraform/");
    for line in module
        .lines()
        .filter_map(|line| line.strip_prefix("variable \""))
    {
        let variable = line.split('"').next().unwrap();
        // a variable's own validation mentions it once more
        let uses = module.matches(&format!("var.{variable}")).count();
        let own = module
            .split(&format!("variable \"{variable}\""))
            .nth(1)
            .unwrap();
        let own = own
            .split("\n}\n")
            .next()
            .unwrap()
            .matches(&format!("var.{variable}"))
            .count();
        assert!(uses > own, "{name}: nothing uses {variable}");
    }
}

#[test]
fn cloudformation_learns_of_a_token_when_nothing_but_the_token_opens_the_cache() {
    for (before, after) in [
        (required(Access::Open), required(token())),
        (
            required(Access::UserGroup(UserGroup::existing("shop-users"))),
            required(token()),
        ),
    ] {
        let plan = plan(&tls(before), &tls(after)).unwrap();
        let says = |stage: usize, path: &str, text: &str| {
            let mut files = plan.stages[stage].files.iter();
            files.any(|file| file.path.ends_with(path) && file.contents.contains(text))
        };
        assert!(!says(0, "template.json", "AuthToken"));
        assert!(says(0, "main.tf", "\"ROTATE\""));
        assert!(says(1, "template.json", "\"AuthToken\""));
        assert!(says(1, "main.tf", "\"SET\""));
    }
    // a rotation keeps the version that opens now
    let version = |stage: &str| {
        tls(required(Access::AuthToken(AuthToken::new(
            secret().version_stage(stage),
        ))))
    };
    let plan = plan(&version("AWSCURRENT"), &version("AWSPENDING")).unwrap();
    let template = &plan.stages[0].files[0].contents;
    assert!(
        template.contains(":AWSCURRENT") && !template.contains("AWSPENDING"),
        "{template}"
    );
    let template = &plan.stages[1].files[0].contents;
    assert!(template.contains(":AWSPENDING"), "{template}");
}

/// Both languages say the same of the cache, but what one of them has no word for.
fn same(name: &str, files: &[File], step: &str) {
    let read = migrate::before(files);
    let template = settings(read.cloudformation.as_ref().unwrap());
    let module = settings(read.terraform.as_ref().unwrap());
    for (setting, value) in &template {
        // the token of a rotation is another one in each language, and the API's business
        if setting == "AuthToken" || module.get(setting) == Some(value) {
            continue;
        }
        panic!("{name}: {setting} is {value} and {:?}", module.get(setting));
    }
    if step != "token-rotate" {
        assert_eq!(
            template.contains_key("AuthToken"),
            module
                .keys()
                .any(|key| key == "AuthToken" || key.starts_with("auth_token")),
            "{name}"
        );
    }
}

fn settings(graph: &Graph) -> BTreeMap<String, String> {
    let caches = graph
        .nodes
        .iter()
        .filter(|node| node.kind == Kind::ReplicationGroup);
    let all = caches.flat_map(|node| &node.properties);
    let known = all.filter_map(|property| {
        let name = property
            .cloudformation
            .as_ref()
            .or(property.terraform.as_ref())?;
        let value = match &property.value {
            Value::Bool(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Text(text) => text.literal()?.to_owned(),
            Value::Secret(_) => "a secret".into(),
            _ => return None,
        };
        Some((name.to_string(), value))
    });
    known.collect()
}

#[test]
fn steps_are_told_in_their_order_with_the_names_that_are_real() {
    let before = tls(TransitEncryption::Disabled);
    let plan = plan(&before, &tls(required(token()))).unwrap();
    let written = migrate::document(&plan);
    let steps = &written[0];
    assert_eq!(steps.path, "STEPS.md");
    if let Ok(path) = std::env::var("STEPS") {
        std::fs::write(path, &steps.contents).unwrap();
    }
    let mut at = 0;
    for heading in [
        "## 1-tls-preferred",
        "## 2-tls-required",
        "## 3-token-rotate",
        "## 4-token-set",
    ] {
        let found = steps.contents[at..].find(heading);
        at += found.unwrap_or_else(|| panic!("no {heading} after {at}"));
    }
    for command in [
        "aws elasticache wait replication-group-available --region us-east-1 --replication-group-id shop-cache",
        "aws cloudformation wait stack-update-complete --region us-east-1 --stack-name shop-cache",
        "--auth-token-update-strategy ROTATE --auth-token file:///dev/stdin",
        "--template-file 4-token-set/cloudformation/template.json",
    ] {
        assert!(steps.contents.contains(command), "{command}");
    }
    for stage in &plan.stages {
        let folder = migrate::folder(stage);
        for file in &stage.files {
            let path = format!("{folder}/{}", file.path);
            assert!(
                written
                    .iter()
                    .any(|one| one.path == path && one.contents == file.contents)
            );
        }
    }
}

#[test]
fn nothing_that_runs_is_nothing_to_migrate() {
    let found = migrate::plan(&[], &prod(cache())).unwrap_err();
    refusal(&found);
}

macro_rules! states {
    ($($name:literal: $make:expr;)*) => {
        /// Not a test: the process that the tests start.
        #[test]
        #[ignore = "a process that other tests start"]
        fn as_a_program() {
            common::as_a_program(&[$(($name, || vec![$make]),)*]);
        }
    };
}

states! {
    "plain": tls(TransitEncryption::Disabled);
    "open": tls(required(Access::Open));
    "token": tls(required(token()));
    "port": prod(cache().port(6380));
    "small": nodes(single());
}

/// A folder in which `plain` is the output.
fn deployed() -> (TempDir, PathBuf, PathBuf) {
    let folder = TempDir::new().unwrap();
    let (out, into) = (folder.path().join("out"), folder.path().join("migrations"));
    run_over("plain", &["synth", "--out", out.to_str().unwrap()]).expect(0);
    (folder, out, into)
}

fn migrate(state: &str, out: &Path, into: &Path, more: &[&str]) -> Ended {
    let (out, into) = (out.to_str().unwrap(), into.to_str().unwrap());
    run_over(
        state,
        &[
            &["migrate", "shop/prod", "--out", out, "--into", into],
            more,
        ]
        .concat(),
    )
}

#[test]
fn stages_are_written_whole_beside_the_output_and_the_last_is_what_synth_writes() {
    let (folder, out, into) = deployed();
    let held = tree(&out);
    migrate("token", &out, &into, &[]).expect(0);
    assert_eq!(tree(&out), held, "the output stays");
    let written = tree(&into);
    let other = folder.path().join("other");
    run_over("token", &["synth", "--out", other.to_str().unwrap()]).expect(0);
    for (path, text) in tree(&other) {
        let Some(file) = path
            .strip_prefix("shop/prod/")
            .filter(|file| !file.starts_with('.'))
        else {
            continue;
        };
        let stage = format!("shop/prod/4-token-set/{file}");
        assert_eq!(written.get(&stage), Some(&text), "{stage}");
    }
    assert!(written.contains_key("shop/prod/STEPS.md"));

    // the same again changes nothing; another way replaces the stages that nobody edited
    migrate("token", &out, &into, &[]).expect(0);
    assert_eq!(tree(&into), written);
    migrate("open", &out, &into, &[]).expect(0);
    assert!(!tree(&into).keys().any(|path| path.contains("token")));
    let steps = into.join("shop/prod/STEPS.md");
    fs::write(&steps, "mine").unwrap();
    let edited = tree(&into);
    migrate("token", &out, &into, &[]).expect(2);
    assert_eq!(
        tree(&into),
        edited,
        "what somebody edited stays, and everything with it"
    );
    migrate("token", &out, &into, &["--force"]).expect(0);
    assert_eq!(tree(&into), written);
}

#[test]
fn a_plan_that_cannot_be_is_no_file() {
    let (_folder, out, into) = deployed();
    migrate("port", &out, &into, &[]).expect(1);
    assert!(!into.exists());
    migrate("plain", &out, &into, &[]).expect(0);
    assert!(!into.exists(), "nothing to do is nothing to write");
    migrate("open", &out, &out.join("stages"), &[]).expect(2);
    migrate("open", &out, &out, &[]).expect(2);
    migrate("open", &out, &into, &["--against", "no-such-revision"]).expect(2);
    let empty = into.parent().unwrap().join("empty");
    fs::create_dir(&empty).unwrap();
    migrate("open", &out, &into, &["--against", empty.to_str().unwrap()]).expect(2);
    run_over(
        "open",
        &["migrate", "shop/none", "--out", out.to_str().unwrap()],
    )
    .expect(2);
    assert!(!into.exists());
}

#[test]
fn machines_are_told_the_same() {
    let (_folder, out, into) = deployed();
    let ended = migrate("token", &out, &into, &["--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&ended.expect(0).stdout).unwrap();
    let stages = told["stages"].as_array().unwrap();
    let names: Vec<_> = stages
        .iter()
        .map(|stage| stage["folder"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "1-tls-preferred",
            "2-tls-required",
            "3-token-rotate",
            "4-token-set"
        ]
    );
    assert_eq!(stages[0]["cloudformation"], "in-place");
    assert_eq!(stages[1]["terraform"], "interruption");
    let ended = migrate("port", &out, &into, &["--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&ended.expect(1).stdout).unwrap();
    assert_eq!(told["diagnostics"][0]["code"], "migration-path");
}
