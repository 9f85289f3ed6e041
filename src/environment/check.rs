//! What is checked over the whole of an environment.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::diagnostic::Place;
use crate::graph::{
    Allowance, Document, Graph, Kind, Language, LookupKind, Part, Property, State, Value,
};
use crate::lower::Lowering;
use crate::value::is_invisible;
use crate::workload::KeyFamily;

/// Two ids that differ in the definition and not in the output.
pub(super) fn check_collisions(cx: &mut Lowering, graph: &Graph) {
    let mut seen: HashMap<(&str, String), &Place> = HashMap::new();
    let mut twice = Vec::new();
    let mut take = |space: &'static str, name: String, place| {
        if let Some(first) = seen.insert((space, name.clone()), place) {
            twice.push((space, name, place, first.clone()));
        }
    };
    for input in &graph.inputs {
        take("logical id", input.id.logical(), &input.place);
        if !input.cloudformation_only {
            take("Terraform variable", input.id.snake(), &input.place);
        }
    }
    for lookup in &graph.lookups {
        let (block, of) = lookup.what.terraform();
        take(
            "Terraform address",
            format!("{block}.{of}.{}", lookup.label()),
            &lookup.place,
        );
    }
    for node in &graph.nodes {
        if node.is_in(Language::CloudFormation) {
            take("logical id", node.logical_id.clone(), &node.place);
        }
        if node.is_in(Language::Terraform) {
            let address = format!("{}.{}", node.kind.terraform(), node.label);
            take("Terraform address", address, &node.place);
        }
    }
    for output in &graph.outputs {
        take("CloudFormation output", output.id.logical(), &output.place);
        take("Terraform output", output.id.snake(), &output.place);
    }
    check_names(cx, graph);
    for (space, name, place, first) in twice {
        cx.error(
            "id-collision",
            place,
            format!("two things are called {name:?} as a {space}"),
            format!("one thing for each {space}"),
            format!("give this one another id; the first is at {first}"),
        );
    }
}

/// The settings that name a thing for the whole of an account or a VPC.
const NAMES: [(Kind, &str); 8] = [
    (Kind::SecurityGroup, "GroupName"),
    (Kind::KeyAlias, "AliasName"),
    (Kind::Secret, "Name"),
    (Kind::LogGroup, "LogGroupName"),
    (Kind::User, "UserId"),
    (Kind::SubnetGroup, "CacheSubnetGroupName"),
    (Kind::SsmParameter, "Name"),
    (Kind::RecordSet, "Name"),
];

/// Two things of one kind with one name: the second can't be made.
fn check_names(cx: &mut Lowering, graph: &Graph) {
    let mut seen: HashMap<(Kind, String), Place> = HashMap::new();
    for node in &graph.nodes {
        let Some((_, setting)) = NAMES.iter().find(|(kind, _)| *kind == node.kind) else {
            continue;
        };
        let named = |property: &&Property| property.cloudformation.as_deref() == Some(setting);
        let Some(property) = node.properties.iter().find(named) else {
            continue;
        };
        let Value::Text(text) = &property.value else {
            continue;
        };
        let Some(name) = text.literal() else {
            continue;
        };
        let place = property.place.as_ref().unwrap_or(&node.place);
        let key = (node.kind, name.to_ascii_lowercase());
        if let Some(first) = seen.insert(key, place.clone()) {
            cx.error(
                "name-twice",
                place,
                format!("{setting} {name:?} is another's as well"),
                "one thing of a name",
                format!("give this one another name; the first is at {first}"),
            );
        }
    }
}

