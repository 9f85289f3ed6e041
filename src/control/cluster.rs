//! What controls ask of cache clusters and of what was there before VPCs. Where none is made,
//! the sentence says what the replication group does instead.

use super::Outcome;
use super::group::kept;
use super::look::{Flag, Said, each, flag, must, must_say, open, others, said};
use crate::graph::Kind;
use crate::rule::{Check, Resource};

const UPGRADES: &str = "AutoMinorVersionUpgrade";
const SUBNETS: &str = "CacheSubnetGroupName";
/// The security groups of ElastiCache itself, from before there were VPCs.
const CLASSIC: [&str; 2] = [
    "AWS::ElastiCache::SecurityGroup",
    "aws_elasticache_security_group",
];

/// What every cache cluster comes to; without one, what the replication group says instead.
fn clusters<'g>(
    check: &Check<'g>,
    name: &str,
    judge: impl Fn(&Resource<'g>) -> Outcome,
) -> Outcome {
    let clusters = check.all(Kind::CacheCluster);
    if !clusters.is_empty() {
        return each((clusters, "cache cluster"), judge);
    }
    let instead = match check.all(Kind::ReplicationGroup).as_slice() {
        [group] => match said(check, group, name) {
            Said::Yes(what) => format!(": {name} of the replication group {what}"),
            _ => String::new(),
        },
        _ => String::new(),
    };
    Outcome::NotApplicable(format!("no cache cluster is made{instead}"))
}

/// What a control that passes over Memcached comes to.
fn no_memcached(cluster: &Resource<'_>, judge: impl Fn() -> Outcome) -> Outcome {
    match cluster.text("Engine") {
        Some("memcached") => Outcome::NotApplicable(
            "Engine is memcached, and the control looks at redis only".to_owned(),
        ),
        Some(_) => judge(),
        None => open("Engine"),
    }
}

pub(super) fn snapshots(check: &Check<'_>) -> Outcome {
    clusters(check, "SnapshotRetentionLimit", |cluster| {
        no_memcached(cluster, || kept(cluster, 1))
    })
}

pub(super) fn minor_upgrades_said(check: &Check<'_>) -> Outcome {
    clusters(check, UPGRADES, |cluster| {
        no_memcached(cluster, || must(cluster, UPGRADES))
    })
}

/// Nothing said means yes.
fn upgraded(cluster: &Resource<'_>) -> Outcome {
    match flag(cluster, UPGRADES) {
        Flag::Unsaid => Outcome::Passed(format!("{UPGRADES} isn't said, which means yes")),
        _ => must(cluster, UPGRADES),
    }
}

pub(super) fn minor_upgrades_redis(check: &Check<'_>) -> Outcome {
    clusters(check, UPGRADES, |cluster| {
        no_memcached(cluster, || upgraded(cluster))
    })
}

pub(super) fn minor_upgrades(check: &Check<'_>) -> Outcome {
    clusters(check, UPGRADES, upgraded)
}

pub(super) fn subnets_said(check: &Check<'_>) -> Outcome {
    clusters(check, SUBNETS, |cluster| must_say(check, cluster, SUBNETS))
}

pub(super) fn subnets(check: &Check<'_>) -> Outcome {
    clusters(check, SUBNETS, |cluster| match cluster.text(SUBNETS) {
        Some("default") => Outcome::Failed(format!("{SUBNETS} is default")),
        _ => must_say(check, cluster, SUBNETS),
    })
}

pub(super) fn no_classic_group(check: &Check<'_>) -> Outcome {
    match others(check, &CLASSIC).len() {
        0 => Outcome::Passed("no security group from before there were VPCs is made".to_owned()),
        1 => Outcome::Failed("a security group from before there were VPCs is made".to_owned()),
        several => Outcome::Failed(format!(
            "{several} security groups from before there were VPCs are made"
        )),
    }
}

pub(super) fn classic_described(check: &Check<'_>) -> Outcome {
    let groups = (
        others(check, &CLASSIC),
        "security group from before there were VPCs",
    );
    each(groups, |group| {
        let names = ["Description", "description"];
        let name = names.into_iter().find(|name| group.setting(name).is_some());
        match name.map(|name| said(check, group, name)) {
            Some(Said::Yes(_)) if group.text("description") != Some("Managed by Terraform") => {
                Outcome::Passed("Description is set".to_owned())
            }
            Some(Said::Perhaps) => open("Description"),
            _ => Outcome::Failed("Description isn't set".to_owned()),
        }
    })
}
