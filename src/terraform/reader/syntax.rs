//! A module's text as a tree in which everything knows where it stands: what is left of
//! `.tf` and `.tf.json` when it no longer matters which of them it was.

use super::source::Span;

/// An expression.
#[derive(Debug)]
pub(super) struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug)]
pub(super) enum ExprKind {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Template(Vec<Piece>),
    List(Vec<Expr>),
    Object(Vec<(Expr, Expr)>),
    /// The beginning of a reference.
    Name(String),
    /// A reference, or what is taken out of a value.
    Traverse(Box<Expr>, Vec<Step>),
    Conditional(Box<[Expr; 3]>),
    Call(Box<Call>),
    Unary(Unary, Box<Expr>),
    Binary(Binary, Box<[Expr; 2]>),
    For(Box<For>),
}

#[derive(Debug)]
pub(super) struct Call {
    pub name: String,
    pub arguments: Vec<Expr>,
    /// The last argument is a list of arguments.
    pub expands: bool,
}

#[derive(Debug)]
pub(super) enum Step {
    Attribute(String),
    Index(Expr),
    /// `.*`
    AttributeSplat,
    /// `[*]`
    Splat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Minus,
    Not,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    And,
    Or,
}

#[derive(Debug)]
pub(super) struct For {
    pub key: Option<String>,
    pub value: String,
    pub collection: Expr,
    /// The key of each member, where an object is made.
    pub key_of: Option<Expr>,
    pub value_of: Expr,
    pub condition: Option<Expr>,
    /// Values of the same key become a list.
    pub groups: bool,
}

#[derive(Debug)]
pub(super) enum Piece {
    Literal(String),
    Value(Expr),
    If {
        condition: Expr,
        then: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
    For {
        key: Option<String>,
        value: String,
        collection: Expr,
        body: Vec<Piece>,
    },
}

/// What stands between braces, or in a whole file.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub items: Vec<Item>,
}

#[derive(Debug)]
pub(super) enum Item {
    Attribute(Attribute),
    Block(Block),
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub name: String,
    pub name_span: Span,
    pub value: Expr,
}

#[derive(Debug)]
pub(super) struct Block {
    pub kind: String,
    pub labels: Vec<String>,
    /// Its first word.
    pub head: Span,
    /// All of it.
    pub span: Span,
    pub body: Body,
}

impl Expr {
    /// A text without anything to compute.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Body {
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes().find(|attribute| attribute.name == name)
    }

    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter().filter_map(|item| match item {
            Item::Attribute(attribute) => Some(attribute),
            Item::Block(_) => None,
        })
    }

    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.items.iter().filter_map(|item| match item {
            Item::Block(block) => Some(block),
            Item::Attribute(_) => None,
        })
    }
}
