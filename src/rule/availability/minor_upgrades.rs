//! Minor versions that AWS doesn't upgrade.

use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "minor-upgrades",
    title: "Minor versions aren't upgraded by themselves",
    levels: Levels::PRODUCTION,
    about: "Minor versions bring security fixes, and AWS installs them in the maintenance window unless it is told not to. \
            Whoever turns that off has to do it by hand, and rarely does. Leave it on, and choose the window.",
    source: "",
    controls: &["ElastiCache.2", "CKV_AWS_322", "CT.ELASTICACHE.PR.2"],
    examples: &[
        Example::bad_cloudformation(template!("AutoMinorVersionUpgrade: false")),
        Example::bad_terraform(module!("auto_minor_version_upgrade = \"false\"")),
        Example::bad_terraform(module!("auto_minor_version_upgrade = false")),
        Example::good_cloudformation(template!("AutoMinorVersionUpgrade: true")),
        Example::good_cloudformation(template!("NumCacheClusters: 1")),
        Example::good_cloudformation(template!(development; "AutoMinorVersionUpgrade: false")),
        Example::good_terraform(module!("auto_minor_version_upgrade = true")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::of_nodes(check) {
        let name = "AutoMinorVersionUpgrade";
        if let Some(setting) = resource.setting(name)
            && resource.bool(name) == Some(false)
        {
            check
                .report(&setting, "minor versions aren't upgraded by themselves")
                .allowed("upgrades in the maintenance window")
                .help(format!("leave {} out, which turns it on", setting.name()));
        }
    }
}
