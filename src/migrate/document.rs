//! The plan as files: each stage in a folder, and `STEPS.md` with everything in its order.

use askama::Template;

use super::{Plan, Stage, Step};
use crate::diff::{Entry, State, Verdict, shown};
use crate::graph::Language;
use crate::output::File;

/// The longest value that a cell of a table shows.
const LONGEST: usize = 100;

/// The folder of a stage: `1-tls-preferred`.
#[must_use]
pub fn folder(stage: &Stage) -> String {
    format!("{}-{}", stage.number, stage.step.name)
}

/// Everything that is written of a plan: `STEPS.md`, and the files of each stage in its folder.
#[must_use]
pub fn document(plan: &Plan) -> Vec<File> {
    let mut files = vec![File {
        path: "STEPS.md".into(),
        contents: steps(plan),
    }];
    for stage in &plan.stages {
        let folder = folder(stage);
        files.extend(stage.files.iter().map(|file| File {
            path: format!("{folder}/{}", file.path),
            contents: file.contents.clone(),
        }));
    }
    files
}

#[derive(Template)]
#[template(path = "migrate/STEPS.md", escape = "none")]
struct Steps<'a> {
    plan: &'a Plan,
    title: String,
    has_parameters: bool,
    stages: Vec<Told<'a>>,
}

/// A stage in words.
struct Told<'a> {
    folder: String,
    step: &'a Step,
    sources: String,
    cloudformation: String,
    terraform: String,
    rows: Vec<Row>,
    answers: Vec<String>,
    /// A change set is looked at before it is executed.
    asks: bool,
    /// Nothing where nothing changes.
    deploy: Option<String>,
    /// What is asked for newly.
    asked: String,
    apply: Option<String>,
    wait: Vec<String>,
}

struct Row {
    subject: String,
    change: String,
    cloudformation: String,
    terraform: String,
}

mod filters {
    use crate::graph::Language;

    /// What is done in one language alone says so.
    #[askama::filter_fn]
    pub fn told(
        what: impl std::fmt::Display,
        _: &dyn askama::Values,
        only: &Option<Language>,
    ) -> askama::Result<String> {
        Ok(match only {
            None => what.to_string(),
            Some(language) => format!("{}: {what}", super::name(*language)),
        })
    }
}

const fn name(language: Language) -> &'static str {
    match language {
        Language::CloudFormation => "CloudFormation",
        Language::Terraform => "Terraform",
    }
}

fn steps(plan: &Plan) -> String {
    let title = match plan.stages.len() {
        1 => "one stage".to_owned(),
        stages => format!("{stages} stages"),
    };
    let asks_for = |stage: &Stage| {
        let mut files = stage.files.iter();
        files.any(|file| file.path.ends_with("parameters.example.json"))
    };
    let document = Steps {
        plan,
        title,
        has_parameters: plan.stages.iter().any(asks_for),
        stages: plan.stages.iter().map(|stage| told(plan, stage)).collect(),
    };
    // a template that only lays out what prints itself can't fail
    document.render().expect("values print themselves")
}

fn told<'a>(plan: &'a Plan, stage: &'a Stage) -> Told<'a> {
    let (region, stack) = (&plan.names.region, &plan.names.stack);
    let folder = folder(stage);
    let step = &stage.step;
    let sources: Vec<String> = step.sources.iter().map(ToString::to_string).collect();
    let worst = |language| {
        let worst = stage.report.worst(Some(language));
        worst.map_or_else(
            || "nothing changes".to_owned(),
            |worst| answered(stage, language, worst),
        )
    };
    let changes = |language| stage.report.worst(Some(language)).is_some();
    let mut wait = vec![plan.names.wait()];
    if changes(Language::CloudFormation) {
        let done = if stage.report.state == State::New {
            "stack-create-complete"
        } else {
            "stack-update-complete"
        };
        let done = format!("aws cloudformation wait {done} --region {region} --stack-name {stack}");
        wait.insert(0, done);
    }
    let mut rows = Vec::new();
    for row in &stage.report.rows {
        // what stands around the resources is in the files
        if row.kind.is_none() {
            continue;
        }
        let value = |entry: &Entry| {
            let of = |value| shown(&row.setting, value);
            let (old, new) = (of(entry.old.as_ref()), of(entry.new.as_ref()));
            if row.setting.is_empty() {
                match (&entry.old, &entry.new) {
                    (None, _) => "comes".to_owned(),
                    (_, None) => "goes".to_owned(),
                    _ => "changes".to_owned(),
                }
            } else if old == new || old.chars().count().max(new.chars().count()) > LONGEST {
                // the files say it better than a cell
                row.setting.clone()
            } else {
                format!("{}: {old} → {new}", row.setting)
            }
        };
        let said = |language, entry: Option<&Entry>| {
            entry.map_or_else(
                || "–".to_owned(),
                |entry| {
                    if answer(stage, language, &row.setting, entry.judgement.verdict).is_some() {
                        format!("{}, see below", entry.judgement.headline())
                    } else {
                        entry.judgement.headline()
                    }
                },
            )
        };
        let entry = row.cloudformation.as_ref().or(row.terraform.as_ref());
        rows.push(Row {
            subject: cell(&row.subject),
            change: cell(&entry.map(value).unwrap_or_default()),
            cloudformation: cell(&said(Language::CloudFormation, row.cloudformation.as_ref())),
            terraform: cell(&said(Language::Terraform, row.terraform.as_ref())),
        });
    }
    let mut answers = Vec::new();
    for row in &stage.report.rows {
        for (language, entry) in row.entries() {
            let verdict = entry.judgement.verdict;
            if let Some(how) = answer(stage, language, &row.setting, verdict) {
                let text = format!(
                    "{} by itself is {verdict} in {}: {}. It is safe here because {how}.",
                    row.setting,
                    name(language),
                    entry.judgement.reason.trim_end_matches('.'),
                );
                if !answers.contains(&text) {
                    answers.push(text);
                }
            }
        }
    }
    let is_there = |path: &str| stage.files.iter().any(|file| file.path == path);
    let asks = stage.report.rows.iter().any(|row| {
        let entry = row.cloudformation.as_ref();
        entry.is_some_and(|entry| entry.judgement.verdict >= Verdict::Refused)
    });
    let parameters = if is_there("cloudformation/parameters.example.json") {
        " --parameter-overrides file://parameters.json"
    } else {
        ""
    };
    let look = if asks { " --no-execute-changeset" } else { "" };
    let mut deploy = format!(
        "aws cloudformation deploy --region {region} --stack-name {stack} \\\n  --template-file {folder}/cloudformation/template.json{parameters}{look}"
    );
    let policy = "cloudformation/stack-policy.json";
    if is_there(policy) && stage.report.rows.iter().any(|row| row.subject == policy) {
        let set = format!(
            "aws cloudformation set-stack-policy --region {region} --stack-name {stack} \\\n  --stack-policy-body file://{folder}/{policy}"
        );
        // what leaves the stack is kept by the old policy, and what is new by the new one
        let leaves = stage.report.rows.iter().any(|row| {
            let entry = row.cloudformation.as_ref();
            row.kind.is_some()
                && row.setting.is_empty()
                && entry.is_some_and(|entry| entry.new.is_none())
        });
        deploy = if leaves {
            format!("{set}\n{deploy}")
        } else {
            format!("{deploy}\n{set}")
        };
    }
    Told {
        sources: sources.join("; "),
        cloudformation: worst(Language::CloudFormation),
        terraform: worst(Language::Terraform),
        rows,
        answers,
        asks,
        deploy: changes(Language::CloudFormation).then_some(deploy),
        apply: changes(Language::Terraform).then(|| apply(&folder, stage)),
        asked: asked(stage),
        wait,
        folder,
        step,
    }
}

