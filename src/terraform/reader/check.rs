//! References that lead nowhere, or round; values that no variable takes, and variables that
//! nothing is given for.

use std::collections::HashMap;

use super::evaluate::Evaluator;
use super::module::Module;
use super::source::Span;
use super::syntax::{Body, Expr, ExprKind, Item, Piece, Step};
use crate::diagnostic::{Diagnostic, Level};

/// What a module call has besides the variables of the module.
const CALL: [&str; 6] = [
    "source",
    "version",
    "providers",
    "count",
    "for_each",
    "depends_on",
];

/// Looks at every reference of every module; whether some of them go round.
pub(super) fn check(evaluator: &Evaluator<'_>, root: usize) -> bool {
    let mut cyclic = false;
    for module in evaluator.modules {
        let mut checker = Checker {
            evaluator,
            module,
            numbers: HashMap::new(),
            names: Vec::new(),
            needs: Vec::new(),
            owner: None,
            bound: Vec::new(),
        };
        checker.module();
        cyclic |= checker.cycles();
    }
    inputs(evaluator, &evaluator.modules[root]);
    cyclic
}

/// What is given is for a variable, and every variable of a called module is given.
fn inputs(evaluator: &Evaluator<'_>, root: &Module) {
    let allowed = || {
        let names: Vec<&str> = root.variables.keys().map(String::as_str).collect();
        match names.as_slice() {
            [] => "none: the module has no variables".to_owned(),
            names => names.join(", "),
        }
    };
    let undeclared = |level: Level, name: &str, span: Span| {
        evaluator.report(Diagnostic {
            level,
            ..Diagnostic::error(
                "variable-undeclared",
                format!("`{name}` is given a value and is not a variable of the module"),
            )
            .at(&evaluator.sources.place(span))
            .allowed(allowed())
            .help("declare it, or leave the value out")
        });
    };
    for (name, (span, _)) in evaluator.given {
        if !root.variables.contains_key(name) {
            undeclared(Level::Error, name, *span);
        }
    }
    for given in &root.given {
        if !root.variables.contains_key(&given.name) {
            undeclared(Level::Warning, &given.name, given.name_span);
        }
    }
    for module in evaluator.modules {
        for (name, call) in &module.calls {
            let Some(called) = call.module.map(|number| &evaluator.modules[number]) else {
                continue;
            };
            let wrong = |message: String, span: Span, help: String| {
                evaluator.report(
                    Diagnostic::error("terraform-module-input", message)
                        .at(&evaluator.sources.place(span))
                        .allowed("the variables that the module declares, those without a default always")
                        .help(help),
                );
            };
            for (variable, block) in &called.variables {
                let given = call.block.body.attribute(variable).is_some();
                if !given && block.body.attribute("default").is_none() {
                    wrong(
                        format!("module `{name}` needs `{variable}`"),
                        call.block.head,
                        format!("give `{variable}`, or a default for it in the module"),
                    );
                }
            }
            for argument in call.block.body.attributes() {
                let known = CALL.contains(&argument.name.as_str())
                    || called.variables.contains_key(&argument.name);
                if !known {
                    wrong(
                        format!("module `{name}` has no variable `{}`", argument.name),
                        argument.name_span,
                        "leave it out, or declare it in the module".to_owned(),
                    );
                }
            }
        }
    }
}

struct Checker<'t, 'e> {
    evaluator: &'e Evaluator<'t>,
    module: &'t Module,
    /// What may need something else, by its address.
    numbers: HashMap<String, usize>,
    names: Vec<String>,
    needs: Vec<Vec<(usize, Span)>>,
    /// What the expression that is looked at belongs to.
    owner: Option<usize>,
    /// The names that expressions introduce themselves.
    bound: Vec<&'t str>,
}

