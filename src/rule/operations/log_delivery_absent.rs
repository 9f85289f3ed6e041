//! A cache in production that delivers no logs.

use super::{module, template};
use crate::diagnostic::Level;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "log-delivery-absent",
    title: "A cache in production delivers none of its logs",
    levels: Levels {
        development: None,
        staging: None,
        production: Some(Level::Information),
        unsaid: None,
    },
    about: "The slow log names the commands that held everybody up, and the engine's log says why a node \
            was replaced. Both are gone when nobody has asked for their delivery before. It costs what \
            CloudWatch Logs charges for a few lines. Deliver at least the slow log.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(concat!(
            "Metadata: {Cachewright: {Stage: production}}\n",
            template!("Port: 6379")
        )),
        Example::good_cloudformation(concat!(
            "Metadata: {Cachewright: {Stage: staging}}\n",
            template!("Port: 6379")
        )),
        Example::good_cloudformation(concat!(
            "Metadata: {Cachewright: {Stage: production}}\n",
            template!(
                "LogDeliveryConfigurations:",
                "  - LogType: slow-log",
                "    LogFormat: json",
                "    DestinationType: cloudwatch-logs",
                "    DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}"
            )
        )),
        Example::bad_terraform(concat!(
            "# cachewright: stage production\n",
            module!("port = 6379")
        )),
        Example::good_terraform(concat!(
            "# cachewright: stage development\n",
            module!("port = 6379")
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for cache in check.all(Kind::ReplicationGroup) {
        if cache.is_absent("LogDeliveryConfigurations") {
            check
                .report_resource(&cache, "no log is delivered")
                .allowed("the slow log and the engine's log, to CloudWatch Logs or Firehose")
                .help("deliver the slow log");
        }
    }
}
