use std::borrow::Cow;

use super::json::Json;
use crate::graph::{
    Attribute, Document, Form, Graph, Input, InputKind, Language, LookupKind, MapShape, Node,
    Output, Part, Property, Reference, Secret, SecretStore, Text, Value,
};
use crate::value::Id;

type Members = Vec<(Cow<'static, str>, Json)>;

/// The template, ready to be deployed.
#[must_use]
pub fn template(graph: &Graph) -> String {
    let writer = Writer { graph };
    let mut members: Members = vec![
        (
            "AWSTemplateFormatVersion".into(),
            Json::string("2010-09-09"),
        ),
        ("Description".into(), Json::string(&*graph.description)),
    ];
    members.push(("Metadata".into(), writer.metadata()));
    if !graph.inputs.is_empty() {
        let parameters = graph
            .inputs
            .iter()
            .map(|input| (input.id.logical().into(), parameter(input)));
        members.push(("Parameters".into(), Json::Object(parameters.collect())));
    }
    let resources = graph
        .nodes
        .iter()
        .filter(|node| node.is_in(Language::CloudFormation))
        .map(|node| (node.logical_id.clone().into(), writer.resource(node)));
    members.push(("Resources".into(), Json::Object(resources.collect())));
    // CloudFormation can't hide an output, so it has none that should be
    let outputs: Members = graph
        .outputs
        .iter()
        .filter(|output| !output.sensitive)
        .map(|output| (output.id.logical().into(), writer.output(output)))
        .collect();
    if !outputs.is_empty() {
        members.push(("Outputs".into(), Json::Object(outputs)));
    }
    Json::Object(members).to_string()
}

/// What `aws cloudformation deploy --parameter-overrides file://…` takes, with every
/// value that is required marked; nothing where the template asks for nothing.
#[must_use]
pub fn parameters_example(graph: &Graph) -> Option<String> {
    if graph.inputs.is_empty() {
        return None;
    }
    let entries = graph.inputs.iter().map(|input| {
        let value = input.default.clone().unwrap_or_else(|| {
            let example = match input.kind {
                InputKind::VpcId => "vpc-…",
                InputKind::SubnetIds => "subnet-…,subnet-…",
                InputKind::SecurityGroupId => "sg-…",
                InputKind::Text(form) => form.example,
            };
            format!("REQUIRED: {example}")
        });
        Json::string(format!("{}={value}", input.id.logical()))
    });
    Some(Json::Array(entries.collect()).to_string())
}

struct Writer<'a> {
    graph: &'a Graph,
}

fn parameter(input: &Input) -> Json {
    let kind = match input.kind {
        InputKind::VpcId => "AWS::EC2::VPC::Id",
        InputKind::SubnetIds => "List<AWS::EC2::Subnet::Id>",
        InputKind::SecurityGroupId => "AWS::EC2::SecurityGroup::Id",
        InputKind::Text(_) => "String",
    };
    let mut members: Members = vec![
        ("Type".into(), Json::string(kind)),
        ("Description".into(), Json::string(&*input.description)),
    ];
    if let Some(default) = &input.default {
        members.push(("Default".into(), Json::string(&**default)));
    }
    // the AWS-specific types bring their own check: the thing has to exist
    if let InputKind::Text(Form { pattern, words, .. }) = input.kind {
        members.push(("AllowedPattern".into(), Json::string(pattern)));
        members.push((
            "ConstraintDescription".into(),
            Json::string(format!("must be {words}.")),
        ));
    }
    Json::Object(members)
}

