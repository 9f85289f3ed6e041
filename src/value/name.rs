//! Names and ids in the character sets and lengths that AWS accepts.

use std::fmt;

use super::{Refusal, Word};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident, $what:literal, $code:literal, $check:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Word for $name {
            const WHAT: &'static str = $what;
            const CODE: &'static str = $code;

            fn parse(text: &str) -> Result<Self, Refusal> {
                let check: fn(&str) -> Result<(), Refusal> = $check;
                check(text).map(|()| Self(text.to_owned()))
            }
        }
    )*};
}

words! {
    /// The id of a replication group: at most 40 characters, because ElastiCache
    /// adds up to ten for the nodes (`-0001-001`) and stops at 50.
    ReplicationGroupId, "replication group id", "replication-group-id", |text| identifier(text, 40);
    /// The id of a cache cluster: at most 50 characters.
    ClusterId, "cluster id", "cluster-id", |text| identifier(text, 50);
    /// The name of a cache subnet group or a cache parameter group: at most 255 characters.
    GroupName, "group name", "group-name", |text| {
        if text.eq_ignore_ascii_case("default") {
            return Err(Refusal::new("is reserved", "any other name", "leave the name out, and one is derived"));
        }
        identifier(text, 255)
    };
    /// The name of a manual or final snapshot: at most 255 characters.
    SnapshotName, "snapshot name", "snapshot-name", |text| identifier(text, 255);
    /// The id of a user group: at most 40 characters.
    UserGroupId, "user group id", "user-group-id", |text| identifier(text, 40);
    /// The name of an EC2 security group.
    SecurityGroupName, "security group name", "security-group-name", |text| {
        if text.starts_with("sg-") {
            return Err(Refusal::new("starts with `sg-`, which is kept for ids", ALLOWED_EC2, "put the system's name first"));
        }
        ec2_text(text, 1)
    };
    /// The description of an EC2 security group or of one of its rules. EC2 takes
    /// a small set of ASCII characters only: an accent is refused.
    DescriptionText, "description", "description", |text| ec2_text(text, 1);
    /// The name of a CloudWatch Logs log group.
    LogGroupName, "log group name", "log-group-name", |text| {
        plain(text, 1, 512, |c| c.is_ascii_alphanumeric() || "_-/.#".contains(c),
            "1 to 512 letters, digits and any of _-/.#")
    };
    /// The name of a CloudFormation stack.
    StackName, "stack name", "stack-name", |text| {
        let allowed = "1 to 128 letters, digits and hyphens, a letter first";
        if !text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.is_empty() {
            return Err(Refusal::new("doesn't start with a letter", allowed, "put a letter first"));
        }
        plain(text, 1, 128, |c| c.is_ascii_alphanumeric() || c == '-', allowed)
    };
    /// The name of a CloudFormation export.
    ExportName, "export name", "export-name", |text| {
        plain(text, 1, 255, |c| c.is_ascii_alphanumeric() || "-:".contains(c),
            "1 to 255 letters, digits, hyphens and colons")
    };
    /// The name of a Secrets Manager secret.
    SecretId, "secret name", "secret-name", |text| {
        plain(text, 1, 512, |c| c.is_ascii_alphanumeric() || "/_+=.@-".contains(c),
            "1 to 512 letters, digits and any of /_+=.@-")
    };
    /// The name of a parameter of Systems Manager's Parameter Store.
    ParameterName, "parameter name", "ssm-parameter-name", |text| {
        plain(text, 1, 1011, |c| c.is_ascii_alphanumeric() || "/_.-".contains(c),
            "1 to 1011 letters, digits and any of /_.-")
    };
    /// The id of a managed prefix list.
    PrefixListId, "prefix list id", "prefix-list-id", |text| aws_id(text, "pl-");
}

const ALLOWED_EC2: &str = "1 to 255 ASCII letters, digits, spaces and any of ._-:/()#,@[]+=&;{}!$*";

/// An id that EC2 gave: `vpc-0123456789abcdef0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResourceId(String);

impl ResourceId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an id with that prefix, e.g. `subnet-`.
    ///
    /// # Errors
    /// The prefix is another, or what follows isn't 8 or 17 hexadecimal digits.
    pub fn with_prefix(text: &str, prefix: &str) -> Result<Self, Refusal> {
        aws_id(text, prefix).map(|()| Self(text.to_owned()))
    }
}

