//! Texts in parts: what `Fn::Sub` puts together, and dynamic references.

use crate::graph::{Part, Secret, SecretStore, Text};
use crate::value::Id;

/// A piece of a template for `Fn::Sub`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Literal(&'a str),
    /// `${!Name}`, which stays `${Name}`.
    Kept(&'a str),
    /// `${Name}` or `${Name.Attribute}`.
    Name(&'a str),
}

/// The pieces of a template for `Fn::Sub`.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else {
            break;
        };
        if start > 0 {
            pieces.push(Piece::Literal(&rest[..start]));
        }
        let name = &rest[start + 2..start + length];
        pieces.push(match name.strip_prefix('!') {
            Some(kept) => Piece::Kept(kept),
            None => Piece::Name(name.trim()),
        });
        rest = &rest[start + length + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

/// What a text in parts comes to.
pub(super) enum Whole {
    Text(Text),
    Secret(Secret),
}

/// Joins literals that stand side by side, and takes dynamic references for what they are:
/// a secret where the whole text is one, something unknown elsewhere.
pub(super) fn whole(parts: Vec<Part>) -> Whole {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (joined.last_mut(), part) {
            (_, Part::Literal(text)) if text.is_empty() => {}
            (Some(Part::Literal(before)), Part::Literal(text)) => before.push_str(&text),
            (Some(Part::Unknown), Part::Unknown) => {}
            (_, part) => joined.push(part),
        }
    }
    let is_dynamic = joined
        .iter()
        .any(|part| matches!(part, Part::Literal(text) if text.contains(OPEN)));
    if !is_dynamic {
        return Whole::Text(Text(joined));
    }
    match secret(&joined) {
        Some(secret) => Whole::Secret(secret),
        None => Whole::Text(Text(without_references(joined))),
    }
}

const OPEN: &str = "{{resolve:";
const CLOSE: &str = "}}";