impl Writer<'_> {
    fn metadata(&self) -> Json {
        let mut members: Members = vec![("Cachewright".into(), self.notes())];
        if !self.graph.inputs.is_empty() {
            members.push(("AWS::CloudFormation::Interface".into(), self.interface()));
        }
        Json::Object(members)
    }

    /// What no property says, and rules read: what it is for, and what somebody accepts.
    fn notes(&self) -> Json {
        let Graph {
            stage,
            workloads,
            key_families,
            allowances,
            ..
        } = self.graph;
        let mut members: Members = Vec::new();
        if let Some(stage) = stage {
            members.push(("Stage".into(), Json::string(stage.to_string())));
        }
        if !workloads.is_empty() {
            let words = workloads.iter().map(|at| Json::string(at.value.as_str()));
            members.push(("Workloads".into(), Json::Array(words.collect())));
        }
        if !key_families.is_empty() {
            let families = key_families.iter().map(|family| {
                let size = vec![
                    ("Keys".into(), Json::unsigned(family.keys)),
                    ("Bytes".into(), Json::unsigned(family.bytes)),
                ];
                (family.name.clone().into(), Json::Object(size))
            });
            members.push(("KeyFamilies".into(), Json::Object(families.collect())));
        }
        if !allowances.is_empty() {
            let allowed = allowances.iter().map(|allowance| {
                let because = Json::string(&*allowance.because);
                (allowance.code.clone().into(), because)
            });
            members.push(("Allow".into(), Json::Object(allowed.collect())));
        }
        Json::Object(members)
    }

    fn interface(&self) -> Json {
        let mut groups: Vec<(&str, Vec<Json>)> = Vec::new();
        for input in &self.graph.inputs {
            let name = Json::string(input.id.logical());
            match groups.iter_mut().find(|(label, _)| *label == input.group) {
                Some((_, names)) => names.push(name),
                None => groups.push((input.group, vec![name])),
            }
        }
        let groups = groups.into_iter().map(|(label, names)| {
            Json::Object(vec![
                ("Label".into(), Json::one("default", Json::string(label))),
                ("Parameters".into(), Json::Array(names)),
            ])
        });
        Json::one("ParameterGroups", Json::Array(groups.collect()))
    }

    fn resource(&self, node: &Node) -> Json {
        let mut members: Members = vec![("Type".into(), Json::string(node.kind.cloudformation()))];
        if let Some(removal) = node.removal {
            members.push(("DeletionPolicy".into(), Json::string(removal.as_str())));
        }
        if let Some(removal) = node.replacement {
            members.push(("UpdateReplacePolicy".into(), Json::string(removal.as_str())));
        }
        if node.online_resharding {
            members.push((
                "UpdatePolicy".into(),
                Json::one("UseOnlineResharding", Json::Bool(true)),
            ));
        }
        members.push(("Properties".into(), self.properties(&node.properties)));
        Json::Object(members)
    }

    fn output(&self, output: &Output) -> Json {
        let mut members: Members = vec![
            ("Description".into(), Json::string(&*output.description)),
            (
                "Value".into(),
                match &output.value {
                    Value::Document(document) => text(&one_line(document)),
                    value => self.value(value),
                },
            ),
        ];
        if let Some(export) = &output.export {
            members.push(("Export".into(), Json::one("Name", text(export))));
        }
        Json::Object(members)
    }

    fn properties(&self, properties: &[Property]) -> Json {
        let mut members = Vec::with_capacity(properties.len());
        for property in properties {
            if let Some(path) = &property.cloudformation {
                put(&mut members, path, self.value(&property.value));
            }
        }
        Json::Object(members)
    }

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Bool(value) => Json::Bool(*value),
            Value::Integer(value) => Json::Integer(*value),
            Value::Number(value) => Json::Number(*value),
            Value::Text(value) => text(value),
            // a list that is known as a whole only at deployment is no list of lists
            Value::List(values) => {
                Json::Array(values.iter().map(|value| self.value(value)).collect())
            }
            Value::Map(MapShape::Parameters | MapShape::TagMap, entries) => Json::Object(
                entries
                    .iter()
                    .map(|entry| (entry.name.clone().into(), text(&entry.value)))
                    .collect(),
            ),
            Value::Map(shape @ (MapShape::Tags | MapShape::Dimensions), entries) => Json::Array(
                entries
                    .iter()
                    .map(|entry| {
                        let name = match shape {
                            MapShape::Dimensions => "Name",
                            MapShape::Tags | MapShape::TagMap | MapShape::Parameters => "Key",
                        };
                        Json::Object(vec![
                            (name.into(), Json::string(&*entry.name)),
                            ("Value".into(), text(&entry.value)),
                        ])
                    })
                    .collect(),
            ),
            Value::Objects(objects) => Json::Array(
                objects
                    .iter()
                    .map(|object| self.properties(object))
                    .collect(),
            ),
            Value::Reference(reference) => self.reference(reference),
            Value::Secret(secret) => dynamic_reference(secret),
            Value::Document(document) => tree(document),
            Value::Json(document) => text(&one_line(document)),
            Value::Unknown => unreachable!("only readers make what is unknown"),
        }
    }

    fn reference(&self, reference: &Reference) -> Json {
        match reference {
            Reference::Input(id) => reference_to(id),
            Reference::Node {
                logical_id,
                attribute,
                ..
            } => attribute_of(logical_id, attribute),
            Reference::Lookup { id, split } => {
                let export = self
                    .graph
                    .lookups
                    .iter()
                    .find_map(|lookup| match &lookup.what {
                        LookupKind::Export { name } if lookup.id == *id => Some(name),
                        _ => None,
                    });
                match export {
                    // what CloudFormation can't look up, it asks for under the same id
                    None => reference_to(id),
                    Some(name) => {
                        let import = Json::one("Fn::ImportValue", text(name));
                        if *split {
                            Json::one("Fn::Split", Json::Array(vec![Json::string(","), import]))
                        } else {
                            import
                        }
                    }
                }
            }
        }
    }
}

