//! What the tests share: a definition without a mistake to start from, what it
//! becomes, and the command line in a process of its own.

#![allow(dead_code, unused_macros, reason = "each test file uses its own part")]

#[path = "../../examples/everything/environments.rs"]
pub mod everything;
pub mod snippet;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output as Finished, Stdio};

use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::graph::Language;
use cachewright::prelude::*;
use cachewright::synth::synthesize;
use cachewright::{cloudformation, rule, terraform};
use serde_json::Value;

/// A cache without a mistake. Its places are in this file, so that a finding about
/// it can't be mistaken for one about what a test adds.
pub fn cache() -> ReplicationGroup {
    with(Engine::REDIS_7_1, node_type::M7G_LARGE)
}

/// The same with another id, for where several environments meet.
pub fn cache_named(id: &str) -> ReplicationGroup {
    ReplicationGroup::new(id, Engine::REDIS_7_1, node_type::M7G_LARGE)
}

/// A cache of that engine and kind of node, said by whoever calls.
#[track_caller]
pub fn with(engine: Engine, nodes: impl Into<Nodes>) -> ReplicationGroup {
    ReplicationGroup::new("shop-cache", engine, nodes)
}

pub fn subnets() -> SubnetGroup {
    SubnetGroup::new(Subnets::given())
}

pub fn security_group() -> SecurityGroup {
    SecurityGroup::new(Vpc::given())
}

pub fn network() -> Network {
    Network::new(subnets(), security_group())
}

/// The part of an environment that a test is about; the rest is without a mistake.
pub trait Definition {
    fn environment(self) -> Environment;
}

impl Definition for Environment {
    fn environment(self) -> Environment {
        self
    }
}

impl Definition for Network {
    fn environment(self) -> Environment {
        shop(self, cache())
    }
}

impl Definition for SubnetGroup {
    fn environment(self) -> Environment {
        Network::new(self, security_group()).environment()
    }
}

impl Definition for SecurityGroup {
    fn environment(self) -> Environment {
        Network::new(subnets(), self).environment()
    }
}

impl Definition for SecurityGroups {
    fn environment(self) -> Environment {
        Network::new(subnets(), self).environment()
    }
}

impl<M> Definition for ReplicationGroup<M>
where
    AnyReplicationGroup: From<ReplicationGroup<M>>,
{
    fn environment(self) -> Environment {
        shop(network(), self)
    }
}

/// The environment `shop/prod`.
pub fn shop(network: Network, cache: impl Into<AnyReplicationGroup>) -> Environment {
    named("shop", "prod", network, cache)
}

/// An environment of that name.
#[track_caller]
pub fn named(
    system: &str,
    name: &str,
    network: Network,
    cache: impl Into<AnyReplicationGroup>,
) -> Environment {
    let region = Region::US_EAST_1;
    Environment::new(system, name, Stage::Production, region, network, cache)
}

pub const BOTH: [Language; 2] = [Language::CloudFormation, Language::Terraform];

/// What an environment becomes, read back the way that the tool reads it.
pub struct Outputs {
    pub files: BTreeMap<String, String>,
    pub template: Value,
    /// The resources of `main.tf`: type, label, body.
    pub resources: Vec<(String, String, Value)>,
}

impl Outputs {
    /// The properties of the resource of that CloudFormation type; of the first one.
    pub fn properties(&self, kind: &str) -> &Value {
        let resources = self.template["Resources"].as_object().expect("an object");
        let found = resources.values().find(|resource| resource["Type"] == kind);
        &found.unwrap_or_else(|| panic!("no {kind} in the template"))["Properties"]
    }

    /// The body of the resource of that Terraform type; of the first one.
    pub fn body(&self, kind: &str) -> &Value {
        let found = self.resources.iter().find(|(of, _, _)| of == kind);
        &found.unwrap_or_else(|| panic!("no {kind} in main.tf")).2
    }
}

/// The files of an environment that has to be without an error.
#[track_caller]
pub fn outputs(environment: &Environment) -> Outputs {
    let synthesis = synthesize(environment, &BOTH);
    let errors: Vec<String> = synthesis
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let files: BTreeMap<String, String> = synthesis
        .files
        .into_iter()
        .map(|file| (file.path, file.contents))
        .collect();
    let template = cloudformation::read(&files["cloudformation/template.json"]).expect("JSON");
    let modules = ["terraform/main.tf", "terraform/monitoring.tf"];
    let modules = modules.into_iter().filter_map(|path| files.get(path));
    let resources = modules
        .flat_map(|text| terraform::read(text).expect("HCL"))
        .map(|block| (block.labels[0].clone(), block.labels[1].clone(), block.body))
        .collect();
    Outputs {
        files,
        template,
        resources,
    }
}

