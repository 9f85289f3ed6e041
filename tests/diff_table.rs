//! Single changes and what they do, row by row: each is made in a small template and a small
//! module, and what the two sides come to is held against what the sources say.

use std::collections::BTreeSet;

use cachewright::diff::{self, Row, Verdict};
use cachewright::output::File;
use serde_json::{Map, Value, json};

const CHANGES: &str = include_str!("diff_table/changes.csv");
const BASE: &str = include_str!("diff_table/base.json");

#[derive(Debug, serde::Deserialize)]
struct Expected {
    resource: String,
    cloudformation_property: String,
    terraform_property: String,
    old: String,
    new: String,
    given: String,
    cloudformation: String,
    terraform: String,
    source: String,
}

fn expected() -> Vec<Expected> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(CHANGES.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("a well-formed table")
}

/// A resource in both languages, its settings and what stands beside them.
struct Made {
    template: Map<String, Value>,
    settings: Map<String, Value>,
    of: String,
    body: Map<String, Value>,
    /// Others in the same files.
    more: Vec<(Value, &'static str, Value)>,
}

impl Made {
    fn base(resource: &str) -> Self {
        let base: Value = serde_json::from_str(BASE).expect("JSON");
        let base = &base[resource];
        let object = |value: &Value| value.as_object().cloned().expect("an object");
        let mut template = object(&base["cloudformation"]);
        let settings = object(&template.remove("Properties").expect("settings"));
        Self {
            template,
            settings,
            of: base["terraform"]["type"]
                .as_str()
                .expect("a type")
                .to_owned(),
            body: object(&base["terraform"]["body"]),
            more: Vec::new(),
        }
    }

    fn both(&mut self, cloudformation: &str, terraform: &str, value: &Value) {
        self.settings.insert(cloudformation.into(), value.clone());
        self.body.insert(terraform.into(), value.clone());
    }

    fn none(&mut self, cloudformation: &str, terraform: &str) {
        self.settings.remove(cloudformation);
        self.body.remove(terraform);
    }

    /// What a word of the table means. `is_new`: on the new side.
    fn given(&mut self, word: &str, is_new: bool) {
        let (name, value) = word.split_once(' ').unwrap_or((word, ""));
        match (name, value) {
            ("unnamed", _) => {
                for name in ["ReplicationGroupId", "GroupName"] {
                    self.settings.remove(name);
                }
            }
            ("snapshot", _) => {
                for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
                    self.template.insert(policy.into(), json!("Snapshot"));
                }
                self.body
                    .insert("final_snapshot_identifier".into(), json!("last"));
            }
            ("protected", _) => {
                self.body
                    .insert("lifecycle".into(), json!({"prevent_destroy": true}));
            }
            ("ignored", argument) => {
                self.body
                    .insert("lifecycle".into(), json!({"ignore_changes": [argument]}));
            }
            ("immediately", _) => {
                self.body.insert("apply_immediately".into(), json!(true));
            }
            ("version", version) => self.both("EngineVersion", "engine_version", &json!(version)),
            ("valkey", _) => self.both("Engine", "engine", &json!("valkey")),
            ("memcached", _) => self.both("Engine", "engine", &json!("memcached")),
            ("preferred", _) => {
                self.both(
                    "TransitEncryptionMode",
                    "transit_encryption_mode",
                    &json!("preferred"),
                );
            }
            ("token", when) => {
                if when != "before" || !is_new {
                    let token = json!("{{resolve:secretsmanager:s:SecretString:t}}");
                    self.both("AuthToken", "auth_token", &token);
                }
            }
            ("strategy", how) => {
                self.body
                    .insert("auth_token_update_strategy".into(), json!(how));
            }
            ("family", family) => {
                self.settings
                    .insert("CacheParameterGroupName".into(), json!({"Ref": "Group"}));
                let name = json!("${aws_elasticache_parameter_group.group.name}");
                self.body.insert("parameter_group_name".into(), name);
                self.more.push((
                    json!({"Type": "AWS::ElastiCache::ParameterGroup", "Properties": {
                        "CacheParameterGroupFamily": family, "Description": "d"}}),
                    "aws_elasticache_parameter_group",
                    json!({"name": "group", "family": family}),
                ));
            }
            ("sharded", _) => {
                self.none("NumCacheClusters", "num_cache_clusters");
                self.both("NumNodeGroups", "num_node_groups", &json!(2));
                self.both("ReplicasPerNodeGroup", "replicas_per_node_group", &json!(1));
            }
            ("online", _) => {
                let policy = json!({"UseOnlineResharding": true});
                self.template.insert("UpdatePolicy".into(), policy);
            }
            ("and", "a window") => {
                let window = if is_new {
                    "sun:05:00-sun:06:00"
                } else {
                    "mon:05:00-mon:06:00"
                };
                self.both(
                    "PreferredMaintenanceWindow",
                    "maintenance_window",
                    &json!(window),
                );
            }
            ("and", "a note") => {
                self.template
                    .insert("Metadata".into(), json!({"new": is_new}));
            }
            ("renamed", _) => {
                self.body
                    .insert("name".into(), json!(format!("shop-{is_new}")));
                self.body
                    .insert("lifecycle".into(), json!({"create_before_destroy": true}));
            }
            ("one", "node") => {
                self.both("NumCacheClusters", "num_cache_clusters", &json!(1));
                self.both("MultiAZEnabled", "multi_az_enabled", &json!(false));
            }
            ("no", "failover") => {
                self.none("AutomaticFailoverEnabled", "automatic_failover_enabled");
                self.none("MultiAZEnabled", "multi_az_enabled");
            }
            ("no", "multi-az") => self.none("MultiAZEnabled", "multi_az_enabled"),
            ("no", "version") => self.none("EngineVersion", "engine_version"),
            ("no", "mode") => self.none("TransitEncryptionMode", "transit_encryption_mode"),
            _ => panic!("the table says {word:?}, which nobody knows"),
        }
    }

