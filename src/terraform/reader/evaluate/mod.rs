//! What expressions come to, as far as it can be known. Everything is evaluated when it is
//! first asked for, and once.

mod names;
mod text;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::function;
use super::module::{Call, Module, Resource};
use super::source::{Sources, Span};
use super::syntax::{Binary, Block, Expr, ExprKind, For, Piece, Step, Unary};
use super::types::Type;
use super::value::{AttributeRef, Data, Inputs, Key, Member, Members, Part, Repeat, Val};
use crate::diagnostic::Diagnostic;
use crate::graph::{Secret, SecretStore};

pub(super) use text::{TextBuilder, text_of};

/// How many steps one module may take: thousands of times what real ones do.
const STEPS: u64 = 500_000;
/// How deep values may be inside each other, with references followed.
const DEPTH: u32 = 220;
/// How long a computed text may be.
pub(super) const LONGEST: usize = 1 << 16;
/// How many of one resource or module are looked at one by one.
pub(super) const MOST: usize = 1000;

/// Evaluates the expressions of modules.
#[derive(Debug)]
pub(super) struct Evaluator<'t> {
    pub sources: &'t Sources,
    pub modules: &'t [Module],
    /// The values that were given for variables of the root, and where.
    pub given: &'t BTreeMap<String, (Span, serde_json::Value)>,
    pub diagnostics: RefCell<Vec<Diagnostic>>,
    /// The region of the default provider, once it is known.
    pub region: RefCell<Option<String>>,
    /// References that go round have been reported already.
    pub cyclic: Cell<bool>,
    instances: RefCell<Vec<Rc<Instance<'t>>>>,
    steps: Cell<u64>,
    depth: Cell<u32>,
    /// Where it was when the steps were used up.
    pub exhausted: Cell<Option<Span>>,
}

/// A module, as one call of it.
#[derive(Debug)]
pub(super) struct Instance<'t> {
    pub number: u32,
    pub module: &'t Module,
    pub module_number: usize,
    /// `module.cache["a"]`; empty at the root.
    pub path: String,
    pub caller: Option<Caller<'t>>,
    memo: RefCell<HashMap<Memo<'t>, Option<Val>>>,
    repeats: RefCell<HashMap<*const Block, Option<Repeats>>>,
    calls: RefCell<HashMap<&'t str, Option<Val>>>,
}

#[derive(Debug)]
pub(super) struct Caller<'t> {
    pub instance: u32,
    pub call: &'t Call,
    pub repeat: Repeat,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Memo<'t> {
    Variable(&'t str),
    Local(&'t str),
    Output(&'t str),
    Attribute(usize, Key, String),
}

/// How often a block stands.
#[derive(Clone, Debug)]
pub(super) enum Repeats {
    Once,
    Count(usize),
    Each(Rc<[(Rc<str>, Val)]>),
    Unknown,
}

impl Repeats {
    /// One after the other; the one that stands for all where nobody knows how many there are.
    pub fn all(&self) -> Vec<Repeat> {
        match self {
            Self::Once => vec![Repeat::Once],
            Self::Unknown => vec![Repeat::Unknown],
            Self::Count(count) => (0..*count).map(Repeat::Count).collect(),
            Self::Each(each) => each
                .iter()
                .map(|(key, value)| Repeat::Each(key.clone(), value.clone()))
                .collect(),
        }
    }
}

/// What names mean where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Scope<'t, 's> {
    pub instance: &'s Rc<Instance<'t>>,
    pub repeat: &'s Repeat,
    pub frame: Option<&'s Frame<'s>>,
}

/// A name that an expression itself introduces.
#[derive(Clone)]
pub(super) struct Frame<'s> {
    pub name: &'s str,
    pub value: Val,
    pub next: Option<&'s Frame<'s>>,
}

impl<'t> Evaluator<'t> {
    pub fn new(
        sources: &'t Sources,
        modules: &'t [Module],
        given: &'t BTreeMap<String, (Span, serde_json::Value)>,
    ) -> Self {
        Self {
            sources,
            modules,
            given,
            diagnostics: RefCell::default(),
            region: RefCell::default(),
            cyclic: Cell::new(false),
            instances: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
            exhausted: Cell::new(None),
        }
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Makes a module an instance.
    pub fn instantiate(
        &self,
        module: usize,
        path: String,
        caller: Option<Caller<'t>>,
    ) -> Rc<Instance<'t>> {
        let mut instances = self.instances.borrow_mut();
        let instance = Rc::new(Instance {
            number: instances.len() as u32,
            module: &self.modules[module],
            module_number: module,
            path,
            caller,
            memo: RefCell::default(),
            repeats: RefCell::default(),
            calls: RefCell::default(),
        });
        instances.push(instance.clone());
        instance
    }

