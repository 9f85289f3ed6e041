//! A module that is kept elsewhere.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-module-not-seen",
    title: "A module from a registry or a repository is not looked at",
    levels: Levels::INFORMATION,
    about: "Nothing is ever fetched, so a module from a registry, a repository or an archive \
        stays unseen: what it makes is not checked, and what it hands out is unknown. Check the \
        module where it is kept, or beside its caller.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_terraform(REGISTRY),
        Example::bad_terraform(REPOSITORY),
        Example::good_terraform(GOOD),
    ],
    check: None,
};

const REGISTRY: &str = r#"
module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "6.0.1"
}
"#;

const REPOSITORY: &str = r#"
module "network" {
  source = "git::https://example.com/network.git?ref=v1.2.0"
}
"#;

const GOOD: &str = r#"
resource "aws_elasticache_subnet_group" "this" {
  name       = "orders"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}
"#;
