//! What the names of a module stand for: variables, locals, outputs, data, resources and calls.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::function;
use super::super::module::Module;
use super::super::source::Span;
use super::super::syntax::{Attribute, Block, ExprKind, Step};
use super::super::types::Type;
use super::super::value::{Data, Inputs, Member, NodeRef, Repeat, Val};
use super::{Caller, Evaluator, Instance, MOST, Memo, Repeats, Scope, from_json, text_of};
use crate::diagnostic::Diagnostic;
use crate::graph::{Part, Secret, SecretStore, Text};
use crate::value::Id;

impl<'t> Evaluator<'t> {
    /// Evaluates something once; something that needs itself is unknown.
    pub(super) fn once(
        &self,
        instance: &Instance<'t>,
        memo: Memo<'t>,
        span: Span,
        evaluate: impl FnOnce() -> Val,
    ) -> Val {
        match instance.memo.borrow().get(&memo) {
            Some(Some(value)) => return value.clone(),
            Some(None) => {
                self.round(span);
                return Val::unknown(span);
            }
            None => {}
        }
        let key = match &memo {
            Memo::Attribute(resource, key, name) => {
                Memo::Attribute(*resource, key.clone(), name.clone())
            }
            Memo::Variable(name) => Memo::Variable(name),
            Memo::Local(name) => Memo::Local(name),
            Memo::Output(name) => Memo::Output(name),
        };
        instance.memo.borrow_mut().insert(key, None);
        let value = evaluate();
        instance.memo.borrow_mut().insert(memo, Some(value.clone()));
        value
    }

    /// References go round, and nobody has said so.
    pub(super) fn round(&self, span: Span) {
        if !self.cyclic.replace(true) {
            self.report(
                Diagnostic::error("reference-cycle", "this value needs itself to be computed")
                    .at(&self.sources.place(span))
                    .help("leave one of the references out"),
            );
        }
    }

    /// The value of a variable, as it is used at `span`.
    pub(super) fn variable(&self, instance: &Rc<Instance<'t>>, name: &'t str, span: Span) -> Val {
        let Some((name, block)) = instance.module.variables.get_key_value(name) else {
            return Val::unknown(span);
        };
        self.once(instance, Memo::Variable(name), span, || {
            self.variable_value(instance, name, block)
        })
    }

    pub(super) fn variable_value(
        &self,
        instance: &Rc<Instance<'t>>,
        name: &'t str,
        block: &'t Block,
    ) -> Val {
        let attribute = |name: &str| block.body.attribute(name);
        let at_rest = Repeat::Once;
        let plain = Scope {
            instance,
            repeat: &at_rest,
            frame: None,
        };
        let default = || attribute("default").map(|default| self.eval(&default.value, plain));
        let said = match &instance.caller {
            Some(caller) => {
                let argument = caller.call.block.body.attribute(name);
                argument.map(|argument| {
                    let calling = self.instance(caller.instance);
                    let scope = Scope {
                        instance: &calling,
                        repeat: &caller.repeat,
                        frame: None,
                    };
                    self.eval(&argument.value, scope)
                })
            }
            None => self.given_value(instance.module, name, plain),
        };
        let is_nullable = attribute("nullable")
            .is_none_or(|nullable| !matches!(nullable.value.kind, ExprKind::Bool(false)));
        let value = match said {
            Some(said) if !said.is_null() || is_nullable => Some(said),
            _ => default(),
        };
        let at_root = instance.caller.is_none();
        let id: Rc<str> = name.into();
        let inputs = if at_root {
            Inputs::of(&id)
        } else {
            Inputs::default()
        };
        let Some(value) = value else {
            let data = if at_root {
                Data::Input(id)
            } else {
                Data::Unknown
            };
            return Val::new(data, block.head).with(&inputs);
        };
        let kind = attribute("type").map_or(Type::Any, |of| Type::of(&of.value));
        self.convert(value, &kind, plain).with(&inputs)
    }

