//! `.tf.json` files: a JSON text with places, and what it declares.

use std::collections::HashSet;

use super::parse::{self, Broken};
use super::source::Span;
use super::syntax::{Attribute, Block, Body, Expr, ExprKind, Item};
use crate::read::json::{self, Why};

/// How deep values may be inside each other.
const DEEPEST: usize = 64;
/// How many values a file may have.
const MOST: usize = 200_000;

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
    let json = json::parse(text, DEEPEST, MOST).map_err(|broken| Broken {
        span: span(file, broken.at, broken.at),
        message: match broken.why {
            Why::Malformed(message) => message,
            Why::TooDeep => format!("at most {DEEPEST} levels are read"),
            Why::TooMany => format!("at most {MOST} values are read"),
        },
        twice: false,
    })?;
    of_json(file, json)
}

fn span(file: u32, start: usize, end: usize) -> Span {
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}

/// A value with its span; a name that stands twice is refused, but for comments.
fn of_json(file: u32, json: json::Json) -> Result<Json, Broken> {
    let kind = match json.kind {
        json::Kind::Null => Kind::Null,
        json::Kind::Bool(value) => Kind::Bool(value),
        json::Kind::Number(number) => Kind::Number(number.parse().unwrap_or(f64::NAN)),
        json::Kind::Text(text) => Kind::Text(text),
        json::Kind::List(items) => Kind::List(
            items
                .into_iter()
                .map(|item| of_json(file, item))
                .collect::<Result<_, _>>()?,
        ),
        json::Kind::Object(named) => {
            let mut names = HashSet::new();
            let mut members = Vec::with_capacity(named.len());
            for one in named {
                let span = span(file, one.start, one.end);
                if one.name != "//" && !names.insert(one.name.clone()) {
                    return Err(Broken {
                        span,
                        message: format!("`{}` stands twice", one.name),
                        twice: true,
                    });
                }
                members.push((one.name, span, of_json(file, one.value)?));
            }
            Kind::Object(members)
        }
    };
    Ok(Json {
        kind,
        span: span(file, json.start, json.end),
    })
}
