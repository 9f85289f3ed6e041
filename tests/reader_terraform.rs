//! The Terraform reader: modules as text, and what the graph makes of them.

use std::collections::BTreeMap;

use cachewright::diagnostic::Level;
use cachewright::graph::{Graph, Node, Part, Property, Reference, Value};
use cachewright::read::{Given, GivenValue, Outcome};
use cachewright::terraform::{self, SourceFile};

mod common;

#[path = "../environments/mod.rs"]
mod environments;

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.into(),
        text: text.into(),
    }
}

fn read_files(files: &[SourceFile]) -> Outcome {
    terraform::graph("module", files, &Given::default(), &mut |folder| {
        Err(format!("{folder} isn't there"))
    })
}

fn read(text: &str) -> Outcome {
    read_files(&[file("module/main.tf", text)])
}

/// The graph of a text that nothing is said of.
#[track_caller]
fn graph(text: &str) -> Graph {
    let outcome = read(text);
    assert_eq!(outcome.diagnostics, [], "{text}");
    outcome.graph.expect("a graph")
}

/// A value as a person would write it; `?` for what isn't known.
fn plain(value: &Value) -> String {
    let text = |parts: &[Part]| -> String {
        parts
            .iter()
            .map(|part| match part {
                Part::Literal(text) => text.clone(),
                Part::Input(id) => format!("<{}>", id.snake()),
                Part::StackName => "<stack>".into(),
                Part::AccountId => "?".into(),
                Part::Reference(_) | Part::Unknown => "?".into(),
            })
            .collect()
    };
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Text(value) => format!("{:?}", text(&value.0)),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(_, entries) => {
            let entries: BTreeMap<&str, String> = entries
                .iter()
                .map(|entry| (entry.name.as_str(), text(&entry.value.0)))
                .collect();
            format!("{entries:?}")
        }
        Value::Objects(objects) => {
            let objects: Vec<String> = objects.iter().map(|object| settings(object)).collect();
            format!("{{{}}}", objects.join("} {"))
        }
        Value::Reference(Reference::Input(id)) => format!("var.{}", id.snake()),
        Value::Reference(Reference::Node {
            kind,
            label,
            attribute,
            ..
        }) => format!("{kind:?}.{label}.{}", attribute.terraform),
        Value::Reference(Reference::Lookup { id, .. }) => format!("lookup.{}", id.as_str()),
        Value::Secret(secret) => format!("secret.{}", secret.json_key().unwrap_or("")),
        // what the account's number is in, a reader can't know
        Value::Json(document) => format!("{document:?}"),
        Value::Document(_) | Value::Unknown => "?".into(),
    }
}

/// The settings by their Terraform names, sorted.
fn settings(properties: &[Property]) -> String {
    let all: BTreeMap<&str, String> = properties
        .iter()
        .filter_map(|property| Some((property.terraform.as_deref()?, plain(&property.value))))
        .collect();
    let all: Vec<String> = all
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    all.join(" ")
}

fn setting<'g>(node: &'g Node, name: &str) -> Option<&'g Value> {
    let found = node
        .properties
        .iter()
        .find(|property| property.terraform.as_deref() == Some(name));
    found.map(|property| &property.value)
}

#[test]
fn what_is_written_is_read_as_it_was_meant() {
    for environment in environments::all() {
        let path = environment.path();
        let (lowered, _) = environment.lower();
        let folder = common::root().join("out").join(&path).join("terraform");
        let files: Vec<SourceFile> = common::tree(&folder)
            .into_iter()
            .map(|(name, text)| file(&name, &text))
            .collect();
        let outcome = terraform::graph(&path, &files, &Given::default(), &mut |folder| {
            Err(folder.to_owned())
        });
        assert_eq!(outcome.diagnostics, [], "{path}");
        let read = outcome.graph.expect("a graph");
        assert_eq!(read.region, lowered.region, "{path}");
        let address = |node: &&Node| node.address();
        let mut expected: Vec<&Node> = lowered.nodes.iter().collect();
        let mut found: Vec<&Node> = read.nodes.iter().collect();
        expected.sort_by_key(address);
        found.sort_by_key(address);
        assert_eq!(
            found
                .iter()
                .map(|node| (node.kind, node.address()))
                .collect::<Vec<_>>(),
            expected
                .iter()
                .map(|node| (node.kind, node.address()))
                .collect::<Vec<_>>(),
        );
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(
                found.properties.len(),
                expected
                    .properties
                    .iter()
                    .filter(|property| property.terraform.is_some())
                    .count()
            );
            for property in &found.properties {
                let name = property.terraform.as_deref().expect("a name");
                let expected = setting(expected, name).expect("the same settings");
                // what exists already isn't known by a reader
                if plain(expected).contains("lookup.") {
                    assert!(plain(&property.value).contains('?'), "{path}: {name}");
                } else if plain(expected).contains('?') {
                    // what names something else that is made: its name is known
                    let found = plain(&property.value);
                    let mut rest = found.as_str();
                    for piece in plain(expected).split('?') {
                        let at = rest.find(piece).expect("the same words around the names");
                        rest = &rest[at + piece.len()..];
                    }
                } else {
                    assert_eq!(plain(&property.value), plain(expected), "{path}: {name}");
                }
            }
            assert_eq!(found.prevent_destroy, expected.prevent_destroy);
            assert_eq!(found.create_before_destroy, expected.create_before_destroy);
        }
    }
}

const CONTEXT: &str = r#"
variable "unknown" {}
variable "empty" { default = "" }
variable "zones" { default = ["a", "b", "c"] }
variable "none" { default = null }
variable "on" { default = true }
variable "text_number" {
  type    = string
  default = 7
}
locals {
  name  = "shop"
  tags  = { Project = "shop", Stage = "prod" }
  users = { web = { on = true, size = 2 }, job = { on = false, size = 3 } }
}
resource "aws_security_group" "one" {
  name = "${local.name}-one"
}
resource "aws_security_group" "none" {
  count = 0
  name  = "none"
}
resource "aws_security_group" "two" {
  count = 2
  name  = "two-${count.index}"
}
resource "aws_security_group" "keyed" {
  for_each = local.users
  name     = "${each.key}-${each.value.size}"
}
resource "aws_security_group" "maybe" {
  count = var.unknown == "x" ? 1 : 0
  name  = "maybe"
}
resource "random_id" "this" {
  byte_length = 4
}
data "aws_vpc" "this" {
  default = true
}
"#;

/// What an expression comes to.
#[track_caller]
fn value(expression: &str) -> String {
    let graph = graph(&format!(
        "{CONTEXT}\noutput \"x\" {{\n  value = {expression}\n}}\n"
    ));
    plain(&graph.outputs[0].value)
}

