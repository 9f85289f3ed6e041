//! Names that refer to nothing, and things that wait for one another.

use std::collections::{HashMap, HashSet};

use super::evaluate::Evaluator;
use super::template::{FINDINGS, Template};
use super::text::{Piece, pieces};
use super::tree::{Mark, Tree, What, is_loop};
use crate::diagnostic::Diagnostic;

const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// What a name is looked for among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Among {
    ParameterOrResource,
    Parameter,
    Resource,
    Condition,
    Mapping,
}

/// Reports every reference to what isn't in the template.
pub(super) fn check(template: &Template<'_>, findings: &mut Vec<Diagnostic>) {
    let mut checker = Checker {
        template,
        parameters: template.parameters.iter().map(|(name, ..)| *name).collect(),
        resources: template
            .root
            .get("Resources")
            .and_then(Tree::members)
            .unwrap_or_default()
            .iter()
            .map(|member| &*member.name)
            .collect(),
        conditions: template.conditions.iter().map(|(name, ..)| *name).collect(),
        mappings: template.mappings.iter().map(|(name, ..)| *name).collect(),
        in_conditions: true,
        subject: None,
        findings,
    };
    for (_, _, tree) in &template.conditions {
        checker.walk(tree);
    }
    checker.in_conditions = false;
    for resource in &template.resources {
        checker.subject = Some(resource.id);
        for member in resource.tree.members().unwrap_or_default() {
            match &*member.name {
                "Properties"
                | "UpdatePolicy"
                | "CreationPolicy"
                | "DeletionPolicy"
                | "UpdateReplacePolicy" => checker.walk(&member.value),
                "Condition" => checker.name(&member.value, Among::Condition),
                "DependsOn" => match &member.value.what {
                    What::List(items) => items
                        .iter()
                        .for_each(|item| checker.name(item, Among::Resource)),
                    _ => checker.name(&member.value, Among::Resource),
                },
                _ => {}
            }
        }
    }
    checker.subject = None;
    for (_, _, tree) in &template.outputs {
        for member in tree.members().unwrap_or_default() {
            match &*member.name {
                "Condition" => checker.name(&member.value, Among::Condition),
                _ => checker.walk(&member.value),
            }
        }
    }
}

/// What only exists where the template asks for `AWS::LanguageExtensions`.
const EXTENSIONS: [&str; 2] = ["Fn::Length", "Fn::ToJsonString"];

struct Checker<'a, 't> {
    template: &'a Template<'t>,
    parameters: HashSet<&'t str>,
    resources: HashSet<&'t str>,
    conditions: HashSet<&'t str>,
    mappings: HashSet<&'t str>,
    in_conditions: bool,
    /// The resource that is looked at.
    subject: Option<&'t str>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Checker<'_, '_> {
    fn walk(&mut self, tree: &Tree) {
        match &tree.what {
            What::List(items) => items.iter().for_each(|item| self.walk(item)),
            What::Object(members) => {
                if let Some((name, argument)) = tree.function() {
                    return self.function(name, argument);
                }
                for member in members {
                    if self.in_conditions && member.name == "Condition" {
                        self.name(&member.value, Among::Condition);
                    } else if !is_loop(&member.name) && member.name != "Fn::Transform" {
                        self.walk(&member.value);
                    }
                }
            }
            _ => {}
        }
    }

