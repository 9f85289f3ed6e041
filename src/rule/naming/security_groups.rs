//! A cache has at most five security groups.

use super::{language, settings};
use crate::diagnostic::Level;
use crate::graph::{Kind, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "security-groups",
    title: "A cache has more security groups than it can have",
    levels: Levels::ERROR,
    about: "A network interface, and with it a node of a cache, has at most five security groups unless \
            AWS has raised that quota. The sixth is refused when the cache is made or changed. Put the \
            rules of several groups into one.",
    source: "VPC quotas, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "SecurityGroupIds: [sg-00000001, sg-00000002, sg-00000003, sg-00000004, sg-00000005, sg-00000006]"
        )),
        Example::good_cloudformation(template!(
            "SecurityGroupIds: [sg-00000001, sg-00000002, sg-00000003, sg-00000004, sg-00000005]"
        )),
        Example::bad_terraform(module!(
            "security_group_ids = [for n in range(1, 7) : format(\"sg-%08d\", n)]"
        )),
        Example::good_terraform(module!(
            "security_group_ids = [for n in range(1, 6) : format(\"sg-%08d\", n)]"
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let lists = [
        (Kind::ReplicationGroup, "SecurityGroupIds"),
        (Kind::CacheCluster, "VpcSecurityGroupIds"),
        (Kind::ServerlessCache, "SecurityGroupIds"),
    ];
    for setting in settings(check, &lists) {
        let Value::List(groups) = setting.value() else {
            continue;
        };
        if groups.len() > 5 || groups.is_empty() && language(check).is_none() {
            let is_definition = language(check).is_none();
            let finding = check.report(&setting, format!("{} security groups", groups.len()));
            if !is_definition && groups.len() <= 16 {
                // the quota can be raised that far
                finding.level(Level::Warning);
            }
            finding
                .allowed("1 to 5 security groups, or up to 16 where the quota was raised")
                .help("name the groups whose rules let the clients in");
        }
    }
}
