//! A module, read as the graph that a definition would be lowered to.
//!
//! Files become a tree with places ([`parse`]), trees become what a folder declares
//! ([`load`], [`module`]), expressions are evaluated as far as they can be known ([`evaluate`]),
//! and resources become nodes ([`node`]).

mod check;
mod comment;
mod evaluate;
mod function;
mod json;
mod load;
mod module;
mod node;
mod old;
mod parse;
mod rules;
mod scan;
mod source;
mod syntax;
mod types;
mod value;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub use load::Load;
pub use source::SourceFile;

use self::comment::Said;
use self::evaluate::{Evaluator, Instance, Scope};
use self::module::{Module, Resource};
use self::node::Made;
use self::source::Span;
use self::syntax::{Block, ExprKind};
use self::value::{Data, Repeat};
use crate::diagnostic::Diagnostic;
use crate::graph::{Allowance, Form, Graph, Input, InputKind, Language, Output, Source, State};
use crate::read::{Given, Outcome};
use crate::stage::Stage;
use crate::value::{At, Id};
use crate::workload::{KeyFamily, Workload};

/// Reads a module: its `.tf` and `.tf.json` files and its `terraform.tfvars`.
#[must_use]
pub fn graph(folder: &str, files: &[SourceFile], given: &Given, load: Load<'_>) -> Outcome {
    let mut loaded = load::Loader::new(load);
    let root = loaded.root(folder, files);
    let load::Loader {
        mut sources,
        modules,
        mut diagnostics,
        ..
    } = loaded;
    let Some(root) = root else {
        return Outcome {
            graph: None,
            diagnostics,
        };
    };
    let values: BTreeMap<_, _> = given
        .values
        .iter()
        .map(|(name, given)| {
            let said = (sources.add_place(&given.place), given.value.clone());
            (name.clone(), said)
        })
        .collect();
    let evaluator = Evaluator::new(&sources, &modules, &values);
    let cyclic = check::check(&evaluator, root);
    evaluator.cyclic.set(cyclic);
    let instance = evaluator.instantiate(root, String::new(), None);
    *evaluator.region.borrow_mut() = given.region.clone();
    let region = given
        .region
        .clone()
        .or_else(|| region(&evaluator, &instance));
    evaluator.region.borrow_mut().clone_from(&region);
    let mut made = Vec::new();
    node::nodes(&evaluator, &instance, &mut made);
    let outputs = outputs(&evaluator, &instance);
    let said = Remarks::new(&evaluator, &made);
    if let Some(span) = evaluator.exhausted.get() {
        evaluator.report(
            Diagnostic::error("unreadable", "the module takes too long to compute")
                .at(&sources.place(span))
                .allowed("500,000 steps")
                .help("make lists and loops shorter"),
        );
    }
    let exhausted = evaluator.exhausted.get().is_some();
    diagnostics.extend(evaluator.diagnostics.take());
    diagnostics.sort_by(|a, b| a.place.cmp(&b.place));
    // what is wrong in a block is wrong in each of the resources that it makes
    let is_same = |a: &mut Diagnostic, b: &mut Diagnostic| {
        (&a.place, a.code, &a.message) == (&b.place, b.code, &b.message)
    };
    diagnostics.dedup_by(is_same);
    let graph = Graph {
        source: Source::Read(Language::Terraform),
        environment: folder.to_owned(),
        description: String::new(),
        stage: given.stage.or(said.stage),
        region,
        workloads: said.workloads,
        key_families: said.key_families,
        allowances: said.allowances,
        inputs: inputs(&evaluator, &modules[root]),
        lookups: Vec::new(),
        nodes: made.into_iter().map(|made| made.node).collect(),
        outputs,
        state: State::Unstated,
    };
    Outcome {
        graph: (!exhausted).then_some(graph),
        diagnostics,
    }
}

/// The region of the provider that resources have where they name none. A cache that has
/// another provider may be anywhere, and there is one region to a graph.
fn region<'t>(evaluator: &Evaluator<'t>, instance: &Rc<Instance<'t>>) -> Option<String> {
    let elsewhere = evaluator
        .modules
        .iter()
        .enumerate()
        .any(|(number, module)| {
            let has_own = |resource: &Resource| {
                let provider = resource.block.body.attribute("provider");
                resource.of.starts_with("aws_elasticache_")
                    && provider.is_some_and(|provider| match &provider.value.kind {
                        ExprKind::Text(name) => name.contains('.'),
                        kind => !matches!(kind, ExprKind::Name(_)),
                    })
            };
            (number > 0 && !module.providers.is_empty())
                || module.resources.iter().any(has_own)
                || (module.calls.values())
                    .any(|call| call.block.body.attribute("providers").is_some())
        });
    if elsewhere {
        return None;
    }
    let default = instance.module.providers.iter().find(|provider| {
        provider.labels.first().is_some_and(|name| name == "aws")
            && provider.body.attribute("alias").is_none()
    })?;
    let region = &default.body.attribute("region")?.value;
    let scope = Scope {
        instance,
        repeat: &Repeat::Once,
        frame: None,
    };
    let region = evaluator.known(evaluator.eval(region, scope));
    match &region.data {
        Data::Text(text) if !text.is_empty() => Some((**text).to_owned()),
        _ => None,
    }
}