/// A reference to a secret, where that is all there is.
fn secret(parts: &[Part]) -> Option<Secret> {
    let (Some(Part::Literal(first)), Some(Part::Literal(last))) = (parts.first(), parts.last())
    else {
        return None;
    };
    let ends = |text: &str| text.matches(CLOSE).count();
    let closed: usize = parts
        .iter()
        .map(|part| match part {
            Part::Literal(text) => ends(text),
            _ => 0,
        })
        .sum();
    let inside = first.trim_start().strip_prefix(OPEN)?;
    if closed != 1 || !last.trim_end().ends_with(CLOSE) {
        return None;
    }
    let manager = inside.strip_prefix("secretsmanager:");
    let inside = manager.or_else(|| inside.strip_prefix("ssm-secure:"))?;
    let mut parts = parts.to_vec();
    if let Some(Part::Literal(first)) = parts.first_mut() {
        *first = inside.to_owned();
    }
    if let Some(Part::Literal(last)) = parts.last_mut() {
        *last = last.trim_end().trim_end_matches(CLOSE).to_owned();
    }
    let (name, tail) = if manager.is_some() {
        split_at(parts, ":SecretString")
    } else {
        split_version(parts)
    };
    let tail = Text(tail);
    let mut fields = tail.literal().unwrap_or_default().split(':').skip(1);
    let mut field = || {
        fields
            .next()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (json_key, stage) = (field(), field());
    let secret = Text(
        name.into_iter()
            .filter(|part| !matches!(part, Part::Literal(text) if text.is_empty()))
            .collect(),
    );
    let lookup = Id::foreign(secret.literal().unwrap_or("secret"));
    let store = if manager.is_some() {
        SecretStore::SecretsManager {
            secret,
            json_key,
            stage,
        }
    } else {
        SecretStore::ParameterStore {
            name: secret,
            version: json_key,
        }
    };
    Some(Secret {
        store,
        lookup,
        ephemeral: false,
    })
}

/// A parameter's name, and the version that may stand after the last colon.
fn split_version(mut parts: Vec<Part>) -> (Vec<Part>, Vec<Part>) {
    let Some(Part::Literal(last)) = parts.last_mut() else {
        return (parts, Vec::new());
    };
    let Some((name, version)) = last.rsplit_once(':') else {
        return (parts, Vec::new());
    };
    let version = Part::Literal(format!(":{version}"));
    *last = name.to_owned();
    (parts, vec![version])
}

/// What stands before and after a word.
fn split_at(parts: Vec<Part>, word: &str) -> (Vec<Part>, Vec<Part>) {
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut found = false;
    for part in parts {
        match part {
            Part::Literal(text) if !found => match text.split_once(word) {
                Some((head, tail)) => {
                    before.push(Part::Literal(head.to_owned()));
                    after.push(Part::Literal(tail.to_owned()));
                    found = true;
                }
                None => before.push(Part::Literal(text)),
            },
            part if found => after.push(part),
            part => before.push(part),
        }
    }
    (before, after)
}

/// A text in which every dynamic reference is unknown. One that never ends is none: its other
/// half may stand in another text.
fn without_references(parts: Vec<Part>) -> Vec<Part> {
    let mut result: Vec<Part> = Vec::new();
    let mut inside = false;
    for part in &parts {
        let Part::Literal(text) = part else {
            if !inside {
                put(&mut result, part.clone());
            }
            continue;
        };
        let mut rest = &**text;
        while let Some((head, tail)) = rest.split_once(if inside { CLOSE } else { OPEN }) {
            if inside {
                put(&mut result, Part::Unknown);
            } else {
                put(&mut result, Part::Literal(head.to_owned()));
            }
            inside = !inside;
            rest = tail;
        }
        if !inside {
            put(&mut result, Part::Literal(rest.to_owned()));
        }
    }
    if inside { parts } else { result }
}

fn put(parts: &mut Vec<Part>, part: Part) {
    match (parts.last(), &part) {
        (_, Part::Literal(text)) if text.is_empty() => {}
        (Some(Part::Unknown), Part::Unknown) => {}
        _ => parts.push(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_falls_into_pieces() {
        use Piece::{Kept, Literal, Name};
        for (template, expected) in [
            ("", vec![]),
            ("a", vec![Literal("a")]),
            ("${A}", vec![Name("A")]),
            (
                "a-${A}-${B.C}${!D}$",
                vec![
                    Literal("a-"),
                    Name("A"),
                    Literal("-"),
                    Name("B.C"),
                    Kept("D"),
                    Literal("$"),
                ],
            ),
            ("${A", vec![Literal("${A")]),
            ("é${ A }}", vec![Literal("é"), Name("A"), Literal("}")]),
        ] {
            assert_eq!(pieces(template), expected, "{template}");
        }
    }

    #[test]
    fn dynamic_references_are_no_texts() {
        let literal = |text: &str| Part::Literal(text.to_owned());
        let text = |text: &str| match whole(vec![literal(text)]) {
            Whole::Text(text) => text.0,
            Whole::Secret(secret) => panic!("{secret:?}"),
        };
        assert_eq!(text("a{{b"), [literal("a{{b")]);
        assert_eq!(
            text("a{{resolve:ssm:/x:1}}b"),
            [literal("a"), Part::Unknown, literal("b")]
        );
        assert_eq!(text("{{resolve:ssm:/x}}"), [Part::Unknown]);
        assert_eq!(text("{{resolve:ssm:"), [literal("{{resolve:ssm:")]);
        assert_eq!(
            text("{{resolve:secretsmanager:a}}:{{resolve:secretsmanager:b}}"),
            [Part::Unknown, literal(":"), Part::Unknown]
        );
        let secret = |parts: Vec<Part>| match whole(parts) {
            Whole::Text(text) => panic!("{text:?}"),
            Whole::Secret(secret) => {
                let (key, stage) = (secret.json_key(), secret.stage());
                let (key, stage) = (key.map(str::to_owned), stage.map(str::to_owned));
                (secret.name().0.clone(), key, stage)
            }
        };
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b";
        assert_eq!(
            secret(vec![literal(&format!(
                "{{{{resolve:secretsmanager:{arn}:SecretString:token:AWSPREVIOUS}}}}"
            ))]),
            (
                vec![literal(arn)],
                Some("token".into()),
                Some("AWSPREVIOUS".into())
            )
        );
        assert_eq!(
            secret(vec![
                literal("{{resolve:secretsmanager:"),
                Part::Unknown,
                literal("}}")
            ]),
            (vec![Part::Unknown], None, None)
        );
    }
}
