//! YAML as CloudFormation takes it: one document, short tags for its functions, scalars as
//! YAML 1.1 has them, and aliases that repeat no more than a document may hold.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::tree::{
    DEPTH, Mark, Member, Tree, VALUES, What, too_deep, too_many, unique, unreadable,
};
use crate::diagnostic::Diagnostic;

type Result<T, E = Box<Diagnostic>> = std::result::Result<T, E>;

/// How many bytes all texts may have together, with everything that aliases repeat.
const BYTES: usize = 8 << 20;

/// Reads a YAML text; `findings` takes what is wrong and doesn't stop the reading.
pub(super) fn parse(file: &str, text: &str, findings: &mut Vec<Diagnostic>) -> Result<Tree> {
    let mut builder = Builder {
        file,
        findings,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        spent: Weight::default(),
    };
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    let end = end(text);
    loop {
        let (event, span) = match parser.next_event() {
            None => break,
            Some(Ok(next)) => next,
            Some(Err(error)) if error.info().contains("recursion limit") => {
                return Err(Box::new(too_deep(file, mark(error.marker(), end))));
            }
            Some(Err(error)) => {
                return Err(Box::new(
                    unreadable(
                        file,
                        mark(error.marker(), end),
                        format!("not well-formed YAML: {}", error.info()),
                    )
                    .allowed("YAML, or JSON that begins with a brace")
                    .help("look at the indentation and the quotes here and on the lines before"),
                ));
            }
        };
        let mark = mark(&span.start, end);
        match event {
            Event::StreamEnd => break,
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(Box::new(
                        unreadable(file, mark, "a second YAML document begins here")
                            .allowed("one template to a file")
                            .help("put each template into a file of its own"),
                    ));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let what = scalar(&text, style, tag.as_deref());
                builder.spend(1, text.len(), mark)?;
                let tree = builder.tagged(Tree::new(mark, what), tag.as_deref());
                let source = Source {
                    text: &text,
                    plain: style == ScalarStyle::Plain,
                };
                builder.put(tree, anchor, 0, Some(source))?;
            }
            Event::SequenceStart(anchor, tag) => builder.begin(mark, anchor, &tag, false)?,
            Event::MappingStart(anchor, tag) => builder.begin(mark, anchor, &tag, true)?,
            Event::SequenceEnd | Event::MappingEnd => builder.end()?,
            Event::Alias(anchor) => builder.alias(anchor, mark)?,
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
        }
    }
    Ok(builder
        .root
        .unwrap_or(Tree::new(Mark { line: 1, column: 1 }, What::Null)))
}

/// Where a marker is; the end of the text for one that is behind it.
fn mark(marker: &Marker, end: Mark) -> Mark {
    let mark = Mark {
        line: small(marker.line()).max(1),
        column: small(marker.col()).saturating_add(1),
    };
    if mark.line > end.line { end } else { mark }
}

/// Behind the last character that is seen.
fn end(text: &str) -> Mark {
    let (line, last) = text.lines().enumerate().last().unwrap_or_default();
    Mark {
        line: small(line + 1),
        column: small(last.trim_end().chars().count()).saturating_add(1),
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[derive(Clone, Copy, Default)]
struct Weight {
    values: usize,
    bytes: usize,
}

/// A list or an object that hasn't ended.
struct Open {
    mark: Mark,
    anchor: usize,
    tag: Option<Tag>,
    /// What was spent before it began.
    before: Weight,
    /// How many levels stand in it.
    height: usize,
    content: Content,
}

enum Content {
    List(Vec<Tree>),
    Object {
        members: Vec<Member>,
        name: Option<(String, Mark, bool)>,
        merged: Vec<Tree>,
    },
}

/// A scalar as it is written.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
    plain: bool,
}

/// What an anchor names.
struct Anchored {
    tree: Tree,
    weight: Weight,
    height: usize,
}

struct Builder<'a> {
    file: &'a str,
    findings: &'a mut Vec<Diagnostic>,
    open: Vec<Open>,
    root: Option<Tree>,
    anchors: HashMap<usize, Anchored>,
    spent: Weight,
}