    pub fn instance(&self, number: u32) -> Rc<Instance<'t>> {
        self.instances.borrow()[number as usize].clone()
    }

    /// Whether there is anything left to spend; notes where there wasn't.
    pub fn spend(&self, steps: u64, span: Span) -> bool {
        let spent = self.steps.get().saturating_add(steps);
        self.steps.set(spent);
        if spent > STEPS && self.exhausted.get().is_none() {
            self.exhausted.set(Some(span));
        }
        spent <= STEPS
    }

    /// What an expression comes to.
    pub fn eval(&self, expr: &'t Expr, scope: Scope<'t, '_>) -> Val {
        let depth = self.depth.get();
        if depth >= DEPTH || !self.spend(1, expr.span) {
            return Val::unknown(expr.span);
        }
        self.depth.set(depth + 1);
        let value = self.kind(expr, scope);
        self.depth.set(depth);
        value
    }

    fn kind(&self, expr: &'t Expr, scope: Scope<'t, '_>) -> Val {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Null => Val::new(Data::Null, span),
            ExprKind::Bool(value) => Val::new(Data::Bool(*value), span),
            ExprKind::Number(number) => Val::new(Data::Number(*number), span),
            ExprKind::Text(text) => Val::new(Data::text(text.as_str()), span),
            ExprKind::Template(pieces) => self.template(pieces, span, scope),
            ExprKind::List(items) => {
                let items: Rc<[_]> = items.iter().map(|item| self.eval(item, scope)).collect();
                if items.iter().any(Val::is_failed) {
                    return Val::new(Data::Failed, span);
                }
                let is_several = items.iter().any(|item| self.is_several(item));
                let list = list(items, span);
                if is_several {
                    // as it was written before Terraform 0.12: nobody knows how many there are
                    return Val::unknown(span).with(&list.inputs);
                }
                list
            }
            ExprKind::Object(members) => self.object(members, span, scope),
            ExprKind::Name(_) => self.traverse(expr, &[], span, scope),
            ExprKind::Traverse(root, steps) => self.traverse(root, steps, span, scope),
            ExprKind::Conditional(parts) => self.conditional(parts, span, scope),
            ExprKind::Call(call) => function::call(self, call, span, scope),
            ExprKind::Unary(operator, inner) => self.unary(*operator, inner, span, scope),
            ExprKind::Binary(operator, sides) => self.binary(*operator, sides, span, scope),
            ExprKind::For(each) => self.each(each, span, scope),
        }
    }

    /// A variable that nothing is given for, and that holds a list.
    fn is_several(&self, item: &Val) -> bool {
        let Data::Input(name) = &item.data else {
            return false;
        };
        let root = self.modules.first();
        let block = root.and_then(|root| root.variables.get(&**name));
        let of = block.and_then(|block| block.body.attribute("type"));
        of.is_some_and(|of| matches!(Type::of(&of.value), Type::List(_) | Type::Set(_)))
    }

    fn object(&self, members: &'t [(Expr, Expr)], span: Span, scope: Scope<'t, '_>) -> Val {
        let mut object = Members::new();
        let mut inputs = Inputs::default();
        for (key, value) in members {
            let name = self.known(self.eval(key, scope));
            inputs = inputs.and(&name.inputs);
            let Some(name) = name.data.as_text() else {
                return Val::unknown(span).with(&inputs);
            };
            let value = self.eval(value, scope);
            inputs = inputs.and(&value.inputs);
            if value.is_failed() {
                return value.with(&inputs);
            }
            object.insert(
                name,
                Member {
                    name: key.span,
                    value,
                },
            );
        }
        Val::new(Data::Object(Rc::new(object)), span).with(&inputs)
    }

    fn conditional(&self, parts: &'t [Expr; 3], span: Span, scope: Scope<'t, '_>) -> Val {
        let [condition, then, otherwise] = parts;
        let condition = self.known(self.eval(condition, scope));
        match condition.data.as_bool() {
            Some(true) => self.eval(then, scope).with(&condition.inputs),
            Some(false) => self.eval(otherwise, scope).with(&condition.inputs),
            None => {
                if matches!(condition.data, Data::Failed) {
                    return Val::new(Data::Failed, span);
                }
                let then = self.eval(then, scope);
                let otherwise = self.eval(otherwise, scope);
                let inputs = condition.inputs.and(&then.inputs).and(&otherwise.inputs);
                // the same either way
                if self.equal(&then, &otherwise) == Some(true) {
                    return then.with(&inputs);
                }
                Val::unknown(span).with(&inputs)
            }
        }
    }

    fn unary(&self, operator: Unary, inner: &'t Expr, span: Span, scope: Scope<'t, '_>) -> Val {
        let inner = self.known(self.eval(inner, scope));
        let data = match operator {
            Unary::Minus => inner.data.as_number().map(|number| Data::Number(-number)),
            Unary::Not => inner.data.as_bool().map(|value| Data::Bool(!value)),
        };
        Val::new(data.unwrap_or_else(|| undecided(&[&inner])), span).with(&inner.inputs)
    }

    fn binary(
        &self,
        operator: Binary,
        sides: &'t [Expr; 2],
        span: Span,
        scope: Scope<'t, '_>,
    ) -> Val {
        let left = self.known(self.eval(&sides[0], scope));
        // what decides by itself
        if let (Binary::And, Some(false)) | (Binary::Or, Some(true)) =
            (operator, left.data.as_bool())
        {
            return Val::new(Data::Bool(operator == Binary::Or), span).with(&left.inputs);
        }
        let right = self.known(self.eval(&sides[1], scope));
        let inputs = left.inputs.and(&right.inputs);
        let data = match operator {
            Binary::Equal => self.equal(&left, &right).map(Data::Bool),
            Binary::NotEqual => self.equal(&left, &right).map(|same| Data::Bool(!same)),
            Binary::And | Binary::Or => match (left.data.as_bool(), right.data.as_bool()) {
                (Some(_), Some(right)) => Some(Data::Bool(right)),
                (None, Some(right)) if right == (operator == Binary::Or) => Some(Data::Bool(right)),
                _ => None,
            },
            _ => match (left.data.as_number(), right.data.as_number()) {
                (Some(left), Some(right)) => Some(arithmetic(operator, left, right)),
                _ => None,
            },
        };
        Val::new(data.unwrap_or_else(|| undecided(&[&left, &right])), span).with(&inputs)
    }

    /// Whether two values are the same, where that can be known.
    pub fn equal(&self, left: &Val, right: &Val) -> Option<bool> {
        let depth = self.depth.get();
        if depth >= DEPTH || !self.spend(1, left.span) {
            return None;
        }
        self.depth.set(depth + 1);
        let same = self.same(&self.known(left.clone()), &self.known(right.clone()));
        self.depth.set(depth);
        same
    }

    fn same(&self, left: &Val, right: &Val) -> Option<bool> {
        use Data::{Bool, List, Null, Number, Object, Parts, Set, Text};
        match (&left.data, &right.data) {
            (Null, Null) => Some(true),
            (Bool(left), Bool(right)) => Some(left == right),
            (Number(left), Number(right)) => Some(left == right),
            (Text(left), Text(right)) => Some(left == right),
            (Parts(parts), Text(text)) | (Text(text), Parts(parts)) => {
                differs(parts, text).then_some(false)
            }
            (List(left) | Set(left), List(right) | Set(right)) => {
                if left.len() != right.len() {
                    return Some(false);
                }
                if left.is_empty() {
                    // an empty list of texts isn't the same as `[]`, which has no type
                    return None;
                }
                let pairs = left.iter().zip(right.iter());
                all(pairs.map(|(left, right)| self.equal(left, right)))
            }
            (Object(left), Object(right)) => {
                if !left.keys().eq(right.keys()) {
                    return Some(false);
                }
                if left.is_empty() {
                    return None;
                }
                let pairs = left.values().zip(right.values());
                all(pairs.map(|(left, right)| self.equal(&left.value, &right.value)))
            }
            // a module or a resource itself, and what isn't known
            (left, right) => (is_plain(left) && is_plain(right)).then_some(false),
        }
    }

    fn template(&self, pieces: &'t [Piece], span: Span, scope: Scope<'t, '_>) -> Val {
        // `"${x}"` is `x`
        if let [Piece::Value(value)] = pieces {
            return self.eval(value, scope);
        }
        let mut text = TextBuilder::default();
        self.pieces(pieces, scope, &mut text);
        text.finish(span)
    }

    fn pieces(&self, pieces: &'t [Piece], scope: Scope<'t, '_>, text: &mut TextBuilder) {
        for piece in pieces {
            if text.failed {
                return;
            }
            match piece {
                Piece::Literal(literal) => text.literal(literal),
                Piece::Value(value) => {
                    let value = self.known(self.eval(value, scope));
                    self.spend(text.length as u64 / 16, value.span);
                    text.value(&value);
                }
                Piece::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    let condition = self.known(self.eval(condition, scope));
                    text.inputs = text.inputs.and(&condition.inputs);
                    match condition.data.as_bool() {
                        Some(true) => self.pieces(then, scope, text),
                        Some(false) => self.pieces(otherwise, scope, text),
                        None if condition.is_failed() => text.failed = true,
                        None => text.push(Part::Unknown),
                    }
                }
                Piece::For {
                    key,
                    value,
                    collection,
                    body,
                } => {
                    let collection = self.known(self.eval(collection, scope));
                    text.inputs = text.inputs.and(&collection.inputs);
                    let Some(pairs) = self.pairs(&collection) else {
                        text.push(Part::Unknown);
                        continue;
                    };
                    for (index, item) in pairs {
                        if !self.spend(1, item.span) {
                            return;
                        }
                        with(scope, key.as_deref(), index, value, item, |scope| {
                            self.pieces(body, scope, text);
                        });
                    }
                }
            }
        }
    }

    /// What a loop goes through.
    fn pairs(&self, collection: &Val) -> Option<Vec<(Val, Val)>> {
        let span = collection.span;
        match &collection.data {
            Data::List(items) => Some(
                items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (Val::new(Data::Number(at as f64), span), item.clone()))
                    .collect(),
            ),
            Data::Set(items) => Some(
                items
                    .iter()
                    .map(|item| (item.clone(), item.clone()))
                    .collect(),
            ),
            Data::Object(members) => Some(
                members
                    .iter()
                    .map(|(name, member)| {
                        let name = Val::new(Data::Text(name.clone()), member.name);
                        (name, member.value.clone())
                    })
                    .collect(),
            ),
            _ => None,
        }
    }

    fn each(&self, each: &'t For, span: Span, scope: Scope<'t, '_>) -> Val {
        let collection = self.known(self.eval(&each.collection, scope));
        let mut inputs = collection.inputs.clone();
        let Some(pairs) = self.pairs(&collection) else {
            return Val::new(undecided(&[&collection]), span).with(&inputs);
        };
        let mut items = Vec::new();
        let mut object = Members::new();
        let mut groups: BTreeMap<Rc<str>, (Span, Vec<Val>)> = BTreeMap::new();
        let mut known = true;
        for (index, item) in pairs {
            if !self.spend(1, span) {
                return Val::unknown(span);
            }
            with(
                scope,
                each.key.as_deref(),
                index,
                &each.value,
                item,
                |scope| {
                    if let Some(condition) = &each.condition {
                        let condition = self.known(self.eval(condition, scope));
                        inputs = inputs.and(&condition.inputs);
                        match condition.data.as_bool() {
                            Some(true) => {}
                            Some(false) => return,
                            None => known = false,
                        }
                    }
                    let value = self.eval(&each.value_of, scope);
                    inputs = inputs.and(&value.inputs);
                    let Some(key) = &each.key_of else {
                        items.push(value);
                        return;
                    };
                    let name = self.known(self.eval(key, scope));
                    inputs = inputs.and(&name.inputs);
                    match name.data.as_text() {
                        None => known = false,
                        Some(text) if each.groups => {
                            let group = groups.entry(text).or_insert((name.span, Vec::new()));
                            group.1.push(value);
                        }
                        Some(text) => {
                            let name = name.span;
                            object.insert(text, Member { name, value });
                        }
                    }
                },
            );
        }
        if !known {
            return Val::unknown(span).with(&inputs);
        }
        let data = if each.key_of.is_none() {
            Data::List(items.into())
        } else if each.groups {
            let groups = groups.into_iter().map(|(key, (name, values))| {
                let value = list(values.into(), name);
                (key, Member { name, value })
            });
            Data::Object(Rc::new(groups.collect()))
        } else {
            Data::Object(Rc::new(object))
        };
        Val::new(data, span).with(&inputs)
    }

    fn traverse(&self, root: &'t Expr, steps: &'t [Step], span: Span, scope: Scope<'t, '_>) -> Val {
        let ExprKind::Name(name) = &root.kind else {
            let value = self.eval(root, scope);
            return self.steps(value, steps, span, scope);
        };
        let mut frame = scope.frame;
        while let Some(here) = frame {
            if here.name == name {
                return self.steps(here.value.clone(), steps, span, scope);
            }
            frame = here.next;
        }
        let (value, taken) = self.root(name, steps, span, scope);
        self.steps(value, &steps[taken.min(steps.len())..], span, scope)
    }

    /// What the beginning of a reference means, and how many steps that took.
    fn root(
        &self,
        name: &'t str,
        steps: &'t [Step],
        span: Span,
        scope: Scope<'t, '_>,
    ) -> (Val, usize) {
        let attribute = |at: usize| match steps.get(at) {
            Some(Step::Attribute(name)) => Some(name.as_str()),
            Some(Step::Index(index)) => index.text(),
            _ => None,
        };
        let unknown = (Val::unknown(span), steps.len());
        let instance = scope.instance;
        match (name, attribute(0), attribute(1)) {
            ("var", Some(name), _) => (self.variable(instance, name, span), 1),
            ("local", Some(name), _) => (self.local(instance, name, span), 1),
            ("module", Some(name), _) => (self.call(instance, name, span), 1),
            ("count", Some("index"), _) => match scope.repeat {
                Repeat::Count(index) => (Val::new(Data::Number(*index as f64), span), 1),
                _ => unknown,
            },
            ("each", Some("key"), _) => match scope.repeat {
                Repeat::Each(key, value) => {
                    let key = Val::new(Data::Text(key.clone()), span);
                    (key.with(&value.inputs), 1)
                }
                _ => unknown,
            },
            ("each", Some("value"), _) => match scope.repeat {
                Repeat::Each(_, value) => (value.clone(), 1),
                _ => unknown,
            },
            ("data", Some(of), Some(name)) => self.data(instance, of, name, &steps[2..], span),
            ("ephemeral", Some(of), Some(name)) => {
                let of = format!("ephemeral.{of}");
                self.data(instance, &of, name, &steps[2..], span)
            }
            ("path" | "terraform" | "self" | "count" | "each", ..) => unknown,
            (of, Some(name), _) => match instance.module.resource(of, name) {
                Some(resource) => (self.resource(instance, resource, span), 1),
                None => unknown,
            },
            _ => unknown,
        }
    }

    /// What steps take out of a value.
    fn steps(&self, mut value: Val, steps: &'t [Step], span: Span, scope: Scope<'t, '_>) -> Val {
        for (at, step) in steps.iter().enumerate() {
            if !self.spend(1, span) {
                return Val::unknown(span);
            }
            let inputs = value.inputs.clone();
            value = match step {
                Step::Attribute(name) => self.member(value, name, span),
                Step::Index(index) => {
                    let index = self.known(self.eval(index, scope));
                    self.index(value, &index, span)
                }
                Step::AttributeSplat => {
                    let rest = &steps[at + 1..];
                    let is_attribute = |step: &Step| matches!(step, Step::Attribute(_));
                    let own = rest.iter().take_while(|step| is_attribute(step)).count();
                    let all = self.splat(value, &rest[..own], span, scope).with(&inputs);
                    return self.steps(all, &rest[own..], span, scope);
                }
                Step::Splat => {
                    let all = self.splat(value, &steps[at + 1..], span, scope);
                    return all.with(&inputs);
                }
            }
            .with(&inputs);
        }
        value
    }

    fn splat(&self, value: Val, steps: &'t [Step], span: Span, scope: Scope<'t, '_>) -> Val {
        let value = self.known(value);
        let inputs = value.inputs.clone();
        let count = value.data.items().map_or(1, |items| items.len());
        if !self.spend(count as u64, span) {
            return Val::unknown(span);
        }
        let items: Rc<[Val]> = match &value.data {
            Data::List(items) | Data::Set(items) => items
                .iter()
                .map(|item| self.steps(item.clone(), steps, span, scope))
                .collect(),
            Data::Null => Rc::from([]),
            Data::Nodes(_) | Data::Modules(_) | Data::Unknown | Data::Input(_) => {
                return Val::unknown(span).with(&inputs);
            }
            Data::Failed => return Val::new(Data::Failed, span),
            _ => Rc::from([self.steps(value, steps, span, scope)]),
        };
        Val::new(Data::List(items), span).with(&inputs)
    }

    /// A named part of a value.
    pub fn member(&self, value: Val, name: &str, span: Span) -> Val {
        let data = match &value.data {
            Data::Object(members) => match members.get(name) {
                Some(member) => return member.value.clone(),
                None => Data::Failed,
            },
            Data::Node(node) | Data::Nodes(node) => Data::Attribute(Rc::new(AttributeRef {
                node: node.clone(),
                path: name.to_owned(),
            })),
            Data::Attribute(attribute) => {
                let known = self.known(value.clone());
                if is_plain(&known.data) {
                    return self.member(known, name, span);
                }
                deeper(attribute, &format!(".{name}"))
            }
            Data::Module(number) => return self.output(*number, name, span),
            Data::Secret(secret) => match &secret.store {
                SecretStore::SecretsManager {
                    secret: id,
                    json_key: None,
                    stage,
                } => Data::Secret(Rc::new(Secret {
                    store: SecretStore::SecretsManager {
                        secret: id.clone(),
                        json_key: Some(name.to_owned()),
                        stage: stage.clone(),
                    },
                    ..(**secret).clone()
                })),
                _ => Data::Unknown,
            },
            Data::Unknown | Data::Input(_) | Data::Modules(_) => Data::Unknown,
            _ => Data::Failed,
        };
        Val::new(data, span)
    }

    /// What stands at an index of a value.
    pub fn index(&self, value: Val, index: &Val, span: Span) -> Val {
        let inputs = &index.inputs;
        let data = match (&value.data, &index.data) {
            (_, Data::Failed) => Data::Failed,
            (Data::List(items) | Data::Set(items), at) => match at.as_number() {
                Some(number) => match items.get(number as usize) {
                    Some(item) if number >= 0.0 => return item.clone().with(inputs),
                    _ => Data::Failed,
                },
                None => undecided(&[index]),
            },
            (Data::Nodes(node), _) => Data::Node(node.clone()),
            (Data::Modules(number), _) => Data::Module(*number),
            (Data::Attribute(attribute), at) => {
                let known = self.known(value.clone());
                if is_plain(&known.data) {
                    return self.index(known, index, span);
                }
                match at {
                    Data::Number(number) => deeper(attribute, &format!("[{number}]")),
                    _ => Data::Unknown,
                }
            }
            (Data::Unknown | Data::Input(_), _) => Data::Unknown,
            (_, at) => match at.as_text() {
                Some(name) => return self.member(value, &name, span).with(inputs),
                None => undecided(&[index]),
            },
        };
        Val::new(data, span).with(inputs)
    }

    /// What a module itself says of a resource's attribute, instead of a reference to it.
    pub fn known(&self, mut value: Val) -> Val {
        for _ in 0..16 {
            let Data::Attribute(attribute) = &value.data else {
                return value;
            };
            let Some(known) = self.configured(attribute) else {
                break;
            };
            value = known.with(&value.inputs);
        }
        value
    }

    fn configured(&self, attribute: &AttributeRef) -> Option<Val> {
        let node = &attribute.node;
        let instance = self.instance(node.instance);
        let resource = &instance.module.resources[node.resource];
        let name = match (attribute.path.as_str(), identity(&resource.of)) {
            ("id", Some(name)) => name,
            (name, _) => name,
        };
        let value = &resource.block.body.attribute(name)?.value;
        let memo = Memo::Attribute(node.resource, node.repeat.key(), name.to_owned());
        let value = self.once(&instance, memo, value.span, || {
            let scope = Scope {
                instance: &instance,
                repeat: &node.repeat,
                frame: None,
            };
            self.eval(value, scope)
        });
        let is_known = !matches!(value.data, Data::Null | Data::Unknown | Data::Failed);
        is_known.then_some(value)
    }
}

