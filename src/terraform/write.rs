use askama::Template;

use super::SINCE;
use super::hcl::{Body, Expr, Piece};
use crate::graph::{
    Document, Form, Graph, Input, InputKind, Language, Lookup, LookupKind, MapShape, Node, Part,
    Property, Reference, Secret, State, Text, Value,
};
use crate::value::Id;

/// The oldest provider that has everything that every definition uses.
const PROVIDER: &str = "5.100.0";
/// The next major version, which may rename anything.
const PROVIDER_BELOW: &str = "7.0.0";
/// The oldest Terraform that has everything that every definition uses.
const TERRAFORM: &str = "1.5.0";
/// The first Terraform with write-only arguments, and with S3's own locking.
const TERRAFORM_WRITE_ONLY: &str = "1.11.0";

/// The module: file names and contents, in the order in which they are read.
#[must_use]
pub fn files(graph: &Graph) -> Vec<(&'static str, String)> {
    let writer = Writer { graph };
    let mut files = vec![
        ("versions.tf", writer.versions()),
        (
            "providers.tf",
            render(&ProvidersTf {
                environment: &graph.environment,
                region: Expr::text(graph.region.as_deref().unwrap_or_default()),
            }),
        ),
    ];
    let variables: Vec<_> = writer.inputs().map(Variable::new).collect();
    if !variables.is_empty() {
        files.push((
            "variables.tf",
            render(&VariablesTf {
                environment: &graph.environment,
                variables: &variables,
            }),
        ));
    }
    if !graph.lookups.is_empty() {
        let blocks = graph
            .lookups
            .iter()
            .map(|lookup| writer.lookup(lookup))
            .collect();
        files.push(("data.tf", writer.blocks(blocks, Vec::new())));
    }
    let blocks = |watches: bool| -> Vec<Block> {
        let nodes = graph.nodes.iter();
        nodes
            .filter(|node| node.is_in(Language::Terraform) && node.kind.watches() == watches)
            .map(|node| writer.resource(node))
            .collect()
    };
    files.push(("main.tf", writer.blocks(blocks(false), writer.notes())));
    let watching = blocks(true);
    if !watching.is_empty() {
        files.push(("monitoring.tf", writer.blocks(watching, Vec::new())));
    }
    if !graph.outputs.is_empty() {
        let outputs: Vec<_> = graph
            .outputs
            .iter()
            .map(|output| {
                let mut body = Body::default();
                body.attribute("description", Expr::text(&*output.description));
                body.attribute("value", writer.value(&output.value));
                if output.sensitive {
                    body.attribute("sensitive", Expr::Bool(true));
                }
                OutputBlock {
                    name: output.id.snake(),
                    body,
                }
            })
            .collect();
        files.push((
            "outputs.tf",
            render(&OutputsTf {
                environment: &graph.environment,
                outputs: &outputs,
            }),
        ));
    }
    if !variables.is_empty() {
        files.push((
            "terraform.tfvars.example",
            render(&TfvarsExample {
                environment: &graph.environment,
                variables: &variables,
            }),
        ));
    }
    if graph.state == State::Unstated {
        files.push((
            "backend.tf.example",
            render(&BackendExample {
                environment: &graph.environment,
                required_version: TERRAFORM_WRITE_ONLY,
                key: Expr::text(format!("{}/terraform.tfstate", graph.environment)),
                region: Expr::text(graph.region.as_deref().unwrap_or_default()),
            }),
        ));
    }
    files
}

/// A template that only lays out what prints itself can't fail.
fn render(template: &impl Template) -> String {
    template.render().expect("values print themselves")
}

#[derive(Template)]
#[template(path = "terraform/versions.tf", escape = "none")]
struct VersionsTf<'a> {
    environment: &'a str,
    required_version: &'a str,
    provider_range: String,
    backend: Option<Backend>,
}

struct Backend {
    bucket: Expr,
    key: Expr,
    region: Expr,
}

#[derive(Template)]
#[template(path = "terraform/providers.tf", escape = "none")]
struct ProvidersTf<'a> {
    environment: &'a str,
    region: Expr,
}

#[derive(Template)]
#[template(path = "terraform/variables.tf", escape = "none")]
struct VariablesTf<'a> {
    environment: &'a str,
    variables: &'a [Variable],
}

#[derive(Template)]
#[template(path = "terraform/terraform.tfvars.example", escape = "none")]
struct TfvarsExample<'a> {
    environment: &'a str,
    variables: &'a [Variable],
}