    /// What was given for a variable of the root.
    pub(super) fn given_value(
        &self,
        module: &'t Module,
        name: &str,
        scope: Scope<'t, '_>,
    ) -> Option<Val> {
        if let Some((span, given)) = self.given.get(name) {
            return Some(from_json(given, *span));
        }
        let said = module.given.iter().rev().find(|said| said.name == name)?;
        Some(self.eval(&said.value, scope))
    }

    pub(super) fn local(&self, instance: &Rc<Instance<'t>>, name: &'t str, span: Span) -> Val {
        let Some(local) = instance.module.locals.get(name) else {
            return Val::unknown(span);
        };
        self.once(instance, Memo::Local(name), span, || {
            let scope = Scope {
                instance,
                repeat: &Repeat::Once,
                frame: None,
            };
            self.eval(&local.value, scope)
        })
    }

    pub(super) fn output(&self, number: u32, name: &str, span: Span) -> Val {
        let instance = self.instance(number);
        let module = instance.module;
        let Some((name, output)) = module.outputs.get_key_value(name) else {
            return Val::new(Data::Failed, span);
        };
        let Some(Attribute { value, .. }) = output.body.attribute("value") else {
            return Val::unknown(span);
        };
        self.once(&instance, Memo::Output(name), span, || {
            let scope = Scope {
                instance: &instance,
                repeat: &Repeat::Once,
                frame: None,
            };
            self.eval(value, scope)
        })
    }

    pub(super) fn data(
        &self,
        instance: &Rc<Instance<'t>>,
        of: &str,
        name: &str,
        steps: &'t [Step],
        span: Span,
    ) -> (Val, usize) {
        let unknown = (Val::unknown(span), 2 + steps.len());
        // one of several says the same as the others
        let skipped = usize::from(matches!(steps.first(), Some(Step::Index(_))));
        let (Some(Step::Attribute(attribute)), Some(block)) = (
            steps.get(skipped),
            instance
                .module
                .data
                .get(of)
                .and_then(|names| names.get(name)),
        ) else {
            return unknown;
        };
        let of_secret = of.trim_start_matches("ephemeral.");
        match (of_secret, attribute.as_str()) {
            ("aws_region", "name" | "region" | "id") => match &*self.region.borrow() {
                Some(region) => (Val::new(Data::text(region.as_str()), span), 3 + skipped),
                None => unknown,
            },
            ("aws_secretsmanager_secret_version", "secret_string") => {
                let scope = Scope {
                    instance,
                    repeat: &Repeat::Once,
                    frame: None,
                };
                let text = |name: &str| {
                    let attribute = block.body.attribute(name)?;
                    let value = self.known(self.eval(&attribute.value, scope));
                    Some(text_of(&value))
                };
                let store = SecretStore::SecretsManager {
                    secret: text("secret_id").unwrap_or(Text(vec![Part::Unknown])),
                    json_key: None,
                    stage: text("version_stage").and_then(|text| text.literal().map(str::to_owned)),
                };
                (self.secret(of, name, store, span), 3 + skipped)
            }
            ("aws_ssm_parameter", "value") => {
                let scope = Scope {
                    instance,
                    repeat: &Repeat::Once,
                    frame: None,
                };
                let parameter = ["name", "arn"]
                    .into_iter()
                    .find_map(|name| block.body.attribute(name))
                    .map(|attribute| text_of(&self.known(self.eval(&attribute.value, scope))));
                let mut name_of = parameter.unwrap_or(Text(vec![Part::Unknown]));
                // a name may have a version after a colon, an ARN has none
                let mut version = None;
                if let Some(Part::Literal(last)) = name_of.0.last_mut()
                    && !of.starts_with("ephemeral.")
                    && let Some((before, after)) = last.rsplit_once(':')
                {
                    version = Some(after.to_owned());
                    *last = before.to_owned();
                }
                let store = SecretStore::ParameterStore {
                    name: name_of,
                    version,
                };
                (self.secret(of, name, store, span), 3 + skipped)
            }

            _ => unknown,
        }
    }

