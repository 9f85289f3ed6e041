//! `.tf` files, and expressions within texts, as [`syntax`](super::syntax).

use hcl_edit::expr::{
    BinaryOperator, Expression, ForExpr, ObjectKey, TraversalOperator, UnaryOperator,
};
use hcl_edit::structure;
use hcl_edit::template::{Directive, Element, Strip, Template};
use hcl_edit::{Number, Span as _};

use super::source::Span;
use super::syntax::{
    Attribute, Binary, Block, Body, Call, Expr, ExprKind, For, Item, Piece, Step, Unary,
};

/// Why a text can't be read.
#[derive(Debug)]
pub(super) struct Broken {
    pub span: Span,
    pub message: String,
    /// A name stands twice where it may stand once.
    pub twice: bool,
}

/// Reads a file.
pub(super) fn body(file: u32, text: &str) -> Result<Body, Broken> {
    let parsed = hcl_edit::parser::parse_body(text).map_err(|error| broken(file, 0, &error))?;
    let lower = Lower { file, base: 0 };
    Ok(lower.body(&parsed, 0))
}

/// Reads what a text in JSON holds, whose first character stands at `base`. Columns are right
/// where nothing in the text is escaped.
pub(super) fn template(file: u32, base: usize, text: &str) -> Result<Expr, Broken> {
    let whole = Span {
        file,
        start: base as u32,
        end: (base + text.len()) as u32,
    };
    if !text.contains("${") && !text.contains("%{") {
        return Ok(Expr {
            kind: ExprKind::Text(text.to_owned()),
            span: whole,
        });
    }
    let parsed =
        hcl_edit::parser::parse_template(text).map_err(|error| broken(file, base, &error))?;
    let lower = Lower { file, base };
    let pieces = lower.template(&parsed, base);
    Ok(Expr {
        kind: template_kind(pieces),
        span: whole,
    })
}

/// Reads a reference that a text in JSON names: `aws_security_group.this`.
pub(super) fn expression(file: u32, base: usize, text: &str) -> Result<Expr, Broken> {
    let parsed = hcl_edit::parser::parse_expr(text).map_err(|error| broken(file, base, &error))?;
    Ok(Lower { file, base }.expr(&parsed, base))
}

fn broken(file: u32, base: usize, error: &hcl_edit::parser::Error) -> Broken {
    let at = (base + error.location().offset()) as u32;
    Broken {
        span: Span {
            file,
            start: at,
            end: at,
        },
        message: error.message().to_owned(),
        twice: error.message().contains("found redefined"),
    }
}

fn template_kind(mut pieces: Vec<Piece>) -> ExprKind {
    match pieces.as_mut_slice() {
        [] => ExprKind::Text(String::new()),
        [Piece::Literal(text)] => ExprKind::Text(std::mem::take(text)),
        _ => ExprKind::Template(pieces),
    }
}

/// Where bytes of the parsed text are in the file.
#[derive(Clone, Copy)]
struct Lower {
    file: u32,
    base: usize,
}

impl Lower {
    /// `near` is for what has no place of its own.
    fn span(self, span: Option<std::ops::Range<usize>>, near: usize) -> Span {
        let span = span.map_or(near..near, |span| {
            self.base + span.start..self.base + span.end
        });
        Span {
            file: self.file,
            start: span.start as u32,
            end: span.end as u32,
        }
    }

    fn body(self, body: &structure::Body, near: usize) -> Body {
        let items = body.iter().map(|item| match item {
            structure::Structure::Attribute(attribute) => {
                let name_span = self.span(attribute.key.span(), near);
                Item::Attribute(Attribute {
                    name: attribute.key.as_str().to_owned(),
                    name_span,
                    value: self.expr(&attribute.value, name_span.end as usize),
                })
            }
            structure::Structure::Block(block) => {
                let head = self.span(block.ident.span(), near);
                Item::Block(Block {
                    kind: block.ident.as_str().to_owned(),
                    labels: block
                        .labels
                        .iter()
                        .map(|label| label.as_str().to_owned())
                        .collect(),
                    head,
                    span: self.span(block.span(), head.start as usize),
                    body: self.body(&block.body, head.end as usize),
                })
            }
        });
        Body {
            items: items.collect(),
        }
    }

