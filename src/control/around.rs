//! What controls ask of what stands around a cache: security groups, logs, secrets, alarms,
//! topics and keys.

use super::Outcome;
use super::look::{Flag, Said, each, flag, must, must_say, open, others, said};
use crate::graph::{Kind, Value};
use crate::rule::{Check, Resource};

fn of<'g>(check: &Check<'g>, kind: Kind, what: &'static str) -> (Vec<Resource<'g>>, &'static str) {
    (check.all(kind), what)
}

fn firewalls<'g>(check: &Check<'g>) -> (Vec<Resource<'g>>, &'static str) {
    of(check, Kind::SecurityGroup, "security group")
}

fn logs<'g>(check: &Check<'g>) -> (Vec<Resource<'g>>, &'static str) {
    of(check, Kind::LogGroup, "log group")
}

fn secrets<'g>(check: &Check<'g>) -> (Vec<Resource<'g>>, &'static str) {
    of(check, Kind::Secret, "secret")
}

fn keys<'g>(check: &Check<'g>) -> (Vec<Resource<'g>>, &'static str) {
    of(check, Kind::Key, "key")
}

/// `1 rule`, `2 rules`.
fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

pub(super) fn firewall_described(check: &Check<'_>) -> Outcome {
    const PARTS: [(&[Kind], &str, &str); 2] = [
        (&[Kind::SecurityGroup], "GroupDescription", "security group"),
        (
            &[Kind::SecurityGroupIngress, Kind::SecurityGroupEgress],
            "Description",
            "rule",
        ),
    ];
    let mut described = Vec::new();
    let mut without = Vec::new();
    let mut perhaps = false;
    for (kinds, name, what) in PARTS {
        let mut total = 0;
        let mut missing = 0;
        for resource in kinds.iter().flat_map(|kind| check.all(*kind)) {
            total += 1;
            match said(check, &resource, name) {
                Said::Yes(_) => {}
                Said::No => missing += 1,
                Said::Perhaps => perhaps = true,
            }
        }
        if total > 0 {
            described.push(count(total, what));
        }
        if missing > 0 {
            without.push(format!("{missing} of {}", count(total, what)));
        }
    }
    if described.is_empty() {
        Outcome::NotApplicable("no security group and no rule is made".to_owned())
    } else if !without.is_empty() {
        Outcome::Failed(format!("no Description: {}", without.join(", ")))
    } else if perhaps {
        open("Description")
    } else {
        Outcome::Passed(format!("Description is set: {}", described.join(", ")))
    }
}

pub(super) fn firewall_used(check: &Check<'_>) -> Outcome {
    // what a rule says of its group isn't what the group protects
    let own = [
        Kind::SecurityGroup,
        Kind::SecurityGroupIngress,
        Kind::SecurityGroupEgress,
    ];
    let kinds = Kind::ALL.into_iter().chain([Kind::Other]);
    let users: Vec<_> = kinds
        .filter(|kind| !own.contains(kind))
        .flat_map(|kind| check.all(kind))
        .collect();
    let unclear = |user: &Resource<'_>| {
        let setting = ["SecurityGroupIds", "VpcSecurityGroupIds"]
            .into_iter()
            .find_map(|name| user.setting(name));
        setting.is_some_and(|setting| match setting.value() {
            Value::List(items) => items.contains(&Value::Unknown),
            value => *value == Value::Unknown,
        })
    };
    each(firewalls(check), |group| {
        let mut used = users.iter().filter(|user| user.mentions(group.node));
        match used.next() {
            Some(user) if user.node.kind == Kind::ReplicationGroup => {
                Outcome::Passed("SecurityGroupIds of the replication group names it".to_owned())
            }
            Some(_) => Outcome::Passed("another resource names it".to_owned()),
            None if users.iter().any(unclear) => open("SecurityGroupIds"),
            None => Outcome::Failed("nothing names it".to_owned()),
        }
    })
}

pub(super) fn log_days(check: &Check<'_>) -> Outcome {
    each(logs(check), |log| must_say(check, log, "RetentionInDays"))
}

pub(super) fn log_year(check: &Check<'_>) -> Outcome {
    const NAME: &str = "RetentionInDays";
    each(logs(check), |log| match log.integer(NAME) {
        Some(0) => Outcome::Passed(format!("{NAME} is 0: lines are kept for ever")),
        Some(days @ ..365) => Outcome::Failed(format!("{NAME} is {days}, fewer than 365")),
        Some(days) => Outcome::Passed(format!("{NAME} is {days}")),
        None if log.is_absent(NAME) => Outcome::Failed(format!("{NAME} isn't set")),
        None => open(NAME),
    })
}

pub(super) fn log_key(check: &Check<'_>) -> Outcome {
    each(logs(check), |log| must_say(check, log, "KmsKeyId"))
}

pub(super) fn secret_key(check: &Check<'_>) -> Outcome {
    each(secrets(check), |secret| match secret.text("KmsKeyId") {
        Some(key) if key.contains("aws/") => {
            Outcome::Failed(format!("KmsKeyId is {key}, a key of AWS's own"))
        }
        _ => must_say(check, secret, "KmsKeyId"),
    })
}

pub(super) fn secret_rotation(check: &Check<'_>) -> Outcome {
    let rotations = others(
        check,
        &[
            "AWS::SecretsManager::RotationSchedule",
            "aws_secretsmanager_secret_rotation",
        ],
    );
    each(secrets(check), |secret| {
        let mut rotations = rotations.iter();
        if rotations.any(|rotation| rotation.mentions(secret.node)) {
            Outcome::Passed("a rotation of it is made".to_owned())
        } else {
            Outcome::Failed("no rotation of it is made".to_owned())
        }
    })
}

pub(super) fn alarm_actions(check: &Check<'_>) -> Outcome {
    const NAME: &str = "ActionsEnabled";
    each(of(check, Kind::Alarm, "alarm"), |alarm| {
        match flag(alarm, NAME) {
            Flag::Unsaid => Outcome::Passed(format!("{NAME} isn't said, which means yes")),
            _ => must(alarm, NAME),
        }
    })
}

pub(super) fn topic_key(check: &Check<'_>) -> Outcome {
    each(of(check, Kind::Topic, "topic"), |topic| {
        must_say(check, topic, "KmsMasterKeyId")
    })
}

/// Only symmetric keys can be rotated.
pub(super) fn key_rotation(check: &Check<'_>) -> Outcome {
    each(keys(check), |key| {
        match key.text_or("KeySpec", "SYMMETRIC_DEFAULT") {
            Some("SYMMETRIC_DEFAULT") => must(key, "EnableKeyRotation"),
            Some(spec) => Outcome::NotApplicable(format!("KeySpec is {spec}, which isn't rotated")),
            None => open("KeySpec"),
        }
    })
}

pub(super) fn key_policy(check: &Check<'_>) -> Outcome {
    let policies = others(check, &["aws_kms_key_policy"]);
    each(keys(check), |key| {
        if policies.iter().any(|policy| policy.mentions(key.node)) {
            return Outcome::Passed("KeyPolicy is set".to_owned());
        }
        match said(check, key, "KeyPolicy") {
            Said::Yes(_) => Outcome::Passed("KeyPolicy is set".to_owned()),
            Said::No => Outcome::Failed("KeyPolicy isn't set".to_owned()),
            Said::Perhaps => open("KeyPolicy"),
        }
    })
}
