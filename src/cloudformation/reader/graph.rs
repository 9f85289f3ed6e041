//! A template as a graph: its sections, one after the other.

use std::borrow::Cow;

use super::evaluate::{Evaluator, Known, Mappings};
use super::loops::first_loop;
use super::notes::Notes;
use super::template::{self, Resource, Template, shape};
use super::tree::{self, Tree, What, too_many};
use super::{parameters, references};
use crate::diagnostic::Diagnostic;
use crate::graph::{
    Attribute, Graph, Kind, Language, Node, Output, Property, Reference, Removal, Source, State,
    Text, Value,
};
use crate::read::{self, Data, Given, Member, Outcome, Read};
use crate::value::Id;

/// The graph that a document comes to.
pub(super) fn graph(file: &str, root: &Tree, before: &[Diagnostic], given: &Given) -> Outcome {
    let mut findings = before.to_vec();
    let Some(members) = root.members() else {
        findings.push(shape(
            file,
            root.mark,
            match root.what {
                What::Null => "there is nothing in it".to_owned(),
                _ => format!("the whole is {}", root.noun()),
            },
            "an object with a section Resources",
            "see whether this is the file that you mean",
        ));
        return Outcome {
            graph: None,
            diagnostics: findings,
        };
    };
    if let Some(mark) = first_loop(root) {
        // what lists are made of: parameters and mappings have no loops themselves
        let mut quiet = Vec::new();
        let template = Template::new(file, root, members, &mut quiet);
        if template.transforms.is_empty() {
            findings.push(references::extension(file, "Fn::ForEach", mark));
        }
        let mut evaluator = Evaluator::new(file, given.region.as_deref());
        evaluator.parameters = parameters::read(&template, given, &mut quiet).0;
        evaluator.mappings = mappings(&template);
        let unrolled = evaluator.unrolled(root);
        if evaluator.is_exhausted() {
            findings.push(too_many(file, root.mark));
            return Outcome {
                graph: None,
                diagnostics: findings,
            };
        }
        findings.append(&mut evaluator.findings.borrow_mut());
        return without_loops(file, &unrolled, findings, given);
    }
    without_loops(file, root, findings, given)
}

fn mappings<'t>(template: &Template<'t>) -> Mappings<'t> {
    fn by_name(tree: &Tree) -> impl Iterator<Item = (&str, &Tree)> {
        let members = tree.members().unwrap_or_default().iter();
        members.map(|member| (&*member.name, &member.value))
    }
    let mappings = template.mappings.iter().filter_map(|(name, _, tree)| {
        let is_open = |tree| by_name(tree).any(|(name, _)| template::is_open_name(name));
        if is_open(tree) || by_name(tree).any(|(_, inner)| is_open(inner)) {
            return None;
        }
        let keys = by_name(tree).map(|(key, inner)| (key, by_name(inner).collect()));
        Some((*name, keys.collect()))
    });
    mappings.collect()
}

fn without_loops(file: &str, root: &Tree, mut findings: Vec<Diagnostic>, given: &Given) -> Outcome {
    let members = root.members().unwrap_or_default();
    let template = Template::new(file, root, members, &mut findings);
    references::check(&template, &mut findings);
    let mut evaluator = Evaluator::new(file, given.region.as_deref());
    let (parameters, inputs) = parameters::read(&template, given, &mut findings);
    evaluator.parameters = parameters;
    evaluator.mappings = mappings(&template);
    evaluator.has_macro = template.has_macro();
    for (name, tree) in references::condition_order(&template, &mut findings) {
        let value = evaluator.condition(tree);
        evaluator.conditions.insert(name, value);
    }
    for resource in &template.resources {
        let exists = match resource.tree.get("Condition") {
            None => Some(true),
            Some(condition) => evaluator.decided(condition),
        };
        let kind = Kind::of_cloudformation(resource.of).unwrap_or(Kind::Other);
        evaluator
            .resources
            .insert(resource.id, Known { kind, exists });
    }
    references::resource_cycles(&template, &evaluator, &mut findings);

    let mut notes = Notes::default();
    notes.read(file, root.get("Metadata"), None, &mut findings);
    let mut nodes = Vec::new();
    for resource in &template.resources {
        let metadata = resource.tree.get("Metadata");
        notes.read(file, metadata, Some(resource.id), &mut findings);
        let reader = ResourceReader {
            template: &template,
            evaluator: &evaluator,
            resource,
        };
        reader.nodes(&mut nodes);
    }
    evaluator.subject.set(None);
    let outputs = template
        .outputs
        .iter()
        .filter_map(|(name, _, tree)| output(&evaluator, name, tree))
        .collect();
    let exhausted = evaluator.is_exhausted();
    findings.append(&mut evaluator.findings.take());
    if exhausted {
        findings.push(too_many(file, root.mark));
        return Outcome {
            graph: None,
            diagnostics: findings,
        };
    }
    findings.sort_by(|a, b| a.place.cmp(&b.place));
    // what is used twice is evaluated twice
    findings.dedup();
    findings.truncate(template::FINDINGS);
    let graph = Graph {
        source: Source::Read(Language::CloudFormation),
        environment: file.to_owned(),
        description: root
            .get("Description")
            .and_then(Tree::scalar)
            .unwrap_or_default()
            .into_owned(),
        stage: given.stage.or(notes.stage),
        region: given.region.clone(),
        workloads: notes.workloads,
        key_families: notes.key_families,
        allowances: notes.allowances,
        inputs,
        lookups: evaluator.lookups.take().into_values().collect(),
        nodes,
        outputs,
        state: State::Unstated,
    };
    Outcome {
        graph: Some(graph),
        diagnostics: findings,
    }
}