#[test]
fn expressions_come_to_what_terraform_makes_of_them() {
    for (expression, expected) in [
        // literals and texts
        ("1", "1"),
        ("7.0", "7"),
        ("7.10", "7.1"),
        ("-1.5", "-1.5"),
        ("true", "true"),
        ("null", "?"),
        (r#""a\tb""#, r#""a\tb""#),
        (r#""$${a} %%{b}""#, r#""${a} %{b}""#),
        (r#""${local.name}-redis""#, r#""shop-redis""#),
        (r#""${local.name}""#, r#""shop""#),
        (r#""${1 + 2}-${true}""#, r#""3-true""#),
        (
            "<<E\nline ${local.name}\n  two\nE",
            r#""line shop\n  two\n""#,
        ),
        ("<<-E\n    line\n      two\n  E", r#""line\n  two\n""#),
        (r#""%{ if var.on }yes%{ else }no%{ endif }""#, r#""yes""#),
        (
            r#""%{ for z in var.zones }${z},%{ endfor }""#,
            r#""a,b,c,""#,
        ),
        (r#""a ${~ local.name ~} b""#, r#""ashopb""#),
        // arithmetic and logic
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 % 4", "3"),
        ("0.1 + 0.2", "0.3"),
        ("1 < 2 && 2 >= 2", "true"),
        ("!var.on || false", "false"),
        (r#"local.name == "shop""#, "true"),
        (r#"local.name != "shop""#, "false"),
        ("[1, 2] == [1, 2]", "true"),
        ("[] == []", "?"),
        ("[] == [1]", "false"),
        ("var.none == null", "true"),
        (r#"var.empty == "" ? "a" : "b""#, r#""a""#),
        (r#"var.on ? local.name : "b""#, r#""shop""#),
        // collections
        ("var.zones[1]", r#""b""#),
        ("var.zones.1", r#""b""#),
        (r#"local.tags["Project"]"#, r#""shop""#),
        ("local.tags.Stage", r#""prod""#),
        ("local.users.web.size", "2"),
        ("values(local.users)[*].size", "[3, 2]"),
        ("[for z in var.zones : upper(z)]", r#"["A", "B", "C"]"#),
        (
            "[for i, z in var.zones : \"${i}${z}\" if i != 1]",
            r#"["0a", "2c"]"#,
        ),
        ("{ for k, v in local.users : k => v.size }", "{job=3 web=2}"),
        (
            "{ for k, v in local.users : tostring(v.on) => k... }",
            r#"{false=["job"] true=["web"]}"#,
        ),
        ("[for k, v in local.users : k if v.on]", r#"["web"]"#),
        ("{ (local.name) = 1 }", "{shop=1}"),
        ("{ \"${local.name}-x\" : 1 }", "{shop-x=1}"),
        // what isn't known
        ("var.unknown", "var.unknown"),
        (r#""a-${var.unknown}""#, r#""a-<unknown>""#),
        ("data.aws_vpc.this.id", "?"),
        (r#""a-${data.aws_vpc.this.id}""#, r#""a-?""#),
        ("random_id.this.hex", "Other.this.hex"),
        (r#""a-${random_id.this.hex}""#, r#""a-?""#),
        (r#"var.unknown == "x" ? 1 : 2"#, "?"),
        (r#"var.unknown == "x" ? 1 : 1"#, "1"),
        (r#"var.unknown == "x" && false"#, "false"),
        (r#"var.unknown == "x" || true"#, "true"),
        (r#""a-${var.unknown}" == "b-x""#, "false"),
        (r#""a-${var.unknown}" == "a-x""#, "?"),
        (r#""a-${var.unknown}" != """#, "true"),
        ("length(var.unknown)", "?"),
        ("[var.unknown, \"b\"][1]", r#""b""#),
        ("timestamp()", "?"),
        ("file(\"x\")", "?"),
        ("path.module", "?"),
        ("terraform.workspace", "?"),
        // resources
        ("aws_security_group.one.id", "SecurityGroup.one.id"),
        ("aws_security_group.one.name", "SecurityGroup.one.name"),
        (r#""${aws_security_group.one.name}-x""#, r#""shop-one-x""#),
        (r#""${aws_security_group.one.id}-x""#, r#""?-x""#),
        ("aws_security_group.two[1].id", "SecurityGroup.two[1].id"),
        (
            "aws_security_group.two[*].id",
            "[SecurityGroup.two[0].id, SecurityGroup.two[1].id]",
        ),
        ("aws_security_group.two.*.id[0]", "SecurityGroup.two[0].id"),
        (
            r#"join(",", aws_security_group.two[*].name)"#,
            r#""two-0,two-1""#,
        ),
        (
            r#"aws_security_group.keyed["web"].id"#,
            r#"SecurityGroup.keyed["web"].id"#,
        ),
        (
            r#""${aws_security_group.keyed["web"].name}!""#,
            r#""web-2!""#,
        ),
        ("length(aws_security_group.keyed)", "2"),
        ("one(aws_security_group.none[*].id)", "?"),
        (r#"join("", aws_security_group.none.*.id)"#, r#""""#),
        (r#"try(aws_security_group.none[0].id, "no")"#, r#""no""#),
        (
            "try(aws_security_group.two[0].id, \"no\")",
            "SecurityGroup.two[0].id",
        ),
        (
            r#"element(concat(aws_security_group.none.*.id, [""]), 0)"#,
            r#""""#,
        ),
        (
            r#"element(concat(aws_security_group.two.*.id, [""]), 0)"#,
            "SecurityGroup.two[0].id",
        ),
        (
            "coalesce(aws_security_group.one.id, \"x\")",
            "SecurityGroup.one.id",
        ),
        ("aws_security_group.maybe[0].id", "SecurityGroup.maybe.id"),
        ("aws_security_group.maybe[*].id", "?"),
        ("can(aws_security_group.none[0].id)", "false"),
        ("length(aws_security_group.one[*].id)", "1"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn functions_come_to_what_terraform_makes_of_them() {
    for (expression, expected) in [
        ("length([1, 2])", "2"),
        ("length(\"äb\")", "2"),
        ("length({ a = 1 })", "1"),
        ("merge({ a = 1 }, null, { a = 2, b = 3 })", "{a=2 b=3}"),
        (
            r#"format("%s-%d-%03d-%v", "a", 2.0, 7, true)"#,
            r#""a-2-007-true""#,
        ),
        (
            r#"format("%5s|%-5s|%q|100%%", "a", "b", "c")"#,
            r#""    a|b    |\"c\"|100%""#,
        ),
        (r#"format("%.2f", 1.005)"#, r#""1.00""#),
        (r#"format("%s-x", var.unknown)"#, r#""<unknown>-x""#),
        (
            r#"formatlist("%s-%s", ["a", "b"], "x")"#,
            r#"["a-x", "b-x"]"#,
        ),
        (r#"replace("1.2.3", ".", "-")"#, r#""1-2-3""#),
        ("concat([1], [], [2, 3])", "[1, 2, 3]"),
        (r#"lower("ABC")"#, r#""abc""#),
        (r#"upper("abc")"#, r#""ABC""#),
        (r#"title("hello world")"#, r#""Hello World""#),
        (r#"lookup({ a = 1 }, "a", 2)"#, "1"),
        (r#"lookup({ a = 1 }, "b", 2)"#, "2"),
        (r#"join("-", ["a", "b"])"#, r#""a-b""#),
        (r#"join("-", ["a", var.unknown])"#, r#""a-<unknown>""#),
        ("element([1, 2, 3], 4)", "2"),
        (r#"coalesce("", null, "x")"#, r#""x""#),
        (r#"coalesce(var.unknown, "x")"#, "?"),
        (r#"coalesce("a-${var.unknown}", "x")"#, r#""a-<unknown>""#),
        ("coalescelist([], [1])", "[1]"),
        ("try(local.tags.missing, 1)", "1"),
        ("try(tonumber(\"x\"), 2)", "2"),
        ("can(local.tags.missing)", "false"),
        ("can(local.tags.Stage)", "true"),
        ("slice([1, 2, 3], 0, 2)", "[1, 2]"),
        (
            r#"jsonencode({ b = [1, "x"], a = null })"#,
            r#""{\"a\":null,\"b\":[1,\"x\"]}""#,
        ),
        (r#"jsondecode("{\"a\": [1]}").a[0]"#, "1"),
        (r#"substr("abcdef", 1, 3)"#, r#""bcd""#),
        (r#"substr("abcdef", -2, 2)"#, r#""ef""#),
        (r#"substr("abc", -2, 0)"#, r#""bc""#),
        (r#"substr("abc", 0, 40)"#, r#""abc""#),
        (r#"split(".", "7.1")[0]"#, r#""7""#),
        ("tostring(7.0)", r#""7""#),
        (r#"tonumber("7")"#, "7"),
        (r#"tobool("true")"#, "true"),
        ("tolist(toset([\"b\", \"a\", \"b\"]))", r#"["a", "b"]"#),
        ("tomap({ a = 1 })", "{a=1}"),
        (r#"compact(["a", "", null, "b"])"#, r#"["a", "b"]"#),
        (r#"contains(["a", "b"], "b")"#, "true"),
        (r#"contains(["a", var.unknown], "b")"#, "?"),
        (r#"contains(["b", var.unknown], "b")"#, "true"),
        ("keys(local.tags)", r#"["Project", "Stage"]"#),
        ("values(local.tags)", r#"["shop", "prod"]"#),
        ("flatten([[1], [[2], 3], []])", "[1, 2, 3]"),
        ("distinct([1, 2, 1])", "[1, 2]"),
        (r#"trimspace(" a ")"#, r#""a""#),
        (r#"trim("--a--", "-")"#, r#""a""#),
        (r#"trimprefix("valkey8", "valkey")"#, r#""8""#),
        (r#"trimsuffix("a.", ".")"#, r#""a""#),
        (r#"startswith("redis7", "redis")"#, "true"),
        (r#"endswith("redis7", "8")"#, "false"),
        ("min(3, 1, 2)", "1"),
        ("max([1, 5]...)", "5"),
        ("abs(-3)", "3"),
        ("ceil(1.2)", "2"),
        ("floor(1.8)", "1"),
        ("range(3)", "[0, 1, 2]"),
        ("range(1, 7, 2)", "[1, 3, 5]"),
        (r#"sort(["b", "a"])"#, r#"["a", "b"]"#),
        ("reverse([1, 2])", "[2, 1]"),
        ("one([5])", "5"),
        (r#"zipmap(["a", "b"], [1, 2])"#, "{a=1 b=2}"),
        (r#"index(["a", "b"], "b")"#, "1"),
        ("anytrue([false, true])", "true"),
        ("alltrue([true, false])", "false"),
        ("sum([1, 2, 3])", "6"),
        ("nonsensitive(sensitive(\"a\"))", r#""a""#),
        (r#"regex("a", "b")"#, "?"),
        (r#"cidrsubnet("10.0.0.0/16", 8, 1)"#, r#""10.0.1.0/24""#),
        (r#"cidrsubnet("10.20.0.0/16", 4, 2)"#, r#""10.20.32.0/20""#),
        (r#"try(cidrsubnet("10.0.0.0/31", 2, 1), "no")"#, r#""no""#),
        (r#"cidrsubnet("fd00::/56", 8, 1)"#, "?"),
        (
            r#"setproduct(["a", "b"], ["x", "y"])"#,
            r#"[["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"]]"#,
        ),
        (
            r#"format("%.3s|%6.2f", "abcdef", 3.14159)"#,
            r#""abc|  3.14""#,
        ),
        (r#"parseint("ff", 16)"#, "255"),
        (r#"setunion(["a"], ["b"])"#, r#"["a", "b"]"#),
        ("nothing_of_that_name(1)", "?"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

/// The nodes by address, each with its settings.
fn nodes(graph: &Graph) -> Vec<String> {
    let nodes = graph.nodes.iter();
    nodes
        .map(|node| {
            format!("{} {}", node.address(), settings(&node.properties))
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[test]
fn resources_become_nodes() {
    for (text, expected) in [
        // settings under their names, in their shapes
        (
            r#"resource "aws_elasticache_replication_group" "this" {
                 replication_group_id = "shop"
                 engine_version       = 7.1
                 port                 = "6379"
                 multi_az_enabled     = "true"
                 num_cache_clusters   = 2
                 notification_topic_arn = null
                 tags = { A = "b", C = 1 }
                 something_new = ["x"]
               }"#,
            &[
                r#"aws_elasticache_replication_group.this engine_version="7.1" multi_az_enabled=true num_cache_clusters=2 port=6379 replication_group_id="shop" something_new=["x"] tags={"A": "b", "C": "1"}"#,
            ][..],
        ),
        // blocks
        (
            r#"resource "aws_elasticache_replication_group" "this" {
                 log_delivery_configuration {
                   destination      = "a"
                   destination_type = "cloudwatch-logs"
                 }
                 log_delivery_configuration {
                   destination      = "b"
                   destination_type = "kinesis-firehose"
                 }
                 timeouts {
                   create = "1h"
                 }
               }
               resource "aws_elasticache_parameter_group" "this" {
                 family = "redis7"
                 parameter {
                   name  = "a"
                   value = 1
                 }
                 parameter {
                   name  = "b"
                   value = "yes"
                 }
               }
               resource "aws_elasticache_user" "this" {
                 authentication_mode {
                   type = "iam"
                 }
               }"#,
            &[
                r#"aws_elasticache_replication_group.this log_delivery_configuration={destination="a" destination_type="cloudwatch-logs"} {destination="b" destination_type="kinesis-firehose"}"#,
                r#"aws_elasticache_parameter_group.this family="redis7" parameter={"a": "1", "b": "yes"}"#,
                r#"aws_elasticache_user.this authentication_mode.type="iam""#,
            ],
        ),
        // several of one
        (
            r#"variable "create" { default = true }
               resource "aws_elasticache_subnet_group" "this" {
                 count = var.create ? 1 : 0
                 name  = "shop"
               }
               resource "aws_elasticache_subnet_group" "none" {
                 count = var.create ? 0 : 1
               }
               resource "aws_elasticache_user" "this" {
                 for_each = toset(["b", "a"])
                 user_id  = each.value
               }
               resource "aws_elasticache_replication_group" "this" {
                 subnet_group_name = join("", aws_elasticache_subnet_group.this.*.name)
               }"#,
            &[
                r#"aws_elasticache_subnet_group.this[0] name="shop""#,
                r#"aws_elasticache_user.this["a"] user_id="a""#,
                r#"aws_elasticache_user.this["b"] user_id="b""#,
                "aws_elasticache_replication_group.this subnet_group_name=SubnetGroup.this[0].name",
            ],
        ),
        // nobody knows how many
        (
            r#"variable "names" {}
               resource "aws_elasticache_user" "this" {
                 for_each = toset(var.names)
                 user_id  = each.value
               }
               resource "aws_elasticache_user" "that" {
                 count   = length(var.names)
                 user_id = "${count.index}-x"
               }"#,
            &[
                "aws_elasticache_user.this user_id=?",
                r#"aws_elasticache_user.that user_id="?-x""#,
            ],
        ),
        // blocks that a list makes
        (
            r#"variable "parameters" {
                 default = [{ name = "a", value = "1" }, { name = "b", value = 2 }]
               }
               variable "more" {}
               resource "aws_elasticache_parameter_group" "this" {
                 family = "redis7"
                 parameter {
                   name  = "z"
                   value = "0"
                 }
                 dynamic "parameter" {
                   for_each = var.parameters
                   content {
                     name  = parameter.value.name
                     value = parameter.value["value"]
                   }
                 }
                 dynamic "parameter" {
                   for_each = { c = 3 }
                   iterator = each_one
                   content {
                     name  = each_one.key
                     value = each_one.value
                   }
                 }
               }
               resource "aws_elasticache_parameter_group" "unknown" {
                 family = "redis7"
                 dynamic "parameter" {
                   for_each = var.more
                   content {
                     name  = parameter.key
                     value = parameter.value
                   }
                 }
               }"#,
            &[
                r#"aws_elasticache_parameter_group.this family="redis7" parameter={"a": "1", "b": "2", "c": "3", "z": "0"}"#,
                r#"aws_elasticache_parameter_group.unknown family="redis7" parameter=?"#,
            ],
        ),
        // as it was written before Terraform 0.12
        (
            r#"variable "ids" { default = ["a", "b"] }
               variable "groups" { type = "list" }
               resource "aws_elasticache_subnet_group" "this" {
                 subnet_ids = ["${var.ids}"]
               }
               resource "aws_elasticache_replication_group" "this" {
                 security_group_ids = ["${var.groups}"]
                 tags {
                   Name = "x"
                 }
               }
               resource "aws_cloudwatch_metric_alarm" "this" {
                 depends_on = ["aws_elasticache_replication_group.this"]
                 dimensions {
                   CacheClusterId = "x-001"
                 }
               }"#,
            &[
                r#"aws_elasticache_subnet_group.this subnet_ids=["a", "b"]"#,
                r#"aws_elasticache_replication_group.this security_group_ids=? tags={"Name": "x"}"#,
                r#"aws_cloudwatch_metric_alarm.this dimensions={"CacheClusterId": "x-001"}"#,
            ],
        ),
        // what runs afterwards may name what it belongs to
        (
            r#"resource "aws_elasticache_user" "this" {
                 user_id = "x"
                 provisioner "local-exec" {
                   command = "echo ${aws_elasticache_user.this.arn}"
                 }
               }"#,
            &[r#"aws_elasticache_user.this user_id="x""#],
        ),
        // other kinds, and data that is only read
        (
            r#"data "aws_vpc" "this" { default = true }
               resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
               resource "random_password" "this" { length = 32 }
               resource "aws_elasticache_replication_group" "this" {
                 auth_token = random_password.this.result
               }"#,
            &[
                r#"aws_vpc.this cidr_block="10.0.0.0/16""#,
                "random_password.this length=32",
                "aws_elasticache_replication_group.this auth_token=Other.this.result",
            ],
        ),
        // rules inside a group, and rules with several sources
        (
            r#"resource "aws_security_group" "this" {
                 name = "shop"
                 ingress {
                   from_port       = 6379
                   to_port         = 6379
                   protocol        = "tcp"
                   cidr_blocks     = ["10.0.0.0/16", "10.1.0.0/16"]
                   security_groups = [aws_security_group.web.id]
                   self            = true
                 }
                 egress = [{
                   from_port   = 0
                   to_port     = 0
                   protocol    = "-1"
                   cidr_blocks = ["0.0.0.0/0"]
                   description = "out"
                   self        = false
                 }]
               }
               resource "aws_security_group" "web" {}
               resource "aws_security_group_rule" "in" {
                 type                     = "ingress"
                 security_group_id        = aws_security_group.web.id
                 protocol                 = "tcp"
                 from_port                = 6379
                 to_port                  = 6379
                 source_security_group_id = aws_security_group.this.id
               }"#,
            &[
                r#"aws_security_group.this name="shop""#,
                r#"aws_security_group.this cidr_ipv4="10.0.0.0/16" from_port=6379 ip_protocol="tcp" security_group_id=SecurityGroup.this.id to_port=6379"#,
                r#"aws_security_group.this cidr_ipv4="10.1.0.0/16" from_port=6379 ip_protocol="tcp" security_group_id=SecurityGroup.this.id to_port=6379"#,
                "aws_security_group.this from_port=6379 ip_protocol=\"tcp\" referenced_security_group_id=SecurityGroup.web.id security_group_id=SecurityGroup.this.id to_port=6379",
                "aws_security_group.this from_port=6379 ip_protocol=\"tcp\" referenced_security_group_id=SecurityGroup.this.id security_group_id=SecurityGroup.this.id to_port=6379",
                r#"aws_security_group.this cidr_ipv4="0.0.0.0/0" description="out" ip_protocol="-1" security_group_id=SecurityGroup.this.id"#,
                "aws_security_group.web",
                "aws_security_group_rule.in from_port=6379 ip_protocol=\"tcp\" referenced_security_group_id=SecurityGroup.this.id security_group_id=SecurityGroup.web.id to_port=6379",
            ],
        ),
    ] {
        assert_eq!(nodes(&graph(text)), expected, "{text}");
    }
}

#[test]
fn what_guards_a_resource_is_read() {
    let graph = graph(
        r#"
resource "aws_elasticache_replication_group" "this" {
  lifecycle {
    prevent_destroy       = true
    create_before_destroy = true
    ignore_changes        = [num_cache_clusters, tags["Name"], log_delivery_configuration[0].destination]
  }
}
resource "aws_elasticache_user" "this" {
  lifecycle {
    ignore_changes = all
  }
}
"#,
    );
    let cache = &graph.nodes[0];
    assert!(cache.prevent_destroy && cache.create_before_destroy);
    let ignored = |node: &Node| -> Vec<String> {
        let ignored = node.ignore_changes.iter();
        ignored.map(|it| it.argument.clone()).collect()
    };
    assert_eq!(
        ignored(cache),
        [
            "num_cache_clusters",
            "tags[\"Name\"]",
            "log_delivery_configuration[0].destination"
        ]
    );
    assert!(!graph.nodes[1].prevent_destroy);
    assert_eq!(ignored(&graph.nodes[1]), ["all"]);
}

#[test]
fn references_lead_to_their_nodes() {
    let graph = graph(
        r#"
resource "aws_elasticache_parameter_group" "this" {
  count  = 1
  name   = "shop"
  family = "valkey8"
}
resource "aws_vpc" "shop" {}
resource "aws_subnet" "shop" {
  vpc_id = aws_vpc.shop.id
}
resource "aws_elasticache_replication_group" "this" {
  parameter_group_name = one(aws_elasticache_parameter_group.this[*].name)
  description          = "of ${aws_elasticache_parameter_group.this[0].family}"
}
resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name = "cpu"
  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-001"
  }
}
output "address" {
  value = aws_elasticache_replication_group.this.primary_endpoint_address
}
output "members" {
  value = tolist(aws_elasticache_replication_group.this.member_clusters)[0]
}
"#,
    );
    let leads = |value: &Value| match value {
        Value::Reference(Reference::Node {
            kind,
            logical_id,
            label,
            ..
        }) => graph.nodes.iter().position(|node| {
            node.kind == *kind && node.logical_id == *logical_id && node.label == *label
        }),
        _ => None,
    };
    let of = |node: usize, name: &str| leads(setting(&graph.nodes[node], name).expect("set"));
    assert_eq!(of(3, "parameter_group_name"), Some(0));
    assert_eq!(
        of(2, "vpc_id"),
        Some(1),
        "kinds that nobody knows have labels of their own"
    );
    assert_eq!(
        setting(&graph.nodes[3], "description")
            .map(plain)
            .as_deref(),
        Some("\"of valkey8\"")
    );
    let Value::Reference(Reference::Node { attribute, .. }) = &graph.outputs[0].value else {
        panic!("{:?}", graph.outputs[0]);
    };
    assert_eq!(
        attribute.cloudformation.as_deref(),
        Some("PrimaryEndPoint.Address")
    );
    assert_eq!(attribute.terraform, "primary_endpoint_address");
    assert_eq!(plain(&graph.outputs[1].value), "?");
}

#[test]
fn variables_have_the_value_that_comes_last() {
    let main = file(
        "m/main.tf",
        r#"
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" { default = "default" }
variable "f" {
  default  = "default"
  nullable = false
}
variable "g" {
  type = object({
    name  = string
    size  = optional(number, 3)
    zones = optional(list(string))
  })
  default = { name = "x", more = true }
}
variable "h" {
  type      = list(string)
  sensitive = true
  default   = [1, "2"]
}
variable "i" {
  type    = set(string)
  default = ["b", "a", "b"]
}
output "all" {
  value = [var.a, var.b, var.c, var.d, var.e, var.f, var.g, var.h, tolist(var.i)]
}
"#,
    );
    let files = [
        main,
        file(
            "m/z.auto.tfvars",
            "b = \"auto z\"\nc = \"auto z\"\nd = \"auto z\"",
        ),
        file(
            "m/a.auto.tfvars.json",
            r#"{"b": "auto a", "d": "auto a", "f": null}"#,
        ),
        file("m/terraform.tfvars", "a = \"tfvars\"\nb = \"tfvars\""),
        file("m/terraform.tfvars.example", "a = \"example\""),
        // one that somebody names comes last, wherever it stands
        file("a/named.tfvars", "e = \"named\""),
    ];
    let mut given = Given::default();
    let place = cachewright::diagnostic::Place {
        file: "prod.tfvars".into(),
        line: 3,
        column: 5,
    };
    for (name, value) in [
        ("d", serde_json::json!("given")),
        ("g", serde_json::json!({"name": 7})),
    ] {
        let place = place.clone();
        given
            .values
            .insert(name.into(), GivenValue { value, place });
    }
    let outcome = terraform::graph("m", &files, &given, &mut |_| Err(String::new()));
    assert_eq!(outcome.diagnostics, []);
    let graph = outcome.graph.expect("a graph");
    assert_eq!(
        plain(&graph.outputs[0].value),
        r#"["tfvars", "auto z", "auto z", "given", "named", "default", {name="7" size=3 zones=?}, ["1", "2"], ["a", "b"]]"#
    );
    let sensitive: Vec<&str> = graph
        .inputs
        .iter()
        .filter(|input| input.no_echo)
        .map(|input| input.id.as_str())
        .collect();
    assert_eq!(sensitive, ["h"]);
    assert_eq!(graph.inputs[0].default.as_deref(), Some("default"));
}

#[test]
fn every_value_has_its_place_and_its_origin() {
    let text = "variable \"type\" {\n  default = \"cache.t4g.small\"\n}\r
locals {
  # ä
  /* é */ version = \"7.1\"
}
resource \"aws_elasticache_replication_group\" \"this\" {
  node_type      = var.type
  engine_version = local.version
  engine         = \"redis\"
  description    = \"${var.type} é ${local.version}\"
  tags = {
    Name = var.type
  }
}
";
    let outcome = read_files(&[file("m/main.tf", &format!("\u{feff}{text}"))]);
    let graph = outcome.graph.expect("a graph");
    let node = &graph.nodes[0];
    let at = |place: &cachewright::diagnostic::Place| format!("{}:{}", place.line, place.column);
    let found: Vec<(String, String, Option<String>, Vec<String>)> = node
        .properties
        .iter()
        .map(|property| {
            (
                property.terraform.as_deref().unwrap_or_default().to_owned(),
                at(property.place.as_ref().expect("a place")),
                property.origin.as_ref().map(at),
                property.inputs.clone(),
            )
        })
        .collect();
    let row = |name: &str, place: &str, origin: Option<&str>, inputs: &[&str]| {
        (
            name.to_owned(),
            place.to_owned(),
            origin.map(str::to_owned),
            inputs
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        found,
        [
            row("node_type", "9:20", Some("2:13"), &["type"]),
            row("engine_version", "10:20", Some("6:21"), &[]),
            row("engine", "11:20", None, &[]),
            row("description", "12:20", None, &["type"]),
            row("tags", "13:10", None, &["type"]),
        ]
    );
    assert_eq!(at(&node.place), "8:1");
    assert_eq!(node.place.file, "m/main.tf");
}

#[test]
fn a_file_in_json_is_the_same() {
    let json = r#"{
  "//": "a comment",
  "variable": {"type": {"default": "cache.t4g.small", "type": "string"}},
  "locals": {"name": "shop", "list": ["${local.name}", "b"]},
  "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "west", "region": "us-west-2"}]},
  "resource": {
    "aws_elasticache_replication_group": {
      "this": {
        "node_type": "${var.type}",
        "description": "of ${local.name} \"quoted\"",
        "port": 6379,
        "count": "${length(local.list)}",
        "depends_on": ["aws_security_group.this"],
        "lifecycle": {"prevent_destroy": true, "ignore_changes": ["tags"]},
        "log_delivery_configuration": [{"destination": "a"}],
        "tags": {"Name": "${local.list[0]}-${count.index}"}
      }
    },
    "aws_security_group": {
      "this": [{
        "dynamic": {"ingress": {"for_each": ["10.0.0.0/8"], "content": {
          "protocol": "tcp", "from_port": 1, "to_port": 2, "cidr_blocks": ["${ingress.value}"]
        }}}
      }]
    }
  },
  "output": {"id": {"value": "${aws_security_group.this.id}", "sensitive": true}}
}"#;
    let outcome = read_files(&[file("m/main.tf.json", json)]);
    assert_eq!(outcome.diagnostics, []);
    let graph = outcome.graph.expect("a graph");
    assert_eq!(
        nodes(&graph),
        [
            r#"aws_elasticache_replication_group.this[0] description="of shop \"quoted\"" log_delivery_configuration={destination="a"} node_type="cache.t4g.small" port=6379 tags={"Name": "shop-0"}"#,
            r#"aws_elasticache_replication_group.this[1] description="of shop \"quoted\"" log_delivery_configuration={destination="a"} node_type="cache.t4g.small" port=6379 tags={"Name": "shop-1"}"#,
            "aws_security_group.this",
            r#"aws_security_group.this cidr_ipv4="10.0.0.0/8" from_port=1 ip_protocol="tcp" security_group_id=SecurityGroup.this.id to_port=2"#,
        ]
    );
    assert!(graph.nodes[0].prevent_destroy);
    assert!(graph.nodes[0].ignores("tags") && !graph.nodes[0].ignores("name"));
    assert_eq!(graph.region.as_deref(), Some("eu-west-1"));
    assert!(graph.outputs[0].sensitive);
    let place = graph.nodes[0].properties[2]
        .place
        .as_ref()
        .expect("a place");
    assert_eq!((place.line, place.column), (11, 17));
}

#[test]
fn the_region_is_the_default_providers() {
    let one = "provider \"aws\" {\n  region = var.region\n}\nprovider \"aws\" {\n  alias = \"west\"\n  region = \"us-west-2\"\n}\nvariable \"region\" {\n  default = \"eu-west-1\"\n}\ndata \"aws_region\" \"here\" {}\noutput \"x\" {\n  value = data.aws_region.here.name\n}\n";
    for (more, expected) in [
        ("", Some("eu-west-1")),
        (
            "resource \"aws_sns_topic\" \"x\" {\n  provider = aws.west\n}\n",
            Some("eu-west-1"),
        ),
        (
            "resource \"aws_elasticache_user\" \"x\" {\n  provider = aws\n}\n",
            Some("eu-west-1"),
        ),
        (
            "resource \"aws_elasticache_user\" \"x\" {\n  provider = aws.west\n}\n",
            None,
        ),
        (
            "module \"x\" {\n  source = \"./cache\"\n  name = \"x\"\n  providers = {\n    aws = aws.west\n  }\n}\n",
            None,
        ),
    ] {
        let outcome = with_modules(&format!("{one}{more}"), &[("root/./cache", CHILD)]);
        let graph = outcome.graph.expect("a graph");
        assert_eq!(graph.region.as_deref(), expected, "{more}");
        let region = expected.map_or("?".to_owned(), |region| format!("{region:?}"));
        assert_eq!(plain(&graph.outputs[0].value), region);
    }
    let given = Given {
        region: Some("ap-south-1".into()),
        ..Given::default()
    };
    let outcome = terraform::graph("m", &[file("m/main.tf", one)], &given, &mut |_| {
        Err(String::new())
    });
    assert_eq!(
        outcome.graph.expect("a graph").region.as_deref(),
        Some("ap-south-1")
    );
}

#[test]
fn old_arguments_are_understood_and_reported() {
    let text = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_description = "shop"
  number_cache_clusters         = 2
  availability_zones            = ["eu-west-1a"]
  cluster_mode {
    num_node_groups         = 2
    replicas_per_node_group = 1
  }
}
resource "aws_elasticache_replication_group" "map" {
  cluster_mode = "enabled"
}
resource "aws_elasticache_cluster" "this" {
  availability_zones   = ["eu-west-1a"]
  security_group_names = ["x"]
}
"#;
    let outcome = read(text);
    let found: Vec<(&str, u32, Level)> = outcome
        .diagnostics
        .iter()
        .map(|found| {
            (
                found.code,
                found.place.as_ref().expect("a place").line,
                found.level,
            )
        })
        .collect();
    let removed = |line| ("terraform-argument-removed", line, Level::Error);
    assert_eq!(found, [3, 4, 5, 6, 15, 16].map(removed));
    assert_eq!(
        nodes(&outcome.graph.expect("a graph")),
        [
            r#"aws_elasticache_replication_group.this description="shop" num_cache_clusters=2 num_node_groups=2 preferred_cache_cluster_azs=["eu-west-1a"] replicas_per_node_group=1"#,
            r#"aws_elasticache_replication_group.map cluster_mode="enabled""#,
            r#"aws_elasticache_cluster.this preferred_availability_zones=["eu-west-1a"] security_group_names=["x"]"#,
        ]
    );
}

const CHILD: &str = r#"
variable "name" { type = string }
variable "type" { default = "cache.t4g.small" }
resource "aws_elasticache_subnet_group" "this" {
  name = "${var.name}-subnets"
}
resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.name
  node_type            = var.type
  subnet_group_name    = aws_elasticache_subnet_group.this.name
}
output "address" {
  value = aws_elasticache_replication_group.this.primary_endpoint_address
}
output "name" { value = "${var.name}!" }
"#;

fn with_modules(main: &str, modules: &[(&str, &str)]) -> Outcome {
    terraform::graph(
        "root",
        &[file("root/main.tf", main)],
        &Given::default(),
        &mut |folder| match modules.iter().find(|(name, _)| *name == folder) {
            Some((_, text)) => Ok(vec![file(&format!("{folder}/main.tf"), text)]),
            None => Err("no such folder".into()),
        },
    )
}

#[test]
fn modules_are_followed() {
    let outcome = with_modules(
        r#"
module "cache" {
  source = "./cache"
  name   = "shop-${module.names.short}"
}
module "caches" {
  source   = "./cache"
  for_each = { a = "cache.r7g.large" }
  name     = "shop-${each.key}"
  type     = each.value
}
module "none" {
  source = "./cache"
  count  = 0
  name   = "none"
}
module "names" {
  source = "../names"
}
output "address" { value = module.cache.address }
output "names" { value = [module.cache.name, module.caches["a"].name, length(module.none)] }
"#,
        &[
            ("root/./cache", CHILD),
            ("root/../names", "output \"short\" {\n  value = \"eu\"\n}\n"),
        ],
    );
    assert_eq!(outcome.diagnostics, []);
    let graph = outcome.graph.expect("a graph");
    assert_eq!(
        nodes(&graph),
        [
            r#"module.cache.aws_elasticache_subnet_group.this name="shop-eu-subnets""#,
            r#"module.cache.aws_elasticache_replication_group.this node_type="cache.t4g.small" replication_group_id="shop-eu" subnet_group_name=SubnetGroup.this.name"#,
            r#"module.caches["a"].aws_elasticache_subnet_group.this name="shop-a-subnets""#,
            r#"module.caches["a"].aws_elasticache_replication_group.this node_type="cache.r7g.large" replication_group_id="shop-a" subnet_group_name=SubnetGroup.this.name"#,
        ]
    );
    assert_eq!(
        plain(&graph.outputs[0].value),
        "ReplicationGroup.this.primary_endpoint_address"
    );
    assert_eq!(
        plain(&graph.outputs[1].value),
        r#"["shop-eu!", "shop-a!", 0]"#
    );
    // nobody knows how many there are
    let unsure = with_modules(
        "variable \"n\" {}\nmodule \"cache\" {\n  source = \"./cache\"\n  count = var.n\n  name = \"x\"\n}\noutput \"a\" {\n  value = [module.cache[0].name, one(module.cache[*].name)]\n}\n",
        &[("root/./cache", CHILD)],
    );
    let unsure = unsure.graph.expect("a graph");
    assert_eq!(plain(&unsure.outputs[0].value), r#"["x!", ?]"#);
    assert_eq!(
        unsure.nodes[1].address(),
        "module.cache.aws_elasticache_replication_group.this"
    );
    // a reference leads into its own module
    let group = |node: &Node| match setting(node, "subnet_group_name") {
        Some(Value::Reference(Reference::Node { logical_id, .. })) => logical_id.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(group(&graph.nodes[1]), graph.nodes[0].logical_id);
    assert_eq!(group(&graph.nodes[3]), graph.nodes[2].logical_id);
    let origin = graph.nodes[3].properties[1]
        .origin
        .as_ref()
        .expect("elsewhere");
    assert_eq!((&*origin.file, origin.line), ("root/main.tf", 8));
}

#[test]
fn comments_say_what_a_cache_is_for() {
    let outcome = with_modules(
        r#"
# cachewright: stage production
// cachewright: workload queue, lock
# cachewright: keys order 50000 2048
# cachewright: allow everywhere because of the tunnel

# cachewright: allow above because it is a copy
# and more words
resource "aws_elasticache_replication_group" "this" {
  count = 2
  # cachewright: allow inside
  replication_group_id = "x" # cachewright: allow beside because of that
}

# cachewright: allow called because somebody said so
module "cache" {
  source = "./cache"
  name   = "x"
}
"#,
        &[("root/./cache", CHILD)],
    );
    assert_eq!(outcome.diagnostics, []);
    let graph = outcome.graph.expect("a graph");
    assert_eq!(
        graph.stage.map(|stage| stage.to_string()).as_deref(),
        Some("production")
    );
    let workloads: Vec<&str> = graph.workloads.iter().map(|at| at.value.as_str()).collect();
    assert_eq!(workloads, ["queue", "lock"]);
    let family = &graph.key_families[0];
    assert_eq!(
        (family.name.as_str(), family.keys, family.bytes),
        ("order", 50_000, 2048)
    );
    assert_eq!((family.place.line, family.place.column), (4, 1));
    let allowances: Vec<(&str, &str, Option<&str>)> = graph
        .allowances
        .iter()
        .map(|one| {
            (
                one.code.as_str(),
                one.because.as_str(),
                one.resource.as_deref(),
            )
        })
        .collect();
    let group = |key: &'static str| match key {
        "0" => Some("aws_elasticache_replication_group.this[0]"),
        _ => Some("aws_elasticache_replication_group.this[1]"),
    };
    assert_eq!(
        allowances,
        [
            ("everywhere", "of the tunnel", None),
            ("above", "it is a copy", group("0")),
            ("above", "it is a copy", group("1")),
            ("inside", "", group("0")),
            ("inside", "", group("1")),
            ("beside", "of that", group("0")),
            ("beside", "of that", group("1")),
            (
                "called",
                "somebody said so",
                Some("module.cache.aws_elasticache_subnet_group.this")
            ),
            (
                "called",
                "somebody said so",
                Some("module.cache.aws_elasticache_replication_group.this")
            ),
        ]
    );
}

/// Code, level, file and line of everything that is said.
fn said(outcome: &Outcome) -> Vec<String> {
    let found = outcome.diagnostics.iter();
    found
        .map(|found| {
            let place = found.place.as_ref().expect("a place");
            assert!(!found.help.is_empty(), "{found}");
            format!(
                "{} {} {}:{}",
                found.level, found.code, place.file, place.line
            )
        })
        .collect()
}

#[test]
fn bad_references_are_reported_all_at_once() {
    for (text, expected) in [
        (
            "locals {\n  a = local.b\n  b = local.a\n}",
            &["error reference-cycle module/main.tf:3"][..],
        ),
        (
            "locals {\n  a = local.a\n}",
            &["error reference-cycle module/main.tf:2"],
        ),
        (
            "resource \"aws_vpc\" \"a\" {\n  x = aws_vpc.b.id\n}\nresource \"aws_vpc\" \"b\" {\n  y = local.c\n}\nlocals {\n  c = aws_vpc.a.z\n}",
            &["error reference-cycle module/main.tf:5"],
        ),
        (
            "resource \"aws_vpc\" \"a\" {\n  x = aws_vpc.a.id\n}",
            &["error reference-cycle module/main.tf:2"],
        ),
        (
            "output \"a\" {\n  value = [var.a,\n    local.b,\n    aws_vpc.c.id,\n    data.aws_vpc.d.id,\n    module.e.x,\n    f]\n}",
            &[
                "error reference-unknown module/main.tf:2",
                "error reference-unknown module/main.tf:3",
                "error reference-unknown module/main.tf:4",
                "error reference-unknown module/main.tf:5",
                "error reference-unknown module/main.tf:6",
                "error reference-unknown module/main.tf:7",
            ],
        ),
        (
            "variable \"a\" {}\nvariable \"a\" {}\nlocals {\n  b = 1\n}\nlocals {\n  b = 2\n}\noutput \"c\" {\n  value = 1\n}\noutput \"c\" {\n  value = 1\n}\nresource \"x_y\" \"d\" {}\nresource \"x_y\" \"d\" {}\ndata \"x_y\" \"d\" {}\ndata \"x_y\" \"d\" {}",
            &[
                "error duplicate-key module/main.tf:2",
                "error duplicate-key module/main.tf:7",
                "error duplicate-key module/main.tf:12",
                "error duplicate-key module/main.tf:16",
                "error duplicate-key module/main.tf:18",
            ],
        ),
        (
            "locals {\n  a = [for i, x in [1] : { for y in x : i => y }]\n  b = \"%{ for z in [1] }${z}%{ endfor }\"\n}\nresource \"x_y\" \"d\" {\n  provider = aws.west\n  dynamic \"z\" {\n    for_each = []\n    iterator = it\n    content {\n      a = it.value\n    }\n  }\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\nmodule \"m\" {\n  source = \"a/b/c\"\n  providers = {\n    aws = aws.west\n  }\n}\noutput \"o\" {\n  value = module.m.whatever\n}\nmoved {\n  from = aws_vpc.a\n  to = aws_vpc.b\n}",
            &["information terraform-module-not-seen module/main.tf:19"],
        ),
        (
            "# cachewright: ignore this\nlocals {\n  a = 1 # cachewright: allow\n}",
            &[
                "warning terraform-comment module/main.tf:1",
                "warning terraform-comment module/main.tf:3",
            ],
        ),
    ] {
        let outcome = read(text);
        assert_eq!(
            said(&outcome),
            expected,
            "{text}\n{:#?}",
            outcome.diagnostics
        );
        assert!(outcome.graph.is_some(), "{text}");
    }
}

#[test]
fn what_cant_be_read_at_all_is_said_with_its_place() {
    let deep = |open: &str, close: &str, times: usize| {
        format!(
            "locals {{\n  a = {}1{}\n}}\n",
            open.repeat(times),
            close.repeat(times)
        )
    };
    for (what, text, expected) in [
        (
            "cut off",
            "resource \"a\" \"b\" {\n  c = [1,\n".to_owned(),
            "error unreadable module/main.tf:2",
        ),
        (
            "no value",
            "locals {\n  a = \n}\n".into(),
            "error unreadable module/main.tf:2",
        ),
        (
            "no Terraform",
            "\u{0}\u{1}".into(),
            "error unreadable module/main.tf:1",
        ),
        (
            "an argument at the top",
            "\na = 1\n".into(),
            "error unreadable module/main.tf:2",
        ),
        (
            "100,000 brackets",
            deep("[", "]", 100_000),
            "error unreadable module/main.tf:2",
        ),
        (
            "100,000 brackets without an end",
            "a {\n".repeat(100_000),
            "error unreadable module/main.tf:257",
        ),
        (
            "100,000 templates",
            deep("\"${", "}\"", 100_000),
            "error unreadable module/main.tf:2",
        ),
        (
            "100,000 signs",
            deep("!", "", 100_000),
            "error unreadable module/main.tf:2",
        ),
        (
            "100 brackets",
            deep("[", "]", 100),
            "error unreadable module/main.tf:2",
        ),
        (
            "100,000 operators",
            deep("1+", "", 100_000),
            "error unreadable module/main.tf:2",
        ),
        (
            "5 MB",
            " ".repeat(5_000_000),
            "error unreadable module/main.tf:1",
        ),
        (
            "100,000 names in one object",
            format!(
                "locals {{\n a = {{\n{}}}\n}}",
                (0..100_000)
                    .map(|n| format!("a{n} = 1\n"))
                    .collect::<String>()
            ),
            "error unreadable module/main.tf:10003",
        ),
        (
            "an argument twice",
            "resource \"a\" \"b\" {\n  c = 1\n  c = 2\n}\n".into(),
            "error duplicate-key module/main.tf:3",
        ),
        (
            "a name twice in an object",
            "locals {\n  a = {\n    b = 1\n    b = 2\n  }\n}\n".into(),
            "error duplicate-key module/main.tf:4",
        ),
    ] {
        let outcome = read(&text);
        assert_eq!(said(&outcome), [expected], "{what}");
        assert!(outcome.graph.is_none(), "{what}");
    }
    for (text, expected) in [
        ("{", "error unreadable m/a.tf.json:1"),
        ("{\n\"a\": 1,}", "error unreadable m/a.tf.json:2"),
        ("[]", "error unreadable m/a.tf.json:1"),
        (
            "{\"locals\": {\n\"a\": 1, \"a\": 2}}",
            "error duplicate-key m/a.tf.json:2",
        ),
        (
            "{\"locals\": {\n\"a\": \"${\"}}",
            "error unreadable m/a.tf.json:2",
        ),
        ("{\"resource\": 1}", "error unreadable m/a.tf.json:1"),
        ("", "error unreadable m/a.tf.json:1"),
        ("{\"locals\": \u{1}}", "error unreadable m/a.tf.json:1"),
        (
            "{\"locals\": {\"a\": 1e999}}",
            "error unreadable m/a.tf.json:1",
        ),
    ] {
        let outcome = read_files(&[file("m/a.tf.json", text)]);
        assert_eq!(said(&outcome), [expected], "{text}");
        assert!(outcome.graph.is_none(), "{text}");
    }
    let deep = format!("{{\"locals\": {}", "[".repeat(100_000));
    let outcome = read_files(&[file("m/a.tf.json", &deep)]);
    assert_eq!(said(&outcome), ["error unreadable m/a.tf.json:1"]);
    // every file that is broken is named
    let outcome = read_files(&[
        file("m/a.tf", "a {"),
        file("m/b.tf", "b {"),
        file("m/c.tf", ""),
    ]);
    assert_eq!(
        said(&outcome),
        ["error unreadable m/a.tf:1", "error unreadable m/b.tf:1"]
    );
}

#[test]
fn what_goes_wrong_with_modules_is_said() {
    let needs = "variable \"name\" {}\nvariable \"type\" {\n  default = 1\n}\n";
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (
            "module \"a\" {\n  source = \"./a\"\n}",
            &[],
            &["error terraform-module-missing root/main.tf:2"],
        ),
        (
            "module \"a\" {\n  name = 1\n}",
            &[],
            &["error terraform-module-missing root/main.tf:1"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n}",
            &[("root/./a", needs)],
            &["error terraform-module-input root/main.tf:1"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n  name = 1\n  other = 2\n}",
            &[("root/./a", needs)],
            &["error terraform-module-input root/main.tf:4"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n}\noutput \"x\" {\n  value = [module.a.x, module.a.y]\n}",
            &[("root/./a", "output \"x\" {\n  value = 1\n}")],
            &["error reference-unknown root/main.tf:5"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n}",
            &[("root/./a", "module \"b\" {\n  source = \"../\"\n}")],
            &["error reference-cycle root/./a/main.tf:2"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n}",
            &[("root/./a", "module \"b\" {\n  source = \"./.\"\n}")],
            &["error reference-cycle root/./a/main.tf:2"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n  name = module.a.out\n}",
            &[(
                "root/./a",
                "variable \"name\" {}\noutput \"out\" {\n  value = var.name\n}\nresource \"x_y\" \"z\" {\n  a = var.name\n}",
            )],
            &["error reference-cycle root/./a/main.tf:3"],
        ),
        (
            "module \"a\" {\n  source = \"./a\"\n}",
            &[("root/./a", "locals {")],
            &["error unreadable root/./a/main.tf:1"],
        ),
        (
            "module \"a\" {\n  source = \"hashicorp/x/aws\"\n}",
            &[],
            &["information terraform-module-not-seen root/main.tf:2"],
        ),
    ];
    for (main, modules, expected) in cases {
        let outcome = with_modules(main, modules);
        assert_eq!(
            said(&outcome),
            *expected,
            "{main}\n{:#?}",
            outcome.diagnostics
        );
        assert!(outcome.graph.is_some(), "{main}");
    }
    // a folder that links to itself
    let endless = terraform::graph(
        "root",
        &[file(
            "root/main.tf",
            "module \"a\" {\n  source = \"./a\"\n}",
        )],
        &Given::default(),
        &mut |folder| {
            Ok(vec![file(
                &format!("{folder}/main.tf"),
                "module \"a\" {\n  source = \"./a\"\n}",
            )])
        },
    );
    assert_eq!(endless.diagnostics.len(), 1);
    assert_eq!(endless.diagnostics[0].code, "reference-cycle");
}

#[test]
fn values_for_nothing_are_reported() {
    let mut given = Given::default();
    given.values.insert(
        "typo".into(),
        GivenValue {
            value: serde_json::json!(1),
            place: cachewright::diagnostic::Place {
                file: "prod.tfvars".into(),
                line: 7,
                column: 1,
            },
        },
    );
    let files = [
        file("m/main.tf", "variable \"type\" {}"),
        file("m/terraform.tfvars", "type = 1\nother = 2\n"),
    ];
    let outcome = terraform::graph("m", &files, &given, &mut |_| Err(String::new()));
    assert_eq!(
        said(&outcome),
        [
            "warning variable-undeclared m/terraform.tfvars:2",
            "error variable-undeclared prod.tfvars:7",
        ]
    );
}

#[test]
fn an_override_takes_the_place_of_what_it_overrides() {
    let outcome = read_files(&[
        file(
            "m/main.tf",
            "resource \"aws_elasticache_parameter_group\" \"this\" {\n  name = \"a\"\n  family = \"redis7\"\n  parameter {\n    name = \"x\"\n    value = 1\n  }\n}\nlocals {\n  a = 1\n}\n",
        ),
        file(
            "m/main_override.tf",
            "resource \"aws_elasticache_parameter_group\" \"this\" {\n  family = \"valkey8\"\n  parameter {\n    name = \"y\"\n    value = local.a\n  }\n}\nlocals {\n  a = 2\n}\n",
        ),
    ]);
    assert_eq!(outcome.diagnostics, []);
    assert_eq!(
        nodes(&outcome.graph.expect("a graph")),
        [r#"aws_elasticache_parameter_group.this family="valkey8" name="a" parameter={"y": "2"}"#]
    );
}

#[test]
fn what_grows_without_end_is_bounded() {
    let start = std::time::Instant::now();
    // each one twice the one before
    let mut doubled = String::from("locals {\n  a0 = [\"x\", \"y\"]\n  t0 = \"xxxxxxxx\"\n");
    for n in 1..60 {
        let before = n - 1;
        doubled += &format!(
            "  a{n} = [local.a{before}, local.a{before}]\n  t{n} = \"${{local.t{before}}}${{local.t{before}}}\"\n"
        );
    }
    doubled += "}\nresource \"x_y\" \"z\" {\n  a = local.a59\n  t = local.t59\n}\n";
    let outcome = read(&doubled);
    assert!(
        said(&outcome)
            .iter()
            .all(|one| one.starts_with("error unreadable")),
        "{:?}",
        said(&outcome)
    );
    for text in [
        "locals {\n  r = range(1000)\n  a = [for x in local.r : [for y in local.r : [for z in local.r : x]]]\n}\nresource \"x_y\" \"z\" {\n  a = local.a\n}\n",
        "locals {\n  r = range(1000)\n  a = \"%{ for x in local.r }%{ for y in local.r }%{ for z in local.r }x%{ endfor }%{ endfor }%{ endfor }\"\n}\nresource \"x_y\" \"z\" {\n  a = local.a\n}\n",
        "locals {\n  t = \"%{ for x in range(1000) }0123456789012345678901234567890123456789%{ endfor }\"\n  a = [for x in range(1000) : [for y in range(100) : split(\"\", \"${x}${y}${local.t}\")]]\n}\nresource \"x_y\" \"z\" {\n  a = local.a\n}\n",
        "resource \"x_y\" \"z\" {\n  count = 1000\n  dynamic \"a\" {\n    for_each = range(1000)\n    content {\n      a = range(1000)\n    }\n  }\n}\n",
    ] {
        let outcome = read(text);
        assert_eq!(said(&outcome).len(), 1, "{text}");
        assert_eq!(outcome.diagnostics[0].code, "unreadable");
        assert!(outcome.graph.is_none());
    }
    // modules that call each other twice each
    let bomb = terraform::graph(
        "root",
        &[file(
            "root/main.tf",
            "module \"a\" {\n  source = \"./0\"\n}",
        )],
        &Given::default(),
        &mut |folder| {
            let depth = folder.matches('/').count();
            let twice = if depth < 60 {
                "module \"a\" {\n  source = \"./1\"\n}\nmodule \"b\" {\n  source = \"./1\"\n}\n"
            } else {
                ""
            };
            Ok(vec![file(&format!("{folder}/main.tf"), twice)])
        },
    );
    assert!(bomb.graph.is_none());
    // links that lead to themselves in two ways
    let mut read_folders = 0;
    let links = terraform::graph(
        "root",
        &[file(
            "root/main.tf",
            "module \"a\" {\n  source = \"./a\"\n}",
        )],
        &Given::default(),
        &mut |folder| {
            read_folders += 1;
            let twice =
                "module \"a\" {\n  source = \"./a\"\n}\nmodule \"b\" {\n  source = \"./b\"\n}\n";
            Ok(vec![file(&format!("{folder}/main.tf"), twice)])
        },
    );
    assert!(
        links.diagnostics.len() > 400 && read_folders < 1000,
        "{read_folders}"
    );
    // values inside each other, each made before the next
    let mut inside = String::from("locals {\n  a0 = 1\n}\n");
    for n in 1..20_000 {
        inside += &format!("locals {{\n  a{n} = [local.a{}]\n}}\n", n - 1);
    }
    inside += "resource \"x_y\" \"z\" {\n";
    for n in 0..9000 {
        inside += &format!("  s{n} = local.a{n}\n");
    }
    inside += "}\n";
    read(&inside);
    let mut resources = String::from("resource \"x_y\" \"z0\" {\n  for_each = { a = 1 }\n}\n");
    for n in 1..20_000 {
        resources += &format!(
            "resource \"x_y\" \"z{n}\" {{\n  for_each = x_y.z{}\n}}\n",
            n - 1
        );
    }
    read(&resources);
    // as deep as the language may be, in every way, along references
    for (open, close) in [
        ("[", "]"),
        ("max(", ")"),
        ("[for x in [", "] : x]"),
        ("\"${", "}\""),
        ("{ a = ", " }"),
        ("!", ""),
        ("true ? ", " : 1"),
        ("1 + ", ""),
        ("coalesce(try(", "))"),
        ("(", ")"),
        ("\"%{ if true }${", "}%{ endif }\""),
        ("x_y.z[", "]"),
        ("join(\"\", [", "])"),
    ] {
        let mut text =
            String::from("resource \"x_y\" \"z\" {\n  a = local.a40\n}\nlocals {\n  a0 = 1\n");
        for n in 1..=40 {
            text += &format!(
                "  a{n} = {}local.a{}{}\n",
                open.repeat(20),
                n - 1,
                close.repeat(20)
            );
        }
        text += "}\n";
        assert!(read(&text).graph.is_some(), "{open}");
    }
    // a chain, and not a round
    let mut chain = String::from("locals {\n  a0 = 1\n");
    for n in 1..4000 {
        chain += &format!("  a{n} = local.a{}\n", n - 1);
    }
    chain += "}\nresource \"x_y\" \"z\" {\n  a = local.a3999\n}\n";
    assert_eq!(read(&chain).diagnostics, []);
    assert!(
        read("resource \"x_y\" \"z\" {\n  count = 1e9\n}")
            .graph
            .expect("a graph")
            .nodes
            .len()
            == 1
    );
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// A module of `tests/modules`, as the command line would hand it over.
fn module(name: &str) -> (Vec<SourceFile>, Outcome) {
    let root = common::root().join("tests/modules");
    let folder = |folder: &str| -> Result<Vec<SourceFile>, String> {
        let entries = std::fs::read_dir(root.join(folder)).map_err(|error| error.to_string())?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            if path.is_file() {
                let name = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .expect("UTF-8");
                let text = std::fs::read_to_string(&path).expect("text");
                files.push(file(&format!("{folder}/{name}"), &text));
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    };
    let files = folder(name).expect("a folder");
    let outcome = terraform::graph(name, &files, &Given::default(), &mut |name| folder(name));
    (files, outcome)
}

/// What is read of each module is kept beside it, and was held against what Terraform plans.
#[test]
fn what_people_write_is_understood() {
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(common::root().join("tests/modules")).expect("modules") {
        let path = entry.expect("a folder").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("UTF-8");
        let (_, outcome) = module(name);
        let mut found = said(&outcome);
        let graph = outcome.graph.expect("a graph");
        found.extend(nodes(&graph));
        for output in &graph.outputs {
            found.push(format!(
                "output {} {}",
                output.id.as_str(),
                plain(&output.value)
            ));
        }
        let found = found.join("\n") + "\n";
        let expected = path.join("read.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &found).expect("a writable folder");
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}:\n{found}"));
        }
        for node in &graph.nodes {
            let is_cache = node.address().contains("aws_elasticache_");
            if is_cache && settings(&node.properties).contains('?') {
                wrong.push(format!("{} isn't known in full", node.address()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