    fn function(&mut self, name: &str, argument: &Tree) {
        let any = if self.in_conditions {
            Among::Parameter
        } else {
            Among::ParameterOrResource
        };
        if EXTENSIONS.contains(&name) {
            self.extension(name, argument.mark);
        }
        match (name, &argument.what) {
            ("Ref", _) if argument.name().is_some() => self.name(argument, any),
            ("Fn::GetAtt", What::Text(text)) => {
                let resource = text
                    .split_once('.')
                    .map_or(&**text, |(resource, _)| resource);
                self.find(resource, argument.mark, Among::Resource);
            }
            ("Fn::GetAtt", What::List(items)) => {
                let mut items = items.iter();
                if let Some(first) = items.next() {
                    match first.name() {
                        Some(_) => self.name(first, Among::Resource),
                        None => self.walk(first),
                    }
                }
                items.for_each(|item| self.walk(item));
            }
            ("Fn::Sub", What::Text(text)) => {
                self.template(text, &HashSet::new(), argument.mark, any);
            }
            ("Fn::Sub", What::List(items)) => {
                let own = own_names(items.get(1));
                if let Some(first) = items.first()
                    && let Some(text) = first.text()
                {
                    self.template(text, &own, first.mark, any);
                }
                items.iter().for_each(|item| self.walk(item));
            }
            ("Fn::If", What::List(items)) => {
                if let Some(condition) = items.first() {
                    self.name(condition, Among::Condition);
                }
                items.iter().skip(1).for_each(|item| self.walk(item));
            }
            ("Fn::FindInMap", What::List(items)) => {
                if let Some(default) = items.get(3) {
                    self.extension("the default of Fn::FindInMap", default.mark);
                }
                if let Some(mapping) = items.first() {
                    match mapping.name() {
                        Some(_) => self.name(mapping, Among::Mapping),
                        None => self.walk(mapping),
                    }
                }
                items.iter().skip(1).for_each(|item| self.walk(item));
            }
            ("Fn::Transform", _) => {}
            _ => self.walk(argument),
        }
    }

    fn report(&mut self, mut finding: Diagnostic) {
        finding.resource = self.subject.map(str::to_owned);
        self.findings.push(finding);
    }

    /// Reports what a template must ask for, and doesn't.
    fn extension(&mut self, what: &str, mark: Mark) {
        if self.template.transforms.is_empty() {
            self.report(extension(self.template.file, what, mark));
        }
    }

    fn template(&mut self, text: &str, own: &HashSet<&str>, mark: Mark, any: Among) {
        for piece in pieces(text) {
            let Piece::Name(name) = piece else {
                continue;
            };
            if own.contains(name) {
                continue;
            }
            match name.split_once('.') {
                Some((resource, _)) => self.find(resource, mark, Among::Resource),
                None => self.find(name, mark, any),
            }
        }
    }

    fn name(&mut self, tree: &Tree, among: Among) {
        if let Some(name) = tree.name() {
            self.find(name, tree.mark, among);
        }
    }

    fn find(&mut self, name: &str, mark: Mark, among: Among) {
        let open = self.template.is_open;
        let (known, what) = match among {
            Among::ParameterOrResource => (
                PSEUDO.contains(&name)
                    || self.parameters.contains(name)
                    || self.resources.contains(name)
                    || open && !name.starts_with("AWS::"),
                "parameter or resource",
            ),
            Among::Parameter => (
                PSEUDO.contains(&name) || self.parameters.contains(name),
                "parameter",
            ),
            Among::Resource => (self.resources.contains(name) || open, "resource"),
            Among::Condition => (
                self.conditions.contains(name) || self.template.has_open_conditions,
                "condition",
            ),
            Among::Mapping => (
                self.mappings.contains(name) || self.mappings.contains("Fn::Transform") || open,
                "mapping",
            ),
        };
        if known || self.findings.len() >= FINDINGS {
            return;
        }
        let among: Vec<&str> = match among {
            Among::ParameterOrResource => self.parameters.union(&self.resources).copied().collect(),
            Among::Parameter => self.parameters.iter().copied().collect(),
            Among::Resource => self.resources.iter().copied().collect(),
            Among::Condition => self.conditions.iter().copied().collect(),
            Among::Mapping => self.mappings.iter().copied().collect(),
        };
        let alike = among
            .into_iter()
            .filter(|other| other.eq_ignore_ascii_case(name))
            .min();
        let help = match alike {
            Some(alike) => format!("did you mean {alike}?"),
            None => format!("correct the name, or add the {what}"),
        };
        self.report(
            Diagnostic::error(
                "reference-unknown",
                format!("there is no {what} called {name:?} in the template"),
            )
            .at(&mark.place(self.template.file))
            .allowed(format!("the name of a {what} of the template"))
            .help(help),
        );
    }
}

pub(super) fn extension(file: &str, what: &str, mark: Mark) -> Diagnostic {
    Diagnostic::error(
        "template-transform",
        format!("{what} needs a transform that the template doesn't ask for"),
    )
    .at(&mark.place(file))
    .allowed("Transform: AWS::LanguageExtensions")
    .help("add this line beside Resources")
}