#[derive(Template)]
#[template(path = "terraform/backend.tf.example", escape = "none")]
struct BackendExample<'a> {
    environment: &'a str,
    required_version: &'a str,
    key: Expr,
    region: Expr,
}

#[derive(Template)]
#[template(path = "terraform/blocks.tf", escape = "none")]
struct BlocksTf<'a> {
    environment: &'a str,
    notes: Vec<String>,
    blocks: Vec<Block>,
}

struct Block {
    kind: &'static str,
    of: &'static str,
    label: String,
    body: Body,
}

#[derive(Template)]
#[template(path = "terraform/outputs.tf", escape = "none")]
struct OutputsTf<'a> {
    environment: &'a str,
    outputs: &'a [OutputBlock],
}

struct OutputBlock {
    name: String,
    body: Body,
}

struct Variable {
    name: String,
    description: Expr,
    kind: &'static str,
    default: Option<Expr>,
    condition: String,
    error_message: Expr,
    mark: &'static str,
    words: String,
    example: Expr,
}

impl Variable {
    fn new(input: &Input) -> Self {
        let name = input.id.snake();
        let matches = |pattern: &str, of: &str| {
            let pattern = Expr::text(pattern);
            format!("can(regex({pattern}, {of}))")
        };
        let id = |prefix: &str| format!("^{prefix}-([0-9a-f]{{8}}|[0-9a-f]{{17}})$");
        let this = format!("var.{name}");
        let (kind, condition, words, example) = match input.kind {
            InputKind::VpcId => (
                "string",
                matches(&id("vpc"), &this),
                "a VPC's id, such as vpc-0123456789abcdef0",
                Expr::text("vpc-…"),
            ),
            InputKind::SubnetIds => (
                "list(string)",
                format!(
                    "length({this}) > 0 && alltrue([for id in {this} : {}])",
                    matches(&id("subnet"), "id")
                ),
                "subnets' ids, such as subnet-0123456789abcdef0",
                Expr::List(vec![Expr::text("subnet-…"), Expr::text("subnet-…")]),
            ),
            InputKind::SecurityGroupId => (
                "string",
                matches(&id("sg"), &this),
                "a security group's id, such as sg-0123456789abcdef0",
                Expr::text("sg-…"),
            ),
            InputKind::Text(Form {
                pattern,
                words,
                example,
            }) => (
                "string",
                matches(pattern, &this),
                words,
                Expr::text(example),
            ),
        };
        let default = input.default.as_deref().map(Expr::text);
        Self {
            description: Expr::text(&*input.description),
            kind,
            condition,
            error_message: Expr::text(format!("The value must be {words}.")),
            mark: if default.is_some() {
                "Optional"
            } else {
                "Required"
            },
            words: input.description.clone(),
            example: default.clone().unwrap_or(example),
            default,
            name,
        }
    }
}

struct Writer<'a> {
    graph: &'a Graph,
}

