//! CloudFormation's logical ids are letters and digits.

use super::language;
use crate::graph::Language;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "logical-id",
    title: "A logical id isn't made of letters and digits alone",
    levels: Levels::ERROR,
    about: "CloudFormation takes ASCII letters and digits as the logical id of a resource, up to 255 of \
            them, and refuses the whole template for a hyphen or an underscore. Names that come from \
            Terraform or from a file's name often bring one along. Write it in upper camel case.",
    source: "CloudFormation user guide, read November 2026",
    controls: &["cfn-lint E3006"],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if language(check) != Some(Language::CloudFormation) {
        return;
    }
    for node in &check.graph().nodes {
        let id = &node.logical_id;
        let wrong = id.chars().find(|c| !c.is_ascii_alphanumeric());
        let because = match wrong {
            Some(c) => format!("contains {c:?}"),
            None if id.len() > 255 => format!("is {} characters long", id.len()),
            None => continue,
        };
        check
            .report_place(&node.place, format!("logical id {id:?} {because}"))
            .allowed("1 to 255 ASCII letters and digits")
            .help(format!(
                "name it {}",
                heck::ToUpperCamelCase::to_upper_camel_case(id.as_str())
            ));
    }
}

const BAD: &str = "Resources:
  orders-cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
";

const GOOD: &str = "Resources:
  OrdersCache2:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
";
