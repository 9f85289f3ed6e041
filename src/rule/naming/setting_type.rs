//! A setting is of another type than its value.

use super::{ELASTICACHE, language, said};
use crate::graph::{Kind, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::vocabulary::{self, Shape};

pub(super) static RULE: Rule = Rule {
    code: "setting-type",
    title: "The value is of another type than the setting",
    levels: Levels::ERROR,
    about: "A number, a list or a yes-or-no can't be given as any text: a quoted \"yes\" is a word and not \
            true, one security group is still a list of one, and 1.5 nodes are none. CloudFormation and \
            Terraform turn \"true\" and \"3\" into what they stand for, and refuse everything else. Write \
            the value in the setting's type.",
    source: "CloudFormation resource schemas (October 2026) and the Terraform AWS provider 5.100.0 and 6.66.0",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("AutoMinorVersionUpgrade: 'enabled'")),
        Example::bad_cloudformation(template!("SnapshotRetentionLimit: 7 days")),
        Example::bad_cloudformation(template!("SecurityGroupIds: sg-01234567")),
        Example::bad_cloudformation(template!("ReplicationGroupId: [orders]")),
        Example::good_cloudformation(template!(
            "AutoMinorVersionUpgrade: 'true'",
            "SnapshotRetentionLimit: '7'"
        )),
        Example::bad_terraform(module!("multi_az_enabled = \"no\"")),
        Example::bad_terraform(module!("snapshot_retention_limit = \"weekly\"")),
        Example::bad_terraform(module!("security_group_ids = \"sg-01234567\"")),
        Example::good_terraform(module!(
            "multi_az_enabled = \"false\"",
            "snapshot_retention_limit = \"7\"",
            "at_rest_encryption_enabled = \"\""
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some(language) = language(check) else {
        return;
    };
    let others = [
        Kind::Alarm,
        Kind::LogGroup,
        Kind::ScalableTarget,
        Kind::ScalingPolicy,
    ];
    for kind in ELASTICACHE.into_iter().chain(others) {
        for resource in check.all(kind) {
            for (path, setting) in said(&resource, language) {
                let Some(known) = vocabulary::setting(kind, language, &path) else {
                    continue;
                };
                let Some(expected) = expected(known.shape, setting.value()) else {
                    continue;
                };
                let given = match setting.value() {
                    Value::Text(text) => format!("{:?}", text.literal().unwrap_or_default()),
                    Value::Integer(number) => number.to_string(),
                    Value::Number(number) => number.to_string(),
                    Value::Bool(value) => value.to_string(),
                    _ => "a list".to_owned(),
                };
                check
                    .report(&setting, format!("{} is {given}", setting.name()))
                    .allowed(expected)
                    .help("write it in the setting's type");
            }
        }
    }
}

/// What would be allowed, where a value certainly isn't of a shape.
fn expected(shape: Shape, value: &Value) -> Option<&'static str> {
    let known = match value {
        // an empty text is nothing at all to some
        Value::Text(text) => text.literal().is_some_and(|text| !text.is_empty()),
        Value::Bool(_) | Value::Integer(_) | Value::Number(_) | Value::List(_) => true,
        _ => false,
    };
    let (fits, expected) = match shape {
        Shape::Bool => (matches!(value, Value::Bool(_)), "true or false"),
        Shape::Integer => (matches!(value, Value::Integer(_)), "a whole number"),
        Shape::Number => (
            matches!(value, Value::Integer(_) | Value::Number(_)),
            "a number",
        ),
        Shape::List => (matches!(value, Value::List(_)), "a list"),
        Shape::Text => (!matches!(value, Value::List(_)), "a text"),
        _ => return None,
    };
    (known && !fits).then_some(expected)
}
