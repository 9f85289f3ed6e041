use std::fmt::Write as _;

use serde_json::json;

use super::terminal::{self, BOLD, DIM};
use super::{COULD_NOT_RUN, FINDINGS, FINE, Format};
use crate::diagnostic::Diagnostic;
use crate::environment::Environment;
use crate::graph::{
    Document, Graph, Kind, Language, LookupKind, Node, Part, Property, Reference, Secret,
    SecretStore, State, Text, Value,
};
use crate::rule;

pub(super) fn show(
    environments: impl Iterator<Item = Environment>,
    path: &str,
    format: Format,
) -> u8 {
    let path = path.trim_end_matches('/');
    let mut known = Vec::new();
    let mut found = None;
    for environment in environments {
        if environment.path() == path {
            found = Some(environment);
            break;
        }
        known.push(environment.path());
    }
    let Some(environment) = found else {
        terminal::error(
            &format!("there is no environment {path:?}"),
            &format!("use one of {}", known.join(", ")),
            format,
        );
        return COULD_NOT_RUN;
    };
    let (graph, lowered) = environment.lower();
    let diagnostics = rule::judge(&graph, lowered, &[]);
    let errors = diagnostics.iter().any(Diagnostic::is_error);
    let secrets = rule::secrets(&graph);
    match format {
        Format::Text => {
            terminal::out(&hidden(text(&environment, &graph), &secrets));
            let mut sources = terminal::sources();
            for diagnostic in &diagnostics {
                terminal::diagnostic(diagnostic, &mut sources);
            }
        }
        Format::Json => {
            let json = as_json(&environment, &graph, &diagnostics);
            match secrets.is_empty() {
                true => terminal::json(&json),
                false => terminal::json(&without(json, &secrets)),
            }
        }
    }
    if errors { FINDINGS } else { FINE }
}

/// A text without what looks like a secret in it.
fn hidden(text: String, secrets: &[String]) -> String {
    secrets
        .iter()
        .fold(text, |text, secret| text.replace(secret, "…"))
}

/// JSON without what looks like a secret in it.
fn without(json: serde_json::Value, secrets: &[String]) -> serde_json::Value {
    match json {
        serde_json::Value::String(text) => hidden(text, secrets).into(),
        serde_json::Value::Array(items) => items
            .into_iter()
            .map(|item| without(item, secrets))
            .collect(),
        serde_json::Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (hidden(name, secrets), without(member, secrets)))
            .collect(),
        other => other,
    }
}

/// A setting, in the words of both languages.
struct Setting {
    name: String,
    value: String,
    place: Option<String>,
}

/// What no output says unless the definition does, and what AWS does then.
const LEFT_TO_AWS: [(&str, &str); 9] = [
    ("ClusterMode", "disabled"),
    ("DataTieringEnabled", "false"),
    ("KmsKeyId", "none: AWS's own key, where encrypted"),
    ("LogDeliveryConfigurations", "none"),
    ("NetworkType", "ipv4"),
    ("NotificationTopicArn", "none"),
    ("PreferredCacheClusterAZs", "chosen by AWS"),
    ("PreferredMaintenanceWindow", "chosen by AWS"),
    ("SnapshotWindow", "chosen by AWS, where snapshots are taken"),
];

fn settings(graph: &Graph, node: &Node) -> Vec<Setting> {
    let mut settings = Vec::new();
    flatten(graph, &node.properties, "", &mut settings);
    if node.kind == Kind::ReplicationGroup {
        for (name, value) in LEFT_TO_AWS {
            if !settings
                .iter()
                .any(|setting| setting.name.starts_with(name))
            {
                settings.push(Setting {
                    name: name.into(),
                    value: value.into(),
                    place: Some("left to AWS".into()),
                });
            }
        }
    }
    if let Some(removal) = node.removal {
        settings.push(Setting {
            name: "DeletionPolicy".into(),
            value: removal.as_str().into(),
            place: node.removal_place.as_ref().map(ToString::to_string),
        });
    }
    for (name, on) in [
        ("UseOnlineResharding", node.online_resharding),
        ("prevent_destroy", node.prevent_destroy),
        ("create_before_destroy", node.create_before_destroy),
    ] {
        if on {
            settings.push(Setting {
                name: name.into(),
                value: "true".into(),
                place: None,
            });
        }
    }
    settings
}

