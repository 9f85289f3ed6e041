//! An ARN names something of the right service, in the right region.

use super::{language, refuse, settings, text, texts};
use crate::graph::Kind;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule, Setting};
use crate::value::{Arn, Refusal, Word};

pub(super) static RULE: Rule = Rule {
    code: "arn",
    title: "An ARN is malformed, or names something of another service or region",
    levels: Levels::ERROR,
    about: "An ARN has six parts: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE. ElastiCache tells a topic \
            of SNS and encrypts with a key of KMS, both in its own region; a queue, a subscription, or \
            the key of another region is refused when the cache is made. Copy the ARN from the resource \
            itself, in the cache's region.",
    source: "ElastiCache API reference and CloudFormation schemas, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "NotificationTopicArn: arn:aws:sqs:eu-west-1:123456789012:orders"
        )),
        Example::bad_cloudformation(template!("NotificationTopicArn: orders-topic")),
        Example::bad_cloudformation(template!(
            "NotificationTopicArn: arn:aws:sns:cn-north-1:123456789012:orders"
        )),
        Example::bad_cloudformation(template!(
            "AtRestEncryptionEnabled: true",
            "KmsKeyId: arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders"
        )),
        Example::bad_cloudformation(LOG_GROUP),
        Example::good_cloudformation(template!(
            "NotificationTopicArn: arn:aws:sns:eu-west-1:123456789012:orders"
        )),
        Example::good_cloudformation(template!(
            "NotificationTopicArn: !Sub 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:orders'"
        )),
        Example::good_cloudformation(template!(
            "AtRestEncryptionEnabled: true",
            "KmsKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab"
        )),
        Example::bad_terraform(module!(
            "notification_topic_arn = \"arn:aws:sns:eu-west-1:12345:orders\""
        )),
        Example::bad_terraform(module!(
            "notification_topic_arn = \"arn:aws:sns:eu-west-1:123456789012:orders:0f1e2d3c-0000-4000-8000-000000000000\""
        )),
        Example::bad_terraform(REGION),
        Example::bad_terraform(module!(
            "at_rest_encryption_enabled = true",
            "kms_key_id = \"orders\""
        )),
        Example::good_terraform(module!(
            "notification_topic_arn = \"arn:aws-cn:sns:cn-north-1:123456789012:orders\""
        )),
        Example::good_terraform(module!("notification_topic_arn = \"\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let topics = [
        (Kind::ReplicationGroup, "NotificationTopicArn"),
        (Kind::CacheCluster, "NotificationTopicArn"),
    ];
    for setting in settings(check, &topics) {
        one(check, &setting, "sns");
    }
    let keys = [
        (Kind::ReplicationGroup, "KmsKeyId"),
        (Kind::ServerlessCache, "KmsKeyId"),
    ];
    for setting in settings(check, &keys) {
        // CloudFormation and Terraform hand on an id or an alias as well
        let id = setting.text().is_some_and(is_key_id);
        if !(id && language(check).is_some()) {
            one(check, &setting, "kms");
        }
    }
    for setting in settings(check, &[(Kind::LogGroup, "KmsKeyId")]) {
        one(check, &setting, "kms");
    }
    for setting in settings(check, &[(Kind::ScalableTarget, "RoleARN")]) {
        one(check, &setting, "iam");
    }
    let actions = [
        (Kind::Alarm, "AlarmActions"),
        (Kind::Alarm, "OKActions"),
        (Kind::Alarm, "InsufficientDataActions"),
    ];
    for setting in settings(check, &actions) {
        // an action may be of several services, and some have no account
        for action in texts(&setting) {
            if !action.starts_with("arn:")
                && let Err(refusal) = Arn::parse(action)
            {
                refuse(check, &setting, "ARN", action, refusal);
            }
        }
    }
}

/// Holds one ARN against what must be behind it.
fn one<'g>(check: &mut Check<'g>, setting: &Setting<'g>, service: &str) {
    if let Some(text) = text(check, setting)
        && let Err(refusal) = of(text, service, check.region())
    {
        refuse(check, setting, "ARN", text, refusal);
    }
}

fn of(text: &str, service: &str, region: Option<&str>) -> Result<(), Refusal> {
    let arn = Arn::parse(text)?;
    let refused = |because: String, allowed: String, help: &str| {
        Err(Refusal {
            because,
            allowed,
            help: help.into(),
        })
    };
    if arn.service() != service {
        return refused(
            format!("is an ARN of {}", arn.service()),
            format!("an ARN of {service}"),
            "copy it from the resource itself",
        );
    }
    if service == "iam" {
        return Ok(());
    }
    if let Some(region) = region
        && arn.region() != region
    {
        return refused(
            format!("is an ARN of the region {:?}", arn.region()),
            format!("an ARN of the environment's region, {region}"),
            "use the resource of this region",
        );
    }
    let partition = text.split(':').nth(1).unwrap_or_default();
    let expected = partition_of(arn.region());
    if expected.is_some_and(|expected| expected != partition) {
        return refused(
            format!("is an ARN of the partition {partition:?} with a region of another"),
            format!(
                "the partition {} with that region",
                expected.unwrap_or_default()
            ),
            "copy it from the resource itself",
        );
    }
    match service {
        "sns" if arn.resource().contains(':') => refused(
            "is a subscription's, or has a part too many".into(),
            "a topic's ARN, which ends with the topic's name".into(),
            "copy it from the topic",
        ),
        "kms" if !arn.resource().starts_with("key/") && !arn.resource().starts_with("alias/") => {
            refused(
                "names no key".into(),
                "a key's ARN, which ends with key/ and the key's id".into(),
                "copy it from the key",
            )
        }
        _ => Ok(()),
    }
}

/// The partition of a region whose name says it.
fn partition_of(region: &str) -> Option<&'static str> {
    let (area, rest) = region.split_once('-')?;
    Some(match area {
        "cn" => "aws-cn",
        "us" if rest.starts_with("gov-") => "aws-us-gov",
        "us" if rest.starts_with("iso") => return None,
        "us" | "eu" | "ap" | "sa" | "ca" | "me" | "af" | "il" | "mx"
            if !rest.starts_with("iso") =>
        {
            "aws"
        }
        _ => return None,
    })
}

/// A key's id as KMS gives it, or an alias.
fn is_key_id(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let id = text.strip_prefix("mrk-").unwrap_or(text);
    text.starts_with("alias/") || matches!(id.len(), 32 | 36) && digits(id)
}

const LOG_GROUP: &str = "Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /orders/cache
      RetentionInDays: 30
      KmsKeyId: alias/orders
";

const REGION: &str = r#"provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
"#;
