use super::selection::Selection;
use super::{COULD_NOT_RUN, CheckArguments, report, terminal};
use crate::environment::{Environment, Fleet};
use crate::rule;

pub(super) fn check(
    environments: impl Iterator<Item = Environment>,
    arguments: &CheckArguments,
) -> u8 {
    if let Some(code) = report::unknown_codes(&arguments.report) {
        return code;
    }
    let mut selection = Selection::new(&arguments.selection);
    let mut fleet = Fleet::default();
    let mut found = Vec::new();
    let mut looked_at = 0;
    for environment in environments {
        let together = fleet.add(&environment);
        if selection.takes(&environment) {
            looked_at += 1;
            found.extend(together);
            let (graph, lowered) = environment.lower();
            found.extend(rule::judge(&graph, lowered, &arguments.report.allow));
        }
    }
    if let Some((message, help)) = selection.unmatched(|_| false) {
        report::could_not_run(&message, &help, &arguments.report);
        return COULD_NOT_RUN;
    }
    let looked_at = terminal::count(looked_at, "environment");
    report::finish(&found, &looked_at, false, &arguments.report)
}
