use heck::{ToSnakeCase, ToUpperCamelCase};

use super::{Refusal, Word};

/// The definition's own name for something, spelled in each language's way:
/// `ecs-security-group-id` is the logical id `EcsSecurityGroupId` and the
/// Terraform name `ecs_security_group_id`.
///
/// An id in upper camel case is a CloudFormation logical id that somebody
/// already depends on, and stays as it is: `VPCStackName` is `VPCStackName` and
/// `vpc_stack_name`. Ids are contracts: changing one renames what is derived
/// from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    given: String,
}

impl Id {
    /// An id that the program itself names; it keeps the invariant by inspection.
    pub(crate) fn known(text: &str) -> Self {
        debug_assert!(Self::parse(text).is_ok(), "{text}");
        Self { given: text.into() }
    }

    /// An id for something whose name somebody else chose: every run of letters and
    /// digits is a word.
    pub(crate) fn of_words(text: &str) -> Self {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let joined = words.join("-").to_snake_case().replace('_', "-");
        if joined.starts_with(|c: char| c.is_ascii_alphabetic()) {
            Self { given: joined }
        } else {
            Self {
                given: format!("the-{joined}").trim_end_matches('-').to_owned(),
            }
        }
    }

    /// A name that was read in a template or a module, kept as it stands there.
    #[must_use]
    pub fn foreign(name: &str) -> Self {
        Self { given: name.into() }
    }

    /// As a CloudFormation logical id.
    #[must_use]
    pub fn logical(&self) -> String {
        if self.given.starts_with(|c: char| c.is_ascii_uppercase()) {
            self.given.clone()
        } else {
            self.given.to_upper_camel_case()
        }
    }

    /// As a Terraform name.
    #[must_use]
    pub fn snake(&self) -> String {
        self.given.to_snake_case()
    }

    /// As the definition gave it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.given
    }
}

impl Word for Id {
    const WHAT: &'static str = "id";
    const CODE: &'static str = "id";

    fn parse(text: &str) -> Result<Self, Refusal> {
        let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            && text.len() <= 64
            && !text.ends_with(['-', '_']);
        let camel = text.starts_with(|c: char| c.is_ascii_uppercase());
        if plain && !(camel && text.contains(['-', '_'])) {
            Ok(Self { given: text.into() })
        } else {
            Err(Refusal::new(
                "can't be spelled as a logical id and as a Terraform name",
                "1 to 64 ASCII letters and digits, a letter first, in kebab-case, snake_case or UpperCamelCase",
                "name it like `web` or `ecs-security-group-id`",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_spelling() {
        for (given, logical, snake) in [
            (
                "ecs-security-group-id",
                "EcsSecurityGroupId",
                "ecs_security_group_id",
            ),
            ("VPCStackName", "VPCStackName", "vpc_stack_name"),
            ("web", "Web", "web"),
            ("valkey_endpoint", "ValkeyEndpoint", "valkey_endpoint"),
            ("web2-sg", "Web2Sg", "web2_sg"),
        ] {
            let id = Id::parse(given).unwrap();
            assert_eq!(
                (id.logical().as_str(), id.snake().as_str()),
                (logical, snake)
            );
        }
    }

    #[test]
    fn what_neither_language_can_spell_is_refused() {
        for bad in [
            "",
            "1web",
            "web.sg",
            "web sg",
            "é",
            "-web",
            "web-",
            "Web-Sg",
            &"a".repeat(65),
        ] {
            assert!(Id::parse(bad).is_err(), "{bad}");
        }
    }
}
