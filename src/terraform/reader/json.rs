//! `.tf.json` files: a JSON text with places, and what it declares.

use std::collections::HashSet;

use super::parse::{self, Broken};
use super::source::Span;
use super::syntax::{Attribute, Block, Body, Expr, ExprKind, Item};

/// How deep values may be inside each other.
const DEEPEST: usize = 64;

/// A JSON value, with its place.
#[derive(Debug)]
struct Json {
    kind: Kind,
    span: Span,
}

#[derive(Debug)]
enum Kind {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Span, Json)>),
}

/// Reads a file that declares.
pub(super) fn body(file: u32, text: &str) -> Result<Body, Broken> {
    let mut body = Body::default();
    for (kind, span, value) in members(parsed(file, text)?)? {
        match kind.as_str() {
            "resource" | "data" | "ephemeral" => {
                for (of, _, named) in each(value)? {
                    for (name, span, inner) in each(named)? {
                        let labels = vec![of.clone(), name];
                        for inner in several(inner) {
                            let block = block(&kind, labels.clone(), span, inner, declared)?;
                            body.items.push(block);
                        }
                    }
                }
            }
            "variable" | "output" | "module" | "provider" => {
                let read = match kind.as_str() {
                    "variable" => variable,
                    _ => declared,
                };
                for (name, span, inner) in each(value)? {
                    for inner in several(inner) {
                        let labels = vec![name.clone()];
                        body.items.push(block(&kind, labels, span, inner, read)?);
                    }
                }
            }
            "locals" => {
                for inner in several(value) {
                    body.items
                        .push(block(&kind, Vec::new(), span, inner, plain)?);
                }
            }
            _ => {}
        }
    }
    Ok(body)
}

/// Reads a file of values, in which nothing is computed.
pub(super) fn values(file: u32, text: &str) -> Result<Body, Broken> {
    let members = members(parsed(file, text)?)?.into_iter();
    let items = members.map(|(name, name_span, value)| {
        Item::Attribute(Attribute {
            name,
            name_span,
            value: literal(value),
        })
    });
    Ok(Body {
        items: items.collect(),
    })
}

type Read = fn(String, Span, Json) -> Result<Vec<Item>, Broken>;

fn block(
    kind: &str,
    labels: Vec<String>,
    head: Span,
    value: Json,
    read: Read,
) -> Result<Item, Broken> {
    let span = Span {
        start: head.start,
        ..value.span
    };
    let mut items = Vec::new();
    for (name, span, value) in members(value)? {
        // a comment
        if name != "//" {
            items.extend(read(name, span, value)?);
        }
    }
    Ok(Item::Block(Block {
        kind: kind.to_owned(),
        labels,
        head,
        span,
        body: Body { items },
    }))
}

fn plain(name: String, name_span: Span, value: Json) -> Result<Vec<Item>, Broken> {
    let value = expr(value)?;
    Ok(vec![Item::Attribute(Attribute {
        name,
        name_span,
        value,
    })])
}

/// What a variable says of itself: nothing is computed in it.
fn variable(name: String, name_span: Span, value: Json) -> Result<Vec<Item>, Broken> {
    let value = match (name.as_str(), &value.kind) {
        ("validation", _) => return Ok(Vec::new()),
        ("type", Kind::Text(text)) => {
            parse::expression(value.span.file, value.span.start as usize + 1, text)?
        }
        _ => literal(value),
    };
    Ok(vec![Item::Attribute(Attribute {
        name,
        name_span,
        value,
    })])
}

/// What a resource or a module call says.
fn declared(name: String, name_span: Span, value: Json) -> Result<Vec<Item>, Broken> {
    match name.as_str() {
        "lifecycle" | "provisioner" | "connection" | "timeouts" => several(value)
            .into_iter()
            .map(|value| block(&name, Vec::new(), name_span, value, literals))
            .collect(),
        "dynamic" => {
            let mut items = Vec::new();
            for (of, span, value) in each(value)? {
                for value in several(value) {
                    items.push(block("dynamic", vec![of.clone()], span, value, turn)?);
                }
            }
            Ok(items)
        }
        "provider" | "providers" => literals(name, name_span, value),
        // texts that are references
        "depends_on" => {
            let span = value.span;
            let items = several(value).into_iter().map(|item| match &item.kind {
                Kind::Text(text) => {
                    parse::expression(item.span.file, item.span.start as usize + 1, text)
                }
                _ => Ok(literal(item)),
            });
            let kind = ExprKind::List(items.collect::<Result<_, _>>()?);
            Ok(vec![Item::Attribute(Attribute {
                name,
                name_span,
                value: Expr { kind, span },
            })])
        }
        _ => plain(name, name_span, value),
    }
}

fn literals(name: String, name_span: Span, value: Json) -> Result<Vec<Item>, Broken> {
    Ok(vec![Item::Attribute(Attribute {
        name,
        name_span,
        value: literal(value),
    })])
}

/// What a `dynamic` block says.
fn turn(name: String, name_span: Span, value: Json) -> Result<Vec<Item>, Broken> {
    if name == "content" {
        return several(value)
            .into_iter()
            .map(|value| block("content", Vec::new(), name_span, value, declared))
            .collect();
    }
    plain(name, name_span, value)
}

