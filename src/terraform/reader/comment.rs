//! What comments say to this tool: `# cachewright: workload queue`.

use crate::stage::Stage;
use crate::workload::Workload;

/// What one comment says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    Stage(Stage),
    Workloads(Vec<Workload>),
    Keys { name: String, keys: u64, bytes: u64 },
    Allow { code: String, because: String },
}

/// What isn't understood of one, and what would be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub message: String,
    pub allowed: &'static str,
}

/// What a comment is for this tool; nothing for any other.
pub(super) fn remark(comment: &str) -> Option<&str> {
    let text = comment.trim_start_matches('#').trim_start_matches('/');
    let said = text.trim().strip_prefix("cachewright:")?;
    Some(said.trim())
}

/// Understands what follows `cachewright:`.
pub(super) fn understand(text: &str) -> Result<Said, Malformed> {
    let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    match verb {
        "stage" => stage(rest).map(Said::Stage),
        "workload" | "workloads" => workloads(rest).map(Said::Workloads),
        "keys" => keys(rest),
        "allow" => allow(rest),
        _ => Err(Malformed {
            message: format!("`{verb}` is nothing that a comment can say"),
            allowed: "stage, workload, keys and allow",
        }),
    }
}

fn stage(word: &str) -> Result<Stage, Malformed> {
    [Stage::Development, Stage::Staging, Stage::Production]
        .into_iter()
        .find(|stage| stage.to_string() == word)
        .ok_or_else(|| Malformed {
            message: format!("`{word}` is not a stage"),
            allowed: "development, staging or production",
        })
}

fn workloads(words: &str) -> Result<Vec<Workload>, Malformed> {
    let allowed = "cache, session, queue, lock, store and rate-limit, with commas between them";
    words
        .split(',')
        .map(str::trim)
        .map(|word| {
            Workload::of_word(word).ok_or_else(|| Malformed {
                message: format!("`{word}` is not a workload"),
                allowed,
            })
        })
        .collect()
}

fn keys(text: &str) -> Result<Said, Malformed> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [name, keys, bytes] = words.as_slice()
        && let (Ok(keys), Ok(bytes)) = (keys.parse(), bytes.parse())
    {
        let name = (*name).to_owned();
        return Ok(Said::Keys { name, keys, bytes });
    }
    Err(Malformed {
        message: format!("`{text}` doesn't say how many keys there are and how large one is"),
        allowed: "a name, a number of keys, and the bytes that one takes: keys order 50000 2048",
    })
}

/// A reason may be missing: that is for a rule to say.
fn allow(text: &str) -> Result<Said, Malformed> {
    let (code, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    let because = match rest.split_once(char::is_whitespace) {
        Some(("because", because)) => Some(because.trim()),
        None if rest.is_empty() || rest == "because" => Some(""),
        _ => None,
    };
    let is_code = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    match because {
        Some(because) if !code.is_empty() && code.bytes().all(is_code) => Ok(Said::Allow {
            code: code.to_owned(),
            because: because.to_owned(),
        }),
        _ => Err(Malformed {
            message: format!("`{text}` doesn't say which finding is allowed and why"),
            allowed: "a finding's code and a reason: allow no-replicas because it holds a copy",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_understood() {
        for (comment, said) in [
            (
                "# cachewright: stage production",
                Said::Stage(Stage::Production),
            ),
            (
                "//cachewright:workload queue, rate-limit",
                Said::Workloads(vec![Workload::Queue, Workload::RateLimit]),
            ),
            (
                "## cachewright: keys order 50000 2048 ",
                Said::Keys {
                    name: "order".into(),
                    keys: 50_000,
                    bytes: 2048,
                },
            ),
            (
                "# cachewright: allow encryption-in-transit because the tunnel encrypts",
                Said::Allow {
                    code: "encryption-in-transit".into(),
                    because: "the tunnel encrypts".into(),
                },
            ),
            (
                "# cachewright: allow port",
                Said::Allow {
                    code: "port".into(),
                    because: String::new(),
                },
            ),
        ] {
            let text = remark(comment).expect("a comment for this tool");
            assert_eq!(understand(text), Ok(said), "{comment}");
        }
    }

    #[test]
    fn what_is_malformed_is_not_guessed() {
        for text in [
            "",
            "stage",
            "stage prod",
            "workload",
            "workload cache queue",
            "keys order",
            "keys order many 3",
            "keys order -1 3",
            "allow",
            "allow port since it is",
            "allow Port because",
            "forbid port",
        ] {
            assert!(understand(text).is_err(), "{text}");
        }
        assert_eq!(remark("# cachewright is a tool"), None);
    }
}
