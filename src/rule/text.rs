//! Texts that look as if a secret stood in them: wherever somebody can write a text, somebody
//! will put a token.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::secret;
use crate::diagnostic::Place;
use crate::graph::{
    Document, Graph, LookupKind, Node, Part, Property, Secret, Source, State, Text, Value,
};

/// What looks like a secret, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The secret itself: for comparing and for leaving out, never to be shown.
    pub word: String,
    /// What it looks like.
    pub what: &'static str,
    /// It can't be anything else.
    pub certain: bool,
    /// What holds it, such as `Description`.
    pub holder: String,
    /// Where.
    pub place: Place,
}

/// A word that looks like a secret.
struct Word<'a> {
    text: &'a str,
    what: &'static str,
    certain: bool,
}

/// The lines of the files on which a secret stands: what looks like one, and what is handed
/// over as one in clear.
pub(super) fn lines(graph: &Graph, found: &[Found]) -> HashSet<(Cow<'static, str>, u32)> {
    let line = |place: &Place| (place.file.clone(), place.line);
    let mut lines: HashSet<_> = found.iter().map(|it| line(&it.place)).collect();
    for node in &graph.nodes {
        for property in &node.properties {
            let names = [&property.cloudformation, &property.terraform];
            let is_secret = names
                .into_iter()
                .flatten()
                .any(|name| secret::is_secret_name(name));
            if is_secret && is_clear(&property.value) {
                let places = [&property.place, &property.origin].into_iter().flatten();
                lines.extend(places.map(line));
            }
        }
    }
    lines
}

/// A value with a literal in it.
fn is_clear(value: &Value) -> bool {
    match value {
        Value::Text(text) => text
            .0
            .iter()
            .any(|part| matches!(part, Part::Literal(text) if !secret::is_reference(text))),
        Value::List(items) => items.iter().any(is_clear),
        _ => false,
    }
}

/// A text without what looks like a secret in it.
pub(super) fn hidden(text: &str) -> Option<String> {
    let words = words(text);
    if words.is_empty() {
        return None;
    }
    let hide = |text: String, word: &Word<'_>| text.replace(word.text, "…");
    Some(words.iter().fold(text.to_owned(), hide))
}

/// Everything in a graph that looks like a secret, where none belongs. What is handed to a
/// cache as its token, or to a user as a password, is for other rules.
pub(super) fn found(graph: &Graph) -> Vec<Found> {
    let mut texts = Texts::default();
    let somewhere = graph.nodes.iter().map(|node| &node.place);
    let somewhere = somewhere
        .chain(graph.outputs.iter().map(|output| &output.place))
        .next();
    if let Some(place) = somewhere {
        texts.text("the description", &graph.description, place);
        if let State::S3 { bucket, key, .. } = &graph.state {
            texts.text("the state's bucket", bucket, place);
            texts.text("the state's key", key, place);
        }
    }
    for input in &graph.inputs {
        let of = input.id.as_str();
        texts.text("the name of a parameter", of, &input.place);
        texts.text(
            &format!("the description of {of}"),
            &input.description,
            &input.place,
        );
        // the default of what holds a secret has a rule of its own
        if let Some(default) = &input.default
            && !input.no_echo
            && !secret::is_secret_name(of)
        {
            texts.text(&format!("the default of {of}"), default, &input.place);
        }
    }
    for lookup in &graph.lookups {
        match &lookup.what {
            LookupKind::Vpc { tags } | LookupKind::Subnets { tags, .. } => {
                for (name, value) in tags {
                    texts.named("a tag that is looked for", name, value, &lookup.place);
                }
            }
            LookupKind::SecurityGroup { name, .. } => {
                texts.text("the name of a security group", name, &lookup.place);
            }
            LookupKind::Export { name } => {
                texts.parts("the name of an export", name, &lookup.place)
            }
            LookupKind::SecretVersion { secret, stage, .. } => {
                if let Value::Text(name) = &**secret {
                    texts.parts("the name of a secret", name, &lookup.place);
                }
                let stage = stage.as_deref().unwrap_or_default();
                texts.text("the version of a secret", stage, &lookup.place);
            }
            LookupKind::SecureString { parameter, .. } => {
                texts.parts("the name of a parameter", parameter, &lookup.place);
            }
            LookupKind::RandomPassword { .. } | LookupKind::CallerIdentity => {}
        }
    }
    for node in &graph.nodes {
        // other tools make up ids by chance
        if graph.source == Source::Definition {
            texts.text("the id of a resource", &node.logical_id, &node.place);
        }
        texts.properties(&node.properties, node);
    }
    for output in &graph.outputs {
        texts.text(
            "the description of an output",
            &output.description,
            &output.place,
        );
        texts.text("the name of an output", output.id.as_str(), &output.place);
        if let Value::Text(text) = &output.value {
            texts.parts("the value of an output", text, &output.place);
        }
    }
    for allowance in &graph.allowances {
        texts.text(
            "the code of an allowance",
            &allowance.code,
            &allowance.place,
        );
        texts.text(
            "the reason of an allowance",
            &allowance.because,
            &allowance.place,
        );
    }
    for family in &graph.key_families {
        texts.text("the name of a family of keys", &family.name, &family.place);
    }
    texts.found
}

