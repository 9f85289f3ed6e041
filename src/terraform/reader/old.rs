//! Arguments that the provider has renamed or removed: understood, and reported.

use super::evaluate::Evaluator;
use super::module::Module;
use super::syntax::Body;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Kind, Node};
use crate::read::{Data, Member, Read};

/// An argument's name until it was removed, its name now, and the version that removed it.
const RENAMED: [(Kind, &str, &str, &str); 4] = [
    (
        Kind::ReplicationGroup,
        "replication_group_description",
        "description",
        "5.0.0",
    ),
    (
        Kind::ReplicationGroup,
        "number_cache_clusters",
        "num_cache_clusters",
        "5.0.0",
    ),
    (
        Kind::ReplicationGroup,
        "availability_zones",
        "preferred_cache_cluster_azs",
        "5.0.0",
    ),
    (
        Kind::CacheCluster,
        "availability_zones",
        "preferred_availability_zones",
        "2.0.0",
    ),
];

/// Arguments that nothing took the place of.
const REMOVED: [(Kind, &str, &str, &str); 1] = [(
    Kind::CacheCluster,
    "security_group_names",
    "5.0.0",
    "give `security_group_ids`, in a VPC",
)];

/// The arguments under the names that they have now.
pub(super) fn renamed(
    evaluator: &Evaluator<'_>,
    module: &Module,
    node: &Node,
    body: &Body,
    members: Vec<Member>,
) -> Vec<Member> {
    let kind = node.kind;
    if !matches!(kind, Kind::ReplicationGroup | Kind::CacheCluster) {
        return members;
    }
    let report = |name: &str, place: &Place, version: &str, help: &str| {
        let message = format!(
            "`{name}` is not an argument any more since version {version} of the AWS provider"
        );
        let code = "terraform-argument-removed";
        let major = version.split('.').next().and_then(|text| text.parse().ok());
        // the provider that is asked for still takes it
        let found = if major.is_some_and(|major| module.is_pinned_before(major)) {
            Diagnostic::warning(code, message)
        } else {
            Diagnostic::error(code, message)
        };
        evaluator.report(
            found
                .at(place)
                .about(node.address())
                .allowed("the arguments of the provider's current version")
                .help(help),
        );
    };
    let no_block = "set `num_node_groups` and `replicas_per_node_group` without a block";
    let mut renamed: Vec<Member> = Vec::with_capacity(members.len());
    let mut has_shards = false;
    for mut member in members {
        let name = member.name.as_str();
        let is_row = |row: &&(Kind, &str, &str, &str)| row.0 == kind && row.1 == name;
        if let Some((_, _, now, version)) = RENAMED.iter().find(is_row) {
            report(name, &member.place, version, &format!("call it `{now}`"));
            member.name = (*now).to_owned();
        } else if let Some((_, _, version, help)) = REMOVED.iter().find(is_row) {
            report(name, &member.place, version, help);
        } else if kind == Kind::ReplicationGroup
            && name == "cluster_mode"
            && let Some(inner) = shards(&member.value)
        {
            report(name, &member.place, "5.0.0", no_block);
            has_shards = true;
            renamed.extend(inner);
            continue;
        }
        renamed.push(member);
    }
    // one that is made for an empty list is refused all the same
    let mut blocks = body.blocks();
    let unused = blocks.find(|block| {
        block.kind == "dynamic" && block.labels.iter().any(|label| label == "cluster_mode")
    });
    if let Some(unused) = unused
        && kind == Kind::ReplicationGroup
        && !has_shards
    {
        let place = evaluator.sources.place(unused.head);
        report("cluster_mode", &place, "5.0.0", no_block);
    }
    renamed
}

/// What stands in the block that is now a text.
fn shards(value: &Read) -> Option<Vec<Member>> {
    match &value.data {
        Data::Object(members) => Some(members.clone()),
        Data::List(blocks) => match blocks.as_slice() {
            [] => Some(Vec::new()),
            [block] => shards(block),
            _ => None,
        },
        _ => None,
    }
}