/// The worst verdict, and that something is done about it.
fn answered(stage: &Stage, language: Language, worst: Verdict) -> String {
    let is_answered = stage
        .step
        .answers
        .iter()
        .any(|answer| answer.language == language && answer.verdict == worst);
    if is_answered {
        format!("{worst} by itself, and answered below")
    } else {
        worst.to_string()
    }
}

fn answer(
    stage: &Stage,
    language: Language,
    setting: &str,
    verdict: Verdict,
) -> Option<&'static str> {
    let mut answers = stage.step.answers.iter();
    let found = answers.find(|answer| {
        answer.language == language && answer.setting == setting && answer.verdict == verdict
    });
    found.map(|answer| answer.how)
}

/// Terraform runs where its state is, with the stage's files in the place of the ones before.
fn apply(folder: &str, stage: &Stage) -> String {
    let modules = stage.gone.iter();
    let gone: Vec<String> = modules
        .filter_map(|path| path.strip_prefix("terraform/"))
        .filter(|name| name.ends_with(".tf"))
        .map(|name| format!(" \"$TERRAFORM\"/{name}"))
        .collect();
    let mut text = String::new();
    if !gone.is_empty() {
        text.push_str(&format!("rm -f{}\n", gone.concat()));
    }
    // another range of providers asks for another one than the lock file has
    let upgrade = if begins(stage, Language::Terraform, "terraform") {
        " -upgrade"
    } else {
        ""
    };
    text.push_str(&format!(
        "cp {folder}/terraform/*.tf \"$TERRAFORM\"/\nterraform -chdir=\"$TERRAFORM\" init{upgrade}\nterraform -chdir=\"$TERRAFORM\" plan -out=stage.tfplan   # read it: nothing may be replaced\nterraform -chdir=\"$TERRAFORM\" apply stage.tfplan"
    ));
    text
}

/// Whether something changes in a section of a language's files.
fn begins(stage: &Stage, language: Language, section: &str) -> bool {
    let entries = stage.report.rows.iter().flat_map(|row| row.entries());
    let mut of_language = entries.filter(|(of, _)| *of == language);
    of_language.any(|(_, entry)| entry.path.0.first().is_some_and(|first| first == section))
}

/// What is asked for at deployment from this stage on, in each language.
fn asked(stage: &Stage) -> String {
    let new = |of: Language, section: &str| -> Vec<String> {
        let entries = stage.report.rows.iter().flat_map(|row| row.entries());
        let new = entries.filter(|(language, entry)| *language == of && entry.old.is_none());
        let names = new.filter_map(|(_, entry)| match entry.path.0.as_slice() {
            [first, name] if first == section => Some(format!("`{name}`")),
            _ => None,
        });
        names.collect()
    };
    let (template, module) = (
        new(Language::CloudFormation, "Parameters"),
        new(Language::Terraform, "variable"),
    );
    let said = [("parameters.json", template), ("terraform.tfvars", module)];
    let said = said.into_iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> = said
        .map(|(file, names)| format!("`{file}` has to say {}", names.join(", ")))
        .collect();
    said.join("; ")
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