/// Names what a loop stands at, for as long as it stands there.
fn with<'t, 's>(
    scope: Scope<'t, 's>,
    key: Option<&'s str>,
    index: Val,
    name: &'s str,
    value: Val,
    run: impl FnOnce(Scope<'t, '_>),
) {
    let outer = Frame {
        name: key.unwrap_or_default(),
        value: index,
        next: scope.frame,
    };
    let inner = Frame {
        name,
        value,
        next: if key.is_some() {
            Some(&outer)
        } else {
            scope.frame
        },
    };
    run(Scope {
        frame: Some(&inner),
        ..scope
    });
}

fn list(items: Rc<[Val]>, span: Span) -> Val {
    let inputs = items
        .iter()
        .fold(Inputs::default(), |all, item| all.and(&item.inputs));
    Val::new(Data::List(items), span).with(&inputs)
}

/// What can't be computed: unknown, or an error where everything is known.
pub(super) fn undecided(values: &[&Val]) -> Data {
    let unknown = |value: &&Val| !is_plain(&value.data);
    let failed = |value: &&Val| matches!(value.data, Data::Failed);
    if !values.iter().any(failed) && values.iter().any(unknown) {
        Data::Unknown
    } else {
        Data::Failed
    }
}

/// A value whose own kind and size are known.
pub(super) fn is_plain(data: &Data) -> bool {
    matches!(
        data,
        Data::Null
            | Data::Bool(_)
            | Data::Number(_)
            | Data::Text(_)
            | Data::Parts(_)
            | Data::List(_)
            | Data::Set(_)
            | Data::Object(_)
    )
}

