//! One step in words: why, what to do by hand, what to wait for, how to tell, how to go back.

use super::Names;
use crate::diff::{Report, Source, Verdict};
use crate::graph::{Kind, Language};

/// What a deployment is about, and everything that a person has to know of it.
#[derive(Clone, Debug)]
pub struct Step {
    /// A short name, as a folder has it: `tls-preferred`.
    pub name: String,
    /// What it does, in a sentence.
    pub what: String,
    /// Why it is a deployment of its own.
    pub why: String,
    /// Who says so.
    pub sources: Vec<Source>,
    /// Nothing else of the cache may change in the same deployment.
    pub alone: bool,
    /// What to do by hand before the files are deployed.
    pub before: Vec<Act>,
    /// What to do by hand after that.
    pub after: Vec<Act>,
    /// How to tell that it worked.
    pub checks: Vec<Check>,
    /// How to go back, in a sentence or two.
    pub back: String,
    /// What would be refused or can't be known, and why it is none the less safe here.
    pub answers: Vec<Answer>,
}

/// Something to do by hand.
#[derive(Clone, Debug)]
pub struct Act {
    /// What, in a sentence.
    pub what: String,
    /// The commands that do it.
    pub commands: Vec<String>,
    /// The language that needs it; both where none is said.
    pub only: Option<Language>,
}

/// A question to AWS, and the answer that means that it worked.
#[derive(Clone, Debug)]
pub struct Check {
    /// The command.
    pub command: String,
    /// What it has to print, in words.
    pub says: String,
}

/// A verdict that stands in the way of no stage, because of what is done around it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The setting, in CloudFormation's word.
    pub setting: &'static str,
    /// The language.
    pub language: Language,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is safe.
    pub how: &'static str,
}

/// The answer to a verdict that only a change set can give.
pub(super) const ASK: &str = "a change set says it before anything happens; the cache's id is taken, so that not even a replacement that is begun can take its place";

impl Step {
    pub(super) fn new(name: &str, what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            what: what.into(),
            why: why.into(),
            sources: Vec::new(),
            alone: false,
            before: Vec::new(),
            after: Vec::new(),
            checks: Vec::new(),
            back: String::new(),
            answers: Vec::new(),
        }
    }

    pub(super) fn source(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    pub(super) fn alone(self) -> Self {
        Self {
            alone: true,
            ..self
        }
    }

    pub(super) fn before(self, what: impl Into<String>, commands: Vec<String>) -> Self {
        self.before_in(None, what, commands)
    }

    pub(super) fn before_in(
        mut self,
        only: Option<Language>,
        what: impl Into<String>,
        commands: Vec<String>,
    ) -> Self {
        self.before.push(Act {
            what: what.into(),
            commands,
            only,
        });
        self
    }

    pub(super) fn after(
        mut self,
        only: Option<Language>,
        what: impl Into<String>,
        commands: Vec<String>,
    ) -> Self {
        self.after.push(Act {
            what: what.into(),
            commands,
            only,
        });
        self
    }

    pub(super) fn check(mut self, command: String, says: impl Into<String>) -> Self {
        self.checks.push(Check {
            command,
            says: says.into(),
        });
        self
    }

    pub(super) fn back(self, how: impl Into<String>) -> Self {
        Self {
            back: how.into(),
            ..self
        }
    }

    pub(super) fn answer(
        mut self,
        language: Language,
        setting: &'static str,
        verdict: Verdict,
        how: &'static str,
    ) -> Self {
        self.answers.push(Answer {
            setting,
            language,
            verdict,
            how,
        });
        self
    }

    /// Nothing may wait for the maintenance window any more.
    pub(super) fn pending(self, names: &Names) -> Self {
        self.check(
            names.group(&["PendingModifiedValues"]),
            "an empty object: with Terraform, that is after the maintenance window",
        )
    }

    /// What other stacks import has to be free before it changes.
    pub(super) fn importers_first(self, name: &str, names: &Names) -> Self {
        self.before_in(
            Some(Language::CloudFormation),
            format!("The export {name} changes or goes, which CloudFormation refuses as long as another stack imports it. Move those first; go on when nobody is named."),
            vec![format!(
                "aws cloudformation list-imports --region {} --export-name {name}",
                names.region
            )],
        )
    }

    /// Two things that can't be done one after the other.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.name = format!("{}-and-{}", self.name, other.name);
        self.what = format!("{} {}", self.what, other.what);
        self.why = format!("{} {}", self.why, other.why);
        self.back = format!("{} {}", self.back, other.back);
        self.sources.extend(other.sources);
        self.sources.dedup();
        self.before.extend(other.before);
        self.after.extend(other.after);
        self.checks.extend(other.checks);
        self.answers.extend(other.answers);
        self
    }

    /// Everything that takes no steps. `whole`: there are no others.
    pub(super) fn rest(report: &Report, whole: bool, names: &Names) -> Self {
        let changes = |setting: &str| {
            let mut rows = report.rows.iter();
            rows.any(|row| {
                row.kind == Some(Kind::ReplicationGroup) && row.setting.starts_with(setting)
            })
        };
        let rolls = report.worst(None) == Some(Verdict::Rolling);
        let (name, what) = if changes("Engine") {
            (
                "engine",
                "The engine or its version changes, and everything else that takes no step of its own.",
            )
        } else if changes("CacheNodeType") {
            (
                "node-type",
                "The type of the nodes changes, and everything else that takes no step of its own.",
            )
        } else {
            ("settings", "What takes no step of its own.")
        };
        let why = if whole {
            "AWS takes all of it at once."
        } else {
            "It comes first, by itself: what follows builds on it, and one change at a time can be told from the other when something goes wrong."
        };
        let step = Self::new(name, what, why).check(names.group(&["Status"]), "available");
        if rolls {
            return step
                .before(
                    "A version never goes back, so take a snapshot first, and wait until it is there.",
                    names.snapshot(name),
                )
                .back("An engine and its version don't go back. A smaller or larger node type does: deploy the old files. Otherwise make a second cache from the snapshot, beside this one.");
        }
        step.back("Deploy the files from before.")
    }
}

impl Names {
    /// For a command that is only looked at.
    pub(super) const fn nobody() -> Self {
        Self {
            region: String::new(),
            id: String::new(),
            stack: String::new(),
            waits: false,
        }
    }

    /// The beginning of a command about the cache.
    pub(super) fn modify(&self) -> String {
        format!(
            "aws elasticache modify-replication-group --region {} --replication-group-id {} --apply-immediately",
            self.region, self.id
        )
    }

    pub(super) fn wait(&self) -> String {
        format!(
            "aws elasticache wait replication-group-available --region {} --replication-group-id {}",
            self.region, self.id
        )
    }

    /// Parts of what AWS says of the cache.
    pub(super) fn group(&self, parts: &[&str]) -> String {
        format!(
            "aws elasticache describe-replication-groups --region {} --replication-group-id {} \\\n  --query 'ReplicationGroups[0].[{}]' --output json",
            self.region,
            self.id,
            parts.join(", ")
        )
    }

    /// A snapshot, and waiting for it.
    pub(super) fn snapshot(&self, why: &str) -> Vec<String> {
        let name = format!("{}-before-{why}", self.id);
        vec![
            format!(
                "aws elasticache create-snapshot --region {} --replication-group-id {} --snapshot-name {name}",
                self.region, self.id
            ),
            self.wait(),
            format!(
                "aws elasticache describe-snapshots --region {} --snapshot-name {name} \\\n  --query 'Snapshots[0].SnapshotStatus' --output text",
                self.region
            ),
        ]
    }
}
