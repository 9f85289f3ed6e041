//! A maintenance window is an hour to a day of the week, in UTC.

use super::{language, refuse, settings, text};
use crate::diagnostic::Level;
use crate::graph::{Kind, Language};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{MaintenanceWindow, Word};

pub(super) static RULE: Rule = Rule {
    code: "maintenance-window",
    title: "The maintenance window isn't one that ElastiCache takes",
    levels: Levels::ERROR,
    about: "A maintenance window names two moments of the week in UTC, such as sun:05:00-sun:06:00, from \
            60 minutes to 24 hours apart; it may pass midnight and the end of the week. ElastiCache \
            keeps the days in lower case: Terraform's provider lowers them by itself, CloudFormation \
            finds another text than the template's. Write the days in lower case and two digits for \
            hours and minutes.",
    source: "ElastiCache user guide and the provider's validation, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("PreferredMaintenanceWindow: 05:00-06:00")),
        Example::bad_cloudformation(template!("PreferredMaintenanceWindow: sun:05:00-sun:05:30")),
        Example::bad_cloudformation(template!("PreferredMaintenanceWindow: sun:05:00-mon:06:00")),
        Example::bad_cloudformation(template!("PreferredMaintenanceWindow: Sun:05:00-Sun:06:00")),
        Example::good_cloudformation(template!("PreferredMaintenanceWindow: sun:23:00-mon:01:30")),
        Example::good_cloudformation(template!("PreferredMaintenanceWindow: sun:05:00-mon:05:00")),
        Example::bad_terraform(module!(
            "maintenance_window = \"sunday:05:00-sunday:06:00\""
        )),
        Example::bad_terraform(module!("maintenance_window = \"sun:5:00-sun:6:00\"")),
        Example::bad_terraform(module!("maintenance_window = \"sun:05:00-sun:05:59\"")),
        Example::good_terraform(module!("maintenance_window = \"Sun:05:00-Sun:06:00\"")),
        Example::good_terraform(module!("maintenance_window = \"\"")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let windows = [
        (Kind::ReplicationGroup, "PreferredMaintenanceWindow"),
        (Kind::CacheCluster, "PreferredMaintenanceWindow"),
    ];
    for setting in settings(check, &windows) {
        let Some(given) = text(check, &setting) else {
            continue;
        };
        let Err(refusal) = MaintenanceWindow::parse(given) else {
            continue;
        };
        let lowered = MaintenanceWindow::parse(&given.to_ascii_lowercase());
        let (refusal, level) = match (language(check), lowered) {
            (Some(Language::Terraform), Ok(_)) => continue,
            (Some(Language::CloudFormation), Ok(_)) => (refusal, Some(Level::Warning)),
            (Some(_), Err(refusal)) => (refusal, None),
            (None, _) => (refusal, None),
        };
        let finding = refuse(check, &setting, MaintenanceWindow::WHAT, given, refusal);
        if let Some(level) = level {
            finding.level(level);
        }
    }
}