fn output(evaluator: &Evaluator<'_>, name: &str, tree: &Tree) -> Option<Output> {
    if let Some(condition) = tree.get("Condition")
        && evaluator.decided(condition) == Some(false)
    {
        return None;
    }
    let value = evaluator.value(tree.get("Value")?);
    let export = tree
        .get("Export")
        .and_then(|export| export.get("Name"))
        .map(|name| text(&evaluator.value(name)));
    Some(Output {
        id: Id::foreign(name),
        description: tree
            .get("Description")
            .and_then(Tree::scalar)
            .unwrap_or_default()
            .into_owned(),
        value: read::value(Language::CloudFormation, &value),
        export,
        sensitive: false,
        place: value.place,
    })
}

/// A value as a text in parts.
fn text(read: &Read) -> Text {
    Text(super::evaluate::parts_of(read).collect())
}

struct ResourceReader<'a, 't> {
    template: &'a Template<'t>,
    evaluator: &'a Evaluator<'t>,
    resource: &'a Resource<'t>,
}

impl ResourceReader<'_, '_> {
    /// The node that a resource is, and those that stand within it.
    fn nodes(&self, nodes: &mut Vec<Node>) {
        let Resource {
            id, mark, tree, of, ..
        } = *self.resource;
        let Some(known) = self.evaluator.resources.get(id) else {
            return;
        };
        if known.exists == Some(false) {
            return;
        }
        let mut node = Node::new(known.kind, id, id, &mark.place(self.template.file));
        if known.kind == Kind::Other {
            node.of = Some(of.to_owned());
        }
        self.evaluator.subject.set(Some(id));
        self.policies(&mut node);
        let properties = tree
            .get("Properties")
            .and_then(Tree::members)
            .unwrap_or_default();
        let changed = self.template.has_macro() || tree.get("Fn::Transform").is_some();
        self.evaluator.partial.set(changed);
        let mut rules = Vec::new();
        let mut inline = Vec::new();
        let mut rest = Vec::with_capacity(properties.len());
        for member in properties {
            let kind = match &*member.name {
                "SecurityGroupIngress" => Kind::SecurityGroupIngress,
                "SecurityGroupEgress" => Kind::SecurityGroupEgress,
                _ => Kind::Other,
            };
            if known.kind == Kind::SecurityGroup && kind != Kind::Other {
                inline.push(self.rules(kind, member, &mut rules));
            } else {
                rest.push(member);
            }
        }
        let members = self.evaluator.members(rest);
        if known
            .kind
            .cloudformation()
            .starts_with("AWS::ElastiCache::")
        {
            for member in &members {
                self.version(member, tree.get("Properties"));
            }
        }
        read::fill(&mut node, Language::CloudFormation, members);
        node.properties.extend(inline);
        node.partial |= self.evaluator.partial.get();
        nodes.push(node);
        nodes.append(&mut rules);
    }

    fn policies(&self, node: &mut Node) {
        let tree = self.resource.tree;
        let mut place = None;
        let mut policy = |name: &str| {
            let tree = tree.get(name)?;
            place.get_or_insert_with(|| tree.mark.place(self.template.file));
            self.removal(name, tree)
        };
        node.removal = policy("DeletionPolicy");
        node.replacement = policy("UpdateReplacePolicy");
        node.removal_place = place;
        if let Some(online) = tree
            .get("UpdatePolicy")
            .and_then(|policy| policy.get("UseOnlineResharding"))
        {
            let read = self.evaluator.value(online);
            // what isn't known may well be set
            node.online_resharding = read
                .literal()
                .is_none_or(|value| value.eq_ignore_ascii_case("true"));
        }
    }

