//! Access strings: the rules of the engine's access control lists, as far as ElastiCache takes them.

use crate::facts;

/// What an access string says.
#[derive(Debug, Default)]
pub(super) struct Access<'a> {
    /// The user can log in; nothing where it isn't said, which means no.
    pub on: Option<bool>,
    /// Commands and groups of commands that are allowed by name, in lower case.
    pub added: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The first rule that engines before version 7.0 don't know.
    pub needs_seven: Option<&'a str>,
    /// What is allowed by itself, then what each selector allows.
    grants: Vec<Grant>,
}

/// What is wrong with a rule of an access string.
#[derive(Debug)]
pub(super) struct Problem {
    /// What is wrong, without a secret.
    pub message: String,
    /// One thing to do.
    pub help: String,
    /// AWS refuses it; otherwise it is likely a mistake.
    pub certain: bool,
}

/// Keys and commands that are allowed together.
#[derive(Clone, Copy, Debug, Default)]
struct Grant {
    keys: Amount,
    commands: Amount,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Amount {
    #[default]
    Nothing,
    Some,
    Everything,
}

/// The groups of commands that the engines and the modules of ElastiCache know.
const CATEGORIES: [&str; 25] = [
    "admin",
    "all",
    "bitmap",
    "blocking",
    "bloom",
    "connection",
    "dangerous",
    "fast",
    "geo",
    "hash",
    "hyperloglog",
    "json",
    "keyspace",
    "list",
    "pubsub",
    "read",
    "scripting",
    "search",
    "set",
    "slow",
    "sortedset",
    "stream",
    "string",
    "transaction",
    "write",
];

/// The commands that ElastiCache keeps for itself.
const RESTRICTED: [&str; 10] = [
    "bgrewriteaof",
    "bgsave",
    "config",
    "debug",
    "migrate",
    "replicaof",
    "save",
    "shutdown",
    "slaveof",
    "sync",
];

impl Access<'_> {
    /// The user can log in and do something.
    pub(super) fn is_open(&self) -> bool {
        self.on == Some(true)
            && self
                .grants
                .iter()
                .any(|grant| grant.commands != Amount::Nothing)
    }

    /// The user can log in and run every command on every key.
    pub(super) fn is_everything(&self) -> bool {
        self.on == Some(true)
            && self.grants.iter().any(|grant| {
                grant.keys == Amount::Everything && grant.commands == Amount::Everything
            })
    }
}

/// Reads an access string.
pub(super) fn read(text: &str) -> Access<'_> {
    let mut access = Access {
        grants: vec![Grant::default()],
        ..Access::default()
    };
    let mut selector: Option<Grant> = None;
    for word in text.split_whitespace() {
        let mut rule = word;
        if let Some(rest) = rule.strip_prefix('(') {
            access.needs_seven.get_or_insert(word);
            if selector.is_some() {
                access.wrong(
                    "a selector that begins inside another",
                    "close the first with `)`",
                );
            }
            selector = Some(Grant::default());
            rule = rest;
        }
        let closes = rule.ends_with(')') && selector.is_some();
        rule = rule.strip_suffix(')').filter(|_| closes).unwrap_or(rule);
        if !rule.is_empty() {
            let mut grant = selector.unwrap_or(access.grants[0]);
            access.rule(rule, &mut grant);
            match &mut selector {
                Some(selector) => *selector = grant,
                None => access.grants[0] = grant,
            }
            if is_newer(rule) {
                access.needs_seven.get_or_insert(word);
            }
        }
        if closes {
            access.grants.extend(selector.take());
        }
    }
    if selector.is_some() {
        access.wrong("a selector that isn't closed", "end it with `)`");
    }
    access
}

/// Engines before version 7.0 don't know it.
fn is_newer(rule: &str) -> bool {
    rule.starts_with('%')
        || rule.eq_ignore_ascii_case("clearselectors")
        || rule.starts_with('-') && rule.contains('|')
}

