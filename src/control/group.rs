//! What controls ask of a replication group.
//!
//! Some ask what the file says, others what the cache will be: there what an engine does by
//! default counts as well. Some pass over everything but Redis OSS.

use super::Outcome;
use super::look::{Flag, Said, all, all_of, each, flag, must, must_say, open, said};
use crate::graph::{Kind, Part, Reference, Value};
use crate::rule::{Check, Resource};

const AT_REST: &str = "AtRestEncryptionEnabled";
const IN_TRANSIT: &str = "TransitEncryptionEnabled";
const FAILOVER: &str = "AutomaticFailoverEnabled";
const SNAPSHOTS: &str = "SnapshotRetentionLimit";
const TOKEN: &str = "AuthToken";
const USERS: &str = "UserGroupIds";

/// Every replication group.
fn groups<'g>(check: &Check<'g>) -> (Vec<Resource<'g>>, &'static str) {
    (check.all(Kind::ReplicationGroup), "replication group")
}

/// Every replication group and every cache cluster.
fn caches<'g>(check: &Check<'g>) -> (Vec<Resource<'g>>, &'static str) {
    let kinds = [Kind::ReplicationGroup, Kind::CacheCluster];
    (all_of(check, &kinds), "cache")
}

/// What a control that looks at Redis OSS alone comes to.
fn redis_alone(group: &Resource<'_>, judge: impl Fn() -> Outcome) -> Outcome {
    if group.is_absent("Engine") {
        let why = "Engine isn't said, and the control passes over that";
        return Outcome::NotApplicable(why.to_owned());
    }
    match group.text("Engine") {
        Some("redis") => judge(),
        Some(engine) => Outcome::NotApplicable(format!(
            "Engine is {engine}, and the control looks at redis only"
        )),
        None => open("Engine"),
    }
}

/// The engine that the cache will have; nothing where somebody else decides.
fn engine<'g>(group: &Resource<'g>) -> Option<&'g str> {
    if group.is_absent("Engine") {
        return (!is_secondary(group)).then_some("redis");
    }
    group.text("Engine")
}

/// In a global datastore the primary decides what isn't said here.
fn is_secondary(group: &Resource<'_>) -> bool {
    !group.is_absent("GlobalReplicationGroupId")
}

fn by_primary(name: &str) -> Outcome {
    Outcome::Unknown(format!(
        "{name} isn't said: the primary of the global datastore decides"
    ))
}

pub(super) fn at_rest_said(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| must(group, AT_REST))
}

pub(super) fn at_rest_redis(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        redis_alone(group, || must(group, AT_REST))
    })
}

pub(super) fn at_rest(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        if flag(group, AT_REST) != Flag::Unsaid {
            return must(group, AT_REST);
        }
        match engine(group) {
            Some("valkey") => Outcome::Passed(format!(
                "{AT_REST} isn't said, and valkey encrypts by default"
            )),
            Some(engine) => Outcome::Failed(format!(
                "{AT_REST} isn't said, and {engine} doesn't encrypt by default"
            )),
            None if is_secondary(group) => by_primary(AT_REST),
            None => open("Engine"),
        }
    })
}

pub(super) fn in_transit_said(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| must(group, IN_TRANSIT))
}

pub(super) fn in_transit_redis(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        redis_alone(group, || must(group, IN_TRANSIT))
    })
}

pub(super) fn in_transit(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        if flag(group, IN_TRANSIT) != Flag::Unsaid {
            return must(group, IN_TRANSIT);
        }
        match engine(group) {
            Some("valkey") if check.is_cloudformation() => Outcome::Unknown(format!(
                "{IN_TRANSIT} isn't said, which CloudFormation refuses with valkey"
            )),
            Some(_) => Outcome::Failed(format!("{IN_TRANSIT} isn't said, which means no")),
            None if is_secondary(group) => by_primary(IN_TRANSIT),
            None => open("Engine"),
        }
    })
}

pub(super) fn both_encryptions(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        all([AT_REST, IN_TRANSIT].map(|name| must(group, name)))
    })
}

/// The token; Terraform has two arguments for it. What it is isn't shown.
fn token(check: &Check<'_>, group: &Resource<'_>) -> Said {
    let token = match said(check, group, TOKEN) {
        Said::No => said(check, group, "auth_token_wo"),
        other => other,
    };
    match token {
        Said::Yes(_) => Said::Yes("is set".to_owned()),
        other => other,
    }
}

