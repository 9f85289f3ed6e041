use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

/// A directive of redis.conf that no parameter group takes.
#[derive(Clone, Debug, Deserialize)]
pub struct DirectiveFact {
    /// Its name.
    pub directive: String,
    /// What does its work, with names of properties in braces; `itself` where ElastiCache
    /// sets it and nobody else can.
    pub instead: String,
}

impl DirectiveFact {
    /// What to do instead, with the properties in the words of whoever asks.
    pub(crate) fn help<'a>(&'a self, word: impl Fn(&'a str) -> &'a str) -> Cow<'a, str> {
        if self.instead == "itself" {
            return "leave it out: ElastiCache sets it itself".into();
        }
        let mut help = String::with_capacity(self.instead.len());
        let mut rest = self.instead.as_str();
        while let Some((before, (name, after))) = rest
            .split_once('{')
            .and_then(|(before, inside)| Some((before, inside.split_once('}')?)))
        {
            help.push_str(before);
            help.push_str(word(name));
            rest = after;
        }
        help.push_str(rest);
        help.into()
    }
}

static TABLE: LazyLock<Vec<DirectiveFact>> =
    LazyLock::new(|| table(include_str!("redis_conf.csv")));

/// Every row.
pub(crate) fn all() -> &'static [DirectiveFact] {
    &TABLE
}

/// The row of a directive, if the table has it.
pub(crate) fn directive(name: &str) -> Option<&'static DirectiveFact> {
    all().iter().find(|row| row.directive == name)
}
