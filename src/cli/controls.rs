use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::selection::Selection;
use super::terminal::{self, BOLD, DIM, GREEN, RED, YELLOW};
use super::{
    COULD_NOT_RUN, ControlsArguments, ControlsFormat, DenyControls, FINDINGS, FINE, Format,
};
use crate::control::{self, Control, Line, Outcome, Report, Verdict};
use crate::diagnostic::Diagnostic;
use crate::environment::{Environment, Fleet};

pub(super) fn controls(
    environments: impl Iterator<Item = Environment>,
    arguments: &ControlsArguments,
) -> u8 {
    let format = match arguments.format {
        ControlsFormat::Json => Format::Json,
        ControlsFormat::Text | ControlsFormat::Markdown => Format::Text,
    };
    let asked = match Asked::new(arguments) {
        Ok(asked) => asked,
        Err((message, help)) => {
            terminal::error(&message, &help, format);
            return COULD_NOT_RUN;
        }
    };
    let mut selection = Selection::new(&arguments.selection);
    let mut fleet = Fleet::default();
    let mut errors = Vec::new();
    let mut reports = Vec::new();
    for environment in environments {
        let together = fleet.add(&environment);
        if selection.takes(&environment) {
            errors.extend(together.into_iter().filter(Diagnostic::is_error));
            match control::report(&environment) {
                Ok(report) => reports.push(asked.of(report)),
                Err(found) => errors.extend(found),
            }
        }
    }
    if let Some((message, help)) = selection.unmatched(|_| false) {
        terminal::error(&message, &help, format);
        return COULD_NOT_RUN;
    }
    if !errors.is_empty() {
        could_not_run(&errors, format);
        return COULD_NOT_RUN;
    }
    let mut total = Sum::default();
    for report in &reports {
        total.add(&Sum::of(report));
    }
    match arguments.format {
        ControlsFormat::Json => terminal::json(&in_json(&reports, &total)),
        ControlsFormat::Markdown => terminal::out(&in_markdown(&reports)),
        ControlsFormat::Text => {
            terminal::out(&in_text(&reports));
            let environments = terminal::count(reports.len(), "environment");
            terminal::note(&format!("{environments}: {}\n", total.words()));
        }
    }
    exit_code(&total, arguments.deny)
}

/// Languages that differ are a mistake of the tool itself: nobody has to ask for that.
fn exit_code(total: &Sum, deny: Option<DenyControls>) -> u8 {
    let denied = match deny {
        Some(DenyControls::Failed) => total.failed,
        None => 0,
    };
    if total.different > 0 || denied > 0 {
        FINDINGS
    } else {
        FINE
    }
}

/// The definitions have errors, so that there are no files to look at.
fn could_not_run(errors: &[Diagnostic], format: Format) {
    match format {
        Format::Json => terminal::json(&json!({ "diagnostics": errors })),
        Format::Text => {
            let mut sources = terminal::sources();
            for error in errors {
                terminal::diagnostic(error, &mut sources);
            }
            let errors = terminal::count(errors.len(), "error");
            terminal::note(&format!("{errors}; there are no files to look at\n"));
        }
    }
}

/// The controls that somebody asked for, and those that may fail.
struct Asked<'a> {
    tools: &'a [String],
    allow: &'a [String],
}

impl<'a> Asked<'a> {
    /// What is wrong and what to do where there is no such tool or control.
    fn new(arguments: &'a ControlsArguments) -> Result<Self, (String, String)> {
        let (tools, allow) = (&arguments.tool, &arguments.allow);
        let known: BTreeSet<&str> = control::controls()
            .iter()
            .map(|control| control.tool.as_str())
            .collect();
        if let Some(tool) = tools
            .iter()
            .find(|tool| !known.iter().any(|known| same(tool, known)))
        {
            let known: Vec<_> = known.into_iter().collect();
            return Err((
                format!("no tool is called {tool:?}"),
                format!("use one of {}", known.join(", ")),
            ));
        }
        if let Some(id) = allow.iter().find(|id| control::control(id).is_none()) {
            return Err((
                format!("no control is called {id:?}"),
                "use an id of the first column, such as CKV_AWS_31".to_owned(),
            ));
        }
        Ok(Self { tools, allow })
    }