fn must_have_token(check: &Check<'_>, group: &Resource<'_>) -> Outcome {
    match token(check, group) {
        Said::Yes(what) => Outcome::Passed(format!("{TOKEN} {what}")),
        Said::Perhaps => open(TOKEN),
        Said::No => Outcome::Failed(match said(check, group, USERS) {
            Said::No => format!("{TOKEN} isn't set"),
            _ => format!("{TOKEN} isn't set, and {USERS} doesn't count"),
        }),
    }
}

pub(super) fn access_said(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        let asked = match (token(check, group), said(check, group, USERS)) {
            (Said::Yes(what), _) => Outcome::Passed(format!("{TOKEN} {what}")),
            (_, Said::Yes(what)) => Outcome::Passed(format!("{USERS} {what}")),
            (Said::No, Said::No) => Outcome::Failed(format!("neither {TOKEN} nor {USERS} is set")),
            (Said::Perhaps, _) => open(TOKEN),
            _ => open(USERS),
        };
        all([must(group, IN_TRANSIT), asked])
    })
}

pub(super) fn token_said(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| must_have_token(check, group))
}

/// The number before the first dot of the engine's version.
fn major(group: &Resource<'_>) -> Option<u32> {
    let version = group.text("EngineVersion")?;
    version.split('.').next()?.parse().ok()
}

/// What a control that looks at versions before 6 alone comes to.
fn before_six(group: &Resource<'_>, judge: impl Fn() -> Outcome) -> Outcome {
    if group.is_absent("EngineVersion") {
        let why = "EngineVersion isn't said: AWS takes a newer one than 6";
        return Outcome::NotApplicable(why.to_owned());
    }
    match (major(group), group.text("EngineVersion")) {
        (Some(..6), _) => judge(),
        (Some(_), Some(version)) => Outcome::NotApplicable(format!(
            "EngineVersion is {version}, and the control looks at those before 6"
        )),
        _ => open("EngineVersion"),
    }
}

pub(super) fn token_before_six(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| match engine(group) {
        Some("redis") => before_six(group, || must_have_token(check, group)),
        Some(engine) => {
            Outcome::NotApplicable(format!("Engine is {engine}, which has no version before 6"))
        }
        None if is_secondary(group) => by_primary("Engine"),
        None => open("Engine"),
    })
}

pub(super) fn token_redis_old(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        redis_alone(group, || {
            before_six(group, || must_have_token(check, group))
        })
    })
}

pub(super) fn users_redis_new(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        redis_alone(group, || {
            if !group.is_absent("EngineVersion") {
                match (major(group), group.text("EngineVersion")) {
                    (Some(6..), _) => {}
                    (Some(_), Some(version)) => {
                        return Outcome::NotApplicable(format!(
                            "EngineVersion is {version}, and users need 6"
                        ));
                    }
                    _ => return open("EngineVersion"),
                }
            }
            match (said(check, group, USERS), token(check, group)) {
                (Said::Yes(what), _) => Outcome::Passed(format!("{USERS} {what}")),
                (Said::Perhaps, _) => open(USERS),
                (Said::No, Said::No) => Outcome::Failed(format!("{USERS} isn't set")),
                (Said::No, _) => {
                    Outcome::Failed(format!("{USERS} isn't set, and {TOKEN} doesn't count"))
                }
            }
        })
    })
}

/// Never says what the token is.
pub(super) fn token_hidden(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        let setting = group
            .setting(TOKEN)
            .or_else(|| group.setting("auth_token_wo"));
        let Some(setting) = setting else {
            return match group.node.partial {
                true => open(TOKEN),
                false => Outcome::NotApplicable(format!("{TOKEN} isn't set")),
            };
        };
        let input = match setting.value() {
            Value::Reference(Reference::Input(id)) => Some(id),
            Value::Text(text) => match text.0.as_slice() {
                [Part::Input(id)] => Some(id),
                _ => None,
            },
            _ => None,
        };
        if let Some(id) = input {
            let inputs = &check.graph().inputs;
            return match inputs.iter().find(|input| input.id == *id) {
                Some(input) if input.no_echo && input.default.is_none() => {
                    Outcome::Passed(format!("{TOKEN} is given at deployment, and not shown"))
                }
                _ => Outcome::Failed(format!(
                    "{TOKEN} is given at deployment, and anybody can read it"
                )),
            };
        }
        match setting.text() {
            Some(_) => Outcome::Failed(format!("{TOKEN} is in clear")),
            None => Outcome::Passed(format!("{TOKEN} refers to a secret")),
        }
    })
}

