//! A cache answers at a port from 1 to 65535.

use super::{language, settings};
use crate::graph::{Kind, Language, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "port",
    title: "No cache can answer at that port",
    levels: Levels::ERROR,
    about: "Ports go from 1 to 65535. The port is the same with and without encryption in transit: a \
            cache that is made with 6379 answers there in TLS as well, and none has a second port 6380. \
            Leave the port out for the engine's own, 6379 or for Memcached 11211.",
    source: "ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("Port: 0")),
        Example::bad_cloudformation(template!("Port: 65536")),
        Example::good_cloudformation(template!("Port: 65535")),
        Example::good_cloudformation(template!("Port: 6380")),
        Example::bad_terraform(module!("port = 637900")),
        Example::bad_terraform(module!("port = -1")),
        Example::good_terraform(module!("port = 6380")),
        Example::good_terraform(module!("port = 0")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let ports = [
        (Kind::ReplicationGroup, "Port"),
        (Kind::CacheCluster, "Port"),
    ];
    for setting in settings(check, &ports) {
        let Value::Integer(port) = setting.value() else {
            continue;
        };
        // Terraform's provider takes 0 for nothing said
        let nothing = *port == 0 && language(check) == Some(Language::Terraform);
        if !(1..=65535).contains(port) && !nothing {
            let usual = match setting.resource().node.kind {
                Kind::ReplicationGroup => "6379",
                _ => "the engine's own",
            };
            check
                .report(&setting, format!("port {port} can't be listened on"))
                .allowed("1 to 65535")
                .help(format!("leave it out for {usual}"));
        }
    }
}
