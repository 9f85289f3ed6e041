//! The CloudFormation reader: what a template comes to, and what is said of one that is broken.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use cachewright::cloudformation::{self, Document, is_template};
use cachewright::diagnostic::{Diagnostic, Place};
use cachewright::graph::{
    Document as Tree, Graph, InputKind, Kind, Language, LookupKind, Node, Part, Property,
    Reference, Removal, Source, Text, Value,
};
use cachewright::prelude::Stage;
use cachewright::read::{Given, GivenValue};
use cachewright::synth::synthesize;
use cachewright::workload::Workload;

mod common;
#[path = "../environments/mod.rs"]
mod environments;

/// The graph and the findings of a template.
fn read_given(text: &str, given: &Given) -> (Graph, Vec<String>) {
    let outcome = cloudformation::graph("t.yaml", text, given);
    let findings = outcome.diagnostics.iter().map(short).collect();
    let graph = outcome.graph;
    (graph.unwrap_or_else(|| panic!("{findings:#?}")), findings)
}

fn read(text: &str) -> (Graph, Vec<String>) {
    read_given(text, &Given::default())
}

/// The graph of a template that is right.
#[track_caller]
fn good(text: &str) -> Graph {
    let (graph, findings) = read(text);
    assert_eq!(findings, [""; 0], "{text}");
    graph
}

/// `line:column code: message`.
fn short(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref().expect("a place");
    assert!(place.line > 0 && place.column > 0, "{finding}");
    assert!(!finding.help.is_empty(), "{finding}");
    assert!(!finding.allowed.is_empty(), "{finding}");
    format!(
        "{}:{} {}: {}",
        place.line, place.column, finding.code, finding.message
    )
}

#[track_caller]
fn node<'g>(graph: &'g Graph, id: &str) -> &'g Node {
    let found = graph.nodes.iter().find(|node| node.logical_id == id);
    found.unwrap_or_else(|| panic!("no {id} in {:?}", ids(graph)))
}

fn ids(graph: &Graph) -> Vec<&str> {
    let ids = graph.nodes.iter().map(|node| &*node.logical_id);
    ids.collect()
}

#[track_caller]
fn property<'g>(node: &'g Node, name: &str) -> &'g Property {
    let mut properties = node.properties.iter();
    let found = properties.find(|property| property.cloudformation.as_deref() == Some(name));
    found.unwrap_or_else(|| panic!("no {name} in {node:#?}"))
}

/// A value in short: inputs in angle brackets, `?` for what isn't known.
fn show(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Number(value) => format!("{value:?}"),
        Value::Text(text) => format!("{:?}", show_text(text)),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(show).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Map(_, entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}={}", entry.name, show_text(&entry.value)))
                .collect();
            format!("({})", entries.join(", "))
        }
        Value::Objects(objects) => {
            let objects: Vec<String> = objects
                .iter()
                .map(|object| {
                    let members: Vec<String> = object
                        .iter()
                        .map(|property| {
                            let name = property.cloudformation.as_deref().unwrap_or("-");
                            format!("{name}: {}", show(&property.value))
                        })
                        .collect();
                    format!("{{{}}}", members.join(", "))
                })
                .collect();
            objects.join(" ")
        }
        Value::Reference(Reference::Input(id)) => format!("<{}>", id.logical()),
        Value::Reference(Reference::Node {
            kind,
            logical_id,
            label: _,
            attribute,
        }) => match &attribute.cloudformation {
            Some(name) => format!("{kind:?} {logical_id}.{name} {}", attribute.terraform),
            None => format!("{kind:?} {logical_id} {}", attribute.terraform),
        },
        Value::Reference(Reference::Lookup { id, split }) => {
            format!(
                "import({}){}",
                id.as_str(),
                if *split { " split" } else { "" }
            )
        }
        Value::Secret(secret) => format!(
            "secret({}, {:?}, {:?})",
            show_text(secret.name()),
            secret.json_key(),
            secret.stage()
        ),
        Value::Document(document) | Value::Json(document) => show_document(document),
        Value::Unknown => "?".to_owned(),
    }
}

