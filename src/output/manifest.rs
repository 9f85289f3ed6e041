//! The manifest of an environment: which files the tool wrote last, and what
//! was in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::path::{Node, check_path, node};
use super::problem::Problem;

/// Name of the manifest in the folder of an environment.
pub const MANIFEST: &str = ".cachewright.json";

/// Raised when the shape of the manifest changes, so that an older cachewright
/// says "update" instead of taking every file for a foreign one.
const FORMAT: u64 = 1;

/// What the tool wrote last into one environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Digest>,
}

impl Manifest {
    /// The file's text: sorted, indented, one final newline.
    pub(super) fn text(&self) -> String {
        let files: Map<String, Value> = self
            .files
            .iter()
            .map(|(path, digest)| (path.clone(), Value::String(digest.to_string())))
            .collect();
        let mut all = Map::new();
        all.insert("files".to_owned(), Value::Object(files));
        all.insert("format".to_owned(), Value::from(FORMAT));
        format!("{:#}\n", Value::Object(all))
    }

    /// Reads the manifest at `path`: its raw bytes next to what they mean;
    /// nothing when there is none.
    pub(super) fn read(path: &Path) -> Result<Option<(Vec<u8>, Manifest)>, Problem> {
        match node(path).map_err(|error| Problem::unreadable(path, &error))? {
            Node::Absent => return Ok(None),
            Node::File(_) => {}
            other => {
                return Err(Problem::new(
                    path,
                    format!(
                        "is {}, but should be the manifest cachewright keeps",
                        other.noun()
                    ),
                    "move it away, restore the manifest from version control, and run again",
                ));
            }
        }
        let bytes = fs::read(path).map_err(|error| Problem::unreadable(path, &error))?;
        let manifest = Manifest::parse(path, &bytes)?;
        Ok(Some((bytes, manifest)))
    }

    /// Understands a manifest's bytes; `path` is only for the message.
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Manifest, Problem> {
        let error = match serde_json::from_slice::<Shape>(bytes) {
            Ok(shape) if shape.format == FORMAT => {
                return Ok(Manifest {
                    files: shape.files.0,
                });
            }
            Ok(shape) => return Err(newer(path, shape.format)),
            Err(error) => error,
        };
        if let Some(line) = conflict_line(bytes) {
            return Err(Problem::new(
                path,
                format!("holds merge conflict markers (line {line})"),
                format!(
                    "take either side of the conflict (for example `git checkout --ours -- {}`), \
                     then run `cachewright synth --force` to write this environment anew",
                    path.display()
                ),
            ));
        }
        // A later format may have any shape; its number is the better message.
        if let Ok(value) = serde_json::from_slice::<Value>(bytes)
            && let Some(format) = value.get("format").and_then(Value::as_u64)
            && format > FORMAT
        {
            return Err(newer(path, format));
        }
        Err(Problem::new(
            path,
            // serde_json ends its messages with "at line L column C".
            format!("is not a manifest cachewright can use: {error}"),
            "restore it from version control, or delete it and run again: files that are as \
             they would be written are then taken over, others are named",
        ))
    }
}

fn newer(path: &Path, format: u64) -> Problem {
    Problem::new(
        path,
        format!("has format {format}, but this cachewright knows only format {FORMAT}"),
        "use the version of cachewright that wrote it, or a later one",
    )
}

/// The first line (from 1) that begins a merge conflict.
pub(super) fn conflict_line(bytes: &[u8]) -> Option<usize> {
    bytes
        .split(|byte| *byte == b'\n')
        .position(|line| line.starts_with(b"<<<<<<< "))
        .map(|index| index + 1)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    files: Files,
    format: u64,
}

/// The map of files; reads strictly, because every path in it is one that the
/// tool may later overwrite or delete.
struct Files(BTreeMap<String, Digest>);

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Files, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Files;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of paths and digests")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Files, A::Error> {
                let mut files = BTreeMap::new();
                while let Some(path) = map.next_key::<String>()? {
                    if let Err(why) = check_path(&path) {
                        return Err(de::Error::custom(format!("the path {path:?} {why}")));
                    }
                    let text = map.next_value::<String>()?;
                    let Some(digest) = Digest::parse(&text) else {
                        return Err(de::Error::custom(format!(
                            "{text:?} is not `sha256:` and 64 hexadecimal digits"
                        )));
                    };
                    // What is left after a merge that kept both sides' lines.
                    if files.contains_key(&path) {
                        return Err(de::Error::custom(format!("{path:?} is listed twice")));
                    }
                    files.insert(path, digest);
                }
                Ok(Files(files))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// The digest of a file's contents, blind to the kind of line endings: a
/// checkout that turned LF into CRLF has not edited anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    pub(super) fn of(contents: &[u8]) -> Digest {
        Digest(Sha256::digest(unix_lines(contents)).into())
    }

    fn parse(text: &str) -> Option<Digest> {
        let digits = text.strip_prefix("sha256:")?.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            // Only what `Display` writes, so that a manifest has one spelling.
            let digit = |letter: u8| match letter {
                b'0'..=b'9' => Some(letter - b'0'),
                b'a'..=b'f' => Some(letter - b'a' + 10),
                _ => None,
            };
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Digest(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(71);
        text.push_str("sha256:");
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        f.write_str(&text)
    }
}