/// The findings of a report in JSON, without what an expert questions of the definition that
/// the tests start from: its places are in this file.
pub fn diagnostics(report: &Value) -> Vec<&Value> {
    let all = report["diagnostics"].as_array().expect("a list");
    all.iter()
        .filter(|finding| finding["place"]["file"] != file!())
        .collect()
}

/// Everything that the tool says of an environment.
pub fn judged(environment: &Environment) -> Vec<Diagnostic> {
    let (graph, lowered) = environment.lower();
    rule::judge(&graph, lowered, &[])
}

/// Everything that is wrong or worth a second look, whatever the environment is for, and
/// whatever the day: how long a version is supported is another question.
pub fn findings(environment: &Environment) -> Vec<Diagnostic> {
    let mut found = judged(environment);
    found.retain(|finding| {
        let rule = rule::rule(finding.code);
        let is_opinion = rule.is_some_and(|rule| {
            let usual = rule.levels.at(None);
            let stages = [Stage::Development, Stage::Staging, Stage::Production];
            stages
                .iter()
                .any(|stage| rule.levels.at(Some(*stage)) != usual)
        });
        finding.level != Level::Information
            && !is_opinion
            && finding.code != "engine-version-support"
    });
    found
}

/// One finding of that level and code, said of that line, whose message has all of
/// `words`, and which says what is allowed and what to do.
#[track_caller]
pub fn assert_finding(
    finding: &Diagnostic,
    (file, line): (&str, u32),
    (level, code): (Level, &str),
    words: &[&str],
) {
    assert_eq!((finding.level, finding.code), (level, code), "{finding}");
    let place = finding.place.as_ref().expect("a place");
    assert_eq!((&*place.file, place.line), (file, line), "{finding}");
    assert!(place.column > 0, "{finding}");
    for word in words {
        assert!(finding.message.contains(word), "no {word:?} in: {finding}");
    }
    assert!(!finding.help.is_empty(), "no help: {finding}");
    assert!(finding.environment.is_some(), "no environment: {finding}");
    // a warning is about what can't be known, so there may be nothing to allow
    if level == Level::Error {
        assert!(!finding.allowed.is_empty(), "nothing allowed: {finding}");
    }
}

/// The one error of a definition with one mistake: not also what follows from it.
#[track_caller]
pub fn only_error(
    environment: &Environment,
    place: (&str, u32),
    code: &str,
    words: &[&str],
) -> Diagnostic {
    let errors: Vec<Diagnostic> = findings(environment)
        .into_iter()
        .filter(Diagnostic::is_error)
        .collect();
    let [error] = errors.as_slice() else {
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{} errors and not one\n{}", errors.len(), all.join("\n"));
    };
    assert_finding(error, place, (Level::Error, code), words);
    assert!(
        synthesize(environment, &BOTH).files.is_empty(),
        "files in spite of {error}"
    );
    error.clone()
}

/// What ended: its exit code and what it printed.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    pub fn new(finished: Finished) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: finished.status.code().expect("no signal"),
            stdout: text(finished.stdout),
            stderr: text(finished.stderr),
        }
    }

    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {:?}", self.stdout))
    }
}

/// The program of this repository, with its environments.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cachewright"));
    plain(&mut command);
    command
}

/// Without what the terminal of whoever runs the tests says about colour.
fn plain(command: &mut Command) {
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "RAYON_NUM_THREADS",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
}

pub fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ended {
    let finished = program().args(arguments).output();
    Ended::new(finished.expect("the program starts"))
}

/// `synth --out <out>` of the program and more arguments.
pub fn synth(out: &Path, more: &[&str]) -> Ended {
    let mut command = program();
    command.arg("synth").arg("--out").arg(out).args(more);
    Ended::new(command.output().expect("the program starts"))
}

/// Several definitions, by a name that a child process knows them by.
pub type Sets = &'static [(&'static str, fn() -> Vec<Environment>)];

const SET: &str = "CACHEWRIGHT_TEST_SET";
const ARGUMENTS: &str = "CACHEWRIGHT_TEST_ARGUMENTS";
const BEGIN: &str = "\u{1}the program begins\n";

