//! HCL values and bodies whose `Display` is what `terraform fmt` would print.
//!
//! A value prints itself and the templates only lay out: an escaper that sees one
//! chunk at a time can't quote `a$` followed by `{b}`.

use std::fmt;

use crate::value::is_invisible;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Bool(bool),
    Integer(i64),
    /// A quoted template: literal pieces and expressions.
    Text(Vec<Piece>),
    /// A reference or a call, as it stands in the source.
    Raw(String),
    List(Vec<Expr>),
    /// A list whose items each stand below the reason for them.
    Because(Vec<(String, Expr)>),
    Object(Vec<(String, Expr)>),
    /// A function, and its one argument.
    Call(&'static str, Box<Expr>),
}

/// A piece of a quoted template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Literal(String),
    Raw(String),
}

/// The longest list that stays on a line.
const WIDTH: usize = 100;

impl Expr {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(vec![Piece::Literal(text.into())])
    }

    fn is_one_line(&self, used: usize) -> bool {
        match self {
            Self::Bool(_) | Self::Integer(_) | Self::Text(_) | Self::Raw(_) => true,
            Self::List(items) => {
                let mut line = String::new();
                items.iter().all(|item| item.is_one_line(0))
                    && write_line(items, &mut line).is_ok()
                    && used + line.chars().count() < WIDTH
            }
            Self::Because(_) => false,
            Self::Object(members) => members.is_empty(),
            Self::Call(_, argument) => argument.is_one_line(used),
        }
    }

    fn write(&self, f: &mut impl fmt::Write, indent: usize, used: usize) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Raw(source) => f.write_str(source),
            Self::Text(pieces) => {
                f.write_char('"')?;
                for (i, piece) in pieces.iter().enumerate() {
                    match piece {
                        Piece::Literal(literal) => {
                            let before_raw = matches!(pieces.get(i + 1), Some(Piece::Raw(_)));
                            escape(f, literal, before_raw)?;
                        }
                        Piece::Raw(source) => write!(f, "${{{source}}}")?,
                    }
                }
                f.write_char('"')
            }
            Self::List(items) if self.is_one_line(used) => write_line(items, f),
            Self::List(items) => {
                f.write_str("[\n")?;
                for item in items {
                    pad(f, indent + 2)?;
                    item.write(f, indent + 2, indent + 2)?;
                    f.write_str(",\n")?;
                }
                pad(f, indent)?;
                f.write_char(']')
            }
            Self::Because(items) => {
                f.write_str("[\n")?;
                for (because, item) in items {
                    pad(f, indent + 2)?;
                    writeln!(f, "# {because}")?;
                    pad(f, indent + 2)?;
                    item.write(f, indent + 2, indent + 2)?;
                    f.write_str(",\n")?;
                }
                pad(f, indent)?;
                f.write_char(']')
            }
            Self::Call(function, argument) => {
                write!(f, "{function}(")?;
                argument.write(f, indent, used + function.len() + 1)?;
                f.write_char(')')
            }
            Self::Object(members) if members.is_empty() => f.write_str("{}"),
            Self::Object(members) => {
                f.write_str("{\n")?;
                let members: Vec<(String, &Self)> = members
                    .iter()
                    .map(|(name, value)| (key(name), value))
                    .collect();
                let one_line = |(key, value): &(String, &Self)| {
                    value.is_one_line(indent + 5 + key.chars().count())
                };
                // keys that follow each other are aligned, until a value takes several lines
                for run in members.chunk_by(|a, b| one_line(a) && one_line(b)) {
                    let width = run.iter().map(|(key, _)| key.chars().count()).max();
                    let width = width.unwrap_or(0);
                    for (key, value) in run {
                        pad(f, indent + 2)?;
                        write!(f, "{key:<width$} = ")?;
                        value.write(f, indent + 2, indent + 5 + key.chars().count())?;
                        f.write_char('\n')?;
                    }
                }
                pad(f, indent)?;
                f.write_char('}')
            }
        }
    }
}

fn write_line(items: &[Expr], f: &mut impl fmt::Write) -> fmt::Result {
    f.write_char('[')?;
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        item.write(f, 0, 0)?;
    }
    f.write_char(']')
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // in a template an expression stands inside a block, after a name
        self.write(f, 2, 0)
    }
}

/// A name that is data: quoted unless it is an identifier that means itself.
fn key(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && !matches!(name, "null" | "true" | "false" | "for");
    if plain {
        name.to_owned()
    } else {
        Expr::text(name).to_string()
    }
}

/// A `$` or `%` is doubled only where a `{` follows, which is the only place where it
/// would begin something; a literal that ends in one mustn't meet an expression's brace.
fn escape(f: &mut impl fmt::Write, text: &str, before_raw: bool) -> fmt::Result {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '$' | '%' if chars.peek() == Some(&'{') => {
                f.write_char(c)?;
                f.write_char(c)?;
            }
            // `$${` would be an escaped brace: say the character by its number
            '$' if chars.peek().is_none() && before_raw => f.write_str("\\u0024")?,
            c if is_invisible(c) => {
                let code = u32::from(c);
                if code <= 0xffff {
                    write!(f, "\\u{code:04x}")?;
                } else {
                    write!(f, "\\U{code:08x}")?;
                }
            }
            c => f.write_char(c)?,
        }
    }
    Ok(())
}

fn pad(f: &mut impl fmt::Write, indent: usize) -> fmt::Result {
    (0..indent).try_for_each(|_| f.write_char(' '))
}