fn flatten(graph: &Graph, properties: &[Property], prefix: &str, settings: &mut Vec<Setting>) {
    for property in properties {
        let name = property
            .cloudformation
            .as_deref()
            .or(property.terraform.as_deref())
            .unwrap_or_default();
        let name = format!("{prefix}{name}");
        let place = property.place.as_ref().map(ToString::to_string);
        match &property.value {
            Value::Objects(objects) => {
                for (i, object) in objects.iter().enumerate() {
                    flatten(graph, object, &format!("{name}[{i}]."), settings);
                }
            }
            Value::Map(_, entries) => settings.extend(entries.iter().map(|entry| Setting {
                name: format!("{name}.{}", entry.name),
                value: text_words(&entry.value),
                place: entry.place.as_ref().map(ToString::to_string),
            })),
            value => settings.push(Setting {
                name,
                value: words(graph, value),
                place,
            }),
        }
    }
}

fn words(graph: &Graph, value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Text(text) => text_words(text),
        Value::List(values) => {
            let words: Vec<_> = values.iter().map(|value| words(graph, value)).collect();
            words.join(", ")
        }
        Value::Reference(Reference::Input(id)) => {
            format!("<{}, given at deployment>", id.logical())
        }
        Value::Reference(Reference::Node {
            logical_id,
            attribute,
            ..
        }) => match &attribute.cloudformation {
            Some(name) => format!("<{logical_id}.{name}>"),
            None => format!("<{logical_id}>"),
        },
        Value::Reference(Reference::Lookup { id, .. }) => {
            match graph
                .lookups
                .iter()
                .find(|lookup| lookup.id == *id)
                .map(|lookup| &lookup.what)
            {
                Some(LookupKind::Export { name }) => format!("<export {}>", text_words(name)),
                _ => format!("<{}, looked up>", id.logical()),
            }
        }
        Value::Secret(secret) => secret_words(secret),
        Value::Document(document) | Value::Json(document) => document_words(document),
        Value::Map(..) | Value::Objects(_) => String::new(),
        Value::Unknown => "unknown".into(),
    }
}

fn secret_words(secret: &Secret) -> String {
    let name = text_words(secret.name());
    let stage = secret.stage();
    let stage = stage.map_or_else(String::new, |stage| format!(", version {stage}"));
    match (&secret.store, secret.json_key()) {
        (SecretStore::ParameterStore { version, .. }, _) => {
            let version = version.as_deref();
            let version =
                version.map_or_else(String::new, |version| format!(", version {version}"));
            format!("<the secure string {name}{version}>")
        }
        (_, Some(key)) => format!("<key {key} of the secret {name}{stage}>"),
        (_, None) => format!("<the secret {name}{stage}>"),
    }
}

