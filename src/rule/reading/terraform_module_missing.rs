//! A module whose files aren't there.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-module-missing",
    title: "A module is called and its files aren't where the call says",
    levels: Levels::ERROR,
    about: "A source that begins with `./` or `../` names a folder beside the one that calls it. \
        Where there is no such folder, or no Terraform file in it, `terraform init` fails, and \
        nothing that depends on the module's outputs can be known here. Correct the path.",
    source: "Terraform language, module sources, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(FOLDER),
        Example::bad_terraform(NOWHERE),
        Example::good_terraform(REGISTRY),
    ],
    check: None,
};

const FOLDER: &str = r#"
module "cache" {
  source = "./modules/cache"
}
"#;

const NOWHERE: &str = r#"
module "cache" {
  name = "orders"
}
"#;

const REGISTRY: &str = r#"
module "cache" {
  source  = "terraform-aws-modules/elasticache/aws"
  version = "1.4.1"
}
"#;