fn show_document(document: &Tree) -> String {
    match document {
        Tree::Text(text) => format!("{:?}", show_text(text)),
        Tree::Integer(number) => number.to_string(),
        Tree::Number(number) => number.to_string(),
        Tree::Bool(value) => value.to_string(),
        Tree::List(items) => {
            let items: Vec<_> = items.iter().map(show_document).collect();
            format!("[{}]", items.join(", "))
        }
        Tree::Object(members) => {
            let members = members.iter();
            let members: Vec<_> = members
                .map(|(name, member)| format!("{name}: {}", show_document(member)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

fn show_text(text: &Text) -> String {
    let mut shown = String::new();
    for part in &text.0 {
        match part {
            Part::Literal(text) => shown.push_str(text),
            Part::Input(id) => write!(shown, "<{}>", id.logical()).expect("a text"),
            Part::StackName => shown.push_str("<stack>"),
            Part::AccountId => shown.push_str("<account>"),
            Part::Reference(reference) => {
                write!(shown, "<{}>", show(&Value::Reference(reference.clone()))).expect("a text");
            }
            Part::Unknown => shown.push('?'),
        }
    }
    shown
}

const FRAME: &str = "Transform: AWS::LanguageExtensions
Parameters:
  Env: {Type: String, Default: prod}
  Size: {Type: Number, Default: 2}
  Zones: {Type: CommaDelimitedList, Default: 'a, b'}
  Empty: {Type: String, Default: ''}
  Name: {Type: String}
  Vpc: {Type: 'AWS::EC2::VPC::Id'}
  Ids: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /image}
Mappings:
  Map:
    prod: {Type: large, Count: 3, On: true, Zones: [x, y]}
    dev: {Type: small}
Conditions:
  Yes: !Equals [!Ref Env, prod]
  No: !Not [!Condition Yes]
  Maybe: !Equals [!Ref Name, x]
Resources:
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x}}
  Cache: {Type: 'AWS::ElastiCache::ReplicationGroup'}
  Gone: {Type: 'AWS::SNS::Topic', Condition: No}
  Thing:
    Type: AWS::Test::Thing
    Properties:
      P: ";

/// What the one property comes to, with what is said.
fn evaluate(expression: &str) -> String {
    let given = Given {
        region: Some("eu-west-1".into()),
        ..Given::default()
    };
    let (graph, findings) = read_given(&format!("{FRAME}{expression}\n"), &given);
    let thing = node(&graph, "Thing");
    let mut properties = thing.properties.iter();
    let mut shown = properties
        .next()
        .map_or("nothing".to_owned(), |property| show(&property.value));
    if thing.partial {
        shown.push_str(" partial");
    }
    for finding in findings {
        let (_, said) = finding.split_once(' ').expect("a place");
        write!(shown, " | {said}").expect("a text");
    }
    shown
}

#[test]
fn functions_come_to_what_is_known() {
    let table = [
        // literals
        ("a", "\"a\""),
        ("7.10", "7.1"),
        ("12", "12"),
        ("-0777", "-511"),
        ("0x1F", "31"),
        ("'12'", "\"12\""),
        ("yes", "true"),
        ("Off", "false"),
        ("2012-10-17", "\"2012-10-17\""),
        ("03:00-05:00", "\"03:00-05:00\""),
        ("012345678901", "\"012345678901\""),
        ("[a, 1, {b: c}]", "[\"a\", 1, {b: \"c\"}]"),
        // Ref
        ("!Ref Env", "\"prod\""),
        ("{Ref: Size}", "2"),
        ("!Ref Zones", "[\"a\", \"b\"]"),
        ("!Ref Empty", "\"\""),
        ("!Ref Vpc", "<Vpc>"),
        ("!Ref Ids", "<Ids>"),
        ("!Ref Image", "<Image>"),
        ("!Ref Cache", "ReplicationGroup Cache id"),
        ("!Ref Gone", "?"),
        ("!Ref AWS::Region", "\"eu-west-1\""),
        ("!Ref AWS::Partition", "\"aws\""),
        ("!Ref AWS::AccountId", "\"<account>\""),
        ("!Ref AWS::StackName", "\"<stack>\""),
        ("!Ref AWS::NoValue", "nothing"),
        ("[!Ref AWS::NoValue, a]", "[\"a\"]"),
        ("{Ref: {Ref: Empty}}", "? "),
        ("!Ref [Env]", "? | template-function: Ref is given a list"),
        // GetAtt
        ("!GetAtt Group.GroupId", "SecurityGroup Group.GroupId id"),
        ("!GetAtt [Group, GroupId]", "SecurityGroup Group.GroupId id"),
        (
            "{Fn::GetAtt: Group.GroupId}",
            "SecurityGroup Group.GroupId id",
        ),
        (
            "!GetAtt Cache.PrimaryEndPoint.Address",
            "ReplicationGroup Cache.PrimaryEndPoint.Address primary_endpoint_address",
        ),
        ("!GetAtt [!Sub '${Env}', !Ref Name]", "?"),
        // Sub
        ("!Sub a", "\"a\""),
        ("!Sub '${Env}-${Size}'", "\"prod-2\""),
        ("!Sub '${Size}'", "\"2\""),
        ("!Sub '${Name}'", "<Name>"),
        ("!Sub 'x-${Name}-${Env}'", "\"x-<Name>-prod\""),
        ("!Sub '${AWS::Region}${!Env}'", "\"eu-west-1${Env}\""),
        ("!Sub '${AWS::StackName}-x'", "\"<stack>-x\""),
        ("!Sub '${Cache}-001'", "\"<ReplicationGroup Cache id>-001\""),
        ("!Sub '${Cache}'", "ReplicationGroup Cache id"),
        ("!Sub '${Group.GroupId}'", "SecurityGroup Group.GroupId id"),
        (
            "!Sub ['${A}-${B}', {A: !Ref Env, B: !Sub '${Size}'}]",
            "\"prod-2\"",
        ),
        (
            "!Sub ['${A}', {A: !Ref Cache}]",
            "ReplicationGroup Cache id",
        ),
        ("!Sub '${Zones}'", "?"),
        (
            "!Sub [a, b]",
            "? | template-function: Fn::Sub is given a list",
        ),
        ("!Sub ''", "\"\""),
        // Join, Split, Select
        ("!Join ['-', [a, !Ref Env, !Ref Size]]", "\"a-prod-2\""),
        ("!Join ['', [a, !Ref Name]]", "\"a<Name>\""),
        ("!Join [',', !Ref Zones]", "\"a,b\""),
        ("!Join [',', !Ref Ids]", "?"),
        ("!Join [',', [!Ref Cache]]", "ReplicationGroup Cache id"),
        ("!Join ['', [a, !Ref AWS::NoValue, b]]", "\"ab\""),
        ("!Join x", "? | template-function: Fn::Join is given a text"),
        ("!Split ['/', 'a/b/']", "[\"a\", \"b\", \"\"]"),
        ("!Split ['/', !Ref Name]", "?"),
        (
            "!Split ['', a]",
            "? | template-function: Fn::Split is given an empty delimiter",
        ),
        ("!Select [1, [a, b]]", "\"b\""),
        ("!Select ['0', !Ref Zones]", "\"a\""),
        ("!Select [0, !Ref Ids]", "?"),
        ("!Select [0, !GetAZs '']", "?"),
        (
            "!Select [2, !Ref Zones]",
            "? | template-function: there is no item 2 in a list of 2",
        ),
        (
            "!Select [-1, [a]]",
            "? | template-function: there is no item -1 in a list of 1",
        ),
        // FindInMap
        ("!FindInMap [Map, prod, Type]", "\"large\""),
        ("!FindInMap [Map, !Ref Env, Count]", "3"),
        ("!FindInMap [Map, !Ref Env, Zones]", "[\"x\", \"y\"]"),
        ("!FindInMap [Map, !Ref Name, Type]", "?"),
        ("!FindInMap [Map, dev, Count, {DefaultValue: 1}]", "1"),
        (
            "!FindInMap [Map, dev, Count]",
            "? | reference-unknown: the mapping Map has no value for \"dev\" and \"Count\"",
        ),
        (
            "!FindInMap [Nap, dev, Count]",
            "? | reference-unknown: there is no mapping called \"Nap\" in the template",
        ),
        (
            "!FindInMap [Map]",
            "? | template-function: Fn::FindInMap is given a list",
        ),
        // If
        ("!If [Yes, a, b]", "\"a\""),
        ("!If [No, a, b]", "\"b\""),
        ("!If [Maybe, a, b]", "?"),
        ("!If [Maybe, a, !Sub a]", "\"a\""),
        ("!If [No, a, !Ref AWS::NoValue]", "nothing"),
        ("!If [Maybe, a, !Ref AWS::NoValue]", "?"),
        ("!If [Maybe, !If [Yes, a, b], a]", "\"a\""),
        ("!If [Maybe, !Select [9, [a]], a]", "?"),
        ("[!If [Maybe, a, b], c]", "[?, \"c\"]"),
        ("[!If [Maybe, a, !Ref AWS::NoValue], c]", "?"),
        ("[!If [Maybe, a, !If [Yes, b, !Ref AWS::NoValue]], c]", "?"),
        (
            "!If [Yes, a]",
            "? | template-function: Fn::If is given a list",
        ),
        (
            "!If [Nope, a, b]",
            "? | reference-unknown: there is no condition called \"Nope\" in the template",
        ),
        // imports
        ("!ImportValue net", "import(net)"),
        ("!ImportValue {'Fn::Sub': '${Env}-x'}", "import(prod-x)"),
        ("!ImportValue {'Fn::Sub': '${Name}-x'}", "import(${Name}-x)"),
        (
            "!ImportValue {'Fn::Sub': '${AWS::AccountId}-x'}",
            "import(${AWS::AccountId}-x)",
        ),
        ("!Split [',', !ImportValue net]", "import(net) split"),
        ("!Select [0, !Split [',', !ImportValue net]]", "?"),
        (
            "!Sub ['${x}!', {x: !ImportValue net}]",
            "\"<import(net)>!\"",
        ),
        // dynamic references
        (
            "'{{resolve:secretsmanager:jobs/cache:SecretString:token}}'",
            "secret(jobs/cache, Some(\"token\"), None)",
        ),
        (
            "!Sub '{{resolve:secretsmanager:${Name}:SecretString:token:AWSPENDING}}'",
            "secret(<Name>, Some(\"token\"), Some(\"AWSPENDING\"))",
        ),
        (
            "!Join ['', ['{{resolve:secretsmanager:', !Ref Group, '}}']]",
            "secret(<SecurityGroup Group id>, None, None)",
        ),
        (
            "'{{resolve:ssm-secure:/token:3}}'",
            "secret(/token, None, Some(\"3\"))",
        ),
        ("'{{resolve:ssm:/type}}'", "?"),
        ("'x-{{resolve:ssm:/type}}-y'", "\"x-?-y\""),
        // the rest
        ("!Length [a, b]", "2"),
        ("!Length {Ref: Ids}", "?"),
        (
            "!ToJsonString {a: [1, x, true], b: !Ref Env}",
            "\"{\\\"a\\\":[1,\\\"x\\\",true],\\\"b\\\":\\\"prod\\\"}\"",
        ),
        ("!ToJsonString {a: !Ref Name}", "?"),
        ("!Base64 a", "?"),
        ("!Cidr [10.0.0.0/16, 2, 8]", "?"),
        ("!Transform {Name: Mine}", "? partial"),
        (
            "{x: 1, 'Fn::Transform': {Name: 'AWS::Include'}}",
            "{x: 1} partial",
        ),
        (
            "!Lowercase a",
            "? | template-function: Fn::Lowercase isn't a function that is known here",
        ),
        (
            "!Ref Nothing",
            "? | reference-unknown: there is no parameter or resource called \"Nothing\" in the template",
        ),
        (
            "!Sub '${Nothing}${No.Thing}'",
            "\"?\" | reference-unknown: there is no parameter or resource called \"Nothing\" in the template | reference-unknown: there is no resource called \"No\" in the template",
        ),
    ];
    for (expression, expected) in table {
        if expected == "? " {
            // a name that is computed, and empty
            assert!(evaluate(expression).starts_with('?'), "{expression}");
            continue;
        }
        let expected = expected.replace("\"?\" |", "? |");
        assert_eq!(evaluate(expression), expected, "{expression}");
    }
}

#[test]
fn values_say_where_they_come_from() {
    let (graph, _) = read(&format!(
        "{FRAME}!Sub '${{Env}}-x'\n      Q: !FindInMap [Map, !Ref Env, Type]\n      R: a\n      S: !Ref Vpc\n"
    ));
    let thing = node(&graph, "Thing");
    let told = |name: &str| {
        let property = property(thing, name);
        let line = |place: &Option<Place>| {
            place
                .as_ref()
                .map(|place| format!("{}:{}", place.line, place.column))
        };
        (
            line(&property.place),
            line(&property.origin),
            property.inputs.join(" "),
        )
    };
    let at = |text: &str| Some(text.to_owned());
    assert_eq!(told("P"), (at("26:10"), at("3:32"), "Env".into()));
    assert_eq!(told("Q"), (at("27:10"), at("13:18"), "Env".into()));
    assert_eq!(told("R"), (at("28:10"), None, String::new()));
    assert_eq!(told("S"), (at("29:10"), None, "Vpc".into()));
}

#[test]
fn conditions_are_known_or_not() {
    let of = |expression: &str| {
        let text = format!(
            "Parameters:\n  Env: {{Type: String, Default: prod}}\n  On: {{Type: String, Default: 'true'}}\n  Name: {{Type: String}}\nConditions:\n  C: {expression}\n  T: !Equals [a, a]\n  F: !Equals [a, b]\n  U: !Equals [!Ref Name, a]\nResources:\n  A: {{Type: 'AWS::X::Y', Properties: {{P: !If [C, 1, 2]}}}}\n  B: {{Type: 'AWS::X::Y', Condition: C}}\n"
        );
        let (graph, findings) = read(&text);
        assert!(findings.is_empty(), "{findings:?}");
        let there = graph.nodes.iter().any(|node| node.logical_id == "B");
        let value = show(&property(node(&graph, "A"), "P").value);
        match (&*value, there) {
            ("1", true) => Some(true),
            ("2", false) => Some(false),
            ("?", true) => None,
            other => panic!("{other:?}"),
        }
    };
    for (expression, expected) in [
        ("!Equals [!Ref Env, prod]", Some(true)),
        ("!Equals [!Ref Env, dev]", Some(false)),
        ("!Equals [!Ref On, true]", Some(true)),
        ("!Equals ['1', 1]", Some(true)),
        ("!Equals [!Ref Name, prod]", None),
        ("!Equals [!Ref Name, !Ref Name]", Some(true)),
        ("!Equals [!Sub '${Env}-x', prod-x]", Some(true)),
        ("!Equals [!Ref AWS::Region, eu-west-1]", None),
        ("!Equals [!Select [0, !Split ['-', a-b]], a]", Some(true)),
        ("!Not [!Condition T]", Some(false)),
        ("!Not [!Condition U]", None),
        ("!And [!Condition T, !Condition F]", Some(false)),
        ("!And [!Condition F, !Condition U]", Some(false)),
        ("!And [!Condition T, !Condition U]", None),
        (
            "!And [!Condition T, {Condition: T}, !Equals [a, a]]",
            Some(true),
        ),
        ("!Or [!Condition U, !Condition T]", Some(true)),
        ("!Or [!Condition U, !Condition F]", None),
        ("!Or [!Condition F, !Condition F]", Some(false)),
        ("{Condition: T}", Some(true)),
    ] {
        assert_eq!(of(expression), expected, "{expression}");
    }
}

const TOPIC: &str = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n";

fn given(values: &[(&str, &str)]) -> Given {
    let value = |text: &str| GivenValue {
        value: text.into(),
        place: Place {
            file: "p.json".into(),
            line: 1,
            column: 1,
        },
    };
    Given {
        values: values
            .iter()
            .map(|(name, text)| ((*name).to_owned(), value(text)))
            .collect(),
        ..Given::default()
    }
}

#[test]
fn parameters_are_held_against_what_they_say() {
    let of = |parameter: &str, value: Option<&str>| {
        let text = format!("Parameters:\n  P: {parameter}\n{TOPIC}");
        let values: Vec<(&str, &str)> = value.into_iter().map(|value| ("P", value)).collect();
        let (_, findings) = read_given(&text, &given(&values));
        findings
            .first()
            .map(|finding| finding.split_once(": ").expect("a code").1.to_owned())
    };
    let table: &[(&str, Option<&str>, Option<&str>)] = &[
        ("{Type: String}", None, None),
        ("{Type: String, Default: a, AllowedValues: [a]}", None, None),
        (
            "{Type: String, Default: b, AllowedValues: [a]}",
            None,
            Some("\"b\", the value of P, isn't one of its AllowedValues"),
        ),
        (
            "{Type: String, Default: b, AllowedValues: [a]}",
            Some("a"),
            None,
        ),
        (
            "{Type: String, Default: a, AllowedValues: [a]}",
            Some("c"),
            Some("\"c\", the value of P, isn't one of its AllowedValues"),
        ),
        (
            "{Type: String, Default: true, AllowedValues: ['true', 'false']}",
            None,
            None,
        ),
        (
            "{Type: Number, Default: 1, AllowedValues: [1, 2]}",
            None,
            None,
        ),
        (
            "{Type: String, Default: ab, AllowedPattern: '[a-z]+'}",
            None,
            None,
        ),
        (
            "{Type: String, Default: ab1, AllowedPattern: '[a-z]+'}",
            None,
            Some("\"ab1\", the value of P, doesn't match its AllowedPattern"),
        ),
        (
            r"{Type: String, Default: ab 1, AllowedPattern: '\w+\s[\d-]+'}",
            None,
            None,
        ),
        // Java's own; nobody guesses
        (
            "{Type: String, Default: ab, AllowedPattern: '(?!a).*'}",
            None,
            None,
        ),
        (
            "{Type: String, Default: abc, MaxLength: 2}",
            None,
            Some("\"abc\", the value of P, is above its MaxLength"),
        ),
        (
            "{Type: String, Default: é, MinLength: '2'}",
            None,
            Some("\"é\", the value of P, is below its MinLength"),
        ),
        (
            "{Type: Number, Default: 6, MaxValue: 5}",
            None,
            Some("\"6\", the value of P, is above its MaxValue"),
        ),
        (
            "{Type: Number, MinValue: 1}",
            Some("0"),
            Some("\"0\", the value of P, is below its MinValue"),
        ),
        (
            "{Type: Number}",
            Some("x"),
            Some("\"x\", the value of P, isn't a number"),
        ),
        (
            "{Type: CommaDelimitedList, Default: 'a, b,c', AllowedValues: [a, b]}",
            None,
            Some("\"c\", the value of P, isn't one of its AllowedValues"),
        ),
        ("{Type: List<Number>, Default: '1,2'}", None, None),
        (
            "{Type: String, NoEcho: true, MinLength: 16}",
            Some("hunter2"),
            Some("the value of P is below its MinLength"),
        ),
        (
            "{Type: String, Default: [a]}",
            None,
            Some("the default of P is a list"),
        ),
        (
            "{Type: String, Default: !Ref X}",
            None,
            Some("the default of P is an object"),
        ),
    ];
    for (parameter, value, expected) in table {
        assert_eq!(
            of(parameter, *value).as_deref(),
            *expected,
            "{parameter} {value:?}"
        );
    }
}

#[test]
fn parameters_can_be_given() {
    let text = "Parameters:\n  A: {Type: String}\n  B: {Type: CommaDelimitedList}\nResources:\n  T: {Type: 'AWS::X::Y', Properties: {A: !Ref A, B: !Ref B}}\n";
    let mut values = given(&[("A", "x"), ("C", "y")]);
    values.values.insert(
        "B".into(),
        GivenValue {
            value: serde_json::json!(["u", "v"]),
            place: values.values["A"].place.clone(),
        },
    );
    let (graph, findings) = read_given(text, &values);
    assert_eq!(
        findings,
        ["1:1 parameter-unknown-given: \"C\" is given and isn't a parameter of t.yaml"]
    );
    let thing = node(&graph, "T");
    assert_eq!(show(&property(thing, "A").value), "\"x\"");
    assert_eq!(show(&property(thing, "B").value), "[\"u\", \"v\"]");
    let origin = property(thing, "A").origin.as_ref().expect("an origin");
    assert_eq!(origin.file, "p.json");
}

#[test]
fn the_graph_says_what_the_template_says() {
    let graph = good(
        "AWSTemplateFormatVersion: 2010-09-09
Description: a cache
Metadata:
  Cachewright:
    Stage: production
    Workloads: [queue, lock]
    KeyFamilies: {order: {Keys: 50000, Bytes: 2048}}
    Allow: {multi-az: one zone is cheaper, no-reason: }
Parameters:
  Vpc: {Type: 'AWS::EC2::VPC::Id', Description: where}
  Token: {Type: String, NoEcho: 'true', Default: ''}
Conditions:
  Never: !Equals [a, b]
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Snapshot
    UpdatePolicy: {UseOnlineResharding: true}
    Metadata:
      Other: 1
      Cachewright: {Allow: {encryption: the tunnel encrypts}}
    Properties: {ReplicationGroupDescription: x}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: b, Deep: {er: [1, {x: y}]}}
Outputs:
  Address:
    Description: where it is
    Value: !GetAtt Cache.PrimaryEndPoint.Address
    Export: {Name: !Sub '${AWS::StackName}-Address'}
  Hidden: {Condition: Never, Value: x}
",
    );
    assert_eq!(graph.source, Source::Read(Language::CloudFormation));
    assert_eq!(graph.environment, "t.yaml");
    assert_eq!(graph.description, "a cache");
    assert_eq!(graph.stage, Some(Stage::Production));
    let workloads: Vec<Workload> = graph.workloads.iter().map(|at| at.value).collect();
    assert_eq!(workloads, [Workload::Queue, Workload::Lock]);
    let family = &graph.key_families[0];
    assert_eq!((&*family.name, family.total()), ("order", 50_000 * 2048));
    let allowances: Vec<(&str, &str, Option<&str>, u32)> = graph
        .allowances
        .iter()
        .map(|allowance| {
            (
                &*allowance.code,
                &*allowance.because,
                allowance.resource.as_deref(),
                allowance.place.line,
            )
        })
        .collect();
    assert_eq!(
        allowances,
        [
            ("multi-az", "one zone is cheaper", None, 8),
            ("no-reason", "", None, 8),
            ("encryption", "the tunnel encrypts", Some("Cache"), 22),
        ]
    );
    let inputs: Vec<_> = graph
        .inputs
        .iter()
        .map(|input| (input.id.as_str(), input.no_echo, input.default.as_deref()))
        .collect();
    assert_eq!(inputs, [("Vpc", false, None), ("Token", true, Some(""))]);
    assert_eq!(graph.inputs[0].kind, InputKind::VpcId);
    assert_eq!(graph.inputs[0].description, "where");
    let cache = node(&graph, "Cache");
    assert_eq!(cache.removal, Some(Removal::RetainExceptOnCreate));
    assert_eq!(cache.replacement, Some(Removal::Snapshot));
    assert_eq!(
        cache.removal_place.as_ref().map(|place| place.line),
        Some(17)
    );
    assert!(cache.online_resharding);
    assert_eq!((cache.place.line, cache.place.column), (15, 3));
    let bucket = node(&graph, "Bucket");
    assert_eq!(
        (bucket.kind, bucket.of.as_deref()),
        (Kind::Other, Some("AWS::S3::Bucket"))
    );
    assert_eq!(
        show(&property(bucket, "Deep").value),
        "{er: [1, {x: \"y\"}]}"
    );
    let [output] = graph.outputs.as_slice() else {
        panic!("{:?}", graph.outputs);
    };
    assert_eq!(output.id.as_str(), "Address");
    assert_eq!(
        output.export.as_ref().map(show_text).as_deref(),
        Some("<stack>-Address")
    );
    assert!(show(&output.value).starts_with("ReplicationGroup Cache.Primary"));
    // what somebody says on the command line comes first
    let staging = Given {
        stage: Some(Stage::Staging),
        ..Given::default()
    };
    let text = format!("Metadata: {{Cachewright: {{Stage: production}}}}\n{TOPIC}");
    assert_eq!(read_given(&text, &staging).0.stage, Some(Stage::Staging));
}

#[test]
fn settings_have_their_names_in_both_vocabularies() {
    let graph = good(
        "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      NumCacheClusters: '2'
      MultiAZEnabled: 'true'
      AutomaticFailoverEnabled: no
      EngineVersion: '7.1'
      Port: !Ref AWS::NoValue
      Novel: {A: 1}
      Tags: [{Key: a, Value: 1}, {Key: b, Value: !Ref AWS::Region}]
      LogDeliveryConfigurations:
        - LogType: slow-log
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: x}}
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties: {Properties: {timeout: 300, activedefrag: yes}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Threshold: 80
      Dimensions: [{Name: CacheClusterId, Value: shop-001}]
",
    );
    let shown = |id: &str| -> Vec<String> {
        node(&graph, id)
            .properties
            .iter()
            .map(|property| {
                format!(
                    "{} {} {}",
                    property.cloudformation.as_deref().unwrap_or("-"),
                    property.terraform.as_deref().unwrap_or("-"),
                    show(&property.value)
                )
            })
            .collect()
    };
    assert_eq!(
        shown("Cache"),
        [
            "NumCacheClusters num_cache_clusters 2",
            "MultiAZEnabled multi_az_enabled true",
            "AutomaticFailoverEnabled automatic_failover_enabled false",
            "EngineVersion engine_version \"7.1\"",
            "Novel - {A: 1}",
            "Tags tags (a=1, b=?)",
            "LogDeliveryConfigurations log_delivery_configuration {LogType: \"slow-log\", DestinationDetails.CloudWatchLogsDetails.LogGroup: \"x\"}",
        ]
    );
    assert_eq!(
        shown("Parameters"),
        ["Properties parameter (timeout=300, activedefrag=true)"]
    );
    assert_eq!(
        shown("Alarm"),
        [
            "Threshold threshold 80.0",
            "Dimensions dimensions (CacheClusterId=shop-001)"
        ]
    );
}