    fn expr(self, expression: &Expression, near: usize) -> Expr {
        let span = self.span(expression.span(), near);
        let near = span.start as usize;
        let boxed = |inner: &Expression| Box::new(self.expr(inner, near));
        let kind = match expression {
            Expression::Null(_) => ExprKind::Null,
            Expression::Bool(value) => ExprKind::Bool(*value.value()),
            Expression::Number(number) => ExprKind::Number(as_f64(number.value())),
            Expression::String(text) => ExprKind::Text(text.value().clone()),
            Expression::StringTemplate(template) => template_kind(self.template(template, near)),
            Expression::HeredocTemplate(heredoc) => {
                template_kind(self.template(&heredoc.template, near))
            }
            Expression::Array(items) => {
                ExprKind::List(items.iter().map(|item| self.expr(item, near)).collect())
            }
            Expression::Object(object) => {
                let mut members = Vec::with_capacity(object.len());
                for (key, value) in object {
                    let key_span = self.span(key.span(), near);
                    let key = match key {
                        ObjectKey::Ident(name) => Expr {
                            kind: ExprKind::Text(name.as_str().to_owned()),
                            span: key_span,
                        },
                        ObjectKey::Expression(key) => self.expr(key, near),
                    };
                    members.push((key, self.expr(value.expr(), key_span.end as usize)));
                }
                ExprKind::Object(members)
            }
            Expression::Parenthesis(inner) => return self.expr(inner.inner(), near),
            Expression::Variable(name) => ExprKind::Name(name.as_str().to_owned()),
            Expression::Conditional(conditional) => ExprKind::Conditional(Box::new([
                self.expr(&conditional.cond_expr, near),
                self.expr(&conditional.true_expr, near),
                self.expr(&conditional.false_expr, near),
            ])),
            Expression::FuncCall(call) => {
                let spaces = call.name.namespace.iter().map(|space| space.as_str());
                let names: Vec<&str> = spaces.chain([call.name.name.as_str()]).collect();
                ExprKind::Call(Box::new(Call {
                    name: names.join("::"),
                    arguments: call.args.iter().map(|item| self.expr(item, near)).collect(),
                    expands: call.args.expand_final(),
                }))
            }
            Expression::Traversal(traversal) => {
                let steps = traversal.operators.iter().map(|step| match step.value() {
                    TraversalOperator::AttrSplat(_) => Step::AttributeSplat,
                    TraversalOperator::FullSplat(_) => Step::Splat,
                    TraversalOperator::GetAttr(name) => Step::Attribute(name.as_str().to_owned()),
                    TraversalOperator::Index(index) => Step::Index(self.expr(index, near)),
                    TraversalOperator::LegacyIndex(index) => Step::Index(Expr {
                        kind: ExprKind::Number(*index.value() as f64),
                        span,
                    }),
                });
                ExprKind::Traverse(boxed(&traversal.expr), steps.collect())
            }
            Expression::UnaryOp(operation) => {
                let operator = match operation.operator.value() {
                    UnaryOperator::Neg => Unary::Minus,
                    UnaryOperator::Not => Unary::Not,
                };
                ExprKind::Unary(operator, boxed(&operation.expr))
            }
            Expression::BinaryOp(operation) => ExprKind::Binary(
                binary(*operation.operator.value()),
                Box::new([
                    self.expr(&operation.lhs_expr, near),
                    self.expr(&operation.rhs_expr, near),
                ]),
            ),
            Expression::ForExpr(each) => ExprKind::For(Box::new(self.each(each, near))),
        };
        Expr { kind, span }
    }

    fn each(self, each: &ForExpr, near: usize) -> For {
        For {
            key: each
                .intro
                .key_var
                .as_ref()
                .map(|key| key.as_str().to_owned()),
            value: each.intro.value_var.as_str().to_owned(),
            collection: self.expr(&each.intro.collection_expr, near),
            key_of: each.key_expr.as_ref().map(|key| self.expr(key, near)),
            value_of: self.expr(&each.value_expr, near),
            condition: each.cond.as_ref().map(|cond| self.expr(&cond.expr, near)),
            groups: each.grouping,
        }
    }

