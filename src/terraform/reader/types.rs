//! What a variable may hold.

use super::syntax::{Expr, ExprKind};

#[derive(Debug)]
pub(super) enum Type<'t> {
    /// Nothing is said of it, or nothing that is understood.
    Any,
    Text,
    Number,
    Bool,
    List(Box<Type<'t>>),
    Set(Box<Type<'t>>),
    Map(Box<Type<'t>>),
    Object(Vec<Field<'t>>),
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Field<'t> {
    pub name: &'t str,
    pub of: Type<'t>,
    pub default: Option<&'t Expr>,
}

impl<'t> Type<'t> {
    pub fn of(expr: &'t Expr) -> Self {
        match &expr.kind {
            ExprKind::Name(name) | ExprKind::Text(name) => match name.as_str() {
                "string" => Self::Text,
                "number" => Self::Number,
                "bool" => Self::Bool,
                "list" => Self::List(Box::new(Self::Any)),
                "set" => Self::Set(Box::new(Self::Any)),
                "map" => Self::Map(Box::new(Self::Any)),
                _ => Self::Any,
            },
            ExprKind::Call(call) => {
                let Some(argument) = call.arguments.first() else {
                    return Self::Any;
                };
                let inner = || Box::new(Self::of(argument));
                match (call.name.as_str(), &argument.kind) {
                    ("list", _) => Self::List(inner()),
                    ("set", _) => Self::Set(inner()),
                    ("map", _) => Self::Map(inner()),
                    ("optional", _) => Self::of(argument),
                    ("object", ExprKind::Object(members)) => {
                        let fields = members.iter().filter_map(|(name, of)| {
                            Some(Field {
                                name: name.text()?,
                                of: Self::of(of),
                                default: default(of),
                            })
                        });
                        Self::Object(fields.collect())
                    }
                    _ => Self::Any,
                }
            }
            _ => Self::Any,
        }
    }
}

/// `optional(string, "x")`
fn default(of: &Expr) -> Option<&Expr> {
    match &of.kind {
        ExprKind::Call(call) if call.name == "optional" => call.arguments.get(1),
        _ => None,
    }
}
