//! The resources of a module as nodes of the graph.

use std::borrow::Cow;
use std::rc::Rc;

use super::evaluate::{Evaluator, Frame, Instance, Repeats, Scope, label, text_of};
use super::module::Resource;
use super::source::Span;
use super::syntax::{Block, Body, Expr, ExprKind, Item, Step};
use super::value::{Data, Member as Part, NodeRef, Repeat, Val};
use super::{old, rules};
use crate::graph::{Attribute, Ignored, Kind, Language, Node, Reference};
use crate::read::{self, Member, Read};
use crate::value::Id;

/// Arguments that every resource has and none is about.
const META: [&str; 5] = ["count", "for_each", "provider", "providers", "depends_on"];
const META_BLOCKS: [&str; 4] = ["lifecycle", "provisioner", "connection", "timeouts"];

/// Maps that could be written as blocks before Terraform 0.12.
const MAPS: [&str; 2] = ["tags", "dimensions"];

/// A node, and the block that it is made from.
pub(super) struct Made {
    pub node: Node,
    pub block: Span,
    pub instance: u32,
}

/// Everything that a module makes, and the modules that it calls.
pub(super) fn nodes<'t>(
    evaluator: &Evaluator<'t>,
    instance: &Rc<Instance<'t>>,
    into: &mut Vec<Made>,
) {
    for (number, resource) in instance.module.resources.iter().enumerate() {
        for repeat in evaluator.repeats(instance, &resource.block).all() {
            if !evaluator.spend(16, resource.block.head) {
                return;
            }
            let node = Rc::new(NodeRef {
                instance: instance.number,
                resource: number,
                repeat,
            });
            let builder = Builder {
                evaluator,
                instance,
                resource,
                node,
            };
            for node in builder.nodes() {
                into.push(Made {
                    node,
                    block: resource.block.span,
                    instance: instance.number,
                });
            }
        }
    }
    for (name, call) in &instance.module.calls {
        let called = evaluator.call(instance, name, call.block.head);
        let numbers: Vec<u32> = match &called.data {
            Data::Module(number) | Data::Modules(number) => vec![*number],
            Data::List(items) => items.iter().filter_map(module).collect(),
            Data::Object(members) => members
                .values()
                .filter_map(|member| module(&member.value))
                .collect(),
            _ => Vec::new(),
        };
        for number in numbers {
            if evaluator.exhausted.get().is_none() {
                nodes(evaluator, &evaluator.instance(number), into);
            }
        }
    }
}

fn module(value: &Val) -> Option<u32> {
    match value.data {
        Data::Module(number) => Some(number),
        _ => None,
    }
}

struct Builder<'t, 'e> {
    evaluator: &'e Evaluator<'t>,
    instance: &'e Rc<Instance<'t>>,
    resource: &'t Resource,
    node: Rc<NodeRef>,
}

impl<'t> Builder<'t, '_> {
    /// The resource itself, and the rules that stand inside it.
    fn nodes(&self) -> Vec<Node> {
        let (resource, evaluator) = (self.resource, self.evaluator);
        let kind = Kind::of_terraform(&resource.of).unwrap_or(Kind::Other);
        let (logical_id, label) = names(self.instance, resource, &self.node.repeat);
        let place = evaluator.sources.place(resource.block.head);
        let mut node = Node::new(kind, &logical_id, &label, &place);
        node.of = (kind == Kind::Other).then(|| resource.of.clone());
        node.module.clone_from(&self.instance.path);
        self.lifecycle(&mut node);
        let scope = Scope {
            instance: self.instance,
            repeat: &self.node.repeat,
            frame: None,
        };
        let (members, partial) = members(evaluator, &resource.block.body, scope);
        node.partial = partial;
        if resource.of == "aws_security_group_rule" {
            return rules::of_resource(&node, members);
        }
        let (members, inline) = match kind {
            Kind::SecurityGroup => rules::taken_out(members),
            _ => (members, Vec::new()),
        };
        let members = old::renamed(
            evaluator,
            self.instance.module,
            &node,
            &resource.block.body,
            members,
        );
        read::fill(&mut node, Language::Terraform, members);
        let own = Read::new(reference(evaluator, &self.node, "id"), place);
        let mut all = vec![node];
        for (direction, rule) in inline {
            let rules = rules::inline(&all[0], direction, rule, &own);
            all.extend(rules);
        }
        all
    }

    fn lifecycle(&self, node: &mut Node) {
        let blocks = self.resource.block.body.blocks();
        for lifecycle in blocks.filter(|block| block.kind == "lifecycle") {
            for attribute in lifecycle.body.attributes() {
                let is_true = matches!(&attribute.value.kind, ExprKind::Bool(true))
                    || attribute.value.text() == Some("true");
                match attribute.name.as_str() {
                    "prevent_destroy" => node.prevent_destroy = is_true,
                    "create_before_destroy" => node.create_before_destroy = is_true,
                    "ignore_changes" => {
                        node.ignore_changes = match &attribute.value.kind {
                            ExprKind::List(items) => self.ignored(items, attribute.name_span),
                            _ => self.ignored([&attribute.value], attribute.name_span),
                        };
                    }
                    _ => {}
                }
            }
        }
    }
}

