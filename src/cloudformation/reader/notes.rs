//! What a template says to this tool: `Metadata: {Cachewright: …}`.

use super::tree::{Mark, Tree};
use crate::diagnostic::Diagnostic;
use crate::graph::Allowance;
use crate::stage::Stage;
use crate::value::At;
use crate::workload::{KeyFamily, Workload};

/// What is said.
#[derive(Default)]
pub(super) struct Notes {
    pub stage: Option<Stage>,
    pub workloads: Vec<At<Workload>>,
    pub key_families: Vec<KeyFamily>,
    pub allowances: Vec<Allowance>,
}

impl Notes {
    /// Reads the `Metadata` of a template, or of one resource.
    pub fn read(
        &mut self,
        file: &str,
        metadata: Option<&Tree>,
        resource: Option<&str>,
        findings: &mut Vec<Diagnostic>,
    ) {
        let Some(notes) = metadata.and_then(|metadata| metadata.get("Cachewright")) else {
            return;
        };
        let mut reader = Reader { file, findings };
        let Some(members) = notes.members() else {
            let allowed = "an object";
            reader.refuse(
                notes.mark,
                format!("Cachewright is {}", notes.noun()),
                allowed,
            );
            return;
        };
        for member in members {
            let value = &member.value;
            match (&*member.name, resource) {
                ("Allow", _) => self.allow(value, resource, &mut reader),
                ("Stage", None) => self.stage = reader.stage(value),
                ("Workloads", None) => self.workloads.extend(reader.workloads(value)),
                ("KeyFamilies", None) => self.key_families.extend(reader.key_families(value)),
                (name, _) => {
                    let allowed = match resource {
                        Some(_) => "Allow",
                        None => "Stage, Workloads, KeyFamilies, Allow",
                    };
                    reader.refuse(member.mark, format!("{name} means nothing here"), allowed);
                }
            }
        }
    }

    fn allow(&mut self, tree: &Tree, resource: Option<&str>, reader: &mut Reader<'_>) {
        let mut push = |code: &str, because: &str, mark: Mark, file: &str| {
            self.allowances.push(Allowance {
                code: code.to_owned(),
                because: because.trim().to_owned(),
                resource: resource.map(str::to_owned),
                place: mark.place(file),
            });
        };
        if let Some(members) = tree.members() {
            for member in members {
                let because = member.value.scalar().unwrap_or_default();
                push(&member.name, &because, member.mark, reader.file);
            }
        } else if let Some(items) = tree.items() {
            // without reasons, which is for a rule to say
            for item in items {
                if let Some(code) = item.text() {
                    push(code, "", item.mark, reader.file);
                }
            }
        } else if let Some(code) = tree.text() {
            push(code, "", tree.mark, reader.file);
        } else {
            reader.refuse(
                tree.mark,
                format!("Allow is {}", tree.noun()),
                "an object: a rule's code and the reason for each",
            );
        }
    }
}

struct Reader<'a> {
    file: &'a str,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn refuse(&mut self, mark: Mark, message: String, allowed: &str) {
        self.findings.push(
            Diagnostic::error("template-metadata", message)
                .at(&mark.place(self.file))
                .allowed(allowed)
                .help("correct it: what can't be read is as if it weren't said"),
        );
    }

    fn stage(&mut self, tree: &Tree) -> Option<Stage> {
        let word = tree.scalar().unwrap_or_default();
        let stages = [Stage::Development, Stage::Staging, Stage::Production];
        let found = stages.into_iter().find(|stage| stage.to_string() == word);
        if found.is_none() {
            let allowed = "development, staging, production";
            self.refuse(tree.mark, format!("{word:?} isn't a stage"), allowed);
        }
        found
    }

    fn workloads(&mut self, tree: &Tree) -> Vec<At<Workload>> {
        let items = match tree.items() {
            Some(items) => items.iter().collect(),
            None => vec![tree],
        };
        let mut found = Vec::new();
        for item in items {
            let word = item.scalar().unwrap_or_default();
            match Workload::of_word(&word) {
                Some(value) => found.push(At {
                    value,
                    place: item.mark.place(self.file),
                }),
                None => {
                    let words = Workload::ALL.map(Workload::as_str).join(", ");
                    self.refuse(item.mark, format!("{word:?} isn't a workload"), &words);
                }
            }
        }
        found
    }

    fn key_families(&mut self, tree: &Tree) -> Vec<KeyFamily> {
        let allowed = "an object of Keys and Bytes, both whole numbers, for each family";
        let Some(members) = tree.members() else {
            self.refuse(
                tree.mark,
                format!("KeyFamilies is {}", tree.noun()),
                allowed,
            );
            return Vec::new();
        };
        let mut found = Vec::new();
        for member in members {
            let number = |name: &str| member.value.get(name)?.scalar()?.parse().ok();
            match (number("Keys"), number("Bytes")) {
                (Some(keys), Some(bytes)) => found.push(KeyFamily {
                    name: member.name.clone(),
                    keys,
                    bytes,
                    place: member.mark.place(self.file),
                }),
                _ => self.refuse(
                    member.mark,
                    format!("the key family {:?} has no Keys and Bytes", member.name),
                    allowed,
                ),
            }
        }
        found
    }
}
