//! A new cache of a name that is still taken.

use crate::graph::{Kind, Language, Source};
use crate::rule::examples::module;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "create-before-destroy",
    title: "A new cache made before the old one of the same id goes",
    levels: Levels::WARNING,
    about: "create_before_destroy makes the new cache while the old one is still there, and both have the same id: \
            AWS answers that it exists already, and no replacement ever succeeds. \
            Leave it out, or give the id a part that changes with whatever replaces the cache.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(module!(
            "lifecycle {",
            "  create_before_destroy = true",
            "}"
        )),
        Example::good_terraform(module!("lifecycle {", "  prevent_destroy = true", "}")),
        Example::good_terraform(
            "\
resource \"random_id\" \"cache\" {
  byte_length = 2
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop-${random_id.cache.hex}\"
  description          = \"shop\"
  node_type            = \"cache.t4g.small\"

  lifecycle {
    create_before_destroy = true
  }
}
",
        ),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::Terraform) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        if let Some(id) = group.text("ReplicationGroupId")
            && group.node.create_before_destroy
        {
            check
                .report_at(
                    &group,
                    "ReplicationGroupId",
                    format!("create_before_destroy with the fixed id {id:?}"),
                )
                .allowed("a fixed id without create_before_destroy")
                .help("leave create_before_destroy out");
        }
    }
}
