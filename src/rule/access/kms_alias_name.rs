//! What a KMS key may be called.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "kms-alias-name",
    title: "A name that KMS refuses for a key",
    levels: Levels::ERROR,
    about: "An alias is `alias/` and 1 to 250 letters, digits, hyphens, underscores and slashes. \
        `alias/aws/` belongs to the keys that AWS keeps. Name it after the cache that it encrypts.",
    source: "KMS API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for alias in check.all(Kind::KeyAlias) {
        let Some(name) = alias.text("AliasName") else {
            continue;
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || "/_-".contains(c);
        let because = match name.strip_prefix("alias/") {
            None => "doesn't begin with alias/",
            Some("") => "is no name",
            Some(rest) if rest.starts_with("aws/") => "belongs to AWS",
            Some(rest) if rest.len() > 250 => "is longer than 250 characters",
            Some(rest) if !rest.chars().all(plain) => "has a character that KMS doesn't take",
            Some(_) => continue,
        };
        let word = alias.word("AliasName");
        check
            .report_at(&alias, "AliasName", format!("{word} {name:?} {because}"))
            .allowed("alias/ and 1 to 250 letters, digits and any of /_-, not beginning with aws/")
            .help("name it like alias/sessions");
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r"Resources:
  Alias:
    Type: AWS::KMS::Alias
    Properties:
      AliasName: sessions
      TargetKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab
",
    ),
    Example::bad_terraform(
        r#"resource "aws_kms_alias" "cache" {
  name          = "alias/aws/elasticache"
  target_key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Alias:
    Type: AWS::KMS::Alias
    Properties:
      AliasName: alias/sessions
      TargetKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab
",
    ),
    Example::good_terraform(
        r#"resource "aws_kms_alias" "cache" {
  name          = "alias/shop/sessions"
  target_key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
}
"#,
    ),
];