    fn template(self, template: &Template, near: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        // what `~` at the end of the piece before takes away
        let mut trim = false;
        for element in template {
            let strip = match element {
                Element::Literal(_) => Strip::None,
                Element::Interpolation(value) => value.strip,
                Element::Directive(directive) => match &**directive {
                    Directive::If(each) => outer(each.if_expr.strip, each.endif_expr.strip),
                    Directive::For(each) => outer(each.for_expr.strip, each.endfor_expr.strip),
                },
            };
            if strip.strip_start() {
                trim_end(&mut pieces);
            }
            match element {
                Element::Literal(text) => {
                    let text = text.as_str();
                    let text = if trim { trim_start(text) } else { text };
                    pieces.push(Piece::Literal(text.to_owned()));
                }
                Element::Interpolation(value) => {
                    pieces.push(Piece::Value(self.expr(&value.expr, near)));
                }
                Element::Directive(directive) => pieces.push(self.directive(directive, near)),
            }
            trim = strip.strip_end();
        }
        pieces.retain(|piece| !matches!(piece, Piece::Literal(text) if text.is_empty()));
        pieces
    }

    fn directive(self, directive: &Directive, near: usize) -> Piece {
        let inner = |template: &Template, first: Strip, last: Strip| {
            let mut pieces = self.template(template, near);
            if first.strip_end()
                && let Some(Piece::Literal(text)) = pieces.first_mut()
            {
                *text = trim_start(text).to_owned();
            }
            if last.strip_start() {
                trim_end(&mut pieces);
            }
            pieces
        };
        match directive {
            Directive::If(each) => {
                let last = each.endif_expr.strip;
                let middle = each.else_expr.as_ref();
                Piece::If {
                    condition: self.expr(&each.if_expr.cond_expr, near),
                    then: inner(
                        &each.if_expr.template,
                        each.if_expr.strip,
                        middle.map_or(last, |middle| middle.strip),
                    ),
                    otherwise: middle.map_or_else(Vec::new, |middle| {
                        inner(&middle.template, middle.strip, last)
                    }),
                }
            }
            Directive::For(each) => Piece::For {
                key: each
                    .for_expr
                    .key_var
                    .as_ref()
                    .map(|key| key.as_str().to_owned()),
                value: each.for_expr.value_var.as_str().to_owned(),
                collection: self.expr(&each.for_expr.collection_expr, near),
                body: inner(
                    &each.for_expr.template,
                    each.for_expr.strip,
                    each.endfor_expr.strip,
                ),
            },
        }
    }
}

/// What a directive takes away around itself.
fn outer(first: Strip, last: Strip) -> Strip {
    Strip::from((first.strip_start(), last.strip_end()))
}

/// Blanks up to and with the next line break.
fn trim_start(text: &str) -> &str {
    text.trim_start()
}

fn trim_end(pieces: &mut [Piece]) {
    if let Some(Piece::Literal(text)) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
    }
}

fn as_f64(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}

fn binary(operator: BinaryOperator) -> Binary {
    match operator {
        BinaryOperator::Eq => Binary::Equal,
        BinaryOperator::NotEq => Binary::NotEqual,
        BinaryOperator::LessEq => Binary::LessOrEqual,
        BinaryOperator::GreaterEq => Binary::GreaterOrEqual,
        BinaryOperator::Less => Binary::Less,
        BinaryOperator::Greater => Binary::Greater,
        BinaryOperator::Plus => Binary::Plus,
        BinaryOperator::Minus => Binary::Minus,
        BinaryOperator::Mul => Binary::Times,
        BinaryOperator::Div => Binary::Divide,
        BinaryOperator::Mod => Binary::Modulo,
        BinaryOperator::And => Binary::And,
        BinaryOperator::Or => Binary::Or,
    }
}