    fn set(&mut self, row: &Expected, value: Option<&Value>) {
        let put = |at: &mut Map<String, Value>, name: &str, value: Option<Value>| match value {
            Some(value) => drop(at.insert(name.to_owned(), value)),
            None => drop(at.remove(name)),
        };
        let cfn = &row.cloudformation_property;
        if let Some(beside) = cfn.strip_prefix('@') {
            put(&mut self.template, beside, value.cloned());
        } else if cfn == "Tags" {
            put(&mut self.settings, cfn, value.map(tags));
        } else if !cfn.is_empty() {
            put(&mut self.settings, cfn, value.cloned());
        }
        let tf = &row.terraform_property;
        if tf == "parameter" {
            put(&mut self.body, tf, value.map(parameters));
        } else if !tf.is_empty() {
            put(&mut self.body, tf, value.cloned());
        }
    }

    fn template(&self) -> Vec<File> {
        let mut resource = self.template.clone();
        resource.insert("Properties".into(), Value::Object(self.settings.clone()));
        let mut resources = Map::from_iter([("Thing".to_owned(), Value::Object(resource))]);
        for (other, ..) in &self.more {
            resources.insert("Group".into(), other.clone());
        }
        vec![File {
            path: "template.json".into(),
            contents: json!({ "Resources": resources }).to_string(),
        }]
    }

    fn module(&self) -> Vec<File> {
        let mut resources = json!({ self.of.clone(): { "thing": self.body } });
        for (_, of, body) in &self.more {
            resources[*of] = json!({ "group": body });
        }
        vec![File {
            path: "main.tf.json".into(),
            contents: json!({ "resource": resources }).to_string(),
        }]
    }
}

fn tags(value: &Value) -> Value {
    let all = value.as_object().into_iter().flatten();
    all.map(|(key, value)| json!({"Key": key, "Value": value}))
        .collect()
}

fn parameters(value: &Value) -> Value {
    let all = value.as_object().into_iter().flatten();
    all.map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

fn value(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| serde_json::from_str(text).expect("a value in JSON"))
}

fn sides(row: &Expected) -> [Made; 2] {
    [(&row.old, false), (&row.new, true)].map(|(said, is_new)| {
        let mut made = Made::base(&row.resource);
        for word in row.given.split("; ").filter(|word| !word.is_empty()) {
            made.given(word, is_new);
        }
        made.set(row, value(said).as_ref());
        made
    })
}

/// The verdict of the rows that are about a setting.
fn verdict(old: &[File], new: &[File], cfn: &str, tf: &str) -> Option<Verdict> {
    let report = diff::compare("any", old, new).unwrap_or_else(|found| panic!("{found:#?}"));
    let is_about = |row: &&Row| {
        let first = row.setting.split(['.', '[']).next().unwrap_or_default();
        row.entries().all(|(_, entry)| entry.because_of.is_none())
            && (first == cfn.trim_start_matches('@') || first == tf)
    };
    report.rows.iter().filter(is_about).map(Row::worst).max()
}

#[test]
fn every_change_does_what_the_sources_say() {
    let rows = expected();
    assert!(rows.len() >= 200, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        assert!(!row.source.is_empty(), "{row:?}");
        let [was, is] = sides(row);
        let (cfn, tf) = (&*row.cloudformation_property, &*row.terraform_property);
        for (language, expected, old, new) in [
            (
                "CloudFormation",
                &row.cloudformation,
                was.template(),
                is.template(),
            ),
            ("Terraform", &row.terraform, was.module(), is.module()),
        ] {
            if expected.is_empty() {
                continue;
            }
            let expected = Verdict::of_word(expected).unwrap_or_else(|| panic!("{row:?}"));
            let found = verdict(&old, &new, cfn, tf);
            if found != Some(expected) {
                wrong.push(format!(
                    "{} {cfn}/{tf} {} → {} ({}): {language}: {found:?}, and the sources say {expected:?}",
                    row.resource, row.old, row.new, row.given
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Every verdict is met, in each language, and so is every kind.
#[test]
fn the_table_leaves_nothing_out() {
    let rows = expected();
    let of = |said: fn(&Expected) -> &String| -> BTreeSet<String> {
        rows.iter()
            .map(said)
            .filter(|word| !word.is_empty())
            .cloned()
            .collect()
    };
    let all: BTreeSet<String> = Verdict::ALL
        .iter()
        .map(|verdict| verdict.word().to_owned())
        .collect();
    let with_window = |mut found: BTreeSet<String>| {
        // CloudFormation never waits
        found.insert("window".into());
        found
    };
    assert_eq!(with_window(of(|row| &row.cloudformation)), all);
    assert_eq!(of(|row| &row.terraform), all);
    assert!(!rows.iter().any(|row| row.cloudformation == "window"));
}

/// Each combination says something of some row, so none is there for nothing.
#[test]
fn no_combination_is_idle() {
    let about: BTreeSet<&str> = diff::COMBINATIONS.iter().map(|one| one.about).collect();
    assert_eq!(about.len(), diff::COMBINATIONS.len());
    let mut spoke = BTreeSet::new();
    for row in &expected() {
        let [was, is] = sides(row);
        for (old, new) in [(was.template(), is.template()), (was.module(), is.module())] {
            let report = diff::compare("any", &old, &new).unwrap();
            for entry in report.rows.iter().flat_map(Row::entries) {
                spoke.extend(entry.1.judgement.by);
            }
        }
    }
    assert_eq!(spoke, about);
}
