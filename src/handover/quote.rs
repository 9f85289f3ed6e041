//! Texts that reach a shell, a makefile, a workflow or a document: each prints itself, quoted, so
//! that a template only lays out.

use std::fmt;

use crate::value::is_invisible;

/// Characters that mean themselves to a shell, a makefile, YAML and an env file.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-./:@+=,".contains(&b))
}

/// One word of a POSIX shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sh(pub String);

impl Sh {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Sh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &*self.0;
        if is_plain(text) {
            f.write_str(text)
        } else if text.contains(is_invisible) {
            // a line must stay a line, also where a fence or a comment begins with it
            write!(f, "\"$({})\"", Octal(text))
        } else {
            write!(f, "'{}'", text.replace('\'', "'\\''"))
        }
    }
}

/// One word of a shell, as the value of a variable of a makefile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MakeSh(pub String);

impl fmt::Display for MakeSh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_plain(&self.0) {
            f.write_str(&self.0)
        } else {
            // neither `$` nor `#`, which mean something to make and to the shell after it
            write!(f, "\"$$({})\"", Octal(&self.0))
        }
    }
}

/// A command that prints a text, in letters and digits.
struct Octal<'a>(&'a str);

impl fmt::Display for Octal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("printf '%b' '")?;
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() {
                f.write_str(char::from(byte).encode_utf8(&mut [0; 4]))?;
            } else {
                write!(f, "\\0{byte:03o}")?;
            }
        }
        f.write_str("'")
    }
}

/// A scalar of a GitHub workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GitHub(pub String);

impl fmt::Display for GitHub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // what would begin an expression is said by one
        scalar(f, &self.0.replace("${{", "${{ '${{' }}"))
    }
}

/// A scalar among the variables of a GitLab pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GitLab(pub String);

impl fmt::Display for GitLab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        scalar(f, &self.0.replace('$', "$$"))
    }
}

/// A string of YAML, in double quotes unless it can't be anything else.
fn scalar(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = letter
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_/.".contains(&b));
    let word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if name && !word.contains(&&*text.to_ascii_lowercase()) {
        return f.write_str(text);
    }
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            c if c == ' ' || c.is_ascii_graphic() => write!(f, "{c}")?,
            c => write!(f, "\\U{:08x}", u32::from(c))?,
        }
    }
    f.write_str("\"")
}

/// A text within a line of Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Md(pub String);

impl fmt::Display for Md {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => {
                    write!(f, "\\{c}")?;
                }
                c if is_invisible(c) => f.write_str(" ")?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

/// A text as code within a line, or within a cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code(pub String);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self
            .0
            .chars()
            .map(|c| if is_invisible(c) { ' ' } else { c })
            .collect();
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        // a bar ends a cell, also within code
        let text = text.replace('|', "\\|");
        if longest > 0 || text.trim().is_empty() {
            write!(f, "{fence} {text} {fence}")
        } else {
            write!(f, "{fence}{text}{fence}")
        }
    }
}

/// The value of a variable in an env file: what `sh`, Docker and Compose read alike. None of them
/// unquotes as the others do, so what would need quotes is left to whoever fills the file in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EnvValue(pub String);