impl Builder<'_, '_> {
    /// What is ignored, each with what the comment above it says.
    fn ignored<'x>(&self, items: impl IntoIterator<Item = &'x Expr>, name: Span) -> Vec<Ignored> {
        let mut before = name;
        let mut ignored = Vec::new();
        for item in items {
            let between = self.evaluator.sources.between(before, item.span);
            before = item.span;
            let Some(argument) = path(item) else {
                continue;
            };
            let comments = between.lines().filter_map(|line| {
                let line = line.trim();
                line.strip_prefix('#').or_else(|| line.strip_prefix("//"))
            });
            let because: Vec<&str> = comments.map(str::trim).collect();
            let because = because.join(" ");
            ignored.push(Ignored { argument, because });
        }
        ignored
    }
}

/// Its logical id, which nothing else in the graph has, and its label.
fn names(instance: &Instance<'_>, resource: &Resource, repeat: &Repeat) -> (String, String) {
    let label = label(resource, &repeat.key());
    let is_known = Kind::of_terraform(&resource.of).is_some();
    let logical_id = match (instance.path.as_str(), is_known) {
        ("", true) => label.clone(),
        ("", false) => format!("{}.{label}", resource.of),
        (path, _) => format!("{path}.{}.{label}", resource.of),
    };
    (logical_id, label)
}

/// The words of an argument that a list names: `tags["Name"]` as it is written.
fn path(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name(name) | ExprKind::Text(name) => Some(name.clone()),
        ExprKind::Traverse(root, steps) => {
            let mut text = path(root)?;
            for step in steps {
                match step {
                    Step::Attribute(name) => text += &format!(".{name}"),
                    Step::Index(index) => match (&index.kind, index.text()) {
                        (_, Some(name)) => text += &format!("[{name:?}]"),
                        (ExprKind::Number(number), _) => text += &format!("[{number}]"),
                        _ => return Some(text),
                    },
                    _ => return Some(text),
                }
            }
            Some(text)
        }
        _ => None,
    }
}

/// What a block sets, in its order; and whether there may be more.
pub(super) fn members<'t>(
    evaluator: &Evaluator<'t>,
    body: &'t Body,
    scope: Scope<'t, '_>,
) -> (Vec<Member>, bool) {
    let mut members: Vec<Member> = Vec::new();
    let mut partial = false;
    for item in &body.items {
        match item {
            Item::Attribute(attribute) => {
                if META.contains(&attribute.name.as_str()) {
                    continue;
                }
                let value = evaluator.eval(&attribute.value, scope);
                let mut value = to_read(evaluator, &value, attribute.value.span);
                flatten(&mut value);
                members.push(Member {
                    name: attribute.name.clone(),
                    place: evaluator.sources.place(attribute.name_span),
                    value,
                });
            }
            Item::Block(block) if META_BLOCKS.contains(&block.kind.as_str()) => {}
            Item::Block(block) if block.kind == "dynamic" => {
                partial |= dynamic(evaluator, block, scope, &mut members);
            }
            Item::Block(block) => {
                let (inner, more) = self::members(evaluator, &block.body, scope);
                partial |= more;
                let place = evaluator.sources.place(block.head);
                let value = Read::new(read::Data::Object(inner), place.clone());
                if MAPS.contains(&block.kind.as_str()) {
                    let name = block.kind.clone();
                    members.push(Member { name, place, value });
                } else {
                    push_block(&mut members, &block.kind, value);
                }
            }
        }
    }
    (members, partial)
}

