//! The verdict of one change: what a combination says, else what the table says, else unknown.

use std::borrow::Cow;

use serde_json::Value;

use super::case::Case;
use super::combination;
use super::renamed::identity;
use super::side::Side;
use super::verdict::{Judgement, Source, Verdict};
use super::{Path, case};
use crate::graph::{Kind, Language};

/// The verdict of a setting that changes.
pub(super) fn setting(case: &Case<'_>) -> Judgement {
    combination::ALL
        .iter()
        .find_map(|one| {
            let found = (one.judge)(case)?;
            Some(Judgement {
                by: Some(one.about),
                ..found
            })
        })
        .unwrap_or_else(|| by_table(case))
}

/// What the table of update behaviours says of a setting.
fn by_table(case: &Case<'_>) -> Judgement {
    let language = case.language();
    let Some(row) = case.row() else {
        return unknown(case);
    };
    let (said, source) = match language {
        Language::CloudFormation => (&*row.in_cloudformation, Source::SCHEMA),
        Language::Terraform => (&*row.in_terraform, Source::PROVIDER),
    };
    let disputed = row.schema == "Conditional"
        || (!row.schema.is_empty()
            && !row.documentation.is_empty()
            && (row.schema == "Replacement") != (row.documentation == "Replacement"));
    if language == Language::CloudFormation && disputed {
        return Judgement::new(
            Verdict::Unknown,
            format!(
                "the sources disagree about {}: the resource schema says {}, the template reference says {}",
                case.setting,
                row.schema.to_lowercase(),
                row.documentation.to_lowercase(),
            ),
            Source::SCHEMA,
        )
        .and(Source::CLOUDFORMATION)
        .advise(LOOK_AT_A_CHANGE_SET);
    }
    let start = said.split([' ', ';', '(']).next().unwrap_or_default();
    match start {
        "Replacement" | "ForceNew" => {
            let why = format!("{} can't be changed where it is", case.setting);
            replacement(case, &why, source)
        }
        "No" | "In" | "Mutable" => in_place(case, source),
        "Some" => Judgement::new(
            Verdict::Interruption,
            "who may enter or leave changes, and connections that are no longer allowed end",
            source,
        ),
        "Updates" => Judgement::new(
            Verdict::Refused,
            format!(
                "{} is set when the thing is made, and an update of it fails",
                case.setting
            ),
            source,
        ),
        _ if case.setting == "apply_immediately" || said == "n/a" => Judgement::new(
            Verdict::Nothing,
            "it is about what Terraform does later, and changes nothing at AWS",
            source,
        ),
        _ => unknown(case),
    }
}

/// It is changed where it is, at once or in the maintenance window.
pub(super) fn in_place(case: &Case<'_>, source: Source) -> Judgement {
    // the table first: the other answer needs the whole module
    let waits = case.row().is_some_and(|row| row.waits) && case.waits();
    if waits {
        return Judgement {
            waits: true,
            ..Judgement::new(
                Verdict::Window,
                "it is changed where it is, and Terraform leaves it to the maintenance window",
                source,
            )
            .and(Source::API)
            .advise("to have it at once: apply_immediately = true")
        };
    }
    Judgement::new(
        Verdict::InPlace,
        "it is changed where it is, at once",
        source,
    )
}

const LOOK_AT_A_CHANGE_SET: &str = "look at a change set before you execute it: aws cloudformation create-change-set, then describe-change-set";

/// No table knows it.
pub(super) fn unknown(case: &Case<'_>) -> Judgement {
    let advice = match case.language() {
        Language::CloudFormation => LOOK_AT_A_CHANGE_SET,
        Language::Terraform => "read `terraform plan` for \"forces replacement\" before you apply",
    };
    Judgement::new(
        Verdict::Unknown,
        format!("no table says what a change of {} does", case.setting),
        Source::table(case.language()),
    )
    .advise(advice)
}

/// Whether something is lost with a thing of that kind.
pub(super) const fn holds_data(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ReplicationGroup
            | Kind::CacheCluster
            | Kind::ServerlessCache
            | Kind::LogGroup
            | Kind::Secret
            | Kind::Key
    )
}

