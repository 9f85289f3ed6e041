//! What the tool has to say about a definition: one value, many renderers.
//!
//! A diagnostic never stops the run by itself. Everything that is wrong is
//! collected and reported together, in the order of the definitions.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// A place in a file: where a definition says something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file, relative to the root of the crate that defines it, `/` separated.
    pub file: Cow<'static, str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl Place {
    /// Where the caller of a `#[track_caller]` function stands.
    #[track_caller]
    #[must_use]
    pub fn here() -> Self {
        Location::caller().into()
    }
}

impl From<&'static Location<'static>> for Place {
    fn from(location: &'static Location<'static>) -> Self {
        Self {
            file: Cow::Borrowed(tidy(location.file())),
            line: location.line(),
            column: location.column(),
        }
    }
}

/// `#[path = "../environments/mod.rs"]` leaves `src/../environments/…` in every
/// place; a person looks for `environments/…`. There are as many such texts as files,
/// so each is made once and kept.
fn tidy(file: &'static str) -> &'static str {
    static KNOWN: Mutex<BTreeMap<&str, &str>> = Mutex::new(BTreeMap::new());
    if !file.contains("..") && !file.contains('\\') {
        return file;
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(file).or_insert_with(|| {
        let mut parts: Vec<&str> = Vec::new();
        for part in file.split(['/', '\\']) {
            match part {
                "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                _ => parts.push(part),
            }
        }
        parts.join("/").leak()
    })
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// AWS, CloudFormation or Terraform would refuse it, or it can't be rendered: nothing is written.
    Error,
    /// It works and deserves a second look; the output is written.
    Warning,
    /// It works, and somebody may want to know.
    Information,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        })
    }
}

/// One finding: what is wrong, where, what is allowed, and one thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it weighs.
    pub level: Level,
    /// A stable name in kebab-case, e.g. `window-overlap`.
    pub code: &'static str,
    /// What is wrong, naming the value; lower case, no full stop.
    pub message: String,
    /// The environment that it is about, as `system/environment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Where the definition or the file says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Where the value stands, when that is elsewhere: a parameter's default, a local.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Place>,
    /// The resource that it is about: a logical id or a Terraform address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// What stands at the place is a secret: no report shows it.
    #[serde(skip)]
    pub sensitive: bool,
    /// What would be allowed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub allowed: String,
    /// One thing to do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
}

impl Diagnostic {
    /// An error: nothing is written.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            code,
            message: message.into(),
            environment: None,
            place: None,
            origin: None,
            resource: None,
            sensitive: false,
            allowed: String::new(),
            help: String::new(),
        }
    }

    /// A warning: the output is written all the same.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(code, message)
        }
    }

    /// Where the definition says it.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Where the value stands, when that is elsewhere.
    #[must_use]
    pub fn from(mut self, origin: Option<&Place>) -> Self {
        self.origin = origin.cloned();
        self
    }

    /// The resource that it is about.
    #[must_use]
    pub fn about(mut self, resource: impl Into<String>) -> Self {
        self.resource = Some(resource.into());
        self
    }

    /// What would be allowed.
    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = allowed.into();
        self
    }

    /// One thing to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The environment that it is about.
    #[must_use]
    pub fn of(mut self, environment: impl Into<String>) -> Self {
        self.environment = Some(environment.into());
        self
    }

    /// Whether it stops the output from being written.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

/// The plain form, without colour:
///
/// ```text
/// error[port]: port 0 can't be listened on
///   --> environments/oms/prod.rs:14:10 (oms/prod)
///   allowed: 1 to 65535
///   help: leave it out for 6379
/// ```
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.level, self.code, self.message)?;
        match (&self.place, &self.environment) {
            (Some(place), Some(environment)) => write!(f, "\n  --> {place} ({environment})")?,
            (Some(place), None) => write!(f, "\n  --> {place}")?,
            (None, Some(environment)) => write!(f, "\n  --> {environment}")?,
            (None, None) => {}
        }
        if let Some(origin) = &self.origin {
            write!(f, "\n  value: {origin}")?;
        }
        if !self.allowed.is_empty() {
            write!(f, "\n  allowed: {}", self.allowed)?;
        }
        if !self.help.is_empty() {
            write!(f, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_where_a_person_looks() {
        assert_eq!(
            tidy("src/../environments/oms/prod.rs"),
            "environments/oms/prod.rs"
        );
        assert_eq!(tidy("environments/oms/prod.rs"), "environments/oms/prod.rs");
        assert_eq!(tidy("src\\..\\environments\\mod.rs"), "environments/mod.rs");
        assert_eq!(tidy("../other/x.rs"), "../other/x.rs");
    }
}