#[derive(Default)]
struct Texts {
    found: Vec<Found>,
}

impl Texts {
    fn properties(&mut self, properties: &[Property], node: &Node) {
        for property in properties {
            let names = [&property.cloudformation, &property.terraform];
            let name = names.into_iter().flatten().next();
            let name = name.map_or("a setting", |name| &**name);
            let place = property.place.as_ref().unwrap_or(&node.place);
            if name == "AccessString" {
                self.access_string(&property.value, place);
            }
            match &property.value {
                // what is handed over is for other rules; what it is called is a text like any
                Value::Secret(secret) => self.secret(secret, place),
                value if !secret::is_secret_name(name) => self.value(name, value, place, node),
                _ => {}
            }
        }
    }

    fn secret(&mut self, secret: &Secret, place: &Place) {
        self.parts("the name of a secret", secret.name(), place);
        let parts = [secret.json_key(), secret.stage()];
        for part in parts.into_iter().flatten() {
            self.text("a part of a secret's name", part, place);
        }
    }

    fn value(&mut self, name: &str, value: &Value, place: &Place, node: &Node) {
        match value {
            Value::Text(text) => self.parts(name, text, place),
            Value::List(values) => {
                for value in values {
                    self.value(name, value, place, node);
                }
            }
            Value::Map(_, entries) => {
                for entry in entries {
                    let place = entry.place.as_ref().unwrap_or(place);
                    match entry.value.literal() {
                        Some(text) => self.named(name, &entry.name, text, place),
                        None => self.parts(name, &entry.value, place),
                    }
                }
            }
            Value::Objects(objects) => {
                for object in objects {
                    self.properties(object, node);
                }
            }
            Value::Document(document) | Value::Json(document) => {
                self.document(name, document, place);
            }
            Value::Bool(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Reference(_)
            | Value::Secret(_)
            | Value::Unknown => {}
        }
    }

    fn document(&mut self, name: &str, document: &Document, place: &Place) {
        match document {
            Document::Text(text) => self.parts(name, text, place),
            Document::Integer(_) | Document::Number(_) | Document::Bool(_) => {}
            Document::List(items) => {
                for item in items {
                    self.document(name, item, place);
                }
            }
            Document::Object(members) => {
                for (_, member) in members {
                    self.document(name, member, place);
                }
            }
        }
    }

    fn parts(&mut self, holder: &str, text: &Text, place: &Place) {
        for part in &text.0 {
            if let Part::Literal(literal) = part {
                self.text(holder, literal, place);
            }
        }
    }

    /// A name that is data, and its text: the name may say that the text is a secret.
    fn named(&mut self, holder: &str, name: &str, text: &str, place: &Place) {
        let holder = format!("{holder} {name}");
        self.text(&holder, name, place);
        let opaque = text.len() >= 8
            && !text.starts_with(['/', '$'])
            && !secret::is_reference(text)
            && text.bytes().any(|b| b.is_ascii_digit())
            && text.bytes().any(|b| b.is_ascii_alphabetic());
        if secret::is_secret_name(name) && opaque && !text.contains(' ') {
            self.take(
                &holder,
                place,
                &Word {
                    text,
                    what: "a secret, by its name",
                    certain: true,
                },
            );
        } else {
            // the name may say that it is a digest
            let whole = format!("{name} {text}");
            for word in words(&whole) {
                if text.contains(word.text) {
                    self.take(&holder, place, &word);
                }
            }
        }
    }

    fn text(&mut self, holder: &str, text: &str, place: &Place) {
        for word in words(text) {
            self.take(holder, place, &word);
        }
    }

    /// Rules that set or take back a password.
    fn access_string(&mut self, value: &Value, place: &Place) {
        let Value::Text(text) = value else {
            return;
        };
        for rule in text.literal().unwrap_or_default().split_whitespace() {
            let rule = rule.trim_start_matches('(').trim_end_matches(')');
            let Some(word) = rule.strip_prefix(['>', '<', '#', '!']) else {
                continue;
            };
            // a short one alone may be part of many words
            for text in [rule, word]
                .into_iter()
                .filter(|it| *it == rule || it.len() >= 4)
            {
                let word = Word {
                    text,
                    what: "a password",
                    certain: true,
                };
                self.take("AccessString", place, &word);
            }
        }
    }

    fn take(&mut self, holder: &str, place: &Place, word: &Word<'_>) {
        // a name may be a secret itself
        let holder = if holder.contains(word.text) {
            holder.replace(word.text, "…")
        } else {
            holder.to_owned()
        };
        self.found.push(Found {
            word: word.text.to_owned(),
            what: word.what,
            certain: word.certain,
            holder,
            place: place.clone(),
        });
    }
}

/// What begins so is a secret of somebody's.
const BEGINNINGS: [(&str, &str); 7] = [
    ("ghp_", "a token of GitHub"),
    ("github_pat_", "a token of GitHub"),
    ("glpat-", "a token of GitLab"),
    ("xoxb-", "a token of Slack"),
    ("xoxp-", "a token of Slack"),
    ("sk_live_", "a key of Stripe"),
    ("eyJ", "a JSON web token"),
];

/// `redis://user:password@host`, with what stands between the colon and the at sign.
static URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[a-z]+://[^/\s:@]*:([^/\s@{}]{4,})@").expect("a regex"));
/// The id of an access key of AWS's.
static ACCESS_KEY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b((?:AKIA|ASIA)[A-Z0-9]{16})\b").expect("a regex"));
/// `password: x`, `token=x`, `the secret is x`.
static ASSIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:^|[\s"'`(,;])(?:passwords?|passwd|pwd|tokens?|secrets?|auth|requirepass)(?:\s*[:=]\s*|\s+is\s+|\s+)["'`]?([^\s"'`]{8,})"#)
        .expect("a regex")
});

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    // most texts are short, and have none
    if text.len() < 8 {
        return found;
    }
    let certain = |text, what| Word {
        text,
        what,
        certain: true,
    };
    if text.contains("-----BEGIN") {
        found.push(certain(text, "a private key"));
        return found;
    }
    if text.contains("://") {
        let urls = URL.captures_iter(text).filter_map(|found| found.get(1));
        found.extend(urls.map(|word| certain(word.as_str(), "a password in a URL")));
    }
    if text.contains("AKIA") || text.contains("ASIA") {
        let keys = ACCESS_KEY.find_iter(text);
        found.extend(keys.map(|word| certain(word.as_str(), "an access key of AWS")));
    }
    for word in text.split(|c: char| c.is_whitespace() || "\"'`()[]{},;".contains(c)) {
        let known = BEGINNINGS
            .iter()
            .find(|(beginning, _)| word.starts_with(beginning) && word.len() >= 20);
        if let Some((_, what)) = known {
            found.push(certain(word, what));
        }
    }
    let said = ["pass", "pwd", "token", "secret", "auth"];
    if text.contains([':', '=', ' ']) && said.iter().any(|word| secret::holds(text, word)) {
        let assigned = ASSIGNED
            .captures_iter(text)
            .filter_map(|found| found.get(1));
        found.extend(
            assigned
                .map(|word| word.as_str())
                .filter(|word| is_opaque(word))
                .map(|text| Word {
                    text,
                    what: "a secret that is said",
                    certain: false,
                }),
        );
    }
    let parts = text.split(|c: char| c.is_whitespace() || "\"'`()[]{},;:/=.@".contains(c));
    // a digest says that it is one
    let is_digest = |word: &str| {
        let before = text.split(word).next().unwrap_or_default();
        let said = |name: &str| before.to_ascii_lowercase().contains(name);
        ["sha", "md5", "digest", "commit", "checksum", "hash"]
            .into_iter()
            .any(said)
    };
    let random = parts.filter(|word| is_random(word) && !is_digest(word));
    found.extend(random.map(|text| Word {
        text,
        what: "a token",
        certain: false,
    }));
    found
}