/// A list whose only item is a list is that one, as it was before Terraform 0.12:
/// `["${var.subnet_ids}"]`.
fn flatten(value: &mut Read) {
    if let read::Data::List(items) = &mut value.data
        && let [only] = items.as_mut_slice()
        && let read::Data::List(_) = only.data
    {
        value.data = std::mem::replace(&mut only.data, read::Data::Null);
    }
}

/// Blocks of one name are a list.
fn push_block(members: &mut Vec<Member>, name: &str, value: Read) {
    let place = value.place.clone();
    match members.iter_mut().find(|member| member.name == name) {
        Some(member) => match (&mut member.value.data, value.data) {
            (read::Data::List(blocks), data @ read::Data::Object(_)) => {
                blocks.push(Read { data, ..value });
            }
            // one that may be there or not is all that is known
            (data, _) => *data = read::Data::Unknown,
        },
        None => members.push(Member {
            name: name.to_owned(),
            place: place.clone(),
            value: match value.data {
                read::Data::Unknown => value,
                _ => Read::new(read::Data::List(vec![value]), place),
            },
        }),
    }
}

/// The blocks that a `dynamic` block makes; whether there may be others.
fn dynamic<'t>(
    evaluator: &Evaluator<'t>,
    block: &'t Block,
    scope: Scope<'t, '_>,
    members: &mut Vec<Member>,
) -> bool {
    let Some(name) = block.labels.first() else {
        return false;
    };
    let place = evaluator.sources.place(block.head);
    let content = block.body.blocks().find(|inner| inner.kind == "content");
    let each = block.body.attribute("for_each");
    let (Some(content), Some(each)) = (content, each) else {
        return false;
    };
    let iterator = match block
        .body
        .attribute("iterator")
        .map(|name| &name.value.kind)
    {
        Some(ExprKind::Name(iterator) | ExprKind::Text(iterator)) => iterator,
        _ => name,
    };
    let each = evaluator.known(evaluator.eval(&each.value, scope));
    let turns: Vec<(Val, Val)> = match &each.data {
        // the order of a list is the order of the blocks
        Data::List(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (Val::new(Data::Number(at as f64), each.span), item.clone()))
            .collect(),
        Data::Null => Vec::new(),
        _ => match evaluator.keys(&each) {
            Repeats::Each(each) => each
                .iter()
                .map(|(key, value)| (Val::new(Data::Text(key.clone()), value.span), value.clone()))
                .collect(),
            _ => {
                let mut value = Read::new(read::Data::Unknown, place);
                value.inputs = each
                    .inputs
                    .names()
                    .map(|name| (**name).to_owned())
                    .collect();
                push_block(members, name, value);
                return true;
            }
        },
    };
    let mut partial = false;
    for (key, value) in turns {
        if !evaluator.spend(1, block.head) {
            return true;
        }
        let turn = [("key", key), ("value", value)].map(|(name, value)| {
            let span = value.span;
            (Rc::from(name), Part { name: span, value })
        });
        let frame = Frame {
            name: iterator,
            value: Val::new(
                Data::Object(Rc::new(turn.into_iter().collect())),
                block.head,
            ),
            next: scope.frame,
        };
        let scope = Scope {
            frame: Some(&frame),
            ..scope
        };
        let (inner, more) = self::members(evaluator, &content.body, scope);
        partial |= more;
        let value = Read::new(read::Data::Object(inner), place.clone());
        push_block(members, name, value);
    }
    partial
}

/// A value as the readers of both languages share it, used at `used`.
pub(super) fn to_read(evaluator: &Evaluator<'_>, value: &Val, used: Span) -> Read {
    let sources = evaluator.sources;
    let known = said_elsewhere(evaluator, value);
    let value = known.as_ref().unwrap_or(value);
    let (place, origin) = if value.span.within(used) {
        (value.span, None)
    } else {
        (used, Some(value.span))
    };
    let data = if evaluator.spend(1, used) {
        data(evaluator, value, used)
    } else {
        read::Data::Unknown
    };
    Read {
        data,
        place: sources.place(place),
        origin: origin.map(|origin| sources.place(origin)),
        inputs: value
            .inputs
            .names()
            .map(|name| (**name).to_owned())
            .collect(),
    }
}