/// The bytes with every CRLF turned into LF; borrowed when there is none.
pub(super) fn unix_lines(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\r') {
        return Cow::Borrowed(bytes);
    }
    let mut lines = Vec::with_capacity(bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(index + 1) != Some(&b'\n') {
            lines.push(*byte);
        }
    }
    Cow::Owned(lines)
}

/// Whether two contents are the same but for the kind of line endings.
pub(super) fn same(left: &[u8], right: &[u8]) -> bool {
    left == right || unix_lines(left) == unix_lines(right)
}

/// Writes a new file; never replaces one.
pub(super) fn write_new(path: &Path, contents: &[u8]) -> io::Result<fs::File> {
    use std::io::Write as _;
    let mut file = fs::File::create_new(path)?;
    file.write_all(contents)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Manifest, Problem> {
        Manifest::parse(Path::new("out/a/b/.cachewright.json"), text.as_bytes())
    }

    #[test]
    fn text_is_sorted_stable_and_read_back() {
        let mut manifest = Manifest::default();
        for path in ["terraform/main.tf", "cloudformation/template.json"] {
            manifest
                .files
                .insert(path.to_owned(), Digest::of(path.as_bytes()));
        }
        let text = manifest.text();
        assert_eq!(
            text,
            concat!(
                "{\n  \"files\": {\n",
                "    \"cloudformation/template.json\": \"sha256:",
                "8f4a1bd1da4f3f1c1ee7a0b8cd3d4f9f6e46ff57d6bb6dbe75ff6d2c6d0d5dce\",\n",
                "    \"terraform/main.tf\": \"sha256:",
                "0000000000000000000000000000000000000000000000000000000000000000\"\n",
                "  },\n  \"format\": 1\n}\n"
            )
            .replace(
                "8f4a1bd1da4f3f1c1ee7a0b8cd3d4f9f6e46ff57d6bb6dbe75ff6d2c6d0d5dce",
                &Digest::of(b"cloudformation/template.json").to_string()[7..]
            )
            .replace(
                &"0".repeat(64),
                &Digest::of(b"terraform/main.tf").to_string()[7..]
            )
        );
        assert_eq!(parse(&text).unwrap(), manifest);
    }

    #[test]
    fn the_digest_is_the_one_sha256sum_prints() {
        assert_eq!(
            Digest::of(b"abc").to_string(),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn line_endings_do_not_count_but_lone_returns_do() {
        assert_eq!(Digest::of(b"a\r\nb\r\n"), Digest::of(b"a\nb\n"));
        assert_ne!(Digest::of(b"a\rb\n"), Digest::of(b"a\nb\n"));
        assert_eq!(&*unix_lines(b"\r\r\n\r"), b"\r\n\r");
        assert!(same(b"x\r\n", b"x\n"));
        assert!(!same(b"x\r", b"x\n"));
    }

    #[test]
    fn broken_manifests_name_the_line_and_column() {
        let hash = Digest::of(b"").to_string();
        let files = |path: &str| format!("{{\"files\": {{{path}: \"{hash}\"}}, \"format\": 1}}");
        for (text, expected) in [
            (String::new(), "line 1 column 0"),
            ("{\n  \"files\": 3, \"format\": 1}".to_owned(), "line 2"),
            ("{\"format\": 1}".to_owned(), "missing field `files`"),
            ("{\"files\": {}}".to_owned(), "missing field `format`"),
            (
                "{\"files\": {}, \"format\": 1, \"more\": 1}".to_owned(),
                "`more`",
            ),
            (
                "{\"files\": {\"a\": \"md5:1\"}, \"format\": 1}".to_owned(),
                "hexadecimal",
            ),
            (files("\"../../x\""), "`..`"),
            (files("\"a/../x\""), "`..`"),
            (files("\"./x\""), "`.`"),
            (files("\"/etc/passwd\""), "empty part"),
            (files("\"a//b\""), "empty part"),
            (files("\"\""), "empty part"),
            (files("\"a\\u0000b\""), "control character"),
            (files("\"..\\\\x\""), "backslash"),
            (files("\"C:x\""), "colon"),
            (files("\".cachewright.json\""), "manifest's own name"),
            (files(&format!("\"a\": \"{hash}\", \"a\"")), "listed twice"),
        ] {
            let problem = parse(&text).unwrap_err();
            assert!(problem.message.contains(expected), "{text}: {problem}");
            assert!(problem.message.contains(" at line "), "{text}: {problem}");
            assert!(problem.help.contains("version control"), "{problem}");
        }
    }

    #[test]
    fn conflict_markers_and_later_formats_get_their_own_words() {
        let problem = parse("{\n<<<<<<< HEAD\n=======\n>>>>>>> other\n}\n").unwrap_err();
        assert!(problem.message.contains("merge conflict markers (line 2)"));
        assert!(problem.help.contains("--ours"));
        for text in [
            "{\"files\": {}, \"format\": 2}",
            "{\"files\": [], \"format\": 2}",
        ] {
            let problem = parse(text).unwrap_err();
            assert!(problem.message.contains("format 2"), "{problem}");
        }
    }
}
