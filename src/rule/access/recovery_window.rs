//! How long a deleted secret can be brought back.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "secret-recovery-window",
    title: "A recovery window that Secrets Manager refuses",
    levels: Levels::ERROR,
    about: "A secret that is deleted can be brought back for 7 to 30 days, or not at all with 0; \
        Secrets Manager takes no other number. Until then its name stays taken. Say 30 for what a \
        cache in production logs in with.",
    source: "Secrets Manager API reference, read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

const NAME: &str = "recovery_window_in_days";

fn check(check: &mut Check<'_>) {
    for secret in check.all(Kind::Secret) {
        let days = secret.integer(NAME);
        if let Some(days) = days.filter(|days| *days != 0 && !(7..=30).contains(days)) {
            check
                .report_at(&secret, NAME, format!("{NAME} is {days}"))
                .allowed("7 to 30 days, or 0 for none")
                .help("leave it out for 30");
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name                    = "sessions/token"
  recovery_window_in_days = 3
}
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name                    = "sessions/token"
  recovery_window_in_days = 30
}
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_secretsmanager_secret" "token" {
  name                    = "sessions/token"
  recovery_window_in_days = 0
}
"#,
    ),
];
