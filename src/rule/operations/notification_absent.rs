//! A cache in production that tells nobody of its events.

use super::{module, template};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "notification-absent",
    title: "A cache in production tells no topic of its events",
    levels: Levels {
        development: None,
        staging: None,
        production: Some(Level::Information),
        unsaid: None,
    },
    about: "ElastiCache tells a topic of failovers, replaced nodes, failed snapshots and coming \
            maintenance. Without one they stand in a list of events that nobody reads, for two weeks. Give \
            the cache a topic that somebody listens to.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(concat!(
            "Metadata: {Cachewright: {Stage: production}}\n",
            template!("Port: 6379")
        )),
        Example::good_cloudformation(concat!(
            "Metadata: {Cachewright: {Stage: production}}\n",
            template!("NotificationTopicArn: arn:aws:sns:eu-west-1:123456789012:orders")
        )),
        Example::bad_terraform(concat!(
            "# cachewright: stage production\n",
            module!("port = 6379")
        )),
        Example::good_terraform(module!("port = 6379")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for kind in [Kind::ReplicationGroup, Kind::CacheCluster] {
        for cache in check.all(kind) {
            // a replica of a group that Terraform makes as a cluster has the group's
            let is_replica = kind == Kind::CacheCluster && !cache.is_absent("replication_group_id");
            if cache.is_absent("NotificationTopicArn") && !is_replica {
                check
                    .report_resource(&cache, "nobody is told of failovers and maintenance")
                    .allowed("an SNS topic")
                    .help(format!("set {}", cache.word("NotificationTopicArn")));
            }
        }
    }
}