    /// A report without what nobody asked for.
    fn of(&self, mut report: Report) -> Report {
        let is_asked = |control: &Control| {
            self.tools.is_empty() || self.tools.iter().any(|tool| same(tool, &control.tool))
        };
        report.lines.retain(|line| is_asked(line.control));
        for line in &mut report.lines {
            if !self.allow.iter().any(|name| line.control.is_called(name)) {
                continue;
            }
            for verdict in [&mut line.cloudformation, &mut line.terraform] {
                if verdict.outcome.is_failed() && verdict.accepted.is_none() {
                    verdict.accepted = Some(control::Accepted {
                        rule: String::new(),
                        because: "allowed by --allow".to_owned(),
                    });
                }
            }
        }
        report
    }
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// How many controls come to what.
#[derive(Clone, Copy, Default)]
struct Sum {
    passed: usize,
    failed: usize,
    accepted: usize,
    not_applicable: usize,
    unknown: usize,
    different: usize,
}

impl Sum {
    fn of(report: &Report) -> Self {
        let mut sum = Self::default();
        for line in &report.lines {
            sum.different += usize::from(!line.is_equal());
            *if line.is_failed() {
                &mut sum.failed
            } else if line.is_accepted() {
                &mut sum.accepted
            } else {
                match &line.cloudformation.outcome {
                    Outcome::Passed(_) => &mut sum.passed,
                    Outcome::NotApplicable(_) => &mut sum.not_applicable,
                    Outcome::Failed(_) | Outcome::Unknown(_) => &mut sum.unknown,
                }
            } += 1;
        }
        sum
    }

    fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.accepted += other.accepted;
        self.not_applicable += other.not_applicable;
        self.unknown += other.unknown;
        self.different += other.different;
    }

    fn words(&self) -> String {
        let mut words = Vec::new();
        for (number, what) in [
            (self.passed, "passed"),
            (self.failed, "failed"),
            (self.accepted, "accepted"),
            (self.not_applicable, "not applicable"),
            (self.unknown, "unknown"),
        ] {
            if number > 0 {
                words.push(format!("{number} {what}"));
            }
        }
        if words.is_empty() {
            words.push("no control".to_owned());
        }
        let agree = match self.different {
            0 => "both languages agree".to_owned(),
            1 => "the languages differ in 1".to_owned(),
            several => format!("the languages differ in {several}"),
        };
        format!("{}; {agree}", words.join(", "))
    }

    fn json(&self) -> Value {
        json!({
            "passed": self.passed,
            "failed": self.failed,
            "accepted": self.accepted,
            "notApplicable": self.not_applicable,
            "unknown": self.unknown,
            "different": self.different,
        })
    }
}

/// What a verdict is in a word, and in colour.
fn word(verdict: &Verdict) -> (&'static str, anstyle::Style) {
    match (&verdict.outcome, &verdict.accepted) {
        (Outcome::Failed(_), Some(_)) => ("accepted", YELLOW),
        (Outcome::Failed(_), None) => ("failed", RED),
        (Outcome::Passed(_), _) => ("passed", GREEN),
        (Outcome::Unknown(_), _) => ("unknown", YELLOW),
        (Outcome::NotApplicable(_), _) => ("not applicable", DIM),
    }
}

/// Why, and why it may be so.
fn why(verdict: &Verdict) -> String {
    let why = verdict.outcome.why();
    match &verdict.accepted {
        None => why.to_owned(),
        Some(accepted) => format!("{why}; accepted: {}", accepted.because),
    }
}

/// Why once where both languages say the same.
fn both(line: &Line) -> String {
    let (cloudformation, terraform) = (why(&line.cloudformation), why(&line.terraform));
    if cloudformation == terraform {
        return cloudformation;
    }
    format!("CloudFormation: {cloudformation}. Terraform: {terraform}")
}

fn in_text(reports: &[Report]) -> String {
    const LANGUAGES: [&str; 2] = ["CloudFormation", "Terraform"];
    let lines = || reports.iter().flat_map(|report| &report.lines);
    let width = |of: fn(&Line) -> &str, title: &str| {
        let widths = lines().map(|line| of(line).chars().count());
        widths.max().unwrap_or(0).max(title.len())
    };
    let id = width(|line| &line.control.id, "control");
    let tool = width(|line| &line.control.tool, "tool");
    let cloudformation = width(|line| word(&line.cloudformation).0, LANGUAGES[0]);
    let terraform = width(|line| word(&line.terraform).0, LANGUAGES[1]);
    let mut text = String::new();
    for report in reports {
        let _ = writeln!(text, "{BOLD}{}{BOLD:#}", report.environment);
        let _ = writeln!(
            text,
            "  {DIM}{:id$}  {:tool$}  {:cloudformation$}  {:terraform$}  why{DIM:#}",
            "control", "tool", LANGUAGES[0], LANGUAGES[1]
        );
        for line in &report.lines {
            let Control {
                id: name, tool: of, ..
            } = line.control;
            let (one, of_one) = word(&line.cloudformation);
            let (other, of_other) = word(&line.terraform);
            let _ = writeln!(
                text,
                "  {name:id$}  {of:tool$}  {of_one}{one:cloudformation$}{of_one:#}  {of_other}{other:terraform$}{of_other:#}  {}",
                both(line)
            );
        }
        let _ = writeln!(text, "  {DIM}{}{DIM:#}\n", Sum::of(report).words());
    }
    text
}