impl Builder<'_> {
    fn spend(&mut self, values: usize, bytes: usize, mark: Mark) -> Result<()> {
        self.spent.values += values;
        self.spent.bytes += bytes;
        if self.spent.values > VALUES || self.spent.bytes > BYTES {
            return Err(Box::new(too_many(self.file, mark)));
        }
        Ok(())
    }

    fn begin(
        &mut self,
        mark: Mark,
        anchor: usize,
        tag: &Option<Cow<'_, Tag>>,
        object: bool,
    ) -> Result<()> {
        let before = self.spent;
        self.spend(1, 0, mark)?;
        if self.open.len() >= DEPTH {
            return Err(Box::new(too_deep(self.file, mark)));
        }
        self.open.push(Open {
            mark,
            anchor,
            tag: tag.as_deref().cloned(),
            before,
            height: 0,
            content: if object {
                Content::Object {
                    members: Vec::new(),
                    name: None,
                    merged: Vec::new(),
                }
            } else {
                Content::List(Vec::new())
            },
        });
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let what = match open.content {
            Content::List(items) => What::List(items),
            Content::Object {
                mut members,
                merged,
                ..
            } => {
                unique(self.file, &mut members, self.findings);
                if !merged.is_empty() {
                    let mut known = members.iter().map(|member| member.name.clone()).collect();
                    for other in merged {
                        merge(&mut members, &mut known, other);
                    }
                }
                What::Object(members)
            }
        };
        let tree = self.tagged(Tree::new(open.mark, what), open.tag.as_ref());
        if open.anchor > 0 {
            let weight = Weight {
                values: self.spent.values - open.before.values,
                bytes: self.spent.bytes - open.before.bytes,
            };
            let anchored = Anchored {
                tree: tree.clone(),
                weight,
                height: open.height + 1,
            };
            // the copy that the anchor keeps is held as well
            self.spend(weight.values, weight.bytes, open.mark)?;
            self.anchors.insert(open.anchor, anchored);
        }
        self.put(tree, 0, open.height + 1, None)
    }

    fn alias(&mut self, anchor: usize, mark: Mark) -> Result<()> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            return Err(Box::new(
                unreadable(
                    self.file,
                    mark,
                    "an alias to an anchor that it stands in itself",
                )
                .allowed("an alias to something that has ended before it")
                .help("write the value out"),
            ));
        };
        let (weight, height) = (anchored.weight, anchored.height);
        self.spend(weight.values, weight.bytes, mark)?;
        if self.open.len() + height > DEPTH {
            return Err(Box::new(too_deep(self.file, mark)));
        }
        match self.anchors.get(&anchor).map(|known| known.tree.clone()) {
            Some(tree) => self.put(tree, 0, height, None),
            None => Ok(()),
        }
    }

    /// Puts a value where the next one belongs: a scalar's anchor is noted on the way.
    fn put(
        &mut self,
        tree: Tree,
        anchor: usize,
        height: usize,
        source: Option<Source<'_>>,
    ) -> Result<()> {
        if anchor > 0 {
            let bytes = tree.text().map_or(0, str::len);
            self.anchors.insert(
                anchor,
                Anchored {
                    tree: tree.clone(),
                    weight: Weight { values: 1, bytes },
                    height,
                },
            );
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(tree);
            return Ok(());
        };
        open.height = open.height.max(height);
        match &mut open.content {
            Content::List(items) => items.push(tree),
            Content::Object {
                members,
                name,
                merged,
            } => match name.take() {
                Some((key, _, true)) if key == "<<" && is_mergeable(&tree) => merged.push(tree),
                Some((key, mark, _)) => members.push(Member {
                    name: key,
                    mark,
                    value: tree,
                }),
                None => {
                    let key = match source {
                        Some(source) => Some(source.text.to_owned()),
                        None => tree.name().map(str::to_owned),
                    };
                    let Some(key) = key else {
                        let message = format!("{} where a name should be", tree.noun());
                        return Err(Box::new(
                            unreadable(self.file, tree.mark, message)
                                .allowed("names that are texts")
                                .help("put the name into quotes"),
                        ));
                    };
                    *name = Some((key, tree.mark, source.is_some_and(|source| source.plain)));
                }
            },
        }
        Ok(())
    }

    /// The long form of a value with a short tag.
    fn tagged(&mut self, tree: Tree, tag: Option<&Tag>) -> Tree {
        let Some(tag) = tag.filter(|tag| tag.handle == "!" && !tag.suffix.is_empty()) else {
            return tree;
        };
        let mark = tree.mark;
        let name = match &*tag.suffix {
            "Ref" | "Condition" => tag.suffix.clone(),
            suffix => format!("Fn::{suffix}"),
        };
        let value = match (&*name, tree.text().and_then(|text| text.split_once('.'))) {
            ("Fn::GetAtt", Some((resource, attribute))) => {
                let part = |text: &str| Tree::new(mark, What::Text(text.to_owned()));
                Tree::new(mark, What::List(vec![part(resource), part(attribute)]))
            }
            _ => tree,
        };
        Tree::new(mark, What::Object(vec![Member { name, mark, value }]))
    }
}

