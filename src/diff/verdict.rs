//! What a change does to something that runs, and how bad that is.

use std::borrow::Cow;
use std::fmt;

use crate::graph::Language;

/// What a change does to something that runs, from harmless to bad.
///
/// The order is the one in which a reviewer has to look: what is refused harms nothing but the
/// deployment, so it is below whatever may lose data; what nobody knows may lose data, so it is
/// above what is refused; a cache that comes back from a snapshot is better than one that doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing that runs is touched.
    Nothing,
    /// It is changed where it is; clients notice nothing.
    InPlace,
    /// Another one takes its place, and nothing is lost with the old one.
    Replaced,
    /// It is changed where it is, in the next maintenance window.
    Window,
    /// Clients are cut off for a moment, or some of them for good.
    Interruption,
    /// One node after the other is replaced; each shard fails over once.
    Rolling,
    /// AWS, CloudFormation or Terraform don't do it in one step; what runs stays as it was.
    Refused,
    /// The sources disagree, or no table knows it.
    Unknown,
    /// Another one takes its place; the data stays in a snapshot, or in the old one.
    Kept,
    /// Another one takes its place, and the data is lost.
    Lost,
}

impl Verdict {
    /// All of them, from harmless to bad.
    pub const ALL: [Self; 10] = [
        Self::Nothing,
        Self::InPlace,
        Self::Replaced,
        Self::Window,
        Self::Interruption,
        Self::Rolling,
        Self::Refused,
        Self::Unknown,
        Self::Kept,
        Self::Lost,
    ];

    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::InPlace => "in-place",
            Self::Replaced => "replaced",
            Self::Window => "window",
            Self::Interruption => "interruption",
            Self::Rolling => "rolling",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Kept => "kept",
            Self::Lost => "lost",
        }
    }

    /// The verdict of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing happens",
            Self::InPlace => "in place",
            Self::Replaced => "replaced, nothing is lost",
            Self::Window => "in place, in the maintenance window",
            Self::Interruption => "brief interruption",
            Self::Rolling => "rolling replacement of nodes",
            Self::Refused => "refused in one step",
            Self::Unknown => "unknown",
            Self::Kept => "replacement: the data is kept aside",
            Self::Lost => "replacement: the data is lost",
        })
    }
}

/// Where a reason comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Whose word it is.
    pub name: Cow<'static, str>,
    /// When it was read, or its own date.
    pub date: &'static str,
}

impl Source {
    /// A source and its date.
    #[must_use]
    pub const fn of(name: &'static str, date: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            date,
        }
    }

    /// The user guide.
    pub const GUIDE: Self = Self::of("ElastiCache user guide", "2026-11");
    /// The API reference.
    pub const API: Self = Self::of("ElastiCache API reference", "2026-11");
    /// CloudFormation's user guide and template reference.
    pub const CLOUDFORMATION: Self = Self::of("CloudFormation template reference", "2026-04");
    /// CloudFormation's resource schemas.
    pub const SCHEMA: Self = Self::of("CloudFormation resource schema", "2026-10-20");
    /// The provider's source.
    pub const PROVIDER: Self = Self::of("Terraform provider aws 6.66.0", "2026-11");
    /// Terraform's documentation.
    pub const TERRAFORM: Self = Self::of("Terraform language documentation", "2026-11");
    /// What EC2 says of security groups.
    pub const EC2: Self = Self::of("EC2 API reference", "2026-11");

    /// What a language's own tables say.
    #[must_use]
    pub const fn table(language: Language) -> Self {
        match language {
            Language::CloudFormation => Self::SCHEMA,
            Language::Terraform => Self::PROVIDER,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.date)
    }
}

/// A verdict, why, who says so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What happens.
    pub verdict: Verdict,
    /// It waits for the next maintenance window.
    pub waits: bool,
    /// Why, in one or two sentences.
    pub reason: Cow<'static, str>,
    /// Who says so.
    pub sources: Vec<Source>,
    /// What to do; nothing where there is nothing to do.
    pub advice: Cow<'static, str>,
    /// The combination that says so; none where a table does, or nobody.
    pub by: Option<&'static str>,
}

impl Judgement {
    /// A verdict and why.
    #[must_use]
    pub fn new(verdict: Verdict, reason: impl Into<Cow<'static, str>>, source: Source) -> Self {
        Self {
            verdict,
            waits: false,
            reason: reason.into(),
            sources: vec![source],
            advice: Cow::Borrowed(""),
            by: None,
        }
    }

    /// The same, and what to do.
    #[must_use]
    pub fn advise(self, advice: impl Into<Cow<'static, str>>) -> Self {
        Self {
            advice: advice.into(),
            ..self
        }
    }

    /// The same, and somebody else who says so, or otherwise.
    #[must_use]
    pub fn and(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    /// The verdict in words.
    #[must_use]
    pub fn headline(&self) -> String {
        if self.waits && self.verdict > Verdict::Window {
            format!("{}, in the maintenance window", self.verdict)
        } else {
            self.verdict.to_string()
        }
    }
}
