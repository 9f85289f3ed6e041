use std::fmt;

use super::{Refusal, Word};

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn {
    text: String,
    service: std::ops::Range<usize>,
}

impl Arn {
    /// The service, e.g. `kms`.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.text[self.service.clone()]
    }
}

impl Arn {
    /// The region; empty for what is everywhere.
    #[must_use]
    pub fn region(&self) -> &str {
        self.text.split(':').nth(3).unwrap_or_default()
    }

    /// What is named within the service.
    #[must_use]
    pub fn resource(&self) -> &str {
        self.text.splitn(6, ':').nth(5).unwrap_or_default()
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Word for Arn {
    const WHAT: &'static str = "ARN";
    const CODE: &'static str = "arn";

    fn parse(text: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let good = parts.len() == 6
            && parts[0] == "arn"
            && parts[1].starts_with("aws")
            && !parts[2].is_empty()
            && (parts[4].is_empty()
                || parts[4].len() == 12 && parts[4].bytes().all(|b| b.is_ascii_digit()))
            && !parts[5].is_empty()
            // a comma would split a list, a blank is a slip of the hand
            && text.chars().all(|c| c.is_ascii_graphic() && c != ',');
        if good {
            let start = parts[0].len() + parts[1].len() + 2;
            Ok(Self {
                text: text.into(),
                service: start..start + parts[2].len(),
            })
        } else {
            Err(Refusal::new(
                "isn't an ARN",
                "arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE with a twelve-digit account",
                "copy it from the resource itself",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_has_six_parts() {
        let arn = Arn::parse("arn:aws:kms:us-east-1:123456789012:key/1234abcd").unwrap();
        assert_eq!(arn.service(), "kms");
        assert_eq!(
            Arn::parse("arn:aws:s3:::bucket/dump.rdb")
                .unwrap()
                .service(),
            "s3"
        );
        for bad in [
            "",
            "arn:aws:kms",
            "arn:aws:kms:us-east-1:12:key/x",
            "arn:aws:s3:::a,b",
            "arn:aws:sns:us-east-1:123456789012:",
            "alias/x",
        ] {
            assert!(Arn::parse(bad).is_err(), "{bad}");
        }
    }
}