impl Access<'_> {
    fn wrong(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.problem(message, help, true);
    }

    fn problem(&mut self, message: impl Into<String>, help: impl Into<String>, certain: bool) {
        self.problems.push(Problem {
            message: message.into(),
            help: help.into(),
            certain,
        });
    }

    fn rule(&mut self, rule: &str, grant: &mut Grant) {
        let lower = rule.to_ascii_lowercase();
        match lower.as_str() {
            "on" => self.on = Some(true),
            "off" => self.on = Some(false),
            "allkeys" | "~*" | "%rw~*" | "%wr~*" => grant.keys = Amount::Everything,
            "resetkeys" => grant.keys = Amount::Nothing,
            "allcommands" => grant.commands = Amount::Everything,
            "nocommands" => grant.commands = Amount::Nothing,
            "allchannels"
            | "resetchannels"
            | "clearselectors"
            | "sanitize-payload"
            | "skip-sanitize-payload" => {}
            "reset" | "resetpass" | "nopass" => self.wrong(
                format!("the rule `{lower}`, which is about passwords"),
                "say it with the user's authentication mode",
            ),
            _ => self.prefixed(rule, &lower, grant),
        }
    }

    fn prefixed(&mut self, rule: &str, lower: &str, grant: &mut Grant) {
        match lower.as_bytes().first() {
            Some(b'~') => grant.keys = grant.keys.with(Amount::Some),
            Some(b'%') => match lower[1..].split_once('~') {
                Some(("r" | "w" | "rw" | "wr", _)) => {
                    grant.keys = grant.keys.with(Amount::Some);
                }
                _ => self.wrong(
                    format!("the rule {rule:?}, which names no rights to keys"),
                    "write %R~ for reading, %W~ for writing, and the pattern",
                ),
            },
            Some(b'&') => {}
            Some(b'>' | b'<' | b'#' | b'!') => self.wrong(
                "a password among the rules",
                "give it with the user's authentication mode, by reference to a secret",
            ),
            Some(b'+') => self.command(rule, &lower[1..], true, grant),
            Some(b'-') => self.command(rule, &lower[1..], false, grant),
            _ => {
                let help = if rule.contains([',', ';']) {
                    "separate the rules by blanks"
                } else if rule.starts_with('@') {
                    "put + or - before it"
                } else {
                    "write ~ before a pattern of keys, & before one of channels, + or - before a command"
                };
                self.wrong(format!("{rule:?}, which is no rule"), help);
            }
        }
    }

    fn command(&mut self, rule: &str, name: &str, add: bool, grant: &mut Grant) {
        if name == "@all" {
            grant.commands = if add {
                Amount::Everything
            } else {
                Amount::Nothing
            };
            return;
        }
        grant.commands = match (add, grant.commands) {
            (true, commands) => commands.with(Amount::Some),
            // everything but this
            (false, Amount::Everything) => Amount::Some,
            (false, commands) => commands,
        };
        if add {
            self.added.push(name.to_owned());
        }
        if let Some(category) = name.strip_prefix('@') {
            if !CATEGORIES.contains(&category) {
                self.problem(
                    format!("the group of commands {rule:?}, which isn't known"),
                    format!(
                        "use one of {}; the table was read in {}",
                        CATEGORIES.join(", "),
                        facts::READ
                    ),
                    false,
                );
            }
            return;
        }
        let (command, sub) = name.split_once('|').unwrap_or((name, "-"));
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        if !is_word(command) || !is_word(sub) {
            self.wrong(
                format!("{rule:?}, which names no command"),
                "write +get, or +client|list for a part of a command",
            );
        } else if RESTRICTED.contains(&command) {
            self.problem(
                format!("{rule:?}, a command that ElastiCache keeps for itself"),
                "leave it out: nobody can run it",
                add,
            );
        }
    }
}

impl Amount {
    fn with(self, more: Self) -> Self {
        match self {
            Self::Nothing => more,
            some => some,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_takes_is_taken() {
        for text in [
            "on ~* +@all",
            "off -@all",
            "off ~keys* -@all +get",
            "on ~app::* -@all +@read +@hash -setbit -georadiusbymember",
            "ON ALLKEYS ALLCOMMANDS",
            "on ~app:* &news:* resetchannels &* +@all -@dangerous",
            "on %R~cache:* %RW~own:* +@read +client|list",
            "on ~a:* +get (%W~b:* +set) (~c:* -@all +@list)",
            "on allkeys +json.get +ft.search +@bloom",
            "",
        ] {
            assert!(read(text).problems.is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_it_refuses_is_told() {
        for text in [
            "on nopass ~* +@all",
            "on >hunter2 ~* +@all",
            "on #0123 ~*",
            "reset on ~* +@all",
            "on,~*,+@all",
            "on ~* @all",
            "on ~* + @all",
            "on ~* +get|",
            "on %X~a +@all",
            "on ~* +config",
            "on ~* +config|get",
            "on (~a +get",
            "on (~a (~b +get) +get)",
            "on app:* +@all",
        ] {
            let access = read(text);
            assert!(access.problems.iter().any(|it| it.certain), "{text}");
            assert!(
                access
                    .problems
                    .iter()
                    .all(|it| !it.message.contains("hunter")),
                "a password is printed"
            );
        }
        assert!(!read("on ~* +@reads").problems[0].certain);
        assert!(!read("on ~* +@all -debug").problems[0].certain);
    }

    #[test]
    fn everything_is_told_from_nearly_everything() {
        for text in [
            "on ~* +@all",
            "on allkeys allcommands",
            "on ~* -@all +@all",
            "on ~a +get (~* +@all)",
        ] {
            assert!(read(text).is_everything(), "{text}");
        }
        for text in [
            "off ~* +@all",
            "~* +@all",
            "on ~* +@all -@dangerous",
            "on ~app:* +@all",
            "on +@all",
            "on ~* resetkeys +@all",
            "on %R~* +@all",
        ] {
            assert!(!read(text).is_everything(), "{text}");
        }
        assert!(read("on ~* +@read").is_open());
        assert!(!read("on ~* -@all").is_open() && !read("on ~*").is_open());
    }

    #[test]
    fn what_needs_version_seven_is_known() {
        assert_eq!(read("on ~* %R~a +@all").needs_seven, Some("%R~a"));
        assert_eq!(read("on ~* (~a +get) +@all").needs_seven, Some("(~a"));
        assert_eq!(read("on ~* -client|kill").needs_seven, Some("-client|kill"));
        assert_eq!(read("on ~* &* +client|list").needs_seven, None);
    }
}
