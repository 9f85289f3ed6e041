//! Tags have limits that only the services know.

use std::collections::BTreeSet;

use super::{ELASTICACHE, language};
use crate::graph::{Entry, Kind};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "tags",
    title: "A tag isn't one that AWS takes, or there are too many",
    levels: Levels::ERROR,
    about: "A resource has up to 50 tags, each with a key of 1 to 128 and a value of up to 256 characters; \
            a key stands once and doesn't start with `aws:`, which is AWS's own. ElastiCache takes \
            letters, digits, blanks and the characters _.:/=+-@ in both. Neither CloudFormation nor \
            Terraform looks before the service does. Rename or shorten what is refused.",
    source: "ElastiCache user guide and CloudFormation schemas, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("Tags: [{Key: 'aws:team', Value: shop}]")),
        Example::bad_cloudformation(template!("Tags: [{Key: Team, Value: 'shop & till'}]")),
        Example::bad_cloudformation(template!(
            "Tags: [{Key: Team, Value: shop}, {Key: Team, Value: till}]"
        )),
        Example::bad_cloudformation(template!("Tags: [{Key: '', Value: shop}]")),
        Example::good_cloudformation(template!(
            "Tags: [{Key: Equipe, Value: São Paulo}, {Key: a.b:c/d=e+f-g@h, Value: ''}]"
        )),
        Example::good_cloudformation(template!(
            "Tags: [{Key: Team, Value: !Ref 'AWS::StackName'}, {Key: team, Value: x}]"
        )),
        Example::bad_terraform(module!("tags = { \"aws:team\" = \"shop\" }")),
        Example::bad_terraform(module!("tags = { Team = \"shop#1\" }")),
        Example::bad_terraform(module!(
            "tags = { for n in range(51) : \"key-${n}\" => \"x\" }"
        )),
        Example::good_terraform(module!(
            "tags = { for n in range(50) : \"key-${n}\" => \"x\" }"
        )),
        Example::good_terraform(OTHER),
    ],
    check: Some(check),
};

/// How many tags one resource may have.
const MOST: usize = 50;

fn check(check: &mut Check<'_>) {
    if language(check).is_none() {
        // a definition's tags are looked at once, while they are lowered, and not on every resource
        return;
    }
    for kind in Kind::ALL {
        for node in check.all(kind) {
            let (Some(setting), Some(tags)) = (node.setting("Tags"), node.entries("Tags")) else {
                continue;
            };
            let mut seen = BTreeSet::new();
            for tag in tags {
                let refused = if seen.insert(&tag.name) {
                    refusal(tag, ELASTICACHE.contains(&kind))
                } else {
                    Some(("stands twice", "each key once"))
                };
                if let Some((because, allowed)) = refused {
                    check
                        .report_name(&setting, tag, format!("tag {:?} {because}", tag.name))
                        .allowed(allowed)
                        .help("name it otherwise");
                }
            }
            if let Some(first) = tags.get(MOST) {
                check
                    .report_entry(&setting, first, format!("{} tags", tags.len()))
                    .allowed(format!("up to {MOST} tags"))
                    .help("leave some out");
            }
        }
    }
}

fn refusal(tag: &Entry, narrow: bool) -> Option<(&'static str, &'static str)> {
    let value = tag.value.literal().unwrap_or_default();
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || " _.:/=+-@".contains(c))
    };
    Some(if tag.name.to_ascii_lowercase().starts_with("aws:") {
        ("starts with `aws:`, which is AWS's own", "any other prefix")
    } else if tag.name.is_empty() || tag.name.chars().count() > 128 {
        ("is not 1 to 128 characters long", "1 to 128 characters")
    } else if value.chars().count() > 256 {
        (
            "has a value of more than 256 characters",
            "values of up to 256 characters",
        )
    } else if narrow && (!plain(&tag.name) || !plain(value)) {
        (
            "holds a character that tags can't hold",
            "letters, digits, spaces and any of _.:/=+-@",
        )
    } else {
        return None;
    })
}

/// Other services take more characters than ElastiCache does.
const OTHER: &str = r#"resource "aws_security_group" "this" {
  name        = "orders"
  description = "orders"
  vpc_id      = "vpc-0123456789abcdef0"
  tags        = { Purpose = "orders & baskets (see #shop)" }
}
"#;
