//! A template in JSON.

use super::tree::{
    DEPTH, Mark, Member, Tree, VALUES, What, too_deep, too_many, unique, unreadable,
};
use crate::diagnostic::Diagnostic;
use crate::read::json::{self, Broken, Json, Kind, Why};

/// Reads a JSON text; `findings` takes what is wrong and doesn't stop the reading.
pub(super) fn parse(
    file: &str,
    text: &str,
    findings: &mut Vec<Diagnostic>,
) -> Result<Tree, Box<Diagnostic>> {
    let mut marks = Marks {
        text,
        counted: 0,
        mark: Mark { line: 1, column: 1 },
    };
    match json::parse(text, DEPTH, VALUES) {
        Ok(json) => Ok(tree(file, json, &mut marks, findings)),
        Err(Broken { at, why }) => {
            let mark = marks.of(at);
            Err(Box::new(match why {
                Why::TooDeep => too_deep(file, mark),
                Why::TooMany => too_many(file, mark),
                Why::Malformed(message) => {
                    unreadable(file, mark, format!("not well-formed JSON: {message}"))
                        .allowed("JSON, or YAML that doesn't begin with a brace")
                        .help("look at this place and just before it")
                }
            }))
        }
    }
}

/// Lines and columns, counted once: marks are only asked for onwards.
struct Marks<'t> {
    text: &'t str,
    counted: usize,
    mark: Mark,
}

impl Marks<'_> {
    fn of(&mut self, at: usize) -> Mark {
        for c in self.text[self.counted..at].chars() {
            if c == '\n' {
                self.mark.line += 1;
                self.mark.column = 1;
            } else {
                self.mark.column += 1;
            }
        }
        self.counted = at;
        self.mark
    }
}

fn tree(file: &str, json: Json, marks: &mut Marks<'_>, findings: &mut Vec<Diagnostic>) -> Tree {
    let mark = marks.of(json.start);
    let what = match json.kind {
        Kind::Null => What::Null,
        Kind::Bool(value) => What::Bool(value, value.to_string()),
        Kind::Number(number) => What::Number(number),
        Kind::Text(text) => What::Text(text),
        Kind::List(items) => What::List(
            items
                .into_iter()
                .map(|item| tree(file, item, marks, findings))
                .collect(),
        ),
        Kind::Object(named) => {
            let mut members = Vec::with_capacity(named.len());
            for one in named {
                let mark = marks.of(one.start);
                members.push(Member {
                    name: one.name,
                    mark,
                    value: tree(file, one.value, marks, findings),
                });
            }
            unique(file, &mut members, findings);
            What::Object(members)
        }
    };
    Tree::new(mark, what)
}