impl fmt::Display for EnvValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if is_plain(&self.0) {
            &self.0
        } else {
            "REQUIRED"
        })
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    /// What a shell takes the words for.
    fn read_by_shell(script: &str) -> Vec<String> {
        let output = Command::new("sh").args(["-c", script]).output();
        let output = output.expect("there is a shell");
        assert!(output.status.success(), "{output:?} of {script}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut words: Vec<String> = text.split('\0').map(str::to_owned).collect();
        words.pop();
        words
    }

    /// What means something to one of those who read it, among what doesn't.
    fn hard() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "'", "\"", "`", "$", "$(", ")", "${{", "}}", "{", "\\", "#", "!", "&", "|", ";", "<",
            ">", "*", "?", "~", "%", "=", ":", "- ", "\t", "\u{1b}", "é", "日本", "🦀", "a", "B",
            "7", " ", "-", "true", "null", "$$", "\\0", "'\\''", "EOF", "```", "\n",
        ]);
        // a last line break is the one thing that a shell takes away
        prop::collection::vec(pieces, 1..8).prop_map(|all| format!("{}.", all.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn a_shell_reads_what_was_meant(texts in prop::collection::vec(hard(), 40)) {
            let words: Vec<String> = texts.iter().map(|text| Sh::new(&**text).to_string()).collect();
            let script = format!("printf '%s\\0' {}", words.join(" "));
            prop_assert!(!script.contains('\n'));
            prop_assert_eq!(read_by_shell(&script), texts.clone());

            // a makefile takes `$$` for `$`, and a `#` for a comment
            let words: Vec<String> = texts.iter().map(|text| MakeSh(text.clone()).to_string()).collect();
            let line = words.join(" ");
            prop_assert!(!line.contains('#') && !line.contains('\n'));
            prop_assert!(!line.replace("$$", "").contains('$'));
            let script = format!("printf '%s\\0' {}", line.replace("$$", "$"));
            prop_assert_eq!(read_by_shell(&script), texts);
        }

        #[test]
        fn yaml_reads_what_was_meant(texts in prop::collection::vec(hard(), 40)) {
            use saphyr_parser::{Event, Parser};
            let document = |values: Vec<String>| -> String {
                values.iter().map(|value| format!("- {value}\n")).collect()
            };
            let read = |document: &str| -> Vec<String> {
                Parser::new_from_str(document)
                    .map(|event| event.expect("YAML").0)
                    .filter_map(|event| match event {
                        Event::Scalar(text, ..) => Some(text.into_owned()),
                        _ => None,
                    })
                    .collect()
            };
            let github = document(texts.iter().map(|text| GitHub(text.clone()).to_string()).collect());
            let values = read(&github);
            let meant: Vec<String> = values.iter().map(|value| value.replace("${{ '${{' }}", "${{")).collect();
            prop_assert_eq!(&meant, &texts);
            for value in values {
                // what begins an expression is one that says how it begins
                prop_assert!(!value.replace("${{ '${{' }}", "").contains("${{"), "{}", value);
            }
            let gitlab = document(texts.iter().map(|text| GitLab(text.clone()).to_string()).collect());
            let meant: Vec<String> = read(&gitlab).iter().map(|value| value.replace("$$", "$")).collect();
            prop_assert_eq!(meant, texts);
        }

        #[test]
        fn markdown_keeps_a_text_in_its_line(text in hard()) {
            for shown in [Md(text.clone()).to_string(), Code(text.clone()).to_string()] {
                prop_assert!(!shown.contains(char::is_control), "{shown:?}");
            }
            let code = Code(text).to_string();
            let fence = code.len() - code.trim_start_matches('`').len();
            let inside = &code[fence..code.len() - fence];
            prop_assert!(!inside.contains(&"`".repeat(fence)), "{}", code);
            let value = EnvValue(code).to_string();
            prop_assert!(value == "REQUIRED");
        }
    }

    #[test]
    fn what_is_plain_stays_as_it_is() {
        for text in [
            "us-east-1",
            "oms-redis-prod",
            "cache.m7g.large",
            "/oms/prod:2",
        ] {
            assert_eq!(Sh::new(text).to_string(), text);
            assert_eq!(MakeSh(text.into()).to_string(), text);
            assert_eq!(EnvValue(text.into()).to_string(), text);
        }
        assert_eq!(GitHub("us-east-1".into()).to_string(), "us-east-1");
        assert_eq!(Sh::new("a b").to_string(), "'a b'");
        assert_eq!(Sh::new("").to_string(), "''");
        assert_eq!(GitHub("no".into()).to_string(), "\"no\"");
        assert_eq!(Code("a|b".into()).to_string(), "`a\\|b`");
    }
}