#[test]
fn rules_inside_a_security_group_are_nodes() {
    let graph = good(
        "Parameters:
  Name: {Type: String}
Conditions:
  Maybe: !Equals [!Ref Name, x]
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: 10.0.0.0/8}
        - IpProtocol: udp
          SourceSecurityGroupId: !Ref Name
      SecurityGroupEgress: {IpProtocol: -1, CidrIp: 0.0.0.0/0}
  Other:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: y
      SecurityGroupIngress: [!If [Maybe, {IpProtocol: tcp}, !Ref AWS::NoValue]]
",
    );
    assert_eq!(
        ids(&graph),
        [
            "Group",
            "GroupIngress0",
            "GroupIngress1",
            "GroupEgress0",
            "Other",
            "OtherIngress0"
        ]
    );
    let first = node(&graph, "GroupIngress0");
    assert_eq!(first.kind, Kind::SecurityGroupIngress);
    assert_eq!(first.only, Some(Language::CloudFormation));
    assert_eq!(first.label, first.logical_id);
    assert_eq!((first.place.line, first.place.column), (11, 11));
    assert_eq!(
        show(&property(first, "GroupId").value),
        "SecurityGroup Group.GroupId id"
    );
    assert_eq!(show(&property(first, "FromPort").value), "1");
    assert_eq!(
        show(&property(node(&graph, "GroupIngress1"), "SourceSecurityGroupId").value),
        "<Name>"
    );
    assert_eq!(
        show(&property(node(&graph, "GroupEgress0"), "IpProtocol").value),
        "\"-1\""
    );
    let group = node(&graph, "Group");
    assert_eq!(
        show(&property(group, "SecurityGroupEgress").value),
        "{IpProtocol: \"-1\", CidrIp: \"0.0.0.0/0\"}"
    );
    // there if its condition holds, as a resource with such a condition is
    assert_eq!(
        show(&property(node(&graph, "Other"), "SecurityGroupIngress").value),
        "?"
    );
}