/// What is lost, in words.
const fn data(kind: Kind) -> &'static str {
    match kind {
        Kind::LogGroup => "its log lines",
        Kind::Secret => "its value",
        Kind::Key => "what it encrypts",
        _ => "its data",
    }
}

/// A literal member of a resource.
fn member<'v>(side: &'v Side, resource: &Path, name: &str) -> Option<&'v Value> {
    resource.get(&side.tree)?.get(name)
}

/// Terraform's `lifecycle` of a resource says so.
pub(super) fn lifecycle(side: &Side, resource: &Path, name: &str) -> bool {
    let said = member(side, resource, "lifecycle")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    said.filter_map(|block| block.get(name))
        .any(|value| *value == Value::Bool(true))
}

/// Another one takes the place of the old one. The languages differ: CloudFormation makes the new
/// one before it deletes the old one, Terraform the other way round unless it is told otherwise.
pub(super) fn replacement(case: &Case<'_>, why: &str, source: Source) -> Judgement {
    let name = identity(case.kind, case.language());
    let value = |body: Option<&Value>| body?.get(name?).cloned();
    let taken = value(case.old_body()).is_some_and(|was| Some(was) == value(case.body()));
    let kept = match case.language() {
        Language::CloudFormation => {
            if taken {
                return Judgement::new(
                    Verdict::Refused,
                    format!(
                        "{why}; CloudFormation makes the new one before it deletes the old one, whose name is the same: the update fails, and what runs stays"
                    ),
                    source,
                )
                .and(Source::CLOUDFORMATION)
                .advise(another_way(case));
            }
            let policy = member(case.new, case.resource, "UpdateReplacePolicy");
            match policy.and_then(Value::as_str) {
                Some("Snapshot") => Some("in a snapshot that CloudFormation takes first"),
                Some("Retain" | "RetainExceptOnCreate") => {
                    Some("in the old one, which stays outside of the stack")
                }
                _ => None,
            }
        }
        Language::Terraform => {
            if lifecycle(case.new, case.resource, "prevent_destroy") {
                return Judgement::new(
                    Verdict::Refused,
                    format!("{why}; Terraform would destroy the old one first, and prevent_destroy refuses the plan"),
                    source,
                )
                .and(Source::TERRAFORM)
                .advise(another_way(case));
            }
            let first = lifecycle(case.new, case.resource, "create_before_destroy");
            if first && taken {
                return Judgement::new(
                    Verdict::Refused,
                    format!("{why}; the new one is made before the old one goes (create_before_destroy), and its name is taken"),
                    source,
                )
                .and(Source::TERRAFORM)
                .advise("give the new one another name in the same step");
            }
            let used = matches!(
                case.kind,
                Kind::SecurityGroup | Kind::SubnetGroup | Kind::ParameterGroup
            );
            if used && !first {
                return Judgement::new(
                    Verdict::Refused,
                    format!("{why}; Terraform destroys the old one first, and AWS refuses that as long as a cache uses it"),
                    source,
                )
                .and(Source::API)
                .advise("give it another name and say create_before_destroy = true, so that the cache moves first");
            }
            let has_snapshot = case.had("final_snapshot_identifier")
                && matches!(case.kind, Kind::ReplicationGroup | Kind::CacheCluster);
            let window = matches!(case.kind, Kind::Secret | Kind::Key);
            if has_snapshot {
                Some("in the snapshot that final_snapshot_identifier names")
            } else if window {
                Some("in the old one, which AWS deletes only after its waiting time")
            } else {
                None
            }
        }
    };
    if !holds_data(case.kind) {
        return Judgement::new(
            Verdict::Replaced,
            format!("{why}; another one takes its place, and nothing is lost with the old one"),
            source,
        );
    }
    match kept {
        Some(how) => Judgement::new(
            Verdict::Kept,
            format!(
                "{why}; another one takes its place, empty, and {} stays {how}",
                data(case.kind)
            ),
            source,
        )
        .advise(restore(case)),
        None => Judgement::new(
            Verdict::Lost,
            format!(
                "{why}; another one takes its place, empty, and {} goes with the old one",
                data(case.kind)
            ),
            source,
        )
        .advise(another_way(case)),
    }
}

