//! A cache that takes its data along when it goes.

use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Removal, Source};
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "removal-production",
    title: "A cache that is deleted without a last snapshot",
    levels: Levels::PRODUCTION,
    about: "When the resource goes, because it was removed, its stack was deleted or a change replaces it, its data goes with it: \
            CloudFormation deletes it unless a DeletionPolicy says otherwise, and Terraform takes no last snapshot unless it has a name for it. \
            Say DeletionPolicy and UpdateReplacePolicy as Snapshot or Retain; in Terraform say final_snapshot_identifier. \
            A cache that only holds copies may do without, and can say so as its workload.",
    source: "",
    controls: &["cfn-lint W3011", "cfn-lint I3011"],
    examples: &[
        Example::bad_cloudformation(template!("NumCacheClusters: 1")),
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: Delete\n",
            "    UpdateReplacePolicy: Snapshot\n",
        )),
        Example::bad_terraform(module!("num_cache_clusters = 1")),
        Example::good_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: Snapshot\n",
            "    UpdateReplacePolicy: Snapshot\n",
        )),
        Example::good_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "    DeletionPolicy: RetainExceptOnCreate\n",
            "    UpdateReplacePolicy: Retain\n",
        )),
        Example::good_cloudformation(template!(development; "NumCacheClusters: 1")),
        Example::good_terraform(module!("final_snapshot_identifier = \"shop-final\"")),
        Example::good_terraform(module!(development; "num_cache_clusters = 1")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let source = check.graph().source;
    let disposable = super::only_cache(check) && super::is_disposable(check);
    for resource in cache::of_nodes(check).into_iter().filter(holds_data) {
        let name = "final_snapshot_identifier";
        let (message, help) = match source {
            Source::Read(Language::Terraform) => {
                if !resource.is_absent(name) {
                    continue;
                }
                (
                    "a cache that is destroyed without a last snapshot".to_owned(),
                    format!("name one in {name}"),
                )
            }
            _ if !matches!(resource.node.removal, None | Some(Removal::Delete)) => continue,
            Source::Definition => (
                "a cache that is deleted with its data when it goes or is replaced".to_owned(),
                "leave it out: a last snapshot is taken".to_owned(),
            ),
            Source::Read(Language::CloudFormation) => (
                match resource.node.removal {
                    Some(_) => "a cache that is deleted with its data when it goes".to_owned(),
                    None => "a cache without DeletionPolicy is deleted with its data when it goes"
                        .to_owned(),
                },
                match resource.node.replacement {
                    None | Some(Removal::Delete) => {
                        "say DeletionPolicy: Snapshot and UpdateReplacePolicy: Snapshot".to_owned()
                    }
                    Some(_) => "say DeletionPolicy: Snapshot".to_owned(),
                },
            ),
        };
        let finding = check
            .report_resource(&resource, message)
            .at(resource.node.removal_place.as_ref())
            .allowed("a last snapshot, or a cache that stays")
            .help(help);
        // what Terraform can't destroy is only in danger once somebody allows it
        let guarded = resource.node.prevent_destroy && source == Source::Read(Language::Terraform);
        if disposable || guarded {
            finding.level(Level::Information);
        }
    }
}

/// Memcached has nothing to keep, and a replica of Terraform's belongs to its group.
fn holds_data(resource: &Resource<'_>) -> bool {
    match resource.node.kind {
        Kind::CacheCluster => cache::engine(resource) == Some("redis"),
        _ => !cache::may_be_secondary(resource),
    }
}
