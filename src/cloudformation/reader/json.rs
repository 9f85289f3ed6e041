//! JSON as its standard says it, with the place of every value.

use super::tree::{
    DEPTH, Mark, Member, Tree, VALUES, What, too_deep, too_many, unique, unreadable,
};
use crate::diagnostic::Diagnostic;

/// Reads a JSON text; `findings` takes what is wrong and doesn't stop the reading.
pub(super) fn parse(
    file: &str,
    text: &str,
    findings: &mut Vec<Diagnostic>,
) -> Result<Tree, Box<Diagnostic>> {
    let mut parser = Parser {
        file,
        text,
        at: 0,
        line: 1,
        column: 1,
        marked: 0,
        values: 0,
        findings,
    };
    let tree = parser.value(0)?;
    parser.blank();
    if parser.at < text.len() {
        return Err(parser.error("something stands after the end of the JSON value"));
    }
    Ok(tree)
}

struct Parser<'a> {
    file: &'a str,
    text: &'a str,
    /// The byte that comes next.
    at: usize,
    /// The line of the byte at `marked`.
    line: u32,
    /// Its column.
    column: u32,
    /// Up to here, lines and columns are counted.
    marked: usize,
    values: usize,
    findings: &'a mut Vec<Diagnostic>,
}

type Result<T, E = Box<Diagnostic>> = std::result::Result<T, E>;

impl Parser<'_> {
    /// Where the next byte is. Marks are only asked for onwards.
    fn mark(&mut self) -> Mark {
        for c in self.text[self.marked..self.at].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.marked = self.at;
        Mark {
            line: self.line,
            column: self.column,
        }
    }

    fn error(&mut self, message: &str) -> Box<Diagnostic> {
        let mark = self.mark();
        Box::new(
            unreadable(self.file, mark, format!("not well-formed JSON: {message}"))
                .allowed("JSON, or YAML that doesn't begin with a brace")
                .help("look at this place and just before it"),
        )
    }

    /// What comes next, in words.
    fn next_words(&self) -> String {
        match self.text[self.at..].chars().next() {
            None => "the end of the file".to_owned(),
            Some(c) => format!("{c:?}"),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// The next byte that isn't blank, which is taken where it is `byte`.
    fn take(&mut self, byte: u8) -> bool {
        self.blank();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Tree> {
        self.blank();
        let mark = self.mark();
        if depth > DEPTH {
            return Err(Box::new(too_deep(self.file, mark)));
        }
        self.values += 1;
        if self.values > VALUES {
            return Err(Box::new(too_many(self.file, mark)));
        }
        let what = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => What::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => What::Number(self.number()?),
            Some(b'a'..=b'z') => self.word()?,
            _ => {
                let next = self.next_words();
                return Err(self.error(&format!("{next} where a value should be")));
            }
        };
        Ok(Tree::new(mark, what))
    }

    fn object(&mut self, depth: usize) -> Result<What> {
        self.at += 1;
        let mut members = Vec::new();
        if self.take(b'}') {
            return Ok(What::Object(members));
        }
        loop {
            self.blank();
            let mark = self.mark();
            if self.peek() != Some(b'"') {
                let next = self.next_words();
                return Err(self.error(&format!("{next} where a name in quotes should be")));
            }
            let name = self.string()?;
            if !self.take(b':') {
                let next = self.next_words();
                return Err(self.error(&format!("{next} where a colon should be")));
            }
            let value = self.value(depth + 1)?;
            members.push(Member { name, mark, value });
            if self.take(b'}') {
                unique(self.file, &mut members, self.findings);
                return Ok(What::Object(members));
            }
            if !self.take(b',') {
                let next = self.next_words();
                return Err(self.error(&format!("{next} where a comma or `}}` should be")));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<What> {
        self.at += 1;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(What::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(b']') {
                return Ok(What::List(items));
            }
            if !self.take(b',') {
                let next = self.next_words();
                return Err(self.error(&format!("{next} where a comma or `]` should be")));
            }
        }
    }

    /// A string, whose quotes are found here and whose escapes are serde_json's to read.
    fn string(&mut self) -> Result<String> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        let mut plain = true;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    plain = false;
                    end += 2;
                }
                Some(byte) if *byte >= 0x20 => end += 1,
                Some(_) => {
                    self.at = end;
                    return Err(self.error("a line break or a control character within a text"));
                }
                None => return Err(self.error("a text whose closing quote is missing")),
            }
        }
        self.at = end + 1;
        let inside = &self.text[start + 1..end];
        if plain {
            return Ok(inside.to_owned());
        }
        serde_json::from_str(&self.text[start..self.at]).map_err(|_| {
            self.at = start;
            self.error("a text with an escape that JSON doesn't have")
        })
    }

    fn number(&mut self) -> Result<String> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let written = &rest[..end];
        if serde_json::from_str::<serde_json::Number>(written).is_err() {
            return Err(self.error(&format!("{written} isn't a number")));
        }
        self.at += end;
        Ok(written.to_owned())
    }

    fn word(&mut self) -> Result<What> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let what = match &rest[..end] {
            "true" => What::Bool(true, "true".to_owned()),
            "false" => What::Bool(false, "false".to_owned()),
            "null" => What::Null,
            word => return Err(self.error(&format!("{word} without quotes"))),
        };
        self.at += end;
        Ok(what)
    }
}