/// What stands between the braces of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Body {
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
enum Item {
    Attribute {
        name: String,
        value: Expr,
        paragraph: bool,
    },
    Block {
        kind: String,
        body: Body,
    },
}

impl Body {
    pub fn attribute(&mut self, name: &str, value: Expr) -> &mut Self {
        self.attribute_in(name, value, false)
    }

    /// An attribute, with a blank line before it where it begins a paragraph.
    pub fn attribute_in(&mut self, name: &str, value: Expr, paragraph: bool) -> &mut Self {
        self.items.push(Item::Attribute {
            name: name.to_owned(),
            value,
            paragraph,
        });
        self
    }

    pub fn block(&mut self, kind: &str, body: Body) -> &mut Self {
        self.items.push(Item::Block {
            kind: kind.to_owned(),
            body,
        });
        self
    }

    /// An attribute at a path of blocks joined by dots; what stands in one block is put there
    /// before what stands deeper.
    pub fn put(&mut self, path: &str, value: Expr) {
        let Some((block, rest)) = path.split_once('.') else {
            self.attribute(path, value);
            return;
        };
        let known = self.items.iter_mut().find_map(|item| match item {
            Item::Block { kind, body } if kind == block => Some(body),
            _ => None,
        });
        match known {
            Some(body) => body.put(rest, value),
            None => {
                let mut body = Self::default();
                body.put(rest, value);
                self.block(block, body);
            }
        }
    }

    /// Nothing stands between its braces.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn write(&self, f: &mut impl fmt::Write, indent: usize) -> fmt::Result {
        let mut i = 0;
        while i < self.items.len() {
            let run = self.run(i, indent);
            if run > 0 {
                // one-line attributes that follow each other are aligned
                if i > 0 {
                    f.write_char('\n')?;
                }
                let names = self.items[i..i + run].iter().map(Item::name_width);
                let width = names.max().unwrap_or(0);
                for item in &self.items[i..i + run] {
                    if let Item::Attribute { name, value, .. } = item {
                        pad(f, indent)?;
                        write!(f, "{name:<width$} = ")?;
                        value.write(f, indent, indent + name.len() + 3)?;
                        f.write_char('\n')?;
                    }
                }
                i += run;
                continue;
            }
            if i > 0 {
                f.write_char('\n')?;
            }
            pad(f, indent)?;
            match &self.items[i] {
                Item::Attribute { name, value, .. } => {
                    write!(f, "{name} = ")?;
                    value.write(f, indent, indent + name.len() + 3)?;
                    f.write_char('\n')?;
                }
                Item::Block { kind, body } => {
                    writeln!(f, "{kind} {{")?;
                    body.write(f, indent + 2)?;
                    pad(f, indent)?;
                    f.write_str("}\n")?;
                }
            }
            i += 1;
        }
        Ok(())
    }

    /// How many one-line attributes from here on belong together.
    fn run(&self, start: usize, indent: usize) -> usize {
        self.items[start..]
            .iter()
            .enumerate()
            .take_while(|(offset, item)| match item {
                Item::Attribute {
                    name,
                    value,
                    paragraph,
                } => (*offset == 0 || !paragraph) && value.is_one_line(indent + name.len() + 3),
                Item::Block { .. } => false,
            })
            .count()
    }
}

impl Item {
    fn name_width(&self) -> usize {
        match self {
            Self::Attribute { name, .. } => name.chars().count(),
            Self::Block { .. } => 0,
        }
    }
}

/// The body of a top-level block.
impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_begin_something_is_doubled() {
        for (text, quoted) in [
            ("plain", r#""plain""#),
            ("a$b 100% $", r#""a$b 100% $""#),
            ("${x} %{y}", r#""$${x} %%{y}""#),
            ("$${x}", r#""$$${x}""#),
            ("say \"hi\"\\\n\t\r", r#""say \"hi\"\\\n\t\r""#),
            ("\u{1}\u{7f}\u{85}", r#""\u0001\u007f\u0085""#),
            ("çé 日本 🦀", "\"çé 日本 🦀\""),
        ] {
            assert_eq!(Expr::text(text).to_string(), quoted);
        }
        let mixed = Expr::Text(vec![
            Piece::Literal("a$".into()),
            Piece::Raw("var.b".into()),
        ]);
        assert_eq!(mixed.to_string(), r#""a\u0024${var.b}""#);
    }

    #[test]
    fn runs_align_and_end_at_what_takes_several_lines() {
        let mut body = Body::default();
        body.attribute("name", Expr::text("x"))
            .attribute("description", Expr::Bool(true))
            .attribute_in("port", Expr::Integer(6379), true)
            .attribute(
                "tags",
                Expr::Object(vec![
                    ("A".into(), Expr::text("1")),
                    ("a:b".into(), Expr::text("2")),
                ]),
            )
            .attribute("ids", Expr::List(vec![Expr::Raw("var.a".into())]));
        let mut inner = Body::default();
        inner.attribute("prevent_destroy", Expr::Bool(true));
        body.block("lifecycle", inner);
        assert_eq!(
            body.to_string(),
            "  name        = \"x\"\n  description = true\n\n  port = 6379\n\n  tags = {\n    A     = \"1\"\n    \"a:b\" = \"2\"\n  }\n\n  ids = [var.a]\n\n  lifecycle {\n    prevent_destroy = true\n  }\n"
        );
    }
}