/// A text that isn't known in full can't be that one.
fn differs(parts: &[Part], text: &str) -> bool {
    let first = match parts.first() {
        Some(Part::Literal(first)) => text.starts_with(&**first),
        _ => true,
    };
    let last = match parts.last() {
        Some(Part::Literal(last)) => text.ends_with(&**last),
        _ => true,
    };
    !first || !last
}

/// Whether all are so; unknown where one that might not be isn't known.
fn all(each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for one in each {
        match one {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

fn arithmetic(operator: Binary, left: f64, right: f64) -> Data {
    let number = match operator {
        Binary::Less => return Data::Bool(left < right),
        Binary::LessOrEqual => return Data::Bool(left <= right),
        Binary::Greater => return Data::Bool(left > right),
        Binary::GreaterOrEqual => return Data::Bool(left >= right),
        Binary::Plus => left + right,
        Binary::Minus => left - right,
        Binary::Times => left * right,
        Binary::Divide => left / right,
        Binary::Modulo => left % right,
        Binary::Equal | Binary::NotEqual | Binary::And | Binary::Or => return Data::Failed,
    };
    if number.is_finite() {
        Data::Number(number)
    } else {
        Data::Failed
    }
}

fn deeper(attribute: &AttributeRef, step: &str) -> Data {
    if attribute.path.len() > 256 {
        return Data::Unknown;
    }
    Data::Attribute(Rc::new(AttributeRef {
        node: attribute.node.clone(),
        path: format!("{}{step}", attribute.path),
    }))
}

/// The argument that a resource's `id` is the same as.
fn identity(of: &str) -> Option<&'static str> {
    Some(match of {
        "aws_elasticache_replication_group" => "replication_group_id",
        "aws_elasticache_cluster" => "cluster_id",
        "aws_elasticache_subnet_group"
        | "aws_elasticache_parameter_group"
        | "aws_elasticache_serverless_cache"
        | "aws_cloudwatch_log_group" => "name",
        "aws_elasticache_user" => "user_id",
        "aws_elasticache_user_group" => "user_group_id",
        "aws_cloudwatch_metric_alarm" => "alarm_name",
        _ => return None,
    })
}

/// A value that was given in another way than in a file of the module.
pub(super) fn from_json(value: &serde_json::Value, span: Span) -> Val {
    use serde_json::Value;
    let data = match value {
        Value::Null => Data::Null,
        Value::Bool(value) => Data::Bool(*value),
        Value::Number(number) => number.as_f64().map_or(Data::Unknown, Data::Number),
        Value::String(text) => Data::text(text.as_str()),
        Value::Array(items) => Data::List(items.iter().map(|item| from_json(item, span)).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = from_json(value, span);
                (name.as_str().into(), Member { name: span, value })
            });
            Data::Object(Rc::new(members.collect()))
        }
    };
    Val::new(data, span)
}

/// A resource's own name among its module's.
pub(super) fn label(resource: &Resource, key: &Key) -> String {
    format!("{}{key}", resource.name)
}
