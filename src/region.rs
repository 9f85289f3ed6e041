//! Where an environment is.

use std::borrow::Cow;
use std::fmt;

/// An AWS region: `Region::US_EAST_1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

include!(concat!(env!("OUT_DIR"), "/regions.rs"));

impl Region {
    const fn fixed(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A region that this crate doesn't know yet.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The partition that it belongs to, which ARNs begin with: `aws`, `aws-cn` or `aws-us-gov`.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        match self.as_str() {
            name if name.starts_with("cn-") => "aws-cn",
            name if name.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// The name that a service answers to, as policies say it: `logs.us-east-1.amazonaws.com`.
    #[must_use]
    pub(crate) fn service(&self, service: &str) -> String {
        let china = if self.partition() == "aws-cn" {
            ".cn"
        } else {
            ""
        };
        format!("{service}.{}.amazonaws.com{china}", self.as_str())
    }

    /// The region's name, e.g. `us-east-1`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