fn is_mergeable(tree: &Tree) -> bool {
    match &tree.what {
        What::Object(_) => true,
        What::List(items) => items
            .iter()
            .all(|item| matches!(item.what, What::Object(_))),
        _ => false,
    }
}

/// Adds what `<<` names, where it isn't there already.
fn merge(members: &mut Vec<Member>, known: &mut HashSet<String>, other: Tree) {
    match other.what {
        What::Object(more) => {
            for member in more {
                if known.insert(member.name.clone()) {
                    members.push(member);
                }
            }
        }
        What::List(items) => {
            for item in items {
                merge(members, known, item);
            }
        }
        _ => {}
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> What {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() => match &*tag.suffix {
            "null" => What::Null,
            "bool" | "int" | "float" => plain(text),
            _ => What::Text(text.to_owned()),
        },
        // `! text` and a function's argument: a text unless it stands without quotes
        _ if style == ScalarStyle::Plain => plain(text),
        _ => What::Text(text.to_owned()),
    }
}

/// A scalar without quotes, by YAML 1.1. Dates and base-60 numbers stay texts.
fn plain(text: &str) -> What {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return What::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return What::Bool(true, text.to_owned());
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return What::Bool(false, text.to_owned());
        }
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return What::Text(text.to_owned());
    }
    if let Some(number) = integer(digits) {
        let sign = if text.starts_with('-') { "-" } else { "" };
        return What::Number(format!("{sign}{number}"));
    }
    if is_float(digits) {
        let sign = if text.starts_with('-') { "-" } else { "" };
        return What::Number(format!("{sign}{digits}"));
    }
    What::Text(text.to_owned())
}

/// A whole number without its sign, in decimal: YAML 1.1 has octal and hexadecimal ones.
fn integer(digits: &str) -> Option<String> {
    let other = |rest: &str, radix: u32| {
        u64::from_str_radix(rest, radix)
            .ok()
            .filter(|_| !rest.starts_with(['+', '-']))
            .map(|number| number.to_string())
    };
    match digits.as_bytes() {
        [b'0'] => Some("0".to_owned()),
        [b'0', b'x', ..] => other(&digits[2..], 16),
        [b'0', ..] => other(&digits[1..], 8),
        bytes if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) => {
            Some(digits.to_owned())
        }
        _ => None,
    }
}

fn is_float(digits: &str) -> bool {
    let Some((whole, rest)) = digits.split_once('.') else {
        return false;
    };
    let (fraction, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    plain(whole)
        && plain(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| {
            let power = exponent.strip_prefix(['-', '+']);
            power.is_some_and(|power| !power.is_empty() && plain(power))
        })
}
