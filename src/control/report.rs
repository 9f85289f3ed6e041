//! Every control for one environment, in both languages side by side.

use super::{Control, Outcome, controls, evaluate};
use crate::diagnostic::Diagnostic;
use crate::environment::Environment;
use crate::graph::{Graph, Language};
use crate::read::Given;
use crate::synth::{Synthesis, synthesize};
use crate::terraform::SourceFile;
use crate::{cloudformation, read, rule, terraform};

/// What every control comes to, for one environment.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The environment, as `system/environment`.
    pub environment: String,
    /// The controls, in the order of the table.
    pub lines: Vec<Line>,
}

/// What one control comes to in each language.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The control.
    pub control: &'static Control,
    /// In the template.
    pub cloudformation: Verdict,
    /// In the module.
    pub terraform: Verdict,
}

/// What one control comes to in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it comes to.
    pub outcome: Outcome,
    /// Who accepted that it fails.
    pub accepted: Option<Accepted>,
}

/// Why a control may fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The code of the rule that stands for the control, and that the file allows.
    pub rule: String,
    /// The reason that is given there.
    pub because: String,
}

impl Line {
    /// Whether both languages come to the same.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        let words = [&self.cloudformation, &self.terraform].map(|verdict| {
            let accepted = verdict.accepted.as_ref();
            (
                verdict.outcome.word(),
                accepted.map(|accepted| &accepted.because),
            )
        });
        words[0] == words[1]
    }

    /// Whether it fails in a language, and nobody accepted that.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        [&self.cloudformation, &self.terraform]
            .iter()
            .any(|verdict| verdict.outcome.is_failed() && verdict.accepted.is_none())
    }

    /// Whether it fails, and somebody accepted that wherever it does.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        let fails = self.cloudformation.outcome.is_failed() || self.terraform.outcome.is_failed();
        fails && !self.is_failed()
    }
}

/// Synthesises an environment in both languages, reads each back, and holds it against every
/// control, by itself.
///
/// # Errors
/// The definition isn't right, and there are no files to look at: what is wrong with it.
pub fn report(environment: &Environment) -> Result<Report, Vec<Diagnostic>> {
    let languages = [Language::CloudFormation, Language::Terraform];
    let synthesis = synthesize(environment, &languages);
    if synthesis.diagnostics.iter().any(Diagnostic::is_error) {
        let mut errors = synthesis.diagnostics;
        errors.retain(Diagnostic::is_error);
        return Err(errors);
    }
    let cloudformation = verdicts(template(&synthesis))?;
    let terraform = verdicts(module(&synthesis))?;
    let lines = controls()
        .iter()
        .zip(cloudformation.into_iter().zip(terraform))
        .map(|(control, (cloudformation, terraform))| Line {
            control,
            cloudformation,
            terraform,
        })
        .collect();
    Ok(Report {
        environment: environment.path(),
        lines,
    })
}

fn template(synthesis: &Synthesis) -> read::Outcome {
    let name = "cloudformation/template.json";
    let file = synthesis.files.iter().find(|file| file.path == name);
    let text = file.map_or("", |file| &file.contents);
    cloudformation::graph(name, text, &Given::default())
}

fn module(synthesis: &Synthesis) -> read::Outcome {
    let files: Vec<_> = synthesis
        .files
        .iter()
        .filter(|file| file.path.ends_with(".tf"))
        .map(|file| SourceFile {
            path: file.path.clone(),
            text: file.contents.clone(),
        })
        .collect();
    // what is written calls no modules
    terraform::graph("terraform", &files, &Given::default(), &mut |name| {
        Err(format!("{name} isn't there"))
    })
}

/// What every control comes to in one language.
fn verdicts(read: read::Outcome) -> Result<Vec<Verdict>, Vec<Diagnostic>> {
    let graph = read.graph.ok_or(read.diagnostics)?;
    // what a rule finds, allowed or not: an allowance that allows nothing accepts nothing
    let found = match graph.allowances.is_empty() {
        true => Vec::new(),
        false => rule::check(&graph),
    };
    let verdict = |control: &'static Control| {
        let outcome = evaluate(control, &graph);
        let accepted = outcome
            .is_failed()
            .then(|| accepted(control, &graph, &found));
        Verdict {
            outcome,
            accepted: accepted.flatten(),
        }
    };
    Ok(controls().iter().map(verdict).collect())
}

/// Why a control may fail: a rule that stands for it finds the same, and is allowed.
fn accepted(control: &Control, graph: &Graph, found: &[Diagnostic]) -> Option<Accepted> {
    graph.allowances.iter().find_map(|allowance| {
        let rule = rule::rule(&allowance.code)?;
        let allows = rule.controls.iter().any(|name| control.is_called(name))
            && !allowance.because.trim().is_empty()
            && found.iter().any(|found| {
                found.code == rule.code
                    && (allowance.resource.is_none() || allowance.resource == found.resource)
            });
        allows.then(|| Accepted {
            rule: allowance.code.clone(),
            because: allowance.because.trim().to_owned(),
        })
    })
}