pub(super) fn customer_key(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| must_say(check, group, "KmsKeyId"))
}

/// What is false because there is but one node says so.
fn replicated(group: &Resource<'_>, outcome: Outcome) -> Outcome {
    match (outcome, group.integer("NumCacheClusters")) {
        (Outcome::Failed(why), Some(1)) => Outcome::Failed(format!("{why}: there is one node")),
        (outcome, _) => outcome,
    }
}

pub(super) fn failover_said(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        replicated(group, must(group, FAILOVER))
    })
}

pub(super) fn failover_redis(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        redis_alone(group, || replicated(group, must(group, FAILOVER)))
    })
}

pub(super) fn failover(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        if flag(group, FAILOVER) != Flag::Unsaid {
            return replicated(group, must(group, FAILOVER));
        }
        let alone = group.is_absent("NumNodeGroups") && group.is_absent("NodeGroupConfiguration");
        if is_secondary(group) {
            by_primary(FAILOVER)
        } else if alone {
            replicated(
                group,
                Outcome::Failed(format!("{FAILOVER} isn't said, which means no")),
            )
        } else {
            Outcome::Unknown(format!("{FAILOVER} isn't said of several shards"))
        }
    })
}

pub(super) fn failover_replicated(check: &Check<'_>) -> Outcome {
    const NODES: &str = "NumCacheClusters";
    each(groups(check), |group| {
        let nodes = if group.is_absent(NODES) {
            Outcome::Failed(format!("{NODES} isn't said, which the control takes for 1"))
        } else {
            match group.integer(NODES) {
                Some(nodes @ ..2) => Outcome::Failed(format!("{NODES} is {nodes}")),
                Some(nodes) => Outcome::Passed(format!("{NODES} is {nodes}")),
                None => open(NODES),
            }
        };
        all([must(group, FAILOVER), nodes])
    })
}

pub(super) fn multi_az(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        replicated(group, must(group, "MultiAZEnabled"))
    })
}

pub(super) fn own_port(check: &Check<'_>) -> Outcome {
    each(groups(check), |group| {
        if group.is_absent("Port") {
            return Outcome::Failed("Port isn't said".to_owned());
        }
        let Some(port) = group.integer("Port") else {
            return open("Port");
        };
        let engine = group.text_or("Engine", "redis");
        match (port, engine) {
            (6379, Some("redis")) => {
                Outcome::Failed("Port is 6379, which is everybody's".to_owned())
            }
            (6379, Some(engine)) => Outcome::NotApplicable(format!(
                "Port is 6379, which the control doesn't mind with {engine}"
            )),
            (6379, None) => open("Engine"),
            (port, _) => Outcome::Passed(format!("Port is {port}")),
        }
    })
}

/// Snapshots have to be kept for that many days.
pub(super) fn kept(cache: &Resource<'_>, days: i64) -> Outcome {
    if cache.text("Engine") == Some("memcached") {
        let why = "Engine is memcached, which takes no snapshots";
        return Outcome::NotApplicable(why.to_owned());
    }
    if cache.is_absent(SNAPSHOTS) {
        return Outcome::Failed(format!("{SNAPSHOTS} isn't said: no snapshots are kept"));
    }
    match cache.integer(SNAPSHOTS) {
        Some(..=0) => Outcome::Failed(format!("{SNAPSHOTS} is 0: no snapshots are kept")),
        Some(said) if said < days => {
            Outcome::Failed(format!("{SNAPSHOTS} is {said}, fewer than {days} days"))
        }
        Some(said) => Outcome::Passed(format!("{SNAPSHOTS} is {said}")),
        None => open(SNAPSHOTS),
    }
}

pub(super) fn snapshots_taken(check: &Check<'_>) -> Outcome {
    each(caches(check), |cache| kept(cache, 1))
}

pub(super) fn snapshots_15(check: &Check<'_>) -> Outcome {
    each(caches(check), |cache| kept(cache, 15))
}

pub(super) fn in_vpc(check: &Check<'_>) -> Outcome {
    each(caches(check), |cache| {
        must_say(check, cache, "CacheSubnetGroupName")
    })
}
