//! A Terraform file, read back: blocks with their labels, bodies as JSON. What isn't
//! a literal stays as its source text, in an object with the one member `$expr`.

use std::fmt;

use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Body, Structure};
use serde_json::{Map, Value, json};

/// A block at the top of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// `resource`, `data`, `variable`, …
    pub kind: String,
    /// The labels: type and name, or name.
    pub labels: Vec<String>,
    /// Attributes by name, nested blocks as an array under theirs.
    pub body: Value,
    /// The line that it begins on, from 1.
    pub line: usize,
}

/// Why a file can't be read, with its place.
#[derive(Debug, PartialEq, Eq)]
pub struct ReadError {
    message: String,
    line: usize,
    column: usize,
}

impl ReadError {
    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ReadError {}

/// Reads a `.tf` file.
///
/// # Errors
/// The text isn't HCL, has an attribute at the top, or an attribute twice.
pub fn read(text: &str) -> Result<Vec<Block>, ReadError> {
    let body = hcl_edit::parser::parse_body(text).map_err(|error| ReadError {
        message: error.message().to_owned(),
        line: error.location().line(),
        column: error.location().column(),
    })?;
    let mut blocks = Vec::new();
    // blocks come in order, so lines are counted once
    let (mut counted, mut lines) = (0, 1);
    for structure in body.into_iter() {
        let start = structure
            .span()
            .map_or(counted, |span| span.start)
            .max(counted);
        lines += text[counted..start].matches('\n').count();
        counted = start;
        match structure {
            Structure::Attribute(attribute) => {
                return Err(ReadError {
                    message: format!(
                        "attribute `{}` outside of any block",
                        attribute.key.as_str()
                    ),
                    line: lines,
                    column: 1,
                });
            }
            Structure::Block(block) => {
                let labels = block
                    .labels
                    .iter()
                    .map(|label| label.as_str().to_owned())
                    .collect();
                let body = read_body(&block.body).map_err(|message| ReadError {
                    message,
                    line: lines,
                    column: 1,
                })?;
                blocks.push(Block {
                    kind: block.ident.as_str().to_owned(),
                    labels,
                    body,
                    line: lines,
                });
            }
        }
    }
    Ok(blocks)
}

/// Reads a `.tfvars` file: attributes by name.
///
/// # Errors
/// The text isn't HCL, or has an attribute twice.
pub fn read_values(text: &str) -> Result<Value, ReadError> {
    let body = hcl_edit::parser::parse_body(text).map_err(|error| ReadError {
        message: error.message().to_owned(),
        line: error.location().line(),
        column: error.location().column(),
    })?;
    read_body(&body).map_err(|message| ReadError {
        message,
        line: 1,
        column: 1,
    })
}

fn read_body(body: &Body) -> Result<Value, String> {
    let mut members = Map::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let name = attribute.key.as_str();
                if members
                    .insert(name.to_owned(), value(&attribute.value))
                    .is_some()
                {
                    return Err(format!("attribute `{name}` stands twice in one block"));
                }
            }
            Structure::Block(block) => {
                let mut inner = read_body(&block.body)?;
                for label in block.labels.iter().rev() {
                    inner = json!({ label.as_str(): [inner] });
                }
                let name = block.ident.as_str();
                match members
                    .entry(name)
                    .or_insert_with(|| Value::Array(Vec::new()))
                {
                    Value::Array(blocks) => blocks.push(inner),
                    _ => return Err(format!("`{name}` is an attribute and a block")),
                }
            }
        }
    }
    Ok(Value::Object(members))
}

fn value(expression: &Expression) -> Value {
    match expression {
        Expression::Null(_) => Value::Null,
        Expression::Bool(value) => Value::Bool(*value.value()),
        Expression::Number(number) => number
            .value()
            .as_i64()
            .map(Value::from)
            .or_else(|| number.value().as_f64().map(Value::from))
            .unwrap_or_else(|| source(expression)),
        Expression::String(text) => Value::String(text.value().clone()),
        Expression::Array(items) => Value::Array(items.iter().map(value).collect()),
        Expression::Object(object) => {
            let mut members = Map::new();
            for (key, member) in object {
                let name = match key {
                    ObjectKey::Ident(name) => name.as_str().to_owned(),
                    ObjectKey::Expression(Expression::String(name)) => name.value().clone(),
                    ObjectKey::Expression(_) => return source(expression),
                };
                if members.insert(name, value(member.expr())).is_some() {
                    return source(expression);
                }
            }
            Value::Object(members)
        }
        Expression::Parenthesis(inner) => value(inner.inner()),
        _ => source(expression),
    }
}

fn source(expression: &Expression) -> Value {
    json!({ "$expr": expression.to_string().trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_json_and_expressions_stay_source() {
        let blocks = read("# x\n\nresource \"a\" \"b\" {\n  n = 1\n  t = \"$${x}\"\n  r = var.x\n  s = \"${var.x}-y\"\n  m = { k = [true] }\n  w \"l\" {\n  }\n}\n").unwrap();
        assert_eq!(blocks.len(), 1);
        assert_eq!(
            (blocks[0].line, blocks[0].labels.as_slice()),
            (3, ["a".to_owned(), "b".to_owned()].as_slice())
        );
        assert_eq!(
            blocks[0].body,
            json!({"n": 1, "t": "${x}", "r": {"$expr": "var.x"}, "s": {"$expr": "\"${var.x}-y\""}, "m": {"k": [true]}, "w": [{"l": [{}]}]})
        );
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        assert_eq!(read("a {\n  b = \n}\n").unwrap_err().line(), 2);
        assert!(read("a {\n  b = 1\n  b = 2\n}\n").is_err());
        assert!(read("b = 2\n").is_err());
    }
}
