//! Arguments that the provider has renamed or removed: understood, and reported.

use super::evaluate::Evaluator;
use crate::diagnostic::Diagnostic;
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
    kind: Kind,
    node: &Node,
    members: Vec<Member>,
) -> Vec<Member> {
    if !matches!(kind, Kind::ReplicationGroup | Kind::CacheCluster) {
        return members;
    }
    let report = |member: &Member, version: &str, help: String| {
        let message = format!(
            "`{}` is not an argument any more since version {version} of the AWS provider",
            member.name
        );
        evaluator.report(
            Diagnostic::error("terraform-argument-removed", message)
                .at(&member.place)
                .about(node.address())
                .allowed("the arguments of the provider's current version")
                .help(help),
        );
    };
    let mut renamed: Vec<Member> = Vec::with_capacity(members.len());
    for mut member in members {
        if member.value.data == Data::Null {
            continue;
        }
        let name = member.name.as_str();
        let now = RENAMED.iter().find(|row| row.0 == kind && row.1 == name);
        if let Some((_, _, now, version)) = now {
            report(&member, version, format!("call it `{now}`"));
            member.name = (*now).to_owned();
        } else if let Some((_, _, version, help)) =
            REMOVED.iter().find(|row| row.0 == kind && row.1 == name)
        {
            report(&member, version, (*help).to_owned());
        } else if kind == Kind::ReplicationGroup
            && name == "cluster_mode"
            && let Some(inner) = shards(&member.value)
        {
            let help = "set `num_node_groups` and `replicas_per_node_group` without a block";
            report(&member, "5.0.0", help.to_owned());
            renamed.extend(inner);
            continue;
        }
        renamed.push(member);
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
