//! For a person: the message, the source line with the value underlined, and what to do.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Style, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Level, Place};

type Reader<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// The sources that findings point into, each read once.
pub struct Sources<'a> {
    read: Reader<'a>,
    known: HashMap<String, Option<Vec<String>>>,
}

impl<'a> Sources<'a> {
    /// Sources that are read by their path.
    #[must_use]
    pub fn new(read: impl Fn(&str) -> Option<String> + 'a) -> Self {
        Self {
            read: Box::new(read),
            known: HashMap::new(),
        }
    }

    /// A line of a source, where there is one.
    fn line(&mut self, place: &Place) -> Option<String> {
        if !self.known.contains_key(&*place.file) {
            let lines = (self.read)(&place.file)
                .map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
            self.known.insert(place.file.to_string(), lines);
        }
        let lines = self.known.get(&*place.file)?.as_ref()?;
        let line = lines.get(place.line.checked_sub(1)? as usize)?;
        // a minified file is one line, and nobody would find the value in it
        (line.len() <= 400).then(|| line.trim_start_matches('\u{feff}').to_owned())
    }
}

/// One finding.
#[must_use]
pub fn text(diagnostic: &Diagnostic, sources: &mut Sources<'_>, colour: bool) -> String {
    let style = match diagnostic.level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Information => Style::INFO.with_name("information"),
    };
    let title = visible(&diagnostic.message);
    let place = diagnostic.place.as_ref();
    let origin = diagnostic.origin.as_ref();
    let mut shown = |place: Option<&Place>| {
        let line = place.and_then(|place| Some((place, sources.line(place)?)));
        line.map(|(place, line)| {
            if diagnostic.sensitive {
                masked(&line, place)
            } else {
                line
            }
        })
    };
    let (line, origin_line) = (shown(place), shown(origin));
    let mut group = Group::with_title(style.primary_title(&*title).id(diagnostic.code));
    group = element(group, place, line.as_deref(), AnnotationKind::Primary, None);
    group = element(
        group,
        origin,
        origin_line.as_deref(),
        AnnotationKind::Context,
        Some("the value is said here"),
    );
    let mut notes = Vec::new();
    match (&diagnostic.resource, &diagnostic.environment) {
        (Some(resource), _) => notes.push((Style::NOTE, format!("this is about {resource}"))),
        (None, Some(environment)) => {
            notes.push((Style::NOTE, format!("this is about {environment}")));
        }
        (None, None) => {}
    }
    if !diagnostic.allowed.is_empty() {
        notes.push((
            Style::NOTE.with_name("allowed"),
            visible(&diagnostic.allowed),
        ));
    }
    if !diagnostic.help.is_empty() {
        notes.push((Style::HELP, visible(&diagnostic.help)));
    }
    for (style, note) in &notes {
        group = group.element(style.clone().message(&**note));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.render(&[group]);
    text.push_str("\n\n");
    text
}

fn element<'a>(
    group: Group<'a>,
    place: Option<&'a Place>,
    line: Option<&'a str>,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Group<'a> {
    match (place, line) {
        (Some(place), Some(line)) => {
            let span = extent(line, place.column as usize, place.file.ends_with(".rs"));
            group.element(
                Snippet::source(line)
                    .line_start(place.line as usize)
                    .path(&*place.file)
                    .annotation(kind.span(span).label(label)),
            )
        }
        (Some(place), None) => group.element(
            Origin::path(&*place.file)
                .line(place.line as usize)
                .char_column(place.column as usize),
        ),
        (None, _) => group,
    }
}

/// A line without what stands from a place on, for nobody may see it.
fn masked(line: &str, place: &Place) -> String {
    let start = line
        .char_indices()
        .nth((place.column as usize).saturating_sub(1))
        .map_or(line.len(), |(at, _)| at);
    // of a definition in Rust the name of the method may be seen, and of a parameter its name
    let (before, secret) = line.split_at(start);
    let name = secret
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(0);
    let rest = &secret[name..];
    let kept = if rest.starts_with('(') || rest.starts_with(": ") || rest.trim_end() == ":" {
        name + 1
    } else {
        0
    };
    let hidden = hide(&secret[kept..]);
    // what stands before is somebody's, too, unless it only names what comes
    let name = before.trim_matches(|c: char| c.is_whitespace() || "-\"':=.{".contains(c));
    let plain = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    let before = if name.chars().all(plain) && name.len() < 40 {
        before.to_owned()
    } else {
        hide(before)
    };
    format!("{before}{}{hidden}", &secret[..kept])
}