fn aws_id(text: &str, prefix: &str) -> Result<(), Refusal> {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    if matches!(digits.len(), 8 | 17)
        && digits
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    {
        Ok(())
    } else {
        Err(Refusal::new(
            format!("isn't an id of the form {prefix}…"),
            format!("{prefix} and 8 or 17 hexadecimal digits in lower case"),
            "copy it from the resource itself",
        ))
    }
}

/// What ElastiCache takes as a name: letters, digits and single hyphens, a letter first.
fn identifier(text: &str, most: usize) -> Result<(), Refusal> {
    let allowed = format!(
        "1 to {most} lower-case ASCII letters, digits and hyphens, a letter first, no two hyphens in a row and none at the end"
    );
    let refuse = |because: String, help: String| Err(Refusal::new(because, allowed.clone(), help));
    if text.is_empty() {
        return refuse("is empty".into(), "give it a name".into());
    }
    if let Some(c) = text
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && *c != '-')
    {
        return refuse(
            format!("contains `{}`", spelled(c)),
            "use hyphens between words".into(),
        );
    }
    if text.chars().any(|c| c.is_ascii_uppercase()) {
        // ElastiCache lower-cases names, and then the state and the template disagree with the definition
        return refuse(
            "has upper-case letters, which AWS would lower".into(),
            format!("write {}", text.to_ascii_lowercase()),
        );
    }
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return refuse(
            "doesn't start with a letter".into(),
            "put a letter first".into(),
        );
    }
    if text.ends_with('-') || text.contains("--") {
        return refuse(
            "has a hyphen too many".into(),
            "use single hyphens, between words only".into(),
        );
    }
    if text.len() > most {
        return refuse(
            format!("is {} characters long", text.len()),
            format!("shorten it by {}", text.len() - most),
        );
    }
    Ok(())
}

fn ec2_text(text: &str, least: usize) -> Result<(), Refusal> {
    plain(
        text,
        least,
        255,
        |c| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c),
        ALLOWED_EC2,
    )
}

fn plain(
    text: &str,
    least: usize,
    most: usize,
    good: fn(char) -> bool,
    allowed: &str,
) -> Result<(), Refusal> {
    if let Some(c) = text.chars().find(|c| !good(*c)) {
        let help = match c {
            _ if !c.is_ascii() => "write it in plain ASCII, without accents".to_owned(),
            _ => format!("leave `{}` out", spelled(c)),
        };
        return Err(Refusal::new(
            format!("contains `{}`", spelled(c)),
            allowed,
            help,
        ));
    }
    match text.len() {
        n if n < least => Err(Refusal::new("is empty", allowed, "say something")),
        n if n > most => Err(Refusal::new(
            format!("is {n} characters long"),
            allowed,
            format!("shorten it by {}", n - most),
        )),
        _ => Ok(()),
    }
}

/// A character as a message shows it: one that can't be seen by its number.
fn spelled(c: char) -> String {
    if super::is_invisible(c) {
        c.escape_unicode().to_string()
    } else {
        c.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replication_group_ids_have_forty_characters() {
        assert!(ReplicationGroupId::parse(&"a".repeat(40)).is_ok());
        let long = ReplicationGroupId::parse(&"a".repeat(43)).unwrap_err();
        assert_eq!(
            (long.because.as_str(), long.help.as_str()),
            ("is 43 characters long", "shorten it by 3")
        );
        for bad in ["", "1a", "a--b", "a-", "a_b", "a.b", "Oms", "caché"] {
            assert!(ReplicationGroupId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_description_with_an_accent_is_refused_as_ec2_would() {
        assert!(DescriptionText::parse("Redis for OMS (orders); 6379/tcp").is_ok());
        let accent = DescriptionText::parse("Serviço de cache").unwrap_err();
        assert_eq!(accent.because, "contains `ç`");
        assert!(accent.help.contains("without accents"));
        assert!(DescriptionText::parse("").is_err());
        assert!(DescriptionText::parse("a\nb").is_err());
    }

    #[test]
    fn ids_are_what_ec2_gives() {
        assert!(ResourceId::with_prefix("vpc-0123456789abcdef0", "vpc-").is_ok());
        assert!(ResourceId::with_prefix("sg-01234567", "sg-").is_ok());
        for bad in [
            "vpc-123",
            "sg-0123456789abcdef0",
            "vpc-0123456789ABCDEF0",
            "vpc-",
        ] {
            assert!(ResourceId::with_prefix(bad, "vpc-").is_err(), "{bad}");
        }
        assert!(SecurityGroupName::parse("sg-mine").is_err());
        assert!(GroupName::parse("default").is_err());
    }
}
