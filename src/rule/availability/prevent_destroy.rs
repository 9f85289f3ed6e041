//! A cache that a wrong plan can destroy.

use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Source};
use crate::rule::examples::module;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "prevent-destroy",
    title: "A production cache that Terraform may destroy",
    levels: Levels {
        development: None,
        staging: None,
        production: Some(Level::Warning),
        unsaid: Some(Level::Information),
    },
    about: "A change of encryption at rest, of the port or of a name makes Terraform destroy the cache and make a new one, \
            and it is easily overlooked in a long plan. With prevent_destroy the plan fails instead. \
            Say lifecycle { prevent_destroy = true } for what production depends on.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_terraform(concat!(
            "# cachewright: stage production\n",
            module!(
                "final_snapshot_identifier = \"shop-final\"",
                "at_rest_encryption_enabled = true",
                "transit_encryption_enabled = true",
            ),
        )),
        Example::bad_terraform(module!("lifecycle {", "  prevent_destroy = false", "}")),
        Example::good_terraform(module!("lifecycle {", "  prevent_destroy = true", "}")),
        Example::good_terraform(module!(development; "num_cache_clusters = 1")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::Terraform) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        if !group.node.prevent_destroy {
            check
                .report_resource(&group, "a cache without prevent_destroy")
                .allowed("prevent_destroy, in production")
                .help("say lifecycle { prevent_destroy = true }");
        }
    }
}