/// What another resource's argument is set to, where that is known. What a resource is called
/// stays a reference, which leads to it.
fn said_elsewhere(evaluator: &Evaluator<'_>, value: &Val) -> Option<Val> {
    let Data::Attribute(attribute) = &value.data else {
        return None;
    };
    if is_identity(&attribute.path) {
        return None;
    }
    let known = evaluator.known(value.clone());
    match known.data {
        Data::Bool(_)
        | Data::Number(_)
        | Data::Text(_)
        | Data::List(_)
        | Data::Set(_)
        | Data::Object(_)
        | Data::Attribute(_) => Some(known),
        _ => None,
    }
}

/// Whether a resource is known by that attribute.
fn is_identity(path: &str) -> bool {
    matches!(
        path,
        "id" | "arn"
            | "name"
            | "replication_group_id"
            | "cluster_id"
            | "user_id"
            | "user_group_id"
            | "key_id"
            | "alarm_name"
    )
}

fn data(evaluator: &Evaluator<'_>, value: &Val, used: Span) -> read::Data {
    match &value.data {
        Data::Null => read::Data::Null,
        Data::Bool(value) => read::Data::Bool(*value),
        Data::Number(number) => read::Data::Number(super::value::number_text(*number)),
        Data::Text(_) | Data::Parts(_) => read::Data::Text(text_of(value)),
        Data::List(items) | Data::Set(items) => read::Data::List(
            items
                .iter()
                .map(|item| to_read(evaluator, item, used))
                .collect(),
        ),
        Data::Object(members) => read::Data::Object(
            members
                .iter()
                .map(|(name, member)| {
                    let name_span = if member.name.within(used) {
                        member.name
                    } else {
                        used
                    };
                    Member {
                        name: (**name).to_owned(),
                        place: evaluator.sources.place(name_span),
                        value: to_read(evaluator, &member.value, used),
                    }
                })
                .collect(),
        ),
        Data::Input(name) => read::Data::Reference(Reference::Input(Id::foreign(name))),
        Data::Attribute(attribute) => reference(evaluator, &attribute.node, &attribute.path),
        Data::Secret(secret) => read::Data::Secret((**secret).clone()),
        Data::Node(_)
        | Data::Nodes(_)
        | Data::Module(_)
        | Data::Modules(_)
        | Data::Unknown
        | Data::Failed => read::Data::Unknown,
    }
}

fn reference(evaluator: &Evaluator<'_>, node: &NodeRef, path: &str) -> read::Data {
    let instance = evaluator.instance(node.instance);
    let resource = &instance.module.resources[node.resource];
    let kind = Kind::of_terraform(&resource.of).unwrap_or(Kind::Other);
    let (logical_id, label) = names(&instance, resource, &node.repeat);
    read::Data::Reference(Reference::Node {
        kind,
        logical_id,
        label,
        attribute: Attribute {
            cloudformation: attribute(kind, path),
            terraform: Cow::Owned(path.to_owned()),
        },
    })
}

/// What CloudFormation calls an attribute; nothing for what `Ref` gives. An attribute that it
/// doesn't have keeps Terraform's name.
fn attribute(kind: Kind, path: &str) -> Option<Cow<'static, str>> {
    let name = match (kind, path) {
        (Kind::SecurityGroup, "id") => "GroupId",
        (Kind::Topic | Kind::Secret, "id" | "arn")
        | (Kind::ReplicationGroup, "replication_group_id")
        | (Kind::CacheCluster, "cluster_id")
        | (Kind::User, "user_id")
        | (Kind::UserGroup, "user_group_id")
        | (Kind::Key, "key_id")
        | (Kind::Alarm, "alarm_name") => return None,
        (Kind::SecurityGroup, "name") => "GroupName",
        (_, "id" | "name") => return None,
        (_, "arn") => "Arn",
        (_, "primary_endpoint_address") => "PrimaryEndPoint.Address",
        (_, "configuration_endpoint_address") => "ConfigurationEndPoint.Address",
        (_, "reader_endpoint_address") => "ReaderEndPoint.Address",
        _ => return Some(Cow::Owned(path.to_owned())),
    };
    Some(Cow::Borrowed(name))
}

/// An output's value.
pub(super) fn output(evaluator: &Evaluator<'_>, value: &Val, used: Span) -> crate::graph::Value {
    let read = to_read(evaluator, value, used);
    let place = read.place.clone();
    let mut node = Node::new(Kind::Other, "", "", &place);
    let member = Member {
        name: "value".into(),
        place,
        value: read,
    };
    read::fill(&mut node, Language::Terraform, vec![member]);
    let property = node.properties.pop();
    property.map_or(crate::graph::Value::Unknown, |property| property.value)
}