impl Writer<'_> {
    fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.graph
            .inputs
            .iter()
            .filter(|input| !input.cloudformation_only)
    }

    /// What no argument says, and rules read: what it is for, and what somebody accepts.
    fn notes(&self) -> Vec<String> {
        let graph = self.graph;
        let stage = graph.stage.iter().map(|stage| format!("stage {stage}"));
        let workloads: Vec<_> = graph.workloads.iter().map(|at| at.value.as_str()).collect();
        let workloads =
            (!workloads.is_empty()).then(|| format!("workload {}", workloads.join(", ")));
        let keys = graph
            .key_families
            .iter()
            .map(|family| format!("keys {} {} {}", family.name, family.keys, family.bytes));
        let allowed = graph
            .allowances
            .iter()
            .map(|allowance| format!("allow {} because {}", allowance.code, allowance.because));
        stage.chain(workloads).chain(keys).chain(allowed).collect()
    }

    fn blocks(&self, blocks: Vec<Block>, notes: Vec<String>) -> String {
        render(&BlocksTf {
            environment: &self.graph.environment,
            notes,
            blocks,
        })
    }

    fn versions(&self) -> String {
        let arguments = self.graph.nodes.iter().flat_map(|node| &node.properties);
        let since = arguments
            .filter_map(|property| {
                SINCE
                    .iter()
                    .find(|(name, _)| Some(*name) == property.terraform.as_deref())
            })
            .map(|(_, since)| *since)
            .max()
            .unwrap_or(PROVIDER);
        let ephemeral = self
            .graph
            .lookups
            .iter()
            .any(|lookup| lookup.what.is_ephemeral());
        let backend = match &self.graph.state {
            State::Unstated => None,
            State::S3 {
                bucket,
                key,
                region,
            } => Some(Backend {
                bucket: Expr::text(&**bucket),
                key: Expr::text(&**key),
                region: Expr::text(&**region),
            }),
        };
        render(&VersionsTf {
            environment: &self.graph.environment,
            required_version: if ephemeral || backend.is_some() {
                TERRAFORM_WRITE_ONLY
            } else {
                TERRAFORM
            },
            provider_range: format!(">= {since}, < {PROVIDER_BELOW}"),
            backend,
        })
    }

    fn lookup(&self, lookup: &Lookup) -> Block {
        let mut body = Body::default();
        let (kind, of) = lookup.what.terraform();
        match &lookup.what {
            LookupKind::Export { name } => {
                body.attribute("name", self.text(name));
            }
            LookupKind::Vpc { tags } => {
                filters(&mut body, tags);
            }
            LookupKind::Subnets { vpc, tags } => {
                filter(&mut body, "vpc-id", self.value(vpc));
                filters(&mut body, tags);
            }
            LookupKind::SecurityGroup { vpc, name } => {
                body.attribute("name", Expr::text(&**name));
                body.attribute("vpc_id", self.value(vpc));
            }
            LookupKind::SecretVersion { secret, stage, .. } => {
                body.attribute("secret_id", self.value(secret));
                if let Some(stage) = stage {
                    body.attribute("version_stage", Expr::text(&**stage));
                }
            }
            LookupKind::SecureString {
                parameter,
                ephemeral,
            } => {
                body.attribute(
                    if *ephemeral { "arn" } else { "name" },
                    self.text(parameter),
                );
            }
            LookupKind::RandomPassword { length } => {
                body.attribute("password_length", Expr::Integer((*length).into()));
                body.attribute("exclude_punctuation", Expr::Bool(true));
            }
            LookupKind::CallerIdentity => {}
        }
        Block {
            kind,
            of,
            label: lookup.label(),
            body,
        }
    }

    fn resource(&self, node: &Node) -> Block {
        let mut body = self.body(&node.properties);
        let ignored = &node.ignore_changes;
        if node.create_before_destroy || node.prevent_destroy || !ignored.is_empty() {
            let mut lifecycle = Body::default();
            if node.create_before_destroy {
                lifecycle.attribute("create_before_destroy", Expr::Bool(true));
            }
            if node.prevent_destroy {
                lifecycle.attribute("prevent_destroy", Expr::Bool(true));
            }
            if !ignored.is_empty() {
                let ignored = ignored.iter().map(|it| {
                    let argument = Expr::Raw(it.argument.clone());
                    (it.because.clone(), argument)
                });
                lifecycle.attribute("ignore_changes", Expr::Because(ignored.collect()));
            }
            body.block("lifecycle", lifecycle);
        }
        Block {
            kind: "resource",
            of: node.kind.terraform(),
            label: node.label.clone(),
            body,
        }
    }

    /// Attributes in their order, then nested blocks: the way a hand would put them.
    fn body(&self, properties: &[Property]) -> Body {
        let mut body = Body::default();
        let mut blocks: Vec<(&str, Body)> = Vec::new();
        let mut paragraph = false;
        for property in properties {
            // a paragraph may begin with what only the other language has
            paragraph |= property.paragraph;
            let Some(name) = property.terraform.as_deref() else {
                continue;
            };
            match &property.value {
                Value::Objects(objects) => {
                    blocks.extend(objects.iter().map(|object| (name, self.body(object))));
                }
                Value::Map(MapShape::Parameters, entries) => {
                    for entry in entries {
                        let mut parameter = Body::default();
                        parameter.attribute("name", Expr::text(&*entry.name));
                        parameter.attribute("value", self.text(&entry.value));
                        blocks.push((name, parameter));
                    }
                }
                value => match name.split_once('.') {
                    // one block deeper, or several
                    Some((block, name)) => {
                        let at = blocks.iter().position(|(known, _)| *known == block);
                        let at = at.unwrap_or_else(|| {
                            blocks.push((block, Body::default()));
                            blocks.len() - 1
                        });
                        blocks[at].1.put(name, self.value(value));
                    }
                    None => {
                        let paragraph = std::mem::take(&mut paragraph);
                        body.attribute_in(name, self.value(value), paragraph);
                    }
                },
            }
        }
        for (name, block) in blocks {
            body.block(name, block);
        }
        body
    }

    fn value(&self, value: &Value) -> Expr {
        match value {
            Value::Bool(value) => Expr::Bool(*value),
            Value::Integer(value) => Expr::Integer(*value),
            Value::Number(value) => Expr::Raw(value.to_string()),
            Value::Text(value) => self.text(value),
            Value::List(values) => {
                Expr::List(values.iter().map(|value| self.value(value)).collect())
            }
            Value::Map(_, entries) => Expr::Object(
                entries
                    .iter()
                    .map(|entry| (entry.name.clone(), self.text(&entry.value)))
                    .collect(),
            ),
            Value::Objects(_) => unreachable!("objects are blocks, and blocks are no values"),
            Value::Reference(reference) => Expr::Raw(self.reference(reference)),
            Value::Secret(secret) => self.secret(secret),
            Value::Document(document) | Value::Json(document) => {
                Expr::Call("jsonencode", Box::new(self.tree(document)))
            }
            Value::Unknown => unreachable!("only readers make what is unknown"),
        }
    }

    fn reference(&self, reference: &Reference) -> String {
        match reference {
            Reference::Input(id) => variable(id),
            Reference::Node {
                kind,
                label,
                attribute,
                ..
            } => {
                format!("{}.{label}.{}", kind.terraform(), attribute.terraform)
            }
            Reference::Lookup { id, split } => {
                let address = self.lookup_reference(id);
                if *split {
                    format!("split(\",\", {address})")
                } else {
                    address
                }
            }
        }
    }

    fn lookup_reference(&self, id: &Id) -> String {
        let lookup = self
            .graph
            .lookups
            .iter()
            .find(|lookup| lookup.id == *id)
            .expect("what is referred to is looked up");
        let (kind, of) = lookup.what.terraform();
        let attribute = match lookup.what {
            LookupKind::Export { .. } => "value",
            LookupKind::Vpc { .. } | LookupKind::SecurityGroup { .. } => "id",
            LookupKind::Subnets { .. } => "ids",
            LookupKind::SecretVersion { .. } => "secret_string",
            LookupKind::SecureString { .. } => "value",
            LookupKind::RandomPassword { .. } => "random_password",
            LookupKind::CallerIdentity => "account_id",
        };
        format!("{kind}.{of}.{}.{attribute}", lookup.label())
    }

    fn secret(&self, secret: &Secret) -> Expr {
        let string = self.lookup_reference(&secret.lookup);
        Expr::Raw(match secret.json_key() {
            None => string,
            Some(key) => format!("jsondecode({string})[{}]", Expr::text(key)),
        })
    }

    fn tree(&self, document: &Document) -> Expr {
        match document {
            Document::Text(text) => self.text(text),
            Document::Integer(number) => Expr::Integer(*number),
            Document::Number(number) => Expr::Raw(number.to_string()),
            Document::Bool(value) => Expr::Bool(*value),
            Document::List(items) => Expr::List(items.iter().map(|item| self.tree(item)).collect()),
            Document::Object(members) => Expr::Object(
                members
                    .iter()
                    .map(|(name, member)| (name.clone().into_owned(), self.tree(member)))
                    .collect(),
            ),
        }
    }

    fn text(&self, text: &Text) -> Expr {
        let raw = |part: &Part| match part {
            Part::Literal(_) => None,
            Part::Input(id) => Some(variable(id)),
            Part::AccountId => Some(self.account_id()),
            Part::Reference(reference) => Some(self.reference(reference)),
            // exports are CloudFormation's alone
            Part::StackName => None,
            Part::Unknown => unreachable!("only readers make what is unknown"),
        };
        if let [part] = text.0.as_slice()
            && let Some(raw) = raw(part)
        {
            return Expr::Raw(raw);
        }
        let pieces = text.0.iter().filter_map(|part| match part {
            Part::Literal(literal) => Some(Piece::Literal(literal.clone())),
            part => raw(part).map(Piece::Raw),
        });
        Expr::Text(pieces.collect())
    }

    fn account_id(&self) -> String {
        let mut lookups = self.graph.lookups.iter();
        let account = lookups.find(|lookup| lookup.what == LookupKind::CallerIdentity);
        let account = account.expect("what says the account looks it up");
        self.lookup_reference(&account.id)
    }
}

fn variable(id: &Id) -> String {
    format!("var.{}", id.snake())
}

fn filters(body: &mut Body, tags: &[(String, String)]) {
    for (key, value) in tags {
        filter(body, &format!("tag:{key}"), Expr::text(&**value));
    }
}

fn filter(body: &mut Body, name: &str, value: Expr) {
    let mut filter = Body::default();
    filter.attribute("name", Expr::text(name));
    filter.attribute("values", Expr::List(vec![value]));
    body.block("filter", filter);
}