/// A value in which texts are templates.
fn expr(value: Json) -> Result<Expr, Broken> {
    let span = value.span;
    let kind = match value.kind {
        Kind::Text(text) => {
            let inner = parse::template(span.file, span.start as usize + 1, &text)?;
            inner.kind
        }
        Kind::List(items) => ExprKind::List(items.into_iter().map(expr).collect::<Result<_, _>>()?),
        Kind::Object(members) => {
            let members = members.into_iter().filter(|(name, _, _)| name != "//");
            let members = members.map(|(name, span, value)| {
                let name = parse::template(span.file, span.start as usize + 1, &name)?;
                Ok((name, expr(value)?))
            });
            ExprKind::Object(members.collect::<Result<_, Broken>>()?)
        }
        kind => return Ok(literal(Json { kind, span })),
    };
    Ok(Expr { kind, span })
}

/// A value as it stands.
fn literal(value: Json) -> Expr {
    let kind = match value.kind {
        Kind::Null => ExprKind::Null,
        Kind::Bool(value) => ExprKind::Bool(value),
        Kind::Number(number) => ExprKind::Number(number),
        Kind::Text(text) => ExprKind::Text(text),
        Kind::List(items) => ExprKind::List(items.into_iter().map(literal).collect()),
        Kind::Object(members) => {
            let members = members.into_iter().map(|(name, span, value)| {
                let name = Expr {
                    kind: ExprKind::Text(name),
                    span,
                };
                (name, literal(value))
            });
            ExprKind::Object(members.collect())
        }
    };
    Expr {
        kind,
        span: value.span,
    }
}

fn members(value: Json) -> Result<Vec<(String, Span, Json)>, Broken> {
    match value.kind {
        Kind::Object(members) => Ok(members),
        _ => Err(Broken {
            span: value.span,
            message: "an object is expected here".into(),
            twice: false,
        }),
    }
}

/// The members of an object, or of several one after the other.
fn each(value: Json) -> Result<Vec<(String, Span, Json)>, Broken> {
    let mut all = Vec::new();
    for one in several(value) {
        let named = members(one)?.into_iter();
        all.extend(named.filter(|(name, _, _)| name != "//"));
    }
    Ok(all)
}

fn several(value: Json) -> Vec<Json> {
    match value.kind {
        Kind::List(items) => items,
        kind => vec![Json {
            kind,
            span: value.span,
        }],
    }
}

fn parsed(file: u32, text: &str) -> Result<Json, Broken> {
    let mut parser = Parser {
        file,
        text,
        at: 0,
        depth: 0,
    };
    let value = parser.value()?;
    parser.blank();
    if parser.at < text.len() {
        return Err(parser.broken("nothing more is expected here"));
    }
    Ok(value)
}

struct Parser<'t> {
    file: u32,
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn span(&self, start: usize) -> Span {
        Span {
            file: self.file,
            start: start as u32,
            end: self.at as u32,
        }
    }

    fn broken(&self, message: &str) -> Broken {
        Broken {
            span: self.span(self.at),
            message: message.to_owned(),
            twice: false,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), Broken> {
        if self.peek() != Some(byte) {
            return Err(self.broken(message));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self) -> Result<Json, Broken> {
        self.blank();
        if self.depth >= DEEPEST {
            return Err(self.broken("at most 64 levels are read"));
        }
        self.depth += 1;
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object()?,
            Some(b'[') => self.list()?,
            Some(b'"') => Kind::Text(self.string()?),
            _ => self.word()?,
        };
        self.depth -= 1;
        let span = self.span(start);
        Ok(Json { kind, span })
    }

    fn object(&mut self) -> Result<Kind, Broken> {
        self.at += 1;
        let mut members = Vec::new();
        let mut names = HashSet::new();
        loop {
            self.blank();
            if members.is_empty() && self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(Kind::Object(members));
            }
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.broken("a name in quotes is expected here"));
            }
            let name = self.string()?;
            let span = self.span(start);
            if name != "//" && !names.insert(name.clone()) {
                return Err(Broken {
                    span,
                    message: format!("`{name}` stands twice"),
                    twice: true,
                });
            }
            self.blank();
            self.expect(b':', "a colon is expected here")?;
            let value = self.value()?;
            members.push((name, span, value));
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Object(members));
                }
                _ => return Err(self.broken("a comma or `}` is expected here")),
            }
        }
    }

    fn list(&mut self) -> Result<Kind, Broken> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blank();
            if items.is_empty() && self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Kind::List(items));
            }
            items.push(self.value()?);
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::List(items));
                }
                _ => return Err(self.broken("a comma or `]` is expected here")),
            }
        }
    }

    /// A text in quotes; its escapes are what `serde_json` says they are.
    fn string(&mut self) -> Result<String, Broken> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut is_plain = true;
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    at += 2;
                }
                Some(0..=0x1f) | None => return Err(self.broken("this text has no end")),
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        let inner = &self.text[start + 1..at];
        if is_plain {
            return Ok(inner.to_owned());
        }
        serde_json::from_str(&self.text[start..=at]).map_err(|error| Broken {
            span: self.span(start),
            message: error.to_string(),
            twice: false,
        })
    }

    fn word(&mut self) -> Result<Kind, Broken> {
        let rest = &self.text[self.at..];
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let kind = match &rest[..end] {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            word => match serde_json::from_str::<f64>(word) {
                Ok(number) => Kind::Number(number),
                Err(_) => return Err(self.broken("a value is expected here")),
            },
        };
        self.at += end;
        Ok(kind)
    }
}
