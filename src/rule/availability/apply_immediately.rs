//! Changes that don't wait for the maintenance window.

use crate::diagnostic::Level;
use crate::rule::cache;
use crate::rule::examples::module;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "apply-immediately",
    title: "Changes of a production cache that don't wait",
    levels: Levels {
        development: None,
        staging: None,
        production: Some(Level::Warning),
        unsaid: Some(Level::Information),
    },
    about: "With apply_immediately an apply upgrades the engine, changes the node type or reboots nodes in the middle of the day, \
            and connections break. Without it such changes wait for the maintenance window. \
            Leave it out in production, and turn it on for the one apply that can't wait.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_terraform(module!("apply_immediately = true")),
        Example::good_terraform(module!("apply_immediately = false")),
        Example::good_terraform(module!(development; "apply_immediately = true")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::of_nodes(check) {
        if let Some(setting) = resource.setting("apply_immediately")
            && resource.bool("apply_immediately") == Some(true)
        {
            check
                .report(
                    &setting,
                    "changes that don't wait for the maintenance window",
                )
                .allowed("changes in the maintenance window, in production")
                .help("leave it out");
        }
    }
}