    /// What is read from where secrets are kept.
    fn secret(&self, of: &str, name: &str, store: SecretStore, span: Span) -> Val {
        let secret = Secret {
            store,
            lookup: Id::foreign(name),
            ephemeral: of.starts_with("ephemeral."),
        };
        Val::new(Data::Secret(Rc::new(secret)), span)
    }

    /// A resource itself, or all of them.
    pub(super) fn resource(&self, instance: &Rc<Instance<'t>>, resource: usize, span: Span) -> Val {
        let block = &instance.module.resources[resource].block;
        let one = |repeat: Repeat| {
            let node = NodeRef {
                instance: instance.number,
                resource,
                repeat,
            };
            Val::new(Data::Node(Rc::new(node)), span)
        };
        match self.repeats(instance, block) {
            Repeats::Once => one(Repeat::Once),
            Repeats::Count(count) => {
                self.spend(count as u64, span);
                let all: Rc<[_]> = (0..count).map(|at| one(Repeat::Count(at))).collect();
                Val::new(Data::List(all), span)
            }
            Repeats::Each(each) => {
                self.spend(each.len() as u64, span);
                let members = each.iter().map(|(key, value)| {
                    let value = one(Repeat::Each(key.clone(), value.clone()));
                    (key.clone(), Member { name: span, value })
                });
                Val::new(Data::Object(Rc::new(members.collect())), span)
            }
            Repeats::Unknown => Val::new(
                Data::Nodes(Rc::new(NodeRef {
                    instance: instance.number,
                    resource,
                    repeat: Repeat::Unknown,
                })),
                span,
            ),
        }
    }

    /// How often a block stands, by its `count` or `for_each`.
    pub fn repeats(&self, instance: &Rc<Instance<'t>>, block: &'t Block) -> Repeats {
        let address = std::ptr::from_ref(block);
        match instance.repeats.borrow().get(&address) {
            Some(Some(repeats)) => return repeats.clone(),
            Some(None) => {
                self.round(block.head);
                return Repeats::Unknown;
            }
            None => {}
        }
        let scope = Scope {
            instance,
            repeat: &Repeat::Once,
            frame: None,
        };
        let attribute = |name: &str| block.body.attribute(name);
        let (count, each) = (attribute("count"), attribute("for_each"));
        if count.is_none() && each.is_none() {
            return Repeats::Once;
        }
        instance.repeats.borrow_mut().insert(address, None);
        let repeats = match (count, each) {
            (Some(count), _) => {
                let count = self.known(self.eval(&count.value, scope));
                match count.data.as_number() {
                    Some(count) if count >= 0.0 && count <= MOST as f64 => {
                        Repeats::Count(count as usize)
                    }
                    _ => Repeats::Unknown,
                }
            }
            (None, Some(each)) => self.keys(&self.known(self.eval(&each.value, scope))),
            (None, None) => Repeats::Once,
        };
        let known = Some(repeats.clone());
        instance.repeats.borrow_mut().insert(address, known);
        repeats
    }

    /// The keys that something is repeated for, with a value each.
    pub fn keys(&self, each: &Val) -> Repeats {
        let mut keys = BTreeMap::new();
        match &each.data {
            Data::Object(members) => {
                for (key, member) in members.iter() {
                    let value = member.value.clone().with(&each.inputs);
                    keys.insert(key.clone(), value);
                }
            }
            Data::List(items) | Data::Set(items) => {
                for item in items.iter() {
                    let value = self.known(item.clone()).with(&each.inputs);
                    let Some(key) = value.data.as_text() else {
                        return Repeats::Unknown;
                    };
                    keys.insert(key, value);
                }
            }
            _ => return Repeats::Unknown,
        }
        if keys.len() > MOST {
            return Repeats::Unknown;
        }
        Repeats::Each(keys.into_iter().collect())
    }