/// Runs the command line over environments of the test's own. Its process is this
/// very test program, asked for its test `as_a_program` alone.
pub fn run_over(set: &str, arguments: &[&str]) -> Ended {
    run_over_in(Path::new("."), set, arguments)
}

/// The same in a folder, for what depends on the path that is given.
pub fn run_over_in(folder: &Path, set: &str, arguments: &[&str]) -> Ended {
    end_of(program_over(set, arguments).current_dir(folder))
}

/// The process of [`run_over`], to be started.
pub fn program_over(set: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    plain(&mut command);
    command
        .args(["as_a_program", "--exact", "--ignored", "--nocapture"])
        .env(SET, set)
        .env(ARGUMENTS, arguments.join("\n"));
    command
}

/// What such a process came to, without what the test harness says around it.
pub fn end_of(program_over: &mut Command) -> Ended {
    let mut ended = Ended::new(program_over.output().expect("the test program starts"));
    for text in [&mut ended.stdout, &mut ended.stderr] {
        let (_, after) = text.split_once(BEGIN).expect("the program began");
        *text = after.to_owned();
    }
    ended
}

/// The other end of [`run_over`]; without its environment variables, nothing.
pub fn as_a_program(sets: Sets) {
    let (Ok(set), Ok(arguments)) = (std::env::var(SET), std::env::var(ARGUMENTS)) else {
        return;
    };
    let (_, environments) = sets
        .iter()
        .find(|(name, _)| *name == set)
        .unwrap_or_else(|| panic!("no set {set}"));
    print!("{BEGIN}");
    eprint!("{BEGIN}");
    let arguments = std::iter::once("cachewright").chain(arguments.split('\n'));
    let code = cachewright::cli::run_from(arguments, environments());
    // an exit code can be compared, and not read
    let known = (0..=2u8).find(|known| ExitCode::from(*known) == code);
    std::process::exit(known.map_or(99, i32::from));
}

/// Every file below a folder, by its path relative to it, with its contents.
pub fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below the root");
                let name = name.to_str().expect("UTF-8").replace('\\', "/");
                found.insert(name, std::fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Terraform's own program, where there is one. It must not ask anybody anything,
/// nor be told anything by whoever runs the tests.
pub fn terraform_program(folder: &Path) -> Option<Command> {
    let there = Command::new("terraform")
        .arg("version")
        .env("CHECKPOINT_DISABLE", "1")
        .output()
        .is_ok_and(|finished| finished.status.success());
    if !there {
        return None;
    }
    let configuration = folder.join("empty.terraformrc");
    std::fs::write(&configuration, "").expect("a writable folder");
    let mut command = Command::new("terraform");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TF_") {
            command.env_remove(name);
        }
    }
    command
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_CLI_CONFIG_FILE", configuration)
        .env("TF_IN_AUTOMATION", "1")
        .stdin(Stdio::null());
    Some(command)
}

/// Says in the test's output, and past the harness that keeps it back, that
/// something wasn't looked at.
pub fn skipped(what: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}");
}

/// The codes in the sources that are wanted, by their names below `src`: the first text after a
/// call that reports, and the code of a word that refuses.
pub fn codes(wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let first = |rest: &str| {
        let quoted = rest.trim_start().strip_prefix('"')?;
        Some(quoted.split_once('"')?.0.to_owned())
    };
    let mut codes = BTreeSet::new();
    for (name, text) in tree(&root().join("src")) {
        if !name.ends_with(".rs") || !wanted(&name) {
            continue;
        }
        for call in [
            "cx.error(",
            "cx.warning(",
            "Diagnostic::error(",
            "Diagnostic::warning(",
            "const CODE: &str =",
            "const CODE: &'static str =",
        ] {
            let calls = text.match_indices(call);
            codes.extend(calls.filter_map(|(at, _)| first(&text[at + call.len()..])));
        }
        // what a word is called, its code, and how it is read: `"cluster id", "cluster-id", |text|`
        let words = text.split("\", |text|").map(|before| before.rsplit('"'));
        let words = words.filter_map(|mut parts| parts.next().map(str::to_owned));
        let count = text.matches("\", |text|").count();
        codes.extend(words.take(count));
    }
    assert!(codes.len() > 20, "the sources are read: {codes:?}");
    codes
}