    fn removal(&self, name: &str, tree: &Tree) -> Option<Removal> {
        let read = self.evaluator.value(tree);
        let Some(word) = read.literal() else {
            // somebody decides at deployment, which is not to leave it undecided
            return Some(Removal::Retain);
        };
        let removals = [
            Removal::Delete,
            Removal::Retain,
            Removal::Snapshot,
            Removal::RetainExceptOnCreate,
        ];
        let found = removals.into_iter().find(|removal| {
            removal.as_str() == word
                && (name == "DeletionPolicy" || *removal != Removal::RetainExceptOnCreate)
        });
        if found.is_none() {
            let words: Vec<&str> = removals
                .iter()
                .map(|removal| removal.as_str())
                .take(if name == "DeletionPolicy" { 4 } else { 3 })
                .collect();
            self.evaluator.report(shape(
                self.template.file,
                tree.mark,
                format!("there is no {name} {word:?}"),
                words.join(", "),
                "write one of these words, or leave it out for Delete",
            ));
        }
        found
    }

    /// The rules that stand inside a security group, as nodes of their own and as one property.
    fn rules(&self, kind: Kind, member: &tree::Member, nodes: &mut Vec<Node>) -> Property {
        let id = self.resource.id;
        let word = match kind {
            Kind::SecurityGroupEgress => "Egress",
            _ => "Ingress",
        };
        let mut rules = Vec::new();
        let certain = self.each(&member.value, &mut rules);
        let mut objects = Vec::new();
        for (at, rule) in rules.into_iter().enumerate() {
            let Data::Object(members) = rule.data else {
                continue;
            };
            let mut node = Node::new(kind, &format!("{id}{word}{at}"), "", &rule.place);
            node.label.clone_from(&node.logical_id);
            node.only = Some(Language::CloudFormation);
            read::fill(&mut node, Language::CloudFormation, members);
            objects.push(node.properties.clone());
            let group = Value::Reference(Reference::Node {
                kind: Kind::SecurityGroup,
                logical_id: id.to_owned(),
                label: id.to_owned(),
                attribute: Attribute {
                    cloudformation: Some(Cow::Borrowed("GroupId")),
                    terraform: Cow::Borrowed("id"),
                },
            });
            let group = Property::both("GroupId", "security_group_id", group);
            node.properties.insert(0, group);
            nodes.push(node);
        }
        Property {
            cloudformation: Some(Cow::Owned(member.name.clone())),
            terraform: None,
            value: if certain {
                Value::Objects(objects)
            } else {
                Value::Unknown
            },
            paragraph: false,
            place: Some(member.value.mark.place(self.template.file)),
            origin: None,
            inputs: Vec::new(),
        }
    }

    /// Each of several objects, also those that are only there if a condition holds. Tells
    /// whether these are certainly all, and certainly there.
    fn each(&self, tree: &Tree, reads: &mut Vec<Read>) -> bool {
        if let Some(items) = tree.items() {
            let mut certain = true;
            for item in items {
                certain &= self.each(item, reads);
            }
            return certain;
        }
        if let Some(("Fn::If", argument)) = tree.function()
            && let Some([condition, yes, no]) = argument.items()
        {
            return match self.evaluator.decided(condition) {
                Some(true) => self.each(yes, reads),
                Some(false) => self.each(no, reads),
                None => {
                    self.each(yes, reads);
                    self.each(no, reads);
                    false
                }
            };
        }
        let read = self.evaluator.value(tree);
        match read.data {
            Data::Null => true,
            Data::Object(_) => {
                reads.push(read);
                true
            }
            Data::List(items) => {
                let certain = items
                    .iter()
                    .all(|item| matches!(item.data, Data::Object(_)));
                reads.extend(items);
                certain
            }
            _ => false,
        }
    }

    /// Warns where a version is a number: `7.10` would be 7.1.
    fn version(&self, member: &Member, properties: Option<&Tree>) {
        if !matches!(&*member.name, "EngineVersion" | "MajorEngineVersion") {
            return;
        }
        let written = properties
            .and_then(|properties| properties.get(&member.name))
            .map(|tree| &tree.what);
        let by_default = || {
            let [name] = member.value.inputs.as_slice() else {
                return false;
            };
            let default = self
                .template
                .parameters
                .iter()
                .find(|(known, ..)| known == name)
                .and_then(|(_, _, tree)| tree.get("Default"));
            default.is_some_and(|tree| {
                parameters::is_fraction(tree)
                    && Some(tree.mark.place(self.template.file)) == member.value.origin
            })
        };
        let number = match &member.value.data {
            Data::Number(number) if number.contains('.') => Cow::Borrowed(&**number),
            Data::Text(_) if by_default() => member.value.literal().unwrap_or_default(),
            _ => return,
        };
        let message = match written {
            Some(What::Number(written)) if *written != *number => {
                format!("the number {written} is the version {number}")
            }
            _ => format!("{} is the number {number}, and not a text", member.name),
        };
        self.evaluator.report(
            Diagnostic::warning("template-version-number", message)
                .at(&member.value.place)
                .from(member.value.origin.as_ref())
                .allowed("a text in quotes")
                .help("put the version into quotes: as a number, 7.10 is 7.1"),
        );
    }
}
