use crate::graph::{Form, Input, InputKind, Lookup, LookupKind, Part, Reference, Text, Value};
use crate::lower::Lowering;
use crate::value::{At, ExportName, Id, StackName};

/// Another CloudFormation stack, whose exports are named `<stack>-<name>`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    parameter: At<String>,
    default: Option<At<String>>,
}

impl Stack {
    /// A stack whose name is given at deployment, by a parameter of that name:
    /// `Stack::given("VPCStackName")`.
    #[track_caller]
    #[must_use]
    pub fn given(parameter: &str) -> Self {
        Self {
            parameter: At::here(parameter),
            default: None,
        }
    }

    /// The stack's name where the deployment gives none.
    #[track_caller]
    #[must_use]
    pub fn default(mut self, name: impl Into<String>) -> Self {
        self.default = Some(At::here(name));
        self
    }

    /// What the stack exports as `<stack>-<name>`.
    #[track_caller]
    #[must_use]
    pub fn export(&self, name: &str) -> Import {
        Import {
            stack: Some(self.clone()),
            name: At::here(name),
        }
    }
}

/// A value that another CloudFormation stack exports: `Fn::ImportValue`, and
/// `data "aws_cloudformation_export"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    stack: Option<Stack>,
    pub(super) name: At<String>,
}

impl Import {
    /// The export of that name.
    #[track_caller]
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            stack: None,
            name: At::here(name),
        }
    }

    /// The value of an export that is one text.
    pub(crate) fn lower_text(&self, cx: &mut Lowering) -> Value {
        self.lower(cx, false)
    }

    pub(super) fn lower(&self, cx: &mut Lowering, split: bool) -> Value {
        if cx.word::<ExportName>(&self.name).is_none() {
            return Value::text("");
        }
        let mut parts = Vec::new();
        if let Some(stack) = &self.stack {
            let id = cx.id(&stack.parameter);
            if let Some(default) = &stack.default {
                cx.word::<StackName>(default);
            }
            cx.input(Input {
                id: id.clone(),
                kind: InputKind::Text(STACK_NAME),
                description: "Name of the stack whose exports are imported.".into(),
                default: stack.default.as_ref().map(|at| at.value.clone()),
                group: "Network",
                no_echo: false,
                cloudformation_only: false,
                place: stack.parameter.place.clone(),
            });
            parts.push(Part::Input(id));
            parts.push(Part::Literal(format!("-{}", self.name.value)));
        } else {
            parts.push(Part::Literal(self.name.value.clone()));
        }
        // another stack chose the name: the label says it in Terraform's way, after the stack
        let id = Id::of_words(&match &self.stack {
            Some(stack) => {
                let parameter = Id::of_words(&stack.parameter.value).snake();
                let stack = parameter
                    .trim_end_matches("_name")
                    .trim_end_matches("_stack");
                let name = Id::of_words(&self.name.value).snake();
                if name.starts_with(&format!("{stack}_")) {
                    name
                } else {
                    format!("{stack}-{name}")
                }
            }
            None => self.name.value.clone(),
        });
        cx.lookup(Lookup {
            id: id.clone(),
            what: LookupKind::Export { name: Text(parts) },
            place: self.name.place.clone(),
        });
        Value::Reference(Reference::Lookup { id, split })
    }
}

const STACK_NAME: Form = Form {
    pattern: "^[A-Za-z][A-Za-z0-9-]{0,127}$",
    words: "a stack name: a letter, then letters, digits and hyphens",
    example: "network-prod",
};