    /// A module that is called: itself, or all of them.
    pub fn call(&self, instance: &Rc<Instance<'t>>, name: &'t str, span: Span) -> Val {
        match instance.calls.borrow().get(name) {
            Some(Some(value)) => return value.clone(),
            Some(None) => {
                self.round(span);
                return Val::unknown(span);
            }
            None => {}
        }
        let Some((name, call)) = instance.module.calls.get_key_value(name) else {
            return Val::unknown(span);
        };
        let Some(module) = call.module else {
            return Val::unknown(span);
        };
        instance.calls.borrow_mut().insert(name, None);
        let one = |repeat: Repeat| {
            self.spend(64, span);
            let dot = if instance.path.is_empty() { "" } else { "." };
            let path = format!("{}{dot}module.{name}{}", instance.path, repeat.key());
            let caller = Caller {
                instance: instance.number,
                call,
                repeat,
            };
            let made = self.instantiate(module, path, Some(caller));
            Val::new(Data::Module(made.number), span)
        };
        let value = match self.repeats(instance, &call.block) {
            Repeats::Once => one(Repeat::Once),
            Repeats::Unknown => {
                let several = match one(Repeat::Unknown).data {
                    Data::Module(number) => Data::Modules(number),
                    other => other,
                };
                Val::new(several, span)
            }
            Repeats::Count(count) => Val::new(
                Data::List((0..count).map(|at| one(Repeat::Count(at))).collect()),
                span,
            ),
            Repeats::Each(each) => {
                let members = each.iter().map(|(key, value)| {
                    let value = one(Repeat::Each(key.clone(), value.clone()));
                    (key.clone(), Member { name: span, value })
                });
                Val::new(Data::Object(Rc::new(members.collect())), span)
            }
        };
        let mut calls = instance.calls.borrow_mut();
        calls.insert(name, Some(value.clone()));
        value
    }

    /// What a value of a variable becomes by the variable's type.
    pub fn convert(&self, value: Val, kind: &Type<'t>, scope: Scope<'t, '_>) -> Val {
        if !self.spend(1, value.span) {
            return value;
        }
        let span = value.span;
        let data = match (kind, &value.data) {
            (Type::Text, data) => data.as_text().map(Data::Text),
            (Type::Number, data) => data.as_number().map(Data::Number),
            (Type::Bool, data) => data.as_bool().map(Data::Bool),
            (Type::List(of), Data::List(items) | Data::Set(items)) => Some(Data::List(
                items
                    .iter()
                    .map(|item| self.convert(item.clone(), of, scope))
                    .collect(),
            )),
            (Type::Set(of), Data::List(items) | Data::Set(items)) => {
                let items = items.iter();
                let items: Vec<_> = items
                    .map(|item| self.convert(item.clone(), of, scope))
                    .collect();
                Some(function::set(items))
            }
            (Type::Map(of), Data::Object(members)) => {
                let members = members.iter().map(|(name, member)| {
                    let value = self.convert(member.value.clone(), of, scope);
                    let name_span = member.name;
                    let name = name.clone();
                    (
                        name,
                        Member {
                            name: name_span,
                            value,
                        },
                    )
                });
                Some(Data::Object(Rc::new(members.collect())))
            }
            (Type::Object(fields), Data::Object(members)) => {
                let fields = fields.iter().map(|field| {
                    let given = members.get(field.name);
                    let value = match given {
                        Some(member) if !member.value.is_null() => {
                            self.convert(member.value.clone(), &field.of, scope)
                        }
                        _ => match field.default {
                            Some(default) => {
                                let default = self.eval(default, scope);
                                self.convert(default, &field.of, scope)
                            }
                            None => Val::new(Data::Null, span),
                        },
                    };
                    let name = given.map_or(value.span, |member| member.name);
                    (field.name.into(), Member { name, value })
                });
                Some(Data::Object(Rc::new(fields.collect())))
            }
            _ => None,
        };
        match data {
            Some(data) => value.replaced(data),
            None => value,
        }
    }
}
