//! A cache that is kept when it goes, and lost when it is replaced.

use crate::diagnostic::Level;
use crate::graph::{Language, Removal, Source};
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "replacement-production",
    title: "A cache that is deleted without a last snapshot when it is replaced",
    levels: Levels::PRODUCTION,
    about: "DeletionPolicy speaks of a resource that leaves the template, and not of one that a change replaces: \
            encryption at rest, the port, the subnet group and others replace a cache, and the old one is deleted with its data \
            unless UpdateReplacePolicy says otherwise. Give it the same value as DeletionPolicy.",
    source: "CloudFormation documentation, read November 2026",
    controls: &["cfn-lint W3011", "cfn-lint I3011"],
    examples: &[
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: Snapshot\n",
        )),
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: Retain\n",
            "    UpdateReplacePolicy: Delete\n",
        )),
        Example::good_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: Snapshot\n",
            "    UpdateReplacePolicy: Retain\n",
        )),
        Example::good_cloudformation(concat!(
            template!(development; "NumCacheClusters: 1"),
            "    DeletionPolicy: Snapshot\n",
        )),
        Example::good_terraform(module!("final_snapshot_identifier = \"shop-final\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    // a definition says both at once
    if check.graph().source != Source::Read(Language::CloudFormation) {
        return;
    }
    let careless = |policy| matches!(policy, None | Some(Removal::Delete));
    let disposable = super::only_cache(check) && super::is_disposable(check);
    for resource in cache::of_nodes(check) {
        let (removal, replacement) = (resource.node.removal, resource.node.replacement);
        if careless(removal) || !careless(replacement) {
            continue;
        }
        let finding = check
            .report_resource(
                &resource,
                "a cache that is kept when it goes is deleted with its data when it is replaced",
            )
            .allowed("UpdateReplacePolicy as careful as DeletionPolicy")
            .help("say UpdateReplacePolicy: Snapshot");
        if disposable {
            finding.level(Level::Information);
        }
    }
}