/// On one line, as JSON without quotes.
fn document_words(document: &Document) -> String {
    match document {
        Document::Text(text) => text_words(text),
        Document::Integer(number) => number.to_string(),
        Document::Number(number) => number.to_string(),
        Document::Bool(value) => value.to_string(),
        Document::List(items) => {
            let items: Vec<_> = items.iter().map(document_words).collect();
            format!("[{}]", items.join(", "))
        }
        Document::Object(members) => {
            let members = members.iter();
            let members: Vec<_> = members
                .map(|(name, value)| format!("{name}: {}", document_words(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

fn text_words(text: &Text) -> String {
    text.0
        .iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.clone(),
            Part::Input(id) => format!("<{}>", id.logical()),
            Part::StackName => "<stack>".into(),
            Part::AccountId => "<account>".into(),
            Part::Reference(Reference::Node { logical_id, .. }) => format!("<{logical_id}>"),
            Part::Reference(_) | Part::Unknown => "<unknown>".into(),
        })
        .collect()
}

fn text(environment: &Environment, graph: &Graph) -> String {
    let mut text = format!(
        "{BOLD}{}{BOLD:#}  {}, {}  {DIM}{}{DIM:#}\n{}\n",
        environment.path(),
        environment.stage(),
        environment.region(),
        environment.place(),
        graph.description,
    );
    let mut section = |title: &str, settings: &[Setting]| {
        let _ = writeln!(text, "\n{BOLD}{title}{BOLD:#}");
        let name = settings
            .iter()
            .map(|s| s.name.chars().count())
            .max()
            .unwrap_or(0);
        let value = settings
            .iter()
            .map(|s| s.value.chars().count().min(48))
            .max()
            .unwrap_or(0);
        for setting in settings {
            let place = setting.place.as_deref().unwrap_or("default");
            let _ = writeln!(
                text,
                "  {:name$}  {:value$}  {DIM}{place}{DIM:#}",
                setting.name, setting.value
            );
        }
    };
    for node in &graph.nodes {
        // CloudFormation states it inside the security group, where it has been shown
        if node.kind == Kind::SecurityGroupEgress {
            continue;
        }
        let terraform = format!("{}.{}", node.kind.terraform(), node.label);
        let title = match node.kind.cloudformation() {
            "" => terraform,
            cloudformation => format!("{} ({cloudformation}, {terraform})", node.logical_id),
        };
        section(&title, &settings(graph, node));
    }
    let state = Setting {
        name: "backend".into(),
        value: state_words(&graph.state),
        place: None,
    };
    section("Terraform state", &[state]);
    let inputs: Vec<Setting> = graph
        .inputs
        .iter()
        .map(|input| Setting {
            name: input.id.logical(),
            value: input.default.clone().unwrap_or_else(|| "required".into()),
            place: Some(input.place.to_string()),
        })
        .collect();
    if !inputs.is_empty() {
        section("Given at deployment", &inputs);
    }
    let outputs: Vec<Setting> = graph
        .outputs
        .iter()
        .map(|output| Setting {
            name: output.id.logical(),
            value: match &output.export {
                Some(export) => format!(
                    "{} exported as {}",
                    words(graph, &output.value),
                    text_words(export)
                ),
                None => words(graph, &output.value),
            },
            place: Some(output.place.to_string()),
        })
        .collect();
    section("Outputs", &outputs);
    let notes = notes(graph);
    if !notes.is_empty() {
        section("What rules are told", &notes);
    }
    text
}

/// What the cache is for, what it holds, and which findings are accepted.
fn notes(graph: &Graph) -> Vec<Setting> {
    let workloads = graph.workloads.iter().map(|at| Setting {
        name: "workload".into(),
        value: at.value.to_string(),
        place: Some(at.place.to_string()),
    });
    let families = graph.key_families.iter().map(|family| Setting {
        name: format!("keys {}", family.name),
        value: format!("{} of {} bytes", family.keys, family.bytes),
        place: Some(family.place.to_string()),
    });
    let allowed = graph.allowances.iter().map(|allowance| Setting {
        name: format!("allow {}", allowance.code),
        value: allowance.because.clone(),
        place: Some(allowance.place.to_string()),
    });
    workloads.chain(families).chain(allowed).collect()
}

fn state_words(state: &State) -> String {
    match state {
        State::Unstated => "none: wherever the caller says".into(),
        State::S3 {
            bucket,
            key,
            region,
        } => format!("s3://{bucket}/{key} in {region}"),
    }
}

fn as_json(
    environment: &Environment,
    graph: &Graph,
    diagnostics: &[Diagnostic],
) -> serde_json::Value {
    let resources = graph.nodes.iter().map(|node| {
        let settings = settings(graph, node).into_iter().map(
            |setting| json!({"name": setting.name, "value": setting.value, "place": setting.place}),
        );
        json!({
            "logicalId": node.is_in(Language::CloudFormation).then_some(&node.logical_id),
            "address": format!("{}.{}", node.kind.terraform(), node.label),
            "type": node.kind.cloudformation(),
            "settings": settings.collect::<Vec<_>>(),
        })
    });
    let inputs = graph.inputs.iter().map(|input| {
        json!({
            "parameter": input.id.logical(),
            "variable": (!input.cloudformation_only).then(|| input.id.snake()),
            "default": input.default,
            "description": input.description,
        })
    });
    let outputs = graph.outputs.iter().map(|output| {
        json!({
            "output": output.id.logical(),
            "terraform": output.id.snake(),
            "value": words(graph, &output.value),
            "export": output.export.as_ref().map(text_words),
        })
    });
    json!({
        "environment": environment.path(),
        "stage": environment.stage().to_string(),
        "region": environment.region().as_str(),
        "place": environment.place(),
        "description": graph.description,
        "terraformState": state_words(&graph.state),
        "resources": resources.collect::<Vec<_>>(),
        "inputs": inputs.collect::<Vec<_>>(),
        "outputs": outputs.collect::<Vec<_>>(),
        "notes": notes(graph)
            .into_iter()
            .map(|note| json!({"name": note.name, "value": note.value, "place": note.place}))
            .collect::<Vec<_>>(),
        "diagnostics": diagnostics,
    })
}