/// A text of which only the blanks are left.
fn hide(text: &str) -> String {
    let star = |c: char| if c.is_whitespace() { c } else { '*' };
    text.chars().map(star).collect()
}

/// What would move the cursor or hide something is spelled out.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let hidden = crate::value::is_invisible(c);
            let spelled: Vec<char> = if hidden {
                c.escape_unicode().collect()
            } else {
                vec![c]
            };
            spelled
        })
        .collect()
}

/// The bytes of a line that a value takes, which begins at a column in characters.
fn extent(line: &str, column: usize, is_rust: bool) -> Range<usize> {
    let start = line
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line.len(), |(at, _)| at);
    let rest = &line[start..];
    let length = if is_rust {
        let name = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .unwrap_or(rest.len());
        name + balanced(&rest[name..]).unwrap_or(0)
    } else if let Some(length) = balanced(rest) {
        length
    } else {
        plain(rest)
    };
    start..(start + length).max(start + usize::from(start < line.len()))
}

/// How long a quoted text or what stands in brackets is, where it ends on the line.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) => {
                if c == open {
                    quote = None;
                    if depth == 0 {
                        return Some(at + c.len_utf8());
                    }
                }
            }
            None => match c {
                '"' => quote = Some('"'),
                '\'' if depth == 0 && at == 0 => quote = Some('\''),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at + c.len_utf8());
                    }
                }
                _ if depth == 0 => return None,
                _ => {}
            },
        }
    }
    None
}

/// How long a value without quotes is: up to a comment, or what separates it from the next.
fn plain(text: &str) -> usize {
    let mut depth = 0usize;
    let mut is_whole = false;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' | ',' if depth == 0 => {
                end = at;
                break;
            }
            ')' | ']' | '}' => depth -= 1,
            // a branch of a condition ends where the other one begins
            '?' if depth == 0 => is_whole = true,
            ':' if depth == 0 && !is_whole && text[..at].ends_with(' ') => {
                end = at;
                break;
            }
            '#' if at == 0 || text[..at].ends_with(char::is_whitespace) => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    text[..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_underlined_as_far_as_it_goes() {
        for (line, column, rust, expected) in [
            ("  Port: 0 # x", 9, false, "0"),
            ("  Type: \"a, b\", ", 9, false, "\"a, b\""),
            ("  { \"a\": [1, 2] }", 10, false, "[1, 2]"),
            ("  { \"a\": 12 }", 10, false, "12"),
            ("  n = var.x ? 40 : f(1, 2)", 15, false, "40"),
            (
                "  n = var.x ? \"a\" : f(1, 2)",
                7,
                false,
                "var.x ? \"a\" : f(1, 2)",
            ),
            ("        .port(0)", 10, true, "port(0)"),
            (
                "    let a = Region::named(\"x\");",
                13,
                true,
                "Region::named(\"x\")",
            ),
            ("é: ü", 4, false, "ü"),
        ] {
            assert_eq!(&line[extent(line, column, rust)], expected, "{line}");
        }
        assert_eq!(extent("ab", 9, false), 2..2);
    }

    #[test]
    fn a_finding_shows_its_line() {
        let place = Place {
            file: "a.yaml".into(),
            line: 2,
            column: 7,
        };
        let found = Diagnostic::warning("port", "port 1785 is unusual")
            .at(&place)
            .help("say 6379");
        let mut sources = Sources::new(|_| Some("Cache:\nPort: 1785\n".into()));
        let shown = text(&found, &mut sources, false);
        for part in [
            "warning[port]: port 1785 is unusual",
            "--> a.yaml:2:7",
            "2 | Port: 1785",
            "  |       ^^^^",
            "= help: say 6379",
        ] {
            assert!(shown.contains(part), "{shown}");
        }
    }
}