/// Texts that the two languages would not read alike.
pub(super) fn check_texts(cx: &mut Lowering, graph: &Graph, state: &Place) {
    for node in &graph.nodes {
        for property in &node.properties {
            let place = property.place.as_ref().unwrap_or(&node.place);
            check_value(cx, &property.value, place);
        }
    }
    if let State::S3 { bucket, key, .. } = &graph.state {
        check_text(cx, bucket, state);
        check_text(cx, key, state);
    }
    for lookup in &graph.lookups {
        let tags = match &lookup.what {
            LookupKind::Vpc { tags } | LookupKind::Subnets { tags, .. } => tags.as_slice(),
            LookupKind::Export { .. }
            | LookupKind::SecurityGroup { .. }
            | LookupKind::SecretVersion { .. }
            | LookupKind::SecureString { .. }
            | LookupKind::RandomPassword { .. }
            | LookupKind::CallerIdentity => &[],
        };
        for (name, value) in tags {
            check_text(cx, name, &lookup.place);
            check_text(cx, value, &lookup.place);
        }
    }
}

fn check_value(cx: &mut Lowering, value: &Value, place: &Place) {
    match value {
        Value::Bool(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Reference(_)
        | Value::Secret(_)
        | Value::Unknown => {}
        Value::Document(document) | Value::Json(document) => check_document(cx, document, place),
        Value::Text(text) => {
            for part in &text.0 {
                if let Part::Literal(literal) = part {
                    check_text(cx, literal, place);
                }
            }
        }
        Value::List(values) => values
            .iter()
            .for_each(|value| check_value(cx, value, place)),
        Value::Map(_, entries) => {
            for entry in entries {
                let place = entry.place.as_ref().unwrap_or(place);
                check_text(cx, &entry.name, place);
                check_text(cx, entry.value.literal().unwrap_or_default(), place);
            }
        }
        Value::Objects(objects) => {
            for property in objects.iter().flatten() {
                check_value(
                    cx,
                    &property.value,
                    property.place.as_ref().unwrap_or(place),
                );
            }
        }
    }
}

fn check_document(cx: &mut Lowering, document: &Document, place: &Place) {
    match document {
        Document::Text(text) => {
            for part in &text.0 {
                if let Part::Literal(literal) = part {
                    check_text(cx, literal, place);
                }
            }
        }
        Document::Integer(_) | Document::Number(_) | Document::Bool(_) => {}
        Document::List(items) => items
            .iter()
            .for_each(|item| check_document(cx, item, place)),
        Document::Object(members) => members
            .iter()
            .for_each(|(_, member)| check_document(cx, member, place)),
    }
}

fn check_text(cx: &mut Lowering, text: &str, place: &Place) {
    if text.contains("{{resolve:") {
        cx.error(
            "dynamic-reference",
            place,
            format!("{text:?} holds a dynamic reference, which only CloudFormation would resolve"),
            "texts without `{{resolve:`",
            "a secret is a SecretRef; anything else is given at deployment",
        );
    }
    // ASCII is most of what there is, and always normal
    if !text.is_ascii() && !is_nfc(text) {
        cx.error(
            "text-normalization",
            place,
            format!("{text:?} is spelled with combining characters, which Terraform would compose"),
            "text in Unicode normalization form C",
            format!("write {:?}", text.nfc().collect::<String>()),
        );
    }
    if text.contains('\0') {
        cx.error(
            "text-nul",
            place,
            format!("{text:?} holds a NUL character"),
            "text without NUL",
            "leave it out",
        );
    }
}

/// What reaches a comment of Terraform's has to stay on its line, and be read back.
pub(super) fn check_notes(cx: &mut Lowering, allowances: &[Allowance], key_families: &[KeyFamily]) {
    for allowance in allowances {
        let because = &allowance.because;
        // one without a reason is refused wherever it stands
        if because.len() > 400 || because.chars().any(is_invisible) {
            cx.error(
                "allowance-reason",
                &allowance.place,
                format!("`{}` is allowed because {because:?}", allowance.code),
                "a reason of 1 to 400 bytes, on one line",
                "say in a sentence why it is right here",
            );
        }
    }
    for family in key_families {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if family.name.is_empty() || family.name.len() > 64 || !family.name.chars().all(plain) {
            cx.error(
                "key-family",
                &family.place,
                format!("keys called {:?}", family.name),
                "1 to 64 lower-case letters, digits and hyphens",
                "call them like `order` or `idempotency-key`",
            );
        }
    }
}