/// The conditions of a template in an order in which each comes after what it refers to.
/// What refers to itself is reported, and left out.
pub(super) fn condition_order<'t>(
    template: &Template<'t>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<(&'t str, &'t Tree)> {
    let names: HashMap<&str, usize> = template
        .conditions
        .iter()
        .enumerate()
        .map(|(at, (name, ..))| (*name, at))
        .collect();
    let edges: Vec<Vec<usize>> = template
        .conditions
        .iter()
        .map(|(_, _, tree)| {
            let mut found = Vec::new();
            conditions_in(tree, &names, &mut found);
            found
        })
        .collect();
    let mut order = Vec::new();
    for component in components(&edges) {
        match component.as_slice() {
            [at] if !edges[*at].contains(at) => {
                let (name, _, tree) = template.conditions[*at];
                order.push((name, tree));
            }
            members => {
                let named: Vec<(&str, Mark)> = members
                    .iter()
                    .map(|at| (template.conditions[*at].0, template.conditions[*at].1))
                    .collect();
                findings.push(cycle(template.file, "condition", &named));
            }
        }
    }
    order
}

fn conditions_in(tree: &Tree, names: &HashMap<&str, usize>, found: &mut Vec<usize>) {
    match &tree.what {
        What::List(items) => items
            .iter()
            .for_each(|item| conditions_in(item, names, found)),
        What::Object(members) => {
            for member in members {
                if member.name == "Condition"
                    && let Some(at) = member.value.name().and_then(|name| names.get(name))
                {
                    found.push(*at);
                }
                conditions_in(&member.value, names, found);
            }
        }
        _ => {}
    }
}

/// Reports resources that wait for one another: none of them could be made first.
pub(super) fn resource_cycles<'t>(
    template: &Template<'t>,
    evaluator: &Evaluator<'t>,
    findings: &mut Vec<Diagnostic>,
) {
    if template.is_open {
        return;
    }
    let names: HashMap<&str, usize> = template
        .resources
        .iter()
        .enumerate()
        .map(|(at, resource)| (resource.id, at))
        .collect();
    let edges: Vec<Vec<usize>> = template
        .resources
        .iter()
        .map(|resource| {
            let mut found = Vec::new();
            let mut dependencies = Dependencies {
                evaluator,
                names: &names,
                found: &mut found,
            };
            let exists = evaluator
                .resources
                .get(resource.id)
                .is_some_and(|known| known.exists != Some(false));
            if exists {
                for name in ["Properties", "DependsOn"] {
                    match (name, resource.tree.get(name)) {
                        (_, None) => {}
                        ("DependsOn", Some(tree)) => match &tree.what {
                            What::List(items) => items
                                .iter()
                                .filter_map(Tree::name)
                                .for_each(|name| dependencies.add(name)),
                            _ => tree
                                .name()
                                .into_iter()
                                .for_each(|name| dependencies.add(name)),
                        },
                        (_, Some(tree)) => dependencies.walk(tree),
                    }
                }
            }
            found
        })
        .collect();
    for component in components(&edges) {
        let is_cycle = match component.as_slice() {
            [at] => edges[*at].contains(at),
            _ => true,
        };
        if is_cycle {
            let named: Vec<(&str, Mark)> = component
                .iter()
                .map(|at| (template.resources[*at].id, template.resources[*at].mark))
                .collect();
            findings.push(cycle(template.file, "resource", &named));
        }
    }
}

/// What a resource certainly waits for: branches that aren't taken, or may not be, don't count.
struct Dependencies<'a, 't> {
    evaluator: &'a Evaluator<'t>,
    names: &'a HashMap<&'t str, usize>,
    found: &'a mut Vec<usize>,
}

impl Dependencies<'_, '_> {
    fn add(&mut self, name: &str) {
        if let Some(at) = self.names.get(name) {
            self.found.push(*at);
        }
    }

    fn walk(&mut self, tree: &Tree) {
        match &tree.what {
            What::List(items) => items.iter().for_each(|item| self.walk(item)),
            What::Object(members) => match tree.function() {
                Some((name, argument)) => self.function(name, argument),
                None => members.iter().for_each(|member| self.walk(&member.value)),
            },
            _ => {}
        }
    }