fn attribute_of(logical_id: &str, attribute: &Attribute) -> Json {
    match attribute.cloudformation.as_deref() {
        None => Json::one("Ref", Json::string(logical_id)),
        Some(name) => Json::one(
            "Fn::GetAtt",
            Json::Array(vec![
                Json::string(logical_id),
                Json::string(name.to_owned()),
            ]),
        ),
    }
}

fn reference_to(id: &Id) -> Json {
    Json::one("Ref", Json::string(id.logical()))
}

/// Puts a value at a path of names joined by dots.
fn put(members: &mut Members, path: &str, value: Json) {
    let Some((first, rest)) = path.split_once('.') else {
        members.push((path.to_owned().into(), value));
        return;
    };
    if let Some((_, Json::Object(inner))) = members.iter_mut().find(|(key, _)| key == first) {
        put(inner, rest, value);
        return;
    }
    let mut inner = Vec::new();
    put(&mut inner, rest, value);
    members.push((first.to_owned().into(), Json::Object(inner)));
}

fn text(text: &Text) -> Json {
    if let Some(literal) = text.literal() {
        return Json::string(literal);
    }
    match text.0.as_slice() {
        [Part::Input(id)] => return reference_to(id),
        [Part::AccountId] => return Json::one("Ref", Json::string("AWS::AccountId")),
        [
            Part::Reference(Reference::Node {
                logical_id,
                attribute,
                ..
            }),
        ] => return attribute_of(logical_id, attribute),
        _ => {}
    }
    Json::one("Fn::Sub", Json::string(substitution(text)))
}

fn substitution(text: &Text) -> String {
    let mut sub = String::new();
    for part in &text.0 {
        match part {
            Part::Literal(literal) => sub.push_str(&literal.replace("${", "${!")),
            Part::Input(id) => {
                sub.push_str("${");
                sub.push_str(&id.logical());
                sub.push('}');
            }
            Part::StackName => sub.push_str("${AWS::StackName}"),
            Part::AccountId => sub.push_str("${AWS::AccountId}"),
            Part::Reference(Reference::Node {
                logical_id,
                attribute,
                ..
            }) => {
                sub.push_str("${");
                sub.push_str(logical_id);
                if let Some(name) = &attribute.cloudformation {
                    sub.push('.');
                    sub.push_str(name);
                }
                sub.push('}');
            }
            Part::Reference(_) | Part::Unknown => {
                unreachable!("only readers make other references in a text, and what is unknown")
            }
        }
    }
    sub
}

