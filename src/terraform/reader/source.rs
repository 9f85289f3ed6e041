//! The files of a run, and where a byte of one of them is.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::diagnostic::Place;

/// A file of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, as messages name it.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Some bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub file: u32,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The whole of it stands within the other.
    pub fn within(self, other: Self) -> bool {
        self.file == other.file && other.start <= self.start && self.end <= other.end
    }
}

#[derive(Debug)]
struct File {
    path: String,
    text: String,
    lines: OnceCell<Vec<u32>>,
}

/// Every file that was read, of all modules.
#[derive(Debug, Default)]
pub(super) struct Sources {
    files: Vec<File>,
    /// Places elsewhere: where a variable was given its value.
    elsewhere: Vec<Place>,
}

impl Sources {
    /// Keeps a file, without the mark that says how it is encoded.
    pub fn add(&mut self, file: &SourceFile) -> u32 {
        let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
        self.files.push(File {
            path: file.path.clone(),
            text: text.to_owned(),
            lines: OnceCell::new(),
        });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    pub fn text(&self, file: u32) -> &str {
        &self.files[file as usize].text
    }

    /// What stands between two places of one file; nothing where they aren't in one.
    pub fn between(&self, before: Span, after: Span) -> &str {
        let file = self.files.get(before.file as usize);
        let file = file.filter(|_| before.file == after.file);
        file.and_then(|file| file.text.get(before.end as usize..after.start as usize))
            .unwrap_or_default()
    }

    /// Bytes that stand for a place that is in none of the files.
    pub fn add_place(&mut self, place: &Place) -> Span {
        self.elsewhere.push(place.clone());
        let number = u32::try_from(self.elsewhere.len()).unwrap_or(u32::MAX);
        Span {
            file: u32::MAX - number,
            start: 0,
            end: 0,
        }
    }

    /// Where bytes begin.
    pub fn place(&self, span: Span) -> Place {
        let Some(file) = self.files.get(span.file as usize) else {
            return self.elsewhere[(u32::MAX - span.file) as usize - 1].clone();
        };
        let lines = file.lines.get_or_init(|| {
            let breaks = file.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| at as u32 + 1))
                .collect()
        });
        let line = lines.partition_point(|start| *start <= span.start).max(1);
        let before = file
            .text
            .get(lines[line - 1] as usize..span.start as usize)
            .unwrap_or_default();
        Place {
            file: Cow::Owned(file.path.clone()),
            line: line as u32,
            column: before.chars().count() as u32 + 1,
        }
    }
}