    fn function(&mut self, name: &str, argument: &Tree) {
        match (name, &argument.what) {
            ("Ref", _) if argument.name().is_some() => {
                argument.name().into_iter().for_each(|name| self.add(name));
            }
            ("Fn::GetAtt", What::Text(text)) => {
                self.add(text.split_once('.').map_or(text, |(resource, _)| resource));
            }
            ("Fn::GetAtt", What::List(items)) => {
                if let Some(name) = items.first().and_then(Tree::name) {
                    self.add(name);
                }
            }
            ("Fn::Sub", What::Text(text)) => self.template(text, &HashSet::new()),
            ("Fn::Sub", What::List(items)) => {
                if let Some(text) = items.first().and_then(Tree::text) {
                    self.template(text, &own_names(items.get(1)));
                }
                items.iter().for_each(|item| self.walk(item));
            }
            ("Fn::If", What::List(items)) => {
                let [condition, yes, no] = items.as_slice() else {
                    return;
                };
                match self.evaluator.decided(condition) {
                    Some(true) => self.walk(yes),
                    Some(false) => self.walk(no),
                    None => {}
                }
            }
            _ => self.walk(argument),
        }
    }

    fn template(&mut self, text: &str, own: &HashSet<&str>) {
        for piece in pieces(text) {
            if let Piece::Name(name) = piece
                && !own.contains(name)
            {
                self.add(name.split_once('.').map_or(name, |(resource, _)| resource));
            }
        }
    }
}

/// The names that `Fn::Sub` is given values for.
fn own_names(tree: Option<&Tree>) -> HashSet<&str> {
    let members = tree.and_then(Tree::members).unwrap_or_default();
    members.iter().map(|member| &*member.name).collect()
}

fn cycle(file: &str, what: &str, members: &[(&str, Mark)]) -> Diagnostic {
    let mut members = members.to_vec();
    members.sort_by_key(|(_, mark)| *mark);
    let shown = members.iter().take(10).map(|(name, _)| *name);
    let mut names: Vec<&str> = shown.collect();
    if members.len() > names.len() {
        names.push("…");
    }
    let message = match names.as_slice() {
        [one] => format!("the {what} {one} refers to itself"),
        _ => format!(
            "these {what}s refer to one another in a circle: {}",
            names.join(", ")
        ),
    };
    let mark = members
        .first()
        .map_or(Mark { line: 1, column: 1 }, |(_, mark)| *mark);
    Diagnostic::error("reference-cycle", message)
        .at(&mark.place(file))
        .allowed("references that end somewhere")
        .help(if what == "resource" {
            "state one of the references in a resource of its own, such as AWS::EC2::SecurityGroupIngress"
        } else {
            "write one of the conditions without the others"
        })
}

/// The strongly connected components of a graph, each after those that it refers to (Tarjan,
/// without recursion: a chain may be as long as the template).
fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut number = vec![NEW; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut on_stack = vec![false; edges.len()];
    let mut stack = Vec::new();
    let mut found = Vec::new();
    let mut next = 0;
    for start in 0..edges.len() {
        if number[start] != NEW {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                number[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&to) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if number[to] == NEW {
                    work.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(number[to]);
                }
                continue;
            }
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == number[node] {
                let mut component = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    component.push(member);
                    if member == node {
                        break;
                    }
                }
                found.push(component);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_come_after_what_they_refer_to() {
        let edges = |text: &str| -> Vec<Vec<usize>> {
            text.split(';')
                .map(|list| {
                    list.split_whitespace()
                        .map(|at| at.parse().unwrap())
                        .collect()
                })
                .collect()
        };
        for (graph, expected) in [
            ("1;2;", vec![vec![2], vec![1], vec![0]]),
            (";0;0 1", vec![vec![0], vec![1], vec![2]]),
            ("1;0;0", vec![vec![1, 0], vec![2]]),
            ("0", vec![vec![0]]),
            ("1;2;3 0;", vec![vec![3], vec![2, 1, 0]]),
        ] {
            assert_eq!(components(&edges(graph)), expected, "{graph}");
        }
        let long: Vec<Vec<usize>> = (0..100_000).map(|at| vec![(at + 1) % 100_000]).collect();
        assert_eq!(components(&long).len(), 1);
    }
}