fn in_json(reports: &[Report], total: &Sum) -> Value {
    let verdict = |verdict: &Verdict| {
        json!({
            "outcome": verdict.outcome.word(),
            "why": verdict.outcome.why(),
            "accepted": verdict.accepted.as_ref().map(|accepted| json!({
                "rule": (!accepted.rule.is_empty()).then_some(&accepted.rule),
                "because": accepted.because,
            })),
        })
    };
    let environments = reports.iter().map(|report| {
        let lines = report.lines.iter().map(|line| {
            let Control {
                tool,
                version,
                id,
                severity,
                title,
                about,
                ..
            } = line.control;
            let looks_at = line.control.looks_at();
            json!({
                "control": id,
                "tool": tool,
                "version": version,
                "severity": severity,
                "title": title,
                "about": format!("{looks_at} {about}").trim(),
                "cloudformation": verdict(&line.cloudformation),
                "terraform": verdict(&line.terraform),
                "equal": line.is_equal(),
            })
        });
        json!({
            "environment": report.environment,
            "controls": lines.collect::<Vec<_>>(),
            "sum": Sum::of(report).json(),
        })
    });
    json!({
        "environments": environments.collect::<Vec<_>>(),
        "sum": total.json(),
    })
}

fn in_markdown(reports: &[Report]) -> String {
    let mut text = String::from("# Controls\n");
    for report in reports {
        let _ = write!(
            text,
            "\n## {}\n\n{}.\n\n\
             | Control | Tool | CloudFormation | Terraform | Why |\n\
             |---|---|---|---|---|\n",
            escaped(&report.environment),
            Sum::of(report).words()
        );
        for line in &report.lines {
            let mark = |verdict: &Verdict| match word(verdict) {
                ("failed", _) => "**failed**",
                (word, _) => word,
            };
            let _ = writeln!(
                text,
                "| `{}` {} | {} | {} | {} | {} |",
                line.control.id,
                escaped(&line.control.title),
                escaped(&line.control.tool),
                mark(&line.cloudformation),
                mark(&line.terraform),
                escaped(&both(line))
            );
        }
    }
    text
}

/// What people wrote, so that it is text in a table of Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '<' | '>' | '`' | '*' | '_' | '[' | ']' | '&' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{
        DenyControls, FINDINGS, FINE, Line, Outcome, Report, Sum, Verdict, control, escaped,
        exit_code, in_markdown, in_text,
    };

    /// A report of one control, with this outcome in each language.
    fn report(cloudformation: Outcome, terraform: Outcome) -> Report {
        let verdict = |outcome| Verdict {
            outcome,
            accepted: None,
        };
        let line = Line {
            control: &control::controls()[0],
            cloudformation: verdict(cloudformation),
            terraform: verdict(terraform),
        };
        Report {
            environment: "shop/prod".to_owned(),
            lines: vec![line],
        }
    }

    #[test]
    fn languages_that_differ_are_both_shown_and_end_in_1() {
        let passed = || Outcome::Passed("Port is 1".to_owned());
        let failed = || Outcome::Failed("Port is 2".to_owned());
        let reports = [report(passed(), failed())];
        let both = "CloudFormation: Port is 1. Terraform: Port is 2";
        for text in [in_text(&reports), in_markdown(&reports)] {
            assert!(text.contains(both), "{text}");
            assert!(text.contains("the languages differ in 1"), "{text}");
        }
        assert_eq!(exit_code(&Sum::of(&reports[0]), None), FINDINGS);
        let both = Sum::of(&report(failed(), failed()));
        assert_eq!(exit_code(&both, None), FINE);
        assert_eq!(exit_code(&both, Some(DenyControls::Failed)), FINDINGS);
        let both = Sum::of(&report(passed(), passed()));
        assert_eq!(exit_code(&both, Some(DenyControls::Failed)), FINE);
    }

    #[test]
    fn what_people_wrote_is_no_markdown() {
        assert_eq!(
            escaped("a|b\nc <d> `e` *f* _g_ [h](i)"),
            "a\\|b c \\<d\\> \\`e\\` \\*f\\* \\_g\\_ \\[h\\](i)"
        );
    }
}
