//! JSON as its standard says it, with the place of every value in bytes: templates and
//! `.tf.json` files are read by it.

/// A value, and the bytes that it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text, without its escapes.
    Text(String),
    /// Values in brackets.
    List(Vec<Json>),
    /// Named values in braces, in their order; a name may stand twice.
    Object(Vec<Named>),
}

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Its first byte: the quote.
    pub start: usize,
    /// The byte behind its closing quote.
    pub end: usize,
    /// The value.
    pub value: Json,
}

/// Why a text can't be read, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The byte.
    pub at: usize,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It isn't JSON, in words.
    Malformed(String),
    /// Values stand too deep in one another.
    TooDeep,
    /// There are too many values.
    TooMany,
}

/// Reads a text of at most so many values, and at most so many of them in one another.
///
/// # Errors
/// The text isn't JSON, or more than that.
pub fn parse(text: &str, deepest: usize, most: usize) -> Result<Json, Broken> {
    let mut parser = Parser {
        text,
        at: 0,
        values: 0,
        deepest,
        most,
    };
    let value = parser.value(0)?;
    parser.blank();
    if parser.at < text.len() {
        return Err(parser.malformed("something stands after the end of the JSON value"));
    }
    Ok(value)
}

struct Parser<'t> {
    text: &'t str,
    /// The byte that comes next.
    at: usize,
    values: usize,
    deepest: usize,
    most: usize,
}

impl Parser<'_> {
    fn broken(&self, why: Why) -> Broken {
        Broken { at: self.at, why }
    }

    fn malformed(&self, message: impl Into<String>) -> Broken {
        self.broken(Why::Malformed(message.into()))
    }

    /// What comes next, in words, and what should.
    fn instead_of(&self, wanted: &str) -> Broken {
        let next = match self.text[self.at..].chars().next() {
            None => "the end of the file".to_owned(),
            Some(c) => format!("{c:?}"),
        };
        self.malformed(format!("{next} where {wanted} should be"))
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

    fn value(&mut self, depth: usize) -> Result<Json, Broken> {
        self.blank();
        if depth > self.deepest {
            return Err(self.broken(Why::TooDeep));
        }
        self.values += 1;
        if self.values > self.most {
            return Err(self.broken(Why::TooMany));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Kind::Number(self.number()?),
            Some(b'a'..=b'z') => self.word()?,
            _ => return Err(self.instead_of("a value")),
        };
        Ok(Json {
            kind,
            start,
            end: self.at,
        })
    }

    fn object(&mut self, depth: usize) -> Result<Kind, Broken> {
        self.at += 1;
        let mut members = Vec::new();
        if self.take(b'}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.blank();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.instead_of("a name in quotes"));
            }
            let name = self.string()?;
            let end = self.at;
            if !self.take(b':') {
                return Err(self.instead_of("a colon"));
            }
            let value = self.value(depth + 1)?;
            members.push(Named {
                name,
                start,
                end,
                value,
            });
            if self.take(b'}') {
                return Ok(Kind::Object(members));
            }
            if !self.take(b',') {
                return Err(self.instead_of("a comma or `}`"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Kind, Broken> {
        self.at += 1;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(b']') {
                return Ok(Kind::List(items));
            }
            if !self.take(b',') {
                return Err(self.instead_of("a comma or `]`"));
            }
        }
    }

    /// A string, whose quotes are found here and whose escapes are serde_json's to read.
    fn string(&mut self) -> Result<String, Broken> {
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
                    return Err(self.malformed("a line break or a control character within a text"));
                }
                None => return Err(self.malformed("a text whose closing quote is missing")),
            }
        }
        self.at = end + 1;
        let inside = &self.text[start + 1..end];
        if plain {
            return Ok(inside.to_owned());
        }
        serde_json::from_str(&self.text[start..self.at]).map_err(|_| {
            self.at = start;
            self.malformed("a text with an escape that JSON doesn't have")
        })
    }

    fn number(&mut self) -> Result<String, Broken> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let written = &rest[..end];
        if serde_json::from_str::<serde_json::Number>(written).is_err() {
            return Err(self.malformed(format!("{written} isn't a number")));
        }
        self.at += end;
        Ok(written.to_owned())
    }

    fn word(&mut self) -> Result<Kind, Broken> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let kind = match &rest[..end] {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null,
            word => return Err(self.malformed(format!("{word} without quotes"))),
        };
        self.at += end;
        Ok(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_bytes() {
        let text = " {\"a\": [1, true], \"é\\n\": null} ";
        let json = parse(text, 9, 9).unwrap();
        assert_eq!(&text[json.start..json.end], text.trim());
        let Kind::Object(members) = json.kind else {
            panic!("an object");
        };
        assert_eq!(&text[members[1].start..members[1].end], "\"é\\n\"");
        assert_eq!(members[1].name, "é\n");
        assert_eq!(
            &text[members[0].value.start..members[0].value.end],
            "[1, true]"
        );
    }

    #[test]
    fn what_is_wrong_has_its_byte() {
        for (text, at) in [
            ("", 0),
            ("[1 2]", 3),
            ("{a: 1}", 1),
            ("[01]", 1),
            ("[1] x", 4),
            ("\"a", 0),
        ] {
            assert_eq!(parse(text, 9, 9).unwrap_err().at, at, "{text}");
        }
        assert_eq!(parse("[[1]]", 1, 9).unwrap_err().why, Why::TooDeep);
        assert_eq!(parse("[1, 1]", 9, 2).unwrap_err().why, Why::TooMany);
    }
}