#[test]
fn loops_are_written_out_where_their_list_is_known() {
    let transform = "Transform: AWS::LanguageExtensions\n";
    let graph = good(&format!(
        "{transform}Parameters:
  Names: {{Type: CommaDelimitedList, Default: 'a-1,b'}}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - Topic&{{Name}}:
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Ref Name
          DisplayName: !Sub '${{Name}} in ${{AWS::Region}}'
          Fn::ForEach::More:
            - More
            - [X, Y]
            - ${{More}}: ${{Name}}-${{More}}
Outputs:
  Fn::ForEach::Outputs:
    - Name
    - !Ref Names
    - Arn&{{Name}}: {{Value: !GetAtt ['Topic&{{Name}}', TopicArn]}}
"
    ));
    assert_eq!(ids(&graph), ["Topica1", "Topicb"]);
    let first = node(&graph, "Topica1");
    assert_eq!(show(&property(first, "TopicName").value), "\"a-1\"");
    assert_eq!(show(&property(first, "DisplayName").value), "\"a-1 in ?\"");
    assert_eq!(show(&property(first, "Y").value), "\"a-1-Y\"");
    assert_eq!(first.place.line, 8);
    assert!(!first.partial);
    let outputs: Vec<String> = graph
        .outputs
        .iter()
        .map(|output| show(&output.value))
        .collect();
    assert_eq!(
        outputs,
        ["Topic Topica1.TopicArn arn", "Topic Topicb.TopicArn arn"]
    );

    // a list that isn't known: nothing is made up, and nothing is missed
    let graph = good(&format!(
        "{transform}Parameters:
  Names: {{Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - Topic${{Name}}: {{Type: 'AWS::SNS::Topic'}}
  Thing:
    Type: AWS::X::Y
    Properties:
      A: !Ref Topicx
      Fn::ForEach::More: [M, !Ref Names, {{'${{M}}': 1}}]
"
    ));
    assert_eq!(ids(&graph), ["Thing"]);
    assert!(node(&graph, "Thing").partial);

    let (_, findings) = read(&format!("{transform}{TOPIC}  Fn::ForEach::X: [a]\n"));
    assert_eq!(
        findings,
        ["5:19 template-function: Fn::ForEach::X is given a list"]
    );
}

#[test]
fn macros_may_change_what_cannot_be_seen() {
    let (graph, findings) = read(
        "Transform: [Mine]
Own: {Section: 1}
Resources:
  A:
    Type: AWS::SNS::Topic
    Properties: {X: !Ref MadeByTheMacro, Y: !Mine x}
  B:
    Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://x}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://y}}
",
    );
    assert_eq!(findings, [""; 0]);
    assert!(node(&graph, "A").partial);
    let graph = good(
        "Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      Fn::Transform: {Name: AWS::Include}\n",
    );
    assert!(node(&graph, "A").partial);
}

#[test]
fn aliases_and_merge_keys_repeat() {
    let graph = good(
        "Resources:
  A: &a
    Type: AWS::SNS::Topic
    Properties: &p {DisplayName: x, TopicName: a}
  B:
    <<: *a
    Properties:
      <<: [*p, {TopicName: no, Other: y}]
      TopicName: b
  C: *a
",
    );
    let shown: Vec<String> = node(&graph, "B")
        .properties
        .iter()
        .map(|property| show(&property.value))
        .collect();
    assert_eq!(shown, ["\"b\"", "\"x\"", "\"y\""]);
    assert_eq!(ids(&graph), ["A", "B", "C"]);
}

/// The findings about a text that may not even be one.
fn findings(text: &str) -> Vec<String> {
    let outcome = cloudformation::graph("t.yaml", text, &Given::default());
    outcome.diagnostics.iter().map(short).collect()
}

#[test]
fn what_is_broken_is_said_with_its_place() {
    let table: &[(&str, &[&str])] = &[
        // not readable
        ("", &["1:1 template-shape: there is nothing in it"]),
        (
            "# nothing\n",
            &["1:1 template-shape: there is nothing in it"],
        ),
        ("just text", &["1:1 template-shape: the whole is a text"]),
        ("- a\n", &["1:1 template-shape: the whole is a list"]),
        ("[1]", &["1:1 template-shape: the whole is a list"]),
        (
            "a: [1",
            &[
                "1:6 unreadable: not well-formed YAML: while parsing a flow sequence, expected ',' or ']'",
            ],
        ),
        (
            "a:\n\tb: c\n",
            &[
                "2:2 unreadable: not well-formed YAML: tabs disallowed within this context (block indentation)",
            ],
        ),
        (
            "a: 'x\n",
            &[
                "1:4 unreadable: not well-formed YAML: while scanning a quoted scalar, found unexpected end of stream",
            ],
        ),
        (
            "a: *b\n",
            &["1:4 unreadable: not well-formed YAML: while parsing node, found unknown anchor"],
        ),
        (
            "a: &b [*b]\n",
            &["1:8 unreadable: an alias to an anchor that it stands in itself"],
        ),
        (
            "a: b\n---\nc: d\n",
            &["2:1 unreadable: a second YAML document begins here"],
        ),
        (
            "? [a]\n: b\n",
            &["1:3 unreadable: a list where a name should be"],
        ),
        (
            "{",
            &[
                "1:2 unreadable: not well-formed JSON: the end of the file where a name in quotes should be",
            ],
        ),
        (
            "{\"a\" 1}",
            &["1:6 unreadable: not well-formed JSON: '1' where a colon should be"],
        ),
        (
            "{\"a\": 1,}",
            &["1:9 unreadable: not well-formed JSON: '}' where a name in quotes should be"],
        ),
        (
            "{\"a\": [1 2]}",
            &["1:10 unreadable: not well-formed JSON: '2' where a comma or `]` should be"],
        ),
        (
            "{\n\t\"é\": 'x'}",
            &["2:7 unreadable: not well-formed JSON: '\\'' where a value should be"],
        ),
        (
            "{\"a\": \"x\ny\"}",
            &[
                "1:9 unreadable: not well-formed JSON: a line break or a control character within a text",
            ],
        ),
        (
            "{\"a\": \"\\x\"}",
            &["1:7 unreadable: not well-formed JSON: a text with an escape that JSON doesn't have"],
        ),
        (
            "{\"a\": \"\\ud800\"}",
            &["1:7 unreadable: not well-formed JSON: a text with an escape that JSON doesn't have"],
        ),
        (
            "{\"a\": \"x",
            &["1:7 unreadable: not well-formed JSON: a text whose closing quote is missing"],
        ),
        (
            "{\"a\": \"x\\",
            &["1:7 unreadable: not well-formed JSON: a text whose closing quote is missing"],
        ),
        (
            "{\"a\": 01}",
            &["1:7 unreadable: not well-formed JSON: 01 isn't a number"],
        ),
        (
            "{\"a\": -}",
            &["1:7 unreadable: not well-formed JSON: - isn't a number"],
        ),
        (
            "{\"a\": tru}",
            &["1:7 unreadable: not well-formed JSON: tru without quotes"],
        ),
        (
            "{\"a\": 1} x",
            &[
                "1:10 unreadable: not well-formed JSON: something stands after the end of the JSON value",
            ],
        ),
        (
            "{// no\n}",
            &["1:2 unreadable: not well-formed JSON: '/' where a name in quotes should be"],
        ),
        // shape
        (
            "A: 1\n",
            &[
                "1:1 template-shape: A isn't a section of a template",
                "1:1 template-shape: the template has no resources",
            ],
        ),
        (
            "Resources: {}\n",
            &["1:1 template-shape: the template has no resources"],
        ),
        ("Resources:\n", &["1:1 template-shape: Resources is null"]),
        (
            "Resources: [a]\n",
            &["1:12 template-shape: the section Resources is a list"],
        ),
        (
            "Resources:\n  A: x\n",
            &["2:6 template-shape: the resource A is a text"],
        ),
        ("Resources:\n  A:\n", &["2:3 template-shape: A is null"]),
        (
            "Resources:\n  A: {Properties: {}}\n",
            &["2:3 template-shape: the resource A has no Type"],
        ),
        (
            "Resources:\n  A: {Type: [x]}\n",
            &["2:13 template-shape: the type of A is a list"],
        ),
        (
            "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties: x\n",
            &["4:17 template-shape: the properties of A are a text"],
        ),
        (
            "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n    X: 1\n",
            &[
                "4:5 template-shape: Properties is null",
                "5:5 template-shape: a resource has nothing called X",
            ],
        ),
        (
            "Resources:\n  A:\n    Type: AWS::X::Y\n    DeletionPolicy: Snap\n    UpdateReplacePolicy: RetainExceptOnCreate\n",
            &[
                "4:21 template-shape: there is no DeletionPolicy \"Snap\"",
                "5:26 template-shape: there is no UpdateReplacePolicy \"RetainExceptOnCreate\"",
            ],
        ),
        (
            "AWSTemplateFormatVersion: 2010-09-10\nResources:\n  A: {Type: 'AWS::X::Y'}\n",
            &["1:27 template-shape: no such version of the template format"],
        ),
        (
            "Parameters:\n  P: {Default: x}\n  Q: {Type: Strin}\n  R: x\n  S: {Type: String, Defualt: x}\nResources:\n  A: {Type: 'AWS::X::Y'}\n",
            &[
                "2:3 template-shape: the parameter P has no Type",
                "3:13 template-shape: \"Strin\" isn't a type of parameters",
                "4:6 template-shape: the parameter R is a text",
                "5:21 template-shape: a parameter has nothing called Defualt",
            ],
        ),
        (
            "Mappings:\n  M: {a: b}\nConditions:\n  C: !Ref AWS::Region\n  D: true\nResources:\n  A: {Type: 'AWS::X::Y'}\nOutputs:\n  O: {}\n  P: x\n",
            &[
                "2:6 template-shape: the mapping M isn't an object of objects",
                "4:6 template-shape: the condition C is none",
                "5:6 template-shape: the condition D is none",
                "9:3 template-shape: the output O has no Value",
                "10:6 template-shape: the output P is a text",
            ],
        ),
        // names
        (
            "Resources:\n  A: {Type: 'AWS::X::Y', Type: 'AWS::X::Z'}\n  A: {Type: 'AWS::X::Y'}\n",
            &[
                "2:26 duplicate-key: \"Type\" stands twice in one object",
                "3:3 duplicate-key: \"A\" stands twice in one object",
            ],
        ),
        (
            "{\"Resources\": {\"A\": {\"Type\": \"AWS::X::Y\"},\n \"A\": {\"Type\": \"AWS::X::Y\"}}}",
            &["2:2 duplicate-key: \"A\" stands twice in one object"],
        ),
        (
            "Parameters:\n  A: {Type: String}\nResources:\n  A: {Type: 'AWS::X::Y'}\n",
            &["4:3 duplicate-key: \"A\" is a resource here and a parameter elsewhere"],
        ),
        (
            "Conditions:\n  C: !Equals [!Ref A, !Sub '${B}']\n  D: !Not [!Condition E]\nResources:\n  A: {Type: 'AWS::X::Y', Condition: X, DependsOn: [A1, A2], Properties: {P: !Ref AWS::Nope, Q: !GetAtt A3.Arn}}\nOutputs:\n  O: {Condition: Y, Value: !Ref a}\n",
            &[
                "2:15 reference-unknown: there is no parameter called \"A\" in the template",
                "2:23 reference-unknown: there is no parameter called \"B\" in the template",
                "3:12 reference-unknown: there is no condition called \"E\" in the template",
                "5:37 reference-unknown: there is no condition called \"X\" in the template",
                "5:52 reference-unknown: there is no resource called \"A1\" in the template",
                "5:56 reference-unknown: there is no resource called \"A2\" in the template",
                "5:77 reference-unknown: there is no parameter or resource called \"AWS::Nope\" in the template",
                "5:96 reference-unknown: there is no resource called \"A3\" in the template",
                "7:18 reference-unknown: there is no condition called \"Y\" in the template",
                "7:28 reference-unknown: there is no parameter or resource called \"a\" in the template",
            ],
        ),
        // cycles
        (
            "Resources:\n  A: {Type: 'AWS::X::Y', Properties: {P: !Sub '${B}'}}\n  B: {Type: 'AWS::X::Y', DependsOn: C}\n  C: {Type: 'AWS::X::Y', Properties: {P: [{Q: !GetAtt A.Arn}]}}\n  D: {Type: 'AWS::X::Y', DependsOn: A}\n  E: {Type: 'AWS::X::Y', Properties: {P: !Ref E}}\n",
            &[
                "2:3 reference-cycle: these resources refer to one another in a circle: A, B, C",
                "6:3 reference-cycle: the resource E refers to itself",
            ],
        ),
        (
            "Conditions:\n  A: !Not [!Condition B]\n  B: !Or [!Condition A, !Condition C]\n  C: !Equals [a, a]\n  D: {Condition: D}\nResources:\n  X: {Type: 'AWS::X::Y', Condition: A}\n",
            &[
                "2:3 reference-cycle: these conditions refer to one another in a circle: A, B",
                "5:3 reference-cycle: the condition D refers to itself",
            ],
        ),
        // what isn't taken closes no circle
        (
            "Conditions:\n  N: !Equals [a, b]\nResources:\n  A: {Type: 'AWS::X::Y', Properties: {P: !If [N, !Ref B, x]}}\n  B: {Type: 'AWS::X::Y', DependsOn: A}\n",
            &[],
        ),
        // conditions
        (
            "Conditions:\n  A: !And [!Equals [a, a]]\n  B: !Not [!Equals [a, a], !Equals [a, a]]\n  C: !Equals [a]\nResources:\n  X: {Type: 'AWS::X::Y'}\n",
            &[
                "2:6 template-function: Fn::And is given 1 conditions",
                "3:6 template-function: Fn::Not is given a list",
                "4:6 template-function: Fn::Equals is given a list",
            ],
        ),
        // metadata
        (
            "Metadata: {Cachewright: {Stage: prod, Workloads: [jobs, queue], KeyFamilies: {a: {Keys: many}}, Nope: 1}}\nResources:\n  A: {Type: 'AWS::X::Y', Metadata: {Cachewright: {Stage: production}}}\n",
            &[
                "1:33 template-metadata: \"prod\" isn't a stage",
                "1:51 template-metadata: \"jobs\" isn't a workload",
                "1:79 template-metadata: the key family \"a\" has no Keys and Bytes",
                "1:97 template-metadata: Nope means nothing here",
                "3:51 template-metadata: Stage means nothing here",
            ],
        ),
        // versions
        (
            "Parameters: {V: {Type: String, Default: 7.10}}\nResources:\n  A: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {EngineVersion: 7.10}}\n  B: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {EngineVersion: !Ref V}}\n  C: {Type: 'AWS::ElastiCache::ServerlessCache', Properties: {MajorEngineVersion: 8}}\n",
            &[
                "3:79 template-version-number: the number 7.10 is the version 7.1",
                "4:79 template-version-number: EngineVersion is the number 7.1, and not a text",
            ],
        ),
        (
            "Resources:\n  Fn::ForEach::X: [A, [a], {'T${A}': {Type: 'AWS::X::Y', Properties: {P: !Length [a]}}}]\n",
            &[
                "2:3 template-transform: Fn::ForEach needs a transform that the template doesn't ask for",
                "2:74 template-transform: Fn::Length needs a transform that the template doesn't ask for",
            ],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(findings(text), *expected, "{text}");
    }
}

#[test]
fn a_mark_at_the_beginning_and_other_line_ends_change_nothing() {
    let plain = "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      é: !Sub |\n        a\n        b\n      B: !Ref Nope\n";
    let (graph, findings) = read(plain);
    assert_eq!(
        findings,
        [
            "8:10 reference-unknown: there is no parameter or resource called \"Nope\" in the template"
        ]
    );
    let marked = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    let (same, findings_of_same) = read(&marked);
    assert_eq!((graph, findings), (same, findings_of_same));
    let json = "{ \"Resources\": {\n\t\"Ä\": { \"Type\": \"AWS::X::Y\", \"Properties\": { \"é\": { \"Ref\": \"Nope\" } } } } }";
    let marked = format!("\u{feff}{}", json.replace('\n', "\r\n"));
    assert_eq!(
        read(json).1,
        [
            "2:60 reference-unknown: there is no parameter or resource called \"Nope\" in the template"
        ]
    );
    assert_eq!(read(json), read(&marked));
}

/// Texts that are made to take long, or much memory.
#[test]
fn what_is_enormous_ends_soon() {
    let deep = 100_000;
    let lines =
        |line: &dyn Fn(usize) -> String, count: usize| -> String { (0..count).map(line).collect() };
    let laughs = format!(
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{}",
        lines(
            &|at| {
                let aliases = vec![format!("*a{at}"); 10].join(", ");
                format!("a{}: &a{} [{aliases}]\n", at + 1, at + 1)
            },
            12
        )
    );
    let transform = "Transform: AWS::LanguageExtensions\n";
    let list = vec!["a"; 1000].join(",");
    let nested = format!(
        "{transform}Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      Fn::ForEach::A: [A, [{list}], {{'Fn::ForEach::B': [B, [{list}], {{'Fn::ForEach::C': [C, [{list}], {{'x${{A}}': 1}}]}}]}}]\n"
    );
    let mut doubled = "x".to_owned();
    for _ in 0..80 {
        doubled = format!("{{'Fn::Sub': ['${{a}}${{a}}', {{a: {doubled}}}]}}");
    }
    let doubled = format!("Resources:\n  A: {{Type: 'AWS::X::Y', Properties: {{P: {doubled}}}}}\n");
    let chain = format!(
        "Conditions:\n  C0: !Equals [a, a]\n{}Resources:\n  A: {{Type: 'AWS::X::Y', Condition: C20000}}\n",
        lines(
            &|at| format!("  C{}: {{Condition: C{at}}}\n", at + 1),
            20_000
        )
    );
    let ring = format!(
        "Resources:\n{}",
        lines(
            &|at| format!(
                "  A{at}: {{Type: 'AWS::X::Y', DependsOn: A{}}}\n",
                (at + 1) % 20_000
            ),
            20_000
        )
    );
    let same_names = format!(
        "Resources:\n{}",
        "  A: {Type: 'AWS::X::Y'}\n".repeat(30_000)
    );
    let unreadable: &[(&str, String, &str)] = &[
        (
            "yaml lists",
            format!("a: {}", "[".repeat(deep)),
            "256 levels",
        ),
        (
            "yaml objects",
            "a:\n".to_owned() + &lines(&|at| format!("{}a:\n", " ".repeat(at + 1)), 2000),
            "256 levels",
        ),
        ("yaml dashes", "- ".repeat(deep), "256 levels"),
        ("json lists", "[".repeat(deep), "256 levels"),
        ("json objects", "{\"a\":".repeat(deep), "256 levels"),
        ("laughs", laughs, "200000 values"),
        (
            "long laughs",
            format!(
                "a: &a {}\nb: [{}]\n",
                "x".repeat(1_000_000),
                vec!["*a"; 1000].join(", ")
            ),
            "200000 values",
        ),
        (
            "many",
            format!("[{}1]", "1,".repeat(250_000)),
            "200000 values",
        ),
        ("large", " ".repeat(5 << 20), "too large"),
        ("loops", nested, "200000 values"),
        ("doubled", doubled, "200000 values"),
    ];
    for (what, text, words) in unreadable {
        let start = Instant::now();
        let outcome = cloudformation::graph("t.yaml", text, &Given::default());
        let took = start.elapsed();
        assert!(outcome.graph.is_none(), "{what}");
        let said: Vec<String> = outcome.diagnostics.iter().map(short).collect();
        assert!(
            said.iter()
                .any(|said| said.contains("unreadable") && said.contains(words)),
            "{what}: {said:?}"
        );
        // generous: the tests are not optimized, and share their processors
        assert!(took < Duration::from_secs(20), "{what} took {took:?}");
    }
    for (what, text, count) in [
        ("chain", chain, 0),
        ("ring", ring, 1),
        ("same names", same_names, 1000),
    ] {
        let start = Instant::now();
        assert_eq!(findings(&text).len(), count, "{what}");
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{what} took {took:?}");
    }
}

#[test]
fn a_document_is_json_with_places() {
    let text = "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      V: 7.0\n      On: yes\n      R: !GetAtt B.C\n      S: !Sub [x, {y: !Ref Z}]\n      N: 012\n";
    let document = Document::parse("t.yaml", text).expect("a document");
    assert_eq!(
        document.json(),
        serde_json::json!({"Resources": {"A": {"Type": "AWS::X::Y", "Properties": {
            "V": 7.0,
            "On": true,
            "R": {"Fn::GetAtt": ["B", "C"]},
            "S": {"Fn::Sub": ["x", {"y": {"Ref": "Z"}}]},
            "N": 10,
        }}}})
    );
    let at = |path: &[&str]| document.place(path).map(|place| (place.line, place.column));
    assert_eq!(at(&[]), Some((1, 1)));
    assert_eq!(at(&["Resources", "A", "Properties", "V"]), Some((5, 10)));
    assert_eq!(
        at(&["Resources", "A", "Properties", "S", "Fn::Sub", "1", "y"]),
        Some((8, 23))
    );
    assert_eq!(at(&["Resources", "B"]), None);
    let name = document.name_place(&["Resources", "A", "Type"]);
    assert_eq!(name.map(|place| (place.line, place.column)), Some((3, 5)));
}

#[test]
fn other_files_are_passed_by() {
    for (text, expected) in [
        ("AWSTemplateFormatVersion: 2010-09-09\n", true),
        ("'Resources':\n  A:\n    Type: AWS::X::Y\n", true),
        ("\"Resources\" :\n  A:\n    \"Type\": \"AWS::X::Y\"\n", true),
        (
            "\u{feff}Resources:\r\n  A:\r\n    Type: AWS::X::Y\r\n",
            true,
        ),
        ("Transform: AWS::Serverless-2016-10-31\n", true),
        ("{\"Resources\": {\"A\": {\"Type\": \"AWS::X::Y\"}}}", true),
        ("  {\"AWSTemplateFormatVersion\": 1", true),
        (
            "resources:\n  Resources:\n    A:\n      Type: AWS::X::Y\n",
            false,
        ),
        ("on: push\njobs:\n  a:\n    steps: []\n", false),
        ("Resources:\n  a: b\n", false),
        ("{\"name\": \"x\", \"Resources\": []}", false),
        ("", false),
    ] {
        assert_eq!(is_template(text), expected, "{text}");
    }
}

/// Whether there is anything in a value that isn't known.
fn is_known(value: &Value) -> bool {
    let text = |text: &Text| !text.0.contains(&Part::Unknown);
    match value {
        Value::Unknown => false,
        Value::Text(of) => text(of),
        Value::List(values) => values.iter().all(is_known),
        Value::Map(_, entries) => entries.iter().all(|entry| text(&entry.value)),
        Value::Objects(objects) => objects
            .iter()
            .flatten()
            .all(|property| is_known(&property.value)),
        _ => true,
    }
}

/// Templates as people write them: every setting of every replication group is understood.
#[test]
fn real_templates_are_understood() {
    let folder = common::root().join("tests/templates");
    let mut seen = BTreeSet::new();
    for (name, text) in common::tree(&folder) {
        assert!(is_template(&text), "{name}");
        let given = Given {
            region: Some("us-east-1".into()),
            ..Given::default()
        };
        let outcome = cloudformation::graph(&name, &text, &given);
        let said: Vec<String> = outcome.diagnostics.iter().map(short).collect();
        let expected: &[&str] = match &*name {
            "serverless_application.yaml" => {
                &["48:22 template-version-number: EngineVersion is the number 7.0, and not a text"]
            }
            _ => &[],
        };
        assert_eq!(said, expected, "{name}");
        let graph = outcome.graph.expect("a graph");
        for node in &graph.nodes {
            assert!(!node.partial, "{name}: {}", node.logical_id);
            if node.kind != Kind::ReplicationGroup {
                continue;
            }
            seen.insert(format!("{name} {}", node.logical_id));
            for property in &node.properties {
                assert!(
                    is_known(&property.value),
                    "{name}: {:?} is {}",
                    property.cloudformation,
                    show(&property.value)
                );
                assert!(
                    property.terraform.is_some(),
                    "{name}: {:?} has no other name",
                    property.cloudformation
                );
            }
        }
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}

#[test]
fn a_real_template_comes_to_what_would_be_deployed() {
    let text = std::fs::read_to_string(common::root().join("tests/templates/session_store.yaml"))
        .expect("a template");
    let shown = |values: &[(&str, &str)]| -> BTreeMap<String, String> {
        let graph = read_given(&text, &given(values)).0;
        let store = node(&graph, "Store");
        let properties = store.properties.iter().map(|property| {
            let name = property.cloudformation.as_deref().unwrap_or_default();
            (name.to_owned(), show(&property.value))
        });
        properties.collect()
    };
    let production = shown(&[]);
    let development = shown(&[("Environment", "development"), ("NotificationTopic", "arn")]);
    for (name, in_production, in_development) in [
        (
            "ReplicationGroupId",
            "\"sessions-production\"",
            "\"sessions-development\"",
        ),
        (
            "CacheNodeType",
            "\"cache.m7g.large\"",
            "\"cache.t4g.micro\"",
        ),
        ("NumCacheClusters", "3", "1"),
        ("AutomaticFailoverEnabled", "true", "false"),
        ("MultiAZEnabled", "true", "false"),
        ("SnapshotRetentionLimit", "7", "7"),
        (
            "Tags",
            "(Name=sessions-production, Backup=yes)",
            "(Name=sessions-development)",
        ),
    ] {
        assert_eq!(production[name], in_production, "{name}");
        assert_eq!(development[name], in_development, "{name}");
    }
    assert!(!production.contains_key("NotificationTopicArn"));
    assert_eq!(development["NotificationTopicArn"], "\"arn\"");
}

/// What is known of a node's settings: their names and their literals.
fn settings(node: &Node) -> BTreeMap<&str, String> {
    let properties = node.properties.iter().filter_map(|property| {
        let is_reference = |value: &Value| matches!(value, Value::Reference(_));
        let value = match &property.value {
            Value::Reference(_) | Value::Secret(_) => "a reference".to_owned(),
            Value::List(values) if values.iter().any(is_reference) => "references".to_owned(),
            value => show(value),
        };
        Some((property.cloudformation.as_deref()?, value))
    });
    properties.collect()
}

/// Our own templates, read back, are the graphs that they were printed from.
#[test]
fn what_is_written_is_read_back() {
    let mut groups = 0;
    for environment in environments::all().chain(common::everything::environments()) {
        let (lowered, _) = environment.lower();
        let written = synthesize(&environment, &[Language::CloudFormation]);
        let file = written
            .files
            .iter()
            .find(|file| file.path.ends_with("template.json"))
            .expect("a template");
        let (graph, findings) = read(&file.contents);
        assert_eq!(findings, [""; 0], "{}", lowered.environment);
        assert_eq!(graph.description, lowered.description);
        let inputs = |graph: &Graph| -> Vec<(String, Option<String>, String)> {
            let inputs = graph.inputs.iter().map(|input| {
                let id = input.id.logical();
                (id, input.default.clone(), input.description.clone())
            });
            inputs.collect()
        };
        assert_eq!(inputs(&graph), inputs(&lowered));
        let nodes: Vec<&Node> = lowered
            .nodes
            .iter()
            .filter(|node| node.is_in(Language::CloudFormation))
            .collect();
        let read: Vec<&Node> = graph
            .nodes
            .iter()
            .filter(|node| node.only.is_none())
            .collect();
        assert_eq!(
            read.iter().map(|node| &node.logical_id).collect::<Vec<_>>(),
            nodes
                .iter()
                .map(|node| &node.logical_id)
                .collect::<Vec<_>>()
        );
        for (read, lowered) in read.into_iter().zip(nodes) {
            assert_eq!(read.kind, lowered.kind);
            assert_eq!(settings(read), settings(lowered), "{}", read.logical_id);
            assert_eq!(read.removal, lowered.removal, "{}", read.logical_id);
            assert_eq!(read.replacement, lowered.replacement);
            assert_eq!(read.online_resharding, lowered.online_resharding);
            groups += usize::from(read.kind == Kind::ReplicationGroup);
        }
        assert_eq!(exports_of(&graph), exports_of(&lowered));
        let outputs = |graph: &Graph| -> Vec<String> {
            graph
                .outputs
                .iter()
                .filter(|output| !output.sensitive)
                .map(|output| output.id.logical())
                .collect()
        };
        assert_eq!(outputs(&graph), outputs(&lowered));
    }
    assert!(groups >= 10, "{groups}");
}

/// The exports that are imported.
fn exports_of(graph: &Graph) -> BTreeSet<String> {
    let names = graph
        .lookups
        .iter()
        .filter_map(|lookup| match &lookup.what {
            LookupKind::Export { name } => {
                let mut name = show_text(name);
                for input in &graph.inputs {
                    if let Some(default) = &input.default {
                        name = name.replace(&format!("<{}>", input.id.as_str()), default);
                    }
                }
                Some(name)
            }
            _ => None,
        });
    names.collect()
}