/// How to come to another thing without losing what is in this one.
fn another_way(case: &Case<'_>) -> Cow<'static, str> {
    match case.kind {
        Kind::ReplicationGroup | Kind::CacheCluster | Kind::ServerlessCache => {
            let command = match case.kind {
                Kind::ServerlessCache => "aws elasticache create-serverless-cache-snapshot",
                _ => "aws elasticache create-snapshot",
            };
            format!(
                "make a second cache with another id from a snapshot ({command}, then its name as the new one's snapshot), move the clients, and delete the old one"
            )
            .into()
        }
        Kind::LogGroup => "give the new log group another name, and keep the old one as long as its lines are wanted".into(),
        _ => "give the new one another name".into(),
    }
}

/// How what was kept comes back.
fn restore(case: &Case<'_>) -> Cow<'static, str> {
    match (case.kind, case.language()) {
        (Kind::ReplicationGroup | Kind::CacheCluster, language) => {
            let setting = match language {
                Language::CloudFormation => "SnapshotName",
                Language::Terraform => "snapshot_name",
            };
            format!(
                "to restore: find it with aws elasticache describe-snapshots, and make a cache with {setting}; writes after the snapshot are lost, and the endpoint is another one unless the id is the same"
            )
            .into()
        }
        (Kind::ServerlessCache, _) => "to restore: aws elasticache describe-serverless-cache-snapshots, and SnapshotArnsToRestore".into(),
        (Kind::Secret, _) => "to restore: aws secretsmanager restore-secret, within its recovery window".into(),
        (Kind::Key, _) => "to restore: aws kms cancel-key-deletion, within its waiting time".into(),
        _ => another_way(case),
    }
}

/// A resource that is new.
pub(super) fn made(language: Language, kind: Kind) -> Judgement {
    let source = Source::table(language);
    if kind == Kind::SecurityGroupIngress || kind == Kind::SecurityGroupEgress {
        return Judgement::new(Verdict::InPlace, "somebody more may enter or leave", source);
    }
    Judgement::new(
        Verdict::InPlace,
        "it is made; nothing that runs is touched by that",
        source,
    )
}

/// A resource that goes.
pub(super) fn removed(old: &Side, resource: &Path, kind: Kind) -> Judgement {
    let language = old.language;
    let name = case::name(resource);
    let source = match language {
        Language::CloudFormation => Source::CLOUDFORMATION,
        Language::Terraform => Source::TERRAFORM,
    };
    if matches!(kind, Kind::SecurityGroupIngress | Kind::SecurityGroupEgress) {
        return Judgement::new(
            Verdict::Interruption,
            format!("{name} goes, and who came through it is shut out"),
            source,
        );
    }
    match language {
        Language::CloudFormation => {
            let policy = member(old, resource, "DeletionPolicy").and_then(Value::as_str);
            match policy {
                Some("Retain" | "RetainExceptOnCreate") => Judgement::new(
                    Verdict::Nothing,
                    format!("{name} leaves the stack and stays as it is (DeletionPolicy)"),
                    source,
                )
                .advise("nobody takes care of it from then on, and it is paid for: delete it by hand, or import it elsewhere"),
                Some("Snapshot") => Judgement::new(
                    Verdict::Kept,
                    format!("{name} is deleted, after a last snapshot (DeletionPolicy)"),
                    source,
                )
                .advise("to restore: aws elasticache describe-snapshots, and a cache with SnapshotName"),
                _ if holds_data(kind) => Judgement::new(
                    Verdict::Lost,
                    format!("{name} is deleted, and {} with it", data(kind)),
                    source,
                )
                .advise("deploy DeletionPolicy: Snapshot or Retain first, by itself; then remove it"),
                _ => Judgement::new(Verdict::InPlace, format!("{name} is deleted"), source),
            }
        }
        Language::Terraform => {
            let has = |name| member(old, resource, name).is_some_and(|value| !value.is_null());
            if matches!(kind, Kind::ReplicationGroup | Kind::CacheCluster)
                && has("final_snapshot_identifier")
            {
                return Judgement::new(
                    Verdict::Kept,
                    format!("{name} is destroyed, after a last snapshot; prevent_destroy goes with the block and doesn't help"),
                    source,
                )
                .advise("to restore: aws elasticache describe-snapshots, and a cache with snapshot_name; to keep it instead: a `removed` block with lifecycle { destroy = false }");
            }
            if kind == Kind::LogGroup && has("skip_destroy") {
                return Judgement::new(
                    Verdict::Nothing,
                    format!("{name} leaves the state and stays (skip_destroy)"),
                    source,
                );
            }
            if matches!(kind, Kind::Secret | Kind::Key) {
                return Judgement::new(
                    Verdict::Kept,
                    format!("{name} is destroyed: AWS deletes it after its waiting time, and nobody can use it until then"),
                    source,
                )
                .advise(match kind {
                    Kind::Secret => "to restore: aws secretsmanager restore-secret",
                    _ => "to restore: aws kms cancel-key-deletion and enable-key, before the waiting time is over",
                });
            }
            if holds_data(kind) {
                return Judgement::new(
                    Verdict::Lost,
                    format!("{name} is destroyed, and {} with it; prevent_destroy goes with the block and doesn't help", data(kind)),
                    source,
                )
                .advise("apply final_snapshot_identifier first, or leave the state with a `removed` block and lifecycle { destroy = false }");
            }
            Judgement::new(Verdict::InPlace, format!("{name} is destroyed"), source)
        }
    }
}

/// What stands outside of any resource, or beside its settings.
pub(super) fn around(old: &Side, new: &Side, path: &Path) -> Judgement {
    let steps: Vec<&str> = path.0.iter().map(String::as_str).collect();
    let source = match new.language {
        Language::CloudFormation => Source::CLOUDFORMATION,
        Language::Terraform => Source::TERRAFORM,
    };
    let nothing = |reason: &'static str| Judgement::new(Verdict::Nothing, reason, source.clone());
    match (new.language, steps.as_slice()) {
        (_, ["#", ..]) => nothing("it is a comment"),
        (Language::CloudFormation, ["Outputs", id, ..]) => super::combination::export::judge(old, new, id, path),
        (Language::CloudFormation, ["Parameters", _, "Default"]) => {
            nothing("a default counts for new stacks alone: a stack that is there keeps the value that it was given, unless the deployment gives another")
                .advise("what it would do where it counts is listed with the settings that it is in")
        }
        (Language::CloudFormation, ["Parameters", _]) if path.get(&old.tree).is_none() => {
            nothing("something more is asked for at deployment")
                .advise("add it to the parameter file before the deployment, unless it has a default")
        }
        (Language::CloudFormation, ["Parameters", ..]) => nothing("it is about what a deployment is asked for"),
        (Language::CloudFormation, ["Conditions" | "Mappings", ..]) => {
            nothing("what it comes to is listed with the settings that it is in")
        }
        (Language::CloudFormation, ["Transform", ..]) => Judgement::new(
            Verdict::Unknown,
            "what a macro makes of the template can't be known here",
            source,
        )
        .advise("look at a change set before you execute it"),
        (Language::CloudFormation, ["Description" | "Metadata" | "AWSTemplateFormatVersion" | "Rules", ..]) => {
            nothing("it is about the template, not about anything that runs")
        }
        (Language::Terraform, ["terraform", _, "backend" | "cloud", ..]) => {
            nothing("the state is looked for somewhere else, and nothing at AWS is touched")
                .advise("run terraform init -migrate-state; without the old state Terraform would make everything again")
        }
        (Language::Terraform, ["terraform", ..]) => {
            nothing("it is about which Terraform and which provider may run")
                .advise("run terraform init -upgrade, and read the plan: another provider may plan otherwise")
        }
        (Language::Terraform, ["provider", "aws", _, "region", ..]) => Judgement::new(
            Verdict::Unknown,
            "everything that names no region of its own belongs to another one: a provider before 6 finds nothing there and makes all of it again, one from 6 on replaces it",
            Source::PROVIDER,
        )
        .advise("keep the region, and make another environment for the other one"),
        (Language::Terraform, ["provider", ..]) => nothing("it is about how AWS is called")
            .advise("read the plan: other defaults, such as default_tags, reach every resource"),
        (Language::Terraform, ["variable", _]) if path.get(&old.tree).is_none() => {
            nothing("something more is asked for at deployment")
                .advise("add it to terraform.tfvars, unless it has a default")
        }
        (Language::Terraform, ["variable" | "locals" | "values", ..]) => {
            nothing("what it comes to is listed with the settings that it is in")
        }
        (Language::Terraform, ["data" | "ephemeral", ..]) => {
            nothing("it is read, not made; what it finds is known at deployment")
                .advise("read the plan: a setting that it is in may change with it")
        }
        (Language::Terraform, ["output", ..]) => nothing("nothing at AWS depends on it")
            .advise("whoever reads the state or calls the module has to know"),
        (Language::Terraform, ["moved" | "import" | "check", ..]) => {
            nothing("it tells Terraform what is already there")
        }
        (Language::Terraform, ["module", name, rest @ ..]) => {
            let prefix = format!("module.{name}");
            let is_read = |side: &Side| {
                side.graph()
                    .is_some_and(|graph| graph.nodes.iter().any(|node| node.module.starts_with(&prefix)))
            };
            if is_read(old) && is_read(new) && !matches!(rest, ["source" | "version" | "count" | "for_each", ..]) {
                return nothing("what it comes to is listed with the module's resources");
            }
            Judgement::new(Verdict::Unknown, "what the module makes of it can't be known here", source)
                .advise("read `terraform plan` for \"forces replacement\" before you apply")
        }
        (Language::Terraform, ["folders", _, rest @ ..]) => {
            around(old, new, &Path::of(rest.iter().copied()))
        }
        _ => Judgement::new(Verdict::Unknown, format!("no table says what a change of {path} does"), source)
            .advise("look at a change set or a plan first"),
    }
}

/// What stands in a resource beside its settings; nothing where it is a setting.
pub(super) fn beside(case: &Case<'_>) -> Option<Judgement> {
    let removal = "it is about what happens to the resource later, and changes nothing that runs";
    let protects = |value: Option<&Value>| {
        value.is_some_and(|value| {
            *value == Value::Bool(true) || value.as_str().is_some_and(|word| word != "Delete")
        })
    };
    let advice = if protects(case.change.old.as_ref()) && !protects(case.change.new.as_ref()) {
        "a protection goes: from then on a removal or replacement may lose the data"
    } else {
        ""
    };
    let nothing = |reason: &'static str, source| Judgement::new(Verdict::Nothing, reason, source);
    Some(match case.language() {
        Language::CloudFormation => match case.setting {
            "DeletionPolicy" | "UpdateReplacePolicy" | "UpdatePolicy" | "CreationPolicy" => {
                nothing(removal, Source::CLOUDFORMATION).advise(advice)
            }
            "Metadata" | "DependsOn" => nothing("nothing that runs depends on it", Source::CLOUDFORMATION),
            "Type" => Judgement::new(
                Verdict::Refused,
                "a resource can't become one of another type under the same logical id",
                Source::CLOUDFORMATION,
            )
            .advise("give the new one another logical id, and keep the old one until it isn't needed"),
            "Condition" => Judgement::new(
                Verdict::Unknown,
                "whether the resource is there depends on a condition, which is known at deployment",
                Source::CLOUDFORMATION,
            )
            .advise("look at a change set: the resource may be deleted"),
            _ => return None,
        },
        Language::Terraform => match case.setting {
            "lifecycle" => nothing(removal, Source::TERRAFORM).advise(advice),
            "depends_on" | "timeouts" | "provisioner" | "connection" => {
                nothing("it is about how Terraform works", Source::TERRAFORM)
            }
            "count" | "for_each" | "provider" => Judgement::new(
                Verdict::Unknown,
                format!("{} decides which resources there are, by address", case.setting),
                Source::TERRAFORM,
            )
            .advise("read the plan: an address that is no longer there is destroyed; `moved` blocks keep what moves from x to x[0]"),
            _ => return None,
        },
    })
}