/// A document as the object that it is.
fn tree(document: &Document) -> Json {
    match document {
        Document::Text(whole) => text(whole),
        Document::Integer(number) => Json::Integer(*number),
        Document::Number(number) => Json::Number(*number),
        Document::Bool(value) => Json::Bool(*value),
        Document::List(items) => Json::Array(items.iter().map(tree).collect()),
        Document::Object(members) => Json::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), tree(member)))
                .collect(),
        ),
    }
}

/// A document as the text that `jsonencode` makes of it, since an output is always a text:
/// names in order, and no space.
fn one_line(document: &Document) -> Text {
    let mut parts = Vec::new();
    print_line(document, &mut parts);
    // pieces that follow each other are one
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Part::Literal(before)), Part::Literal(text)) => before.push_str(&text),
            (_, part) => joined.push(part),
        }
    }
    Text(joined)
}

fn print_line(document: &Document, parts: &mut Vec<Part>) {
    let literal = |parts: &mut Vec<Part>, text: &str| parts.push(Part::Literal(text.to_owned()));
    match document {
        Document::Text(text) => {
            literal(parts, "\"");
            parts.extend(text.0.iter().map(|part| match part {
                Part::Literal(text) => {
                    let quoted = serde_json::Value::from(&**text).to_string();
                    let escaped = quoted[1..quoted.len() - 1]
                        .replace('<', "\\u003c")
                        .replace('>', "\\u003e")
                        .replace('&', "\\u0026");
                    Part::Literal(escaped)
                }
                part => part.clone(),
            }));
            literal(parts, "\"");
        }
        Document::Integer(number) => literal(parts, &number.to_string()),
        Document::Number(number) => literal(parts, &number.to_string()),
        Document::Bool(value) => literal(parts, &value.to_string()),
        Document::List(items) => {
            literal(parts, "[");
            for (i, item) in items.iter().enumerate() {
                literal(parts, if i > 0 { "," } else { "" });
                print_line(item, parts);
            }
            literal(parts, "]");
        }
        Document::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            literal(parts, "{");
            for (i, (name, member)) in members.into_iter().enumerate() {
                let comma = if i > 0 { "," } else { "" };
                literal(parts, &format!("{comma}\"{name}\":"));
                print_line(member, parts);
            }
            literal(parts, "}");
        }
    }
}

fn dynamic_reference(secret: &Secret) -> Json {
    let service = match secret.store {
        SecretStore::SecretsManager { .. } => "secretsmanager",
        SecretStore::ParameterStore { .. } => "ssm-secure",
    };
    let mut parts = vec![Part::Literal(format!("{{{{resolve:{service}:"))];
    parts.extend(secret.name().0.iter().cloned());
    let mut tail = String::new();
    if let SecretStore::ParameterStore {
        version: Some(version),
        ..
    } = &secret.store
    {
        tail = format!(":{version}");
    }
    if let SecretStore::SecretsManager {
        json_key, stage, ..
    } = &secret.store
    {
        tail.push_str(":SecretString");
        if json_key.is_some() || stage.is_some() {
            tail.push(':');
            tail.push_str(json_key.as_deref().unwrap_or_default());
        }
        if let Some(stage) = stage {
            tail.push(':');
            tail.push_str(stage);
        }
    }
    parts.push(Part::Literal(format!("{tail}}}}}")));
    let whole = Text(parts);
    if whole.0.iter().all(|part| matches!(part, Part::Literal(_))) {
        Json::string(substitution(&whole).replace("${!", "${"))
    } else {
        Json::one("Fn::Sub", Json::string(substitution(&whole)))
    }
}
