//! A subnet group has 1 to 20 subnets, each once.

use std::collections::HashSet;

use super::{language, settings, texts};
use crate::diagnostic::Level;
use crate::graph::{Kind, Value};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "subnets",
    title: "A subnet group has no subnets, too many, or one twice",
    levels: Levels::ERROR,
    about: "A cache subnet group has 1 to 20 subnets. An empty list is refused, and so is the \
            twenty-first. A subnet that is named twice is mostly another that was meant, and then the \
            cache has one availability zone less than somebody thinks. List the private subnets, one or \
            two for each availability zone.",
    source: "ElastiCache quotas, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(NONE),
        Example::bad_cloudformation(MANY),
        Example::bad_cloudformation(TWICE),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(NONE_MODULE),
        Example::bad_terraform(TWICE_MODULE),
        Example::good_terraform(GOOD_MODULE),
        Example::good_terraform(EMPTY_DEFAULT),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let read = language(check).is_some();
    for setting in settings(check, &[(Kind::SubnetGroup, "SubnetIds")]) {
        let Value::List(subnets) = setting.value() else {
            continue;
        };
        // what can't be known may be several
        let known = !subnets.contains(&Value::Unknown) && !setting.is_left_open();
        if subnets.len() > 20 || subnets.is_empty() && known {
            let many = !subnets.is_empty() && language(check).is_some();
            let finding = check.report(&setting, format!("{} subnets", subnets.len()));
            if many {
                // the quota can be raised
                finding.level(Level::Warning);
            }
            finding
                .allowed("1 to 20 subnets, or more where the quota was raised")
                .help("list the private subnets, one or two for each availability zone");
        }
        let mut seen = HashSet::new();
        for id in texts(&setting).into_iter().filter(|id| !seen.insert(*id)) {
            let finding = check
                .report(&setting, format!("subnet {id:?} twice"))
                .allowed("each subnet once")
                .help("leave the second one out");
            if read {
                finding.level(Level::Warning);
            }
        }
    }
}

const NONE: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: where the cache may be
      SubnetIds: []
";

const MANY: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: where the cache may be
      SubnetIds:
        [subnet-00000001, subnet-00000002, subnet-00000003, subnet-00000004, subnet-00000005,
        subnet-00000006, subnet-00000007, subnet-00000008, subnet-00000009, subnet-00000010,
        subnet-00000011, subnet-00000012, subnet-00000013, subnet-00000014, subnet-00000015,
        subnet-00000016, subnet-00000017, subnet-00000018, subnet-00000019, subnet-00000020,
        subnet-00000021]
";

const TWICE: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: where the cache may be
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef0]
";

const GOOD: &str = "Resources:
  Subnets:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: where the cache may be
      SubnetIds: [subnet-0123456789abcdef0]
";

const NONE_MODULE: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = []
}
"#;

const TWICE_MODULE: &str = r#"resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef0"]
}
"#;

/// Whoever uses the module says which.
const EMPTY_DEFAULT: &str = r#"variable "subnet_ids" {
  type    = list(string)
  default = []
}

resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = var.subnet_ids
}
"#;

const GOOD_MODULE: &str = r#"data "aws_subnets" "private" {
  filter {
    name   = "tag:Tier"
    values = ["private"]
  }
}

resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = data.aws_subnets.private.ids
}
"#;