impl<'t> Checker<'t, '_> {
    fn module(&mut self) {
        let module = self.module;
        for (name, local) in &module.locals {
            self.owner = Some(self.number(format!("local.{name}")));
            self.expr(&local.value);
        }
        for resource in &module.resources {
            self.owner = Some(self.number(format!("{}.{}", resource.of, resource.name)));
            self.body(&resource.block.body, &["provider"]);
        }
        for (of, names) in &module.data {
            for (name, block) in names {
                self.owner = Some(self.number(format!("data.{of}.{name}")));
                self.body(&block.body, &["provider"]);
            }
        }
        self.owner = None;
        for block in module.outputs.values().chain(&module.providers) {
            self.body(&block.body, &[]);
        }
        for call in module.calls.values() {
            self.body(&call.block.body, &["providers"]);
        }
    }

    fn number(&mut self, name: String) -> usize {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.names.len();
        self.names.push(name.clone());
        self.needs.push(Vec::new());
        self.numbers.insert(name, number);
        number
    }

    fn body(&mut self, body: &'t Body, without: &[&str]) {
        for item in &body.items {
            match item {
                Item::Attribute(attribute) => {
                    if !without.contains(&attribute.name.as_str()) {
                        self.expr(&attribute.value);
                    }
                }
                Item::Block(block) if block.kind == "lifecycle" => {
                    self.body(&block.body, &["ignore_changes"]);
                }
                // what runs after a resource is made may name it
                Item::Block(block)
                    if matches!(block.kind.as_str(), "provisioner" | "connection") =>
                {
                    let owner = self.owner.take();
                    self.body(&block.body, &[]);
                    self.owner = owner;
                }
                Item::Block(block) if block.kind == "dynamic" => {
                    let named = block.body.attribute("iterator");
                    let iterator = match named.map(|name| &name.value.kind) {
                        Some(ExprKind::Name(name) | ExprKind::Text(name)) => Some(name.as_str()),
                        _ => block.labels.first().map(String::as_str),
                    };
                    let each = block.body.attributes();
                    for attribute in each.filter(|attribute| attribute.name != "iterator") {
                        self.expr(&attribute.value);
                    }
                    self.bound.extend(iterator);
                    for inner in block.body.blocks() {
                        self.body(&inner.body, &[]);
                    }
                    self.bound
                        .truncate(self.bound.len() - usize::from(iterator.is_some()));
                }
                Item::Block(block) => self.body(&block.body, &[]),
            }
        }
    }

    fn expr(&mut self, expr: &'t Expr) {
        match &expr.kind {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Text(_) => {}
            ExprKind::Template(pieces) => self.pieces(pieces),
            ExprKind::List(items) => items.iter().for_each(|item| self.expr(item)),
            ExprKind::Object(members) => {
                for (name, value) in members {
                    self.expr(name);
                    self.expr(value);
                }
            }
            ExprKind::Name(name) => self.reference(name, &[], expr.span),
            ExprKind::Traverse(root, steps) => {
                match &root.kind {
                    ExprKind::Name(name) => self.reference(name, steps, expr.span),
                    _ => self.expr(root),
                }
                for step in steps {
                    if let Step::Index(index) = step {
                        self.expr(index);
                    }
                }
            }
            ExprKind::Conditional(parts) => parts.iter().for_each(|part| self.expr(part)),
            ExprKind::Call(call) => call.arguments.iter().for_each(|item| self.expr(item)),
            ExprKind::Unary(_, inner) => self.expr(inner),
            ExprKind::Binary(_, sides) => sides.iter().for_each(|side| self.expr(side)),
            ExprKind::For(each) => {
                self.expr(&each.collection);
                let bound = self.bound.len();
                self.bound.extend(each.key.as_deref());
                self.bound.push(&each.value);
                self.expr(&each.value_of);
                for more in [&each.key_of, &each.condition].into_iter().flatten() {
                    self.expr(more);
                }
                self.bound.truncate(bound);
            }
        }
    }

    fn pieces(&mut self, pieces: &'t [Piece]) {
        for piece in pieces {
            match piece {
                Piece::Literal(_) => {}
                Piece::Value(value) => self.expr(value),
                Piece::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.expr(condition);
                    self.pieces(then);
                    self.pieces(otherwise);
                }
                Piece::For {
                    key,
                    value,
                    collection,
                    body,
                } => {
                    self.expr(collection);
                    let bound = self.bound.len();
                    self.bound.extend(key.as_deref());
                    self.bound.push(value);
                    self.pieces(body);
                    self.bound.truncate(bound);
                }
            }
        }
    }

    fn reference(&mut self, root: &'t str, steps: &'t [Step], span: Span) {
        if self.bound.contains(&root) {
            return;
        }
        let module = self.module;
        let attribute = |at: usize| match steps.get(at) {
            Some(Step::Attribute(name)) => Some(name.as_str()),
            Some(Step::Index(index)) => index.text(),
            _ => None,
        };
        match (root, attribute(0), attribute(1)) {
            ("path" | "terraform" | "self" | "count" | "each", ..) => {}
            ("var", Some(name), _) => {
                if !module.variables.contains_key(name) {
                    self.unknown(&format!("variable `{name}`"), "variable", span);
                }
            }
            ("local", Some(name), _) => {
                if module.locals.contains_key(name) {
                    self.needs(format!("local.{name}"), span);
                } else {
                    self.unknown(&format!("local value `{name}`"), "local", span);
                }
            }
            ("module", Some(name), _) => match module.calls.get(name) {
                None => self.unknown(&format!("module `{name}`"), "module", span),
                Some(call) => {
                    let mut after = steps[1..].iter();
                    let output = after.find_map(|step| match step {
                        Step::Attribute(name) => Some(name),
                        _ => None,
                    });
                    if let (Some(number), Some(output)) = (call.module, output)
                        && !self.evaluator.modules[number].outputs.contains_key(output)
                    {
                        let what = format!("output `{output}` of module `{name}`");
                        self.unknown(&what, "output", span);
                    }
                }
            },
            ("data" | "ephemeral", Some(of), Some(name)) => {
                let of = if root == "data" {
                    of.to_owned()
                } else {
                    format!("ephemeral.{of}")
                };
                let known = module
                    .data
                    .get(&of)
                    .is_some_and(|all| all.contains_key(name));
                if known {
                    self.needs(format!("data.{of}.{name}"), span);
                } else {
                    self.unknown(&format!("data source `{of}.{name}`"), "data source", span);
                }
            }
            (of, Some(name), _) => {
                if module.resource(of, name).is_some() {
                    self.needs(format!("{of}.{name}"), span);
                } else {
                    self.unknown(&format!("resource `{of}.{name}`"), "resource", span);
                }
            }
            (name, ..) => self.unknown(&format!("`{name}`"), "name", span),
        }
    }

    fn needs(&mut self, name: String, span: Span) {
        if let Some(owner) = self.owner {
            let number = self.number(name);
            self.needs[owner].push((number, span));
        }
    }

    fn unknown(&self, what: &str, kind: &str, span: Span) {
        self.evaluator.report(
            Diagnostic::error("reference-unknown", format!("{what} is not declared"))
                .at(&self.evaluator.sources.place(span))
                .allowed("what the files of this module declare")
                .help(format!("declare the {kind}, or correct the name")),
        );
    }

    /// Goes along all references; reports each round once.
    fn cycles(&self) -> bool {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut states = vec![State::New; self.names.len()];
        let mut reported = vec![false; self.names.len()];
        let mut any = false;
        for start in 0..self.names.len() {
            if states[start] != State::New {
                continue;
            }
            states[start] = State::Open;
            // where it is, and how many of its references have been followed
            let mut path = vec![(start, 0)];
            while let Some((here, followed)) = path.last_mut() {
                let here = *here;
                let Some((next, span)) = self.needs[here].get(*followed).copied() else {
                    states[here] = State::Done;
                    path.pop();
                    continue;
                };
                *followed += 1;
                match states[next] {
                    State::New => {
                        states[next] = State::Open;
                        path.push((next, 0));
                    }
                    State::Open => {
                        any = true;
                        let from = path.iter().position(|(number, _)| *number == next);
                        let round = path[from.unwrap_or_default()..].iter();
                        let round: Vec<usize> = round.map(|(number, _)| *number).collect();
                        if !round.iter().all(|number| reported[*number]) {
                            self.report(&round, span);
                        }
                        for number in round {
                            reported[number] = true;
                        }
                    }
                    State::Done => {}
                }
            }
        }
        any
    }

    fn report(&self, round: &[usize], span: Span) {
        let mut names: Vec<&str> = round
            .iter()
            .take(5)
            .map(|number| self.names[*number].as_str())
            .collect();
        let message = match names.as_slice() {
            [only] => format!("`{only}` refers to itself"),
            _ => {
                if round.len() > names.len() {
                    names.push("…");
                }
                let first = names[0];
                format!("references go round: {} → {first}", names.join(" → "))
            }
        };
        self.evaluator.report(
            Diagnostic::error("reference-cycle", message)
                .at(&self.evaluator.sources.place(span))
                .allowed("references in one direction")
                .help("leave one of the references out"),
        );
    }
}