fn description(block: &Block) -> String {
    let description = block.body.attribute("description");
    let text = description.and_then(|attribute| attribute.value.text());
    text.unwrap_or_default().to_owned()
}

fn is_sensitive(block: &Block) -> bool {
    let sensitive = block.body.attribute("sensitive");
    sensitive.is_some_and(|attribute| matches!(attribute.value.kind, ExprKind::Bool(true)))
}

fn inputs(evaluator: &Evaluator<'_>, module: &Module) -> Vec<Input> {
    let variables = module.variables.iter();
    variables
        .map(|(name, block)| Input {
            id: Id::foreign(name),
            kind: InputKind::Text(Form::ANY),
            description: description(block),
            default: block.body.attribute("default").and_then(|default| {
                let kind = &default.value.kind;
                match kind {
                    ExprKind::Text(text) => Some(text.clone()),
                    ExprKind::Bool(value) => Some(value.to_string()),
                    ExprKind::Number(number) => Some(value::number_text(*number)),
                    _ => None,
                }
            }),
            group: "",
            no_echo: is_sensitive(block),
            cloudformation_only: false,
            place: evaluator.sources.place(block.head),
        })
        .collect()
}

fn outputs<'t>(evaluator: &Evaluator<'t>, instance: &Rc<Instance<'t>>) -> Vec<Output> {
    let scope = Scope {
        instance,
        repeat: &Repeat::Once,
        frame: None,
    };
    let outputs = instance.module.outputs.iter();
    outputs
        .filter_map(|(name, block)| {
            let used = &block.body.attribute("value")?.value;
            let value = evaluator.eval(used, scope);
            Some(Output {
                id: Id::foreign(name),
                description: description(block),
                value: node::output(evaluator, &value, used.span),
                export: None,
                sensitive: is_sensitive(block),
                place: evaluator.sources.place(used.span),
            })
        })
        .collect()
}

/// What the comments of all modules say.
#[derive(Default)]
struct Remarks {
    stage: Option<Stage>,
    workloads: Vec<At<Workload>>,
    key_families: Vec<KeyFamily>,
    allowances: Vec<Allowance>,
}

impl Remarks {
    fn new(evaluator: &Evaluator<'_>, made: &[Made]) -> Self {
        let mut said = Self::default();
        let addresses = Addresses::new(evaluator, made);
        // the root comes first
        for (number, module) in evaluator.modules.iter().enumerate() {
            for remark in &module.comments {
                let place = evaluator.sources.place(remark.span);
                match comment::understand(&remark.text) {
                    Ok(Said::Stage(stage)) => {
                        said.stage.get_or_insert(stage);
                    }
                    Ok(Said::Workloads(workloads)) => {
                        let at = |value| At {
                            value,
                            place: place.clone(),
                        };
                        said.workloads.extend(workloads.into_iter().map(at));
                    }
                    Ok(Said::Keys { name, keys, bytes }) => said.key_families.push(KeyFamily {
                        name,
                        keys,
                        bytes,
                        place,
                    }),
                    Ok(Said::Allow { code, because }) => {
                        let about = match remark.about {
                            Some(block) => addresses.of(block),
                            None if number == 0 => &[None][..],
                            None => addresses.of_module(number),
                        };
                        if evaluator.spend(about.len() as u64, remark.span) {
                            said.allowances
                                .extend(about.iter().map(|resource| Allowance {
                                    code: code.clone(),
                                    because: because.clone(),
                                    resource: resource.clone(),
                                    place: place.clone(),
                                }));
                        }
                    }
                    Err(malformed) => evaluator.report(
                        Diagnostic::warning("terraform-comment", malformed.message)
                            .at(&place)
                            .allowed(malformed.allowed)
                            .help("write it as `# cachewright: allow CODE because …`"),
                    ),
                }
            }
        }
        said
    }
}

/// The addresses of what blocks and modules make, those within a called module included.
#[derive(Default)]
struct Addresses {
    blocks: HashMap<Span, Vec<Option<String>>>,
    modules: HashMap<usize, Vec<Option<String>>>,
}

impl Addresses {
    fn new(evaluator: &Evaluator<'_>, made: &[Made]) -> Self {
        let mut all = Self::default();
        if evaluator
            .modules
            .iter()
            .all(|module| module.comments.is_empty())
        {
            return all;
        }
        for made in made {
            let address = Some(made.node.address());
            let add = |addresses: &mut Vec<Option<String>>| {
                // the rules inside a group have its address
                if addresses.last() != Some(&address) {
                    addresses.push(address.clone());
                }
            };
            add(all.blocks.entry(made.block).or_default());
            let mut inside = evaluator.instance(made.instance);
            loop {
                add(all.modules.entry(inside.module_number).or_default());
                let Some(caller) = &inside.caller else { break };
                add(all.blocks.entry(caller.call.block.span).or_default());
                let outer = caller.instance;
                inside = evaluator.instance(outer);
            }
        }
        all
    }

    fn of(&self, block: Span) -> &[Option<String>] {
        self.blocks.get(&block).map_or(&[], Vec::as_slice)
    }

    fn of_module(&self, number: usize) -> &[Option<String>] {
        self.modules.get(&number).map_or(&[], Vec::as_slice)
    }
}
