//! Texts that are put together of what is known and what isn't.

use super::super::source::Span;
use super::super::value::{Data, Inputs, Part, Val};
use super::LONGEST;
use crate::graph::Text;
use crate::value::Id;

/// A value as a text of the graph.
pub(in crate::terraform::reader) fn text_of(value: &Val) -> Text {
    use crate::graph::Part as Piece;
    Text(match &value.data {
        Data::Parts(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Literal(text) => Piece::Literal(text.clone()),
                Part::Input(name) => Piece::Input(Id::foreign(name)),
                Part::Unknown => Piece::Unknown,
            })
            .collect(),
        Data::Input(name) => vec![Piece::Input(Id::foreign(name))],
        data => match data.as_text() {
            Some(text) => vec![Piece::Literal((*text).to_owned())],
            None => vec![Piece::Unknown],
        },
    })
}

/// A text that is put together.
#[derive(Default)]
pub(in crate::terraform::reader) struct TextBuilder {
    parts: Vec<Part>,
    pub(super) length: usize,
    pub inputs: Inputs,
    pub failed: bool,
}

impl TextBuilder {
    pub fn literal(&mut self, text: &str) {
        self.length += text.len();
        if self.length > LONGEST {
            // longer than anything that could be said of it
            return self.push(Part::Unknown);
        }
        match self.parts.last_mut() {
            Some(Part::Literal(last)) => last.push_str(text),
            _ => self.parts.push(Part::Literal(text.to_owned())),
        }
    }

    pub fn push(&mut self, part: Part) {
        if part != Part::Unknown || self.parts.last() != Some(&Part::Unknown) {
            self.parts.push(part);
        }
    }

    pub fn value(&mut self, value: &Val) {
        self.inputs = self.inputs.and(&value.inputs);
        match &value.data {
            Data::Parts(parts) => {
                for part in parts.iter() {
                    match part {
                        Part::Literal(text) => self.literal(text),
                        other => self.push(other.clone()),
                    }
                }
            }
            Data::Input(name) => self.push(Part::Input(name.clone())),
            Data::Failed | Data::Null | Data::List(_) | Data::Set(_) | Data::Object(_) => {
                self.failed = true;
            }
            data => match data.as_text() {
                Some(text) => self.literal(&text),
                None => self.push(Part::Unknown),
            },
        }
    }

    pub fn finish(self, span: Span) -> Val {
        let data = if self.failed {
            Data::Failed
        } else {
            match self.parts.as_slice() {
                [] => Data::text(""),
                [Part::Literal(text)] => Data::text(text.as_str()),
                _ => Data::Parts(self.parts.into()),
            }
        };
        Val::new(data, span).with(&self.inputs)
    }
}
