//! A first look at a text: whether it is safe to parse, and what its comments say.

/// A comment: everything after its mark, and where that mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    pub at: usize,
    pub text: &'t str,
}

/// Why a text isn't parsed at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excess {
    pub at: usize,
    pub message: &'static str,
}

/// How large a file may be, in bytes.
const LARGEST: usize = 4 << 20;
const DEEPEST: usize = 256;
/// The parser compares each name in a pair of brackets with all that stand before it.
const COMPARISONS: u64 = 100_000_000;

enum Inside<'t> {
    /// Brackets of any kind, with the names that were given a value in them.
    Code(u64),
    Quote,
    Heredoc(&'t str),
}

/// A text of a size that is read at all.
pub(super) fn size(text: &str) -> Result<(), Excess> {
    if text.len() > LARGEST {
        return Err(Excess {
            at: 0,
            message: "is larger than 4 MiB",
        });
    }
    Ok(())
}

/// Goes through a text once.
pub(super) fn scan(text: &str) -> Result<Vec<Comment<'_>>, Excess> {
    size(text)?;
    let bytes = text.as_bytes();
    let mut comments = Vec::new();
    let mut inside = Vec::new();
    let (mut names, mut comparisons) = (0, 0);
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        match inside.last() {
            Some(Inside::Quote) => match rest {
                [b'\\', _, ..] => at += 1,
                [b'$', b'$', b'{', ..] | [b'%', b'%', b'{', ..] => at += 2,
                [b'$' | b'%', b'{', ..] => {
                    at += 1;
                    inside.push(Inside::Code(0));
                }
                [b'"', ..] => {
                    inside.pop();
                }
                _ => {}
            },
            Some(Inside::Heredoc(delimiter)) => match rest {
                [b'$', b'$', b'{', ..] | [b'%', b'%', b'{', ..] => at += 2,
                [b'$' | b'%', b'{', ..] => {
                    at += 1;
                    inside.push(Inside::Code(0));
                }
                [b'\n', ..] => {
                    let line = text[at + 1..].lines().next().unwrap_or_default();
                    let after = line.trim_start().strip_prefix(delimiter);
                    let ends = |after: &str| !after.starts_with(is_name);
                    if after.is_some_and(ends) {
                        at += line.len() - after.map_or(0, str::len);
                        inside.pop();
                    }
                }
                _ => {}
            },
            _ => match rest {
                [b'"', ..] => inside.push(Inside::Quote),
                [b'#', ..] | [b'/', b'/', ..] => {
                    let line = text[at..].lines().next().unwrap_or_default();
                    comments.push(Comment { at, text: line });
                    at += line.len().max(1) - 1;
                }
                [b'/', b'*', ..] => match text[at..].find("*/") {
                    Some(end) => at += end + 1,
                    None => break,
                },
                [b'<', b'<', ..] => {
                    if let Some((delimiter, length)) = heredoc(&text[at..]) {
                        // the line break is what an end is looked for after
                        at += length - 1;
                        inside.push(Inside::Heredoc(delimiter));
                    }
                }
                [b'{' | b'[' | b'(', ..] => inside.push(Inside::Code(0)),
                [b'}' | b']' | b')', ..] => {
                    if let Some(Inside::Code(count)) = inside.pop() {
                        comparisons += count * count;
                    }
                }
                [b'=', b'=' | b'>', ..] => at += 1,
                [b'=' | b':', ..] => {
                    names += 1;
                    if let Some(Inside::Code(count)) = inside.last_mut() {
                        *count += 1;
                        names = *count;
                    }
                }
                _ => {}
            },
        }
        if inside.len() > DEEPEST {
            return Err(Excess {
                at,
                message: "has more than 256 levels of brackets and texts",
            });
        }
        if comparisons + names * names > COMPARISONS {
            return Err(Excess {
                at,
                message: "has too many names in one pair of brackets",
            });
        }
        at += 1;
    }
    Ok(comments)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// The word that ends a text over several lines, and how long its introduction is.
fn heredoc(text: &str) -> Option<(&str, usize)> {
    let word = text[2..].strip_prefix('-').unwrap_or(&text[2..]);
    let end = word.find(|c| !is_name(c)).unwrap_or(word.len());
    let (word, after) = word.split_at(end);
    let after = after.strip_prefix('\r').unwrap_or(after);
    let is_one = !word.is_empty() && after.starts_with('\n');
    is_one.then_some((word, text.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(text: &str) -> Vec<&str> {
        let found = scan(text).expect("nothing in excess");
        found.into_iter().map(|comment| comment.text).collect()
    }

    #[test]
    fn comments_are_what_stands_outside_of_texts() {
        for (text, expected) in [
            ("# a\nb = 1 // c\r\n", &["# a", "// c"][..]),
            ("a = \"# b\" # c", &["# c"]),
            ("a = \"${b[\"# c\"]} # d\" # e", &["# e"]),
            ("a = \"$${\" # b", &["# b"]),
            ("a = \"\\\" # b\" # c", &["# c"]),
            ("/* # a\n */ # b", &["# b"]),
            ("a = <<E\n# b\n  E\n# c", &["# c"]),
            ("a = <<-END\r\n# b\r\nENDS\r\n  END\r\n# c", &["# c"]),
            ("a = <<E\nE\n# c", &["# c"]),
            ("a = 1 << 2 # c", &["# c"]),
            ("a = <<E\n${\"# a\" # b\n}\nE\n", &["# b"]),
            ("#", &["#"]),
            ("é = \"é\" # é", &["# é"]),
        ] {
            assert_eq!(comments(text), expected, "{text}");
        }
    }

    #[test]
    fn what_would_take_too_long_is_not_parsed() {
        assert!(scan(&"[".repeat(100_000)).is_err());
        assert!(scan(&"\"${".repeat(100_000)).is_err());
        assert!(scan(&"[]".repeat(100_000)).is_ok());
        assert!(scan(&"a=1\n".repeat(100_000)).is_err());
        assert!(scan(&" ".repeat(LARGEST + 1)).is_err());
        assert!(scan(&"<<E\n".repeat(100_000)).is_ok());
        assert!(scan(&"a = \"[[[[[\"\n".repeat(900)).is_ok());
    }
}