/// A value that is no word: letters and digits, and no reference.
fn is_opaque(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !secret::is_reference(word)
        && !word.starts_with(['/', '$', '<'])
        && !word.contains("${")
        && longest_word(word) <= 6
}

/// Letters of both cases and digits by chance: nobody reads them.
fn is_random(word: &str) -> bool {
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let digits = count(u8::is_ascii_digit);
    if word.len() < 16 || !word.is_ascii() {
        return false;
    }
    let mixed = upper >= 2 && lower >= 2 && digits >= 2 && longest_word(word) <= 4;
    // without capitals there are ids and commits as well, which are hexadecimal
    let is_hexadecimal = word
        .bytes()
        .all(|b| b.is_ascii_hexdigit() || b == b'-' || b == b'_');
    if word.bytes().all(|b| b.is_ascii_hexdigit()) && digits >= 5 && lower >= 2 {
        return word.len() == 32 || word.len() >= 48;
    }
    let low = word.len() >= 24
        && digits >= 5
        && lower >= 5
        && !word.contains(['-', '_'])
        && longest_word(word) <= 4
        && !is_hexadecimal;
    mixed || low
}

/// The longest run of lower-case letters.
fn longest_word(word: &str) -> usize {
    word.split(|c: char| !c.is_ascii_lowercase())
        .map(str::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_found_and_nothing_else() {
        for secret in [
            "the token is kR7vQ2mZx9LpT4wYb8NcJ6sD",
            "kR7vQ2mZx9LpT4wYb8NcJ6sD",
            "q4#Zt8!mB2$xL6^vN1&p",
            "x7k2m9q4w8r5t1y6u3i0p2a7s4d9",
            "rediss://:hunter2hunter2@cache.example.com:6379",
            "redis://app:Tr0ub4dor&3@cache:6379/0",
            "AKIAIOSFODNN7EXAMPLE",
            "password: hunter2hunter2",
            "auth=s3cr3ts3cr3t",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.abc",
            "-----BEGIN RSA PRIVATE KEY-----",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ] {
            assert!(!words(secret).is_empty(), "{secret}");
        }
        for plain in [
            "OMS Spider: orders, positions, idempotency, leader locks",
            "oms-redis-prod-cache-parameters-2026",
            "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:oms/prod/redis-AbC12d",
            "subnet-0123456789abcdef0",
            "5f2b0c8e1d4a7b9c3e6f0a2d5c8b1e4f7a0d3c6b",
            "123e4567-e89b-12d3-a456-426614174000",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
            "PrivateSubnetIdsOfTheEcsCluster2024",
            "AirDiscoveryRedisClusterSecurityGroup01",
            "the token is rotated every 30 days",
            "token in Secrets Manager, see oms/prod/redis",
            "https://wiki.example.com/runbooks/redis-7#failover",
            "2026-11-20T15:31:50Z",
            "on ~order:* -@all +@read +@write",
            "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$",
            "Managed by Terraform",
            "cache.r6g.16xlarge",
            "password authentication",
        ] {
            let found: Vec<_> = words(plain).iter().map(|it| it.text).collect();
            assert!(found.is_empty(), "{plain}: {found:?}");
        }
    }
}
