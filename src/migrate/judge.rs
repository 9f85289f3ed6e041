//! Whether a stage is safe: nothing of it is replaced, refused or unknown, unless the step has an
//! answer to that.

use super::{CODE, Names, Step};
use crate::diagnostic::{Diagnostic, Place};
use crate::diff::{Report, Row, Verdict};
use crate::graph::{Graph, Kind, Language};
use crate::order::Before;
use crate::rule;

/// The rules that what runs breaks already: a stage may break them as long as it has to.
pub(super) fn codes(before: &Before) -> Vec<&'static str> {
    let graphs = [&before.cloudformation, &before.terraform];
    let found = graphs.into_iter().flatten().flat_map(rule::check);
    let errors = found.filter(Diagnostic::is_error);
    errors.map(|found| found.code).collect()
}

/// What stands in the way of a stage.
pub(super) fn judge(report: &Report, step: &Step, target: &Graph) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for row in &report.rows {
        for (language, entry) in row.entries() {
            let judgement = &entry.judgement;
            if judgement.verdict < Verdict::Refused || is_meant(row, judgement.verdict) {
                continue;
            }
            let answered = step.answers.iter().any(|answer| {
                answer.language == language
                    && answer.verdict == judgement.verdict
                    && row.setting == answer.setting
                    && row.kind == Some(Kind::ReplicationGroup)
            });
            // an export is asked about by a command of the stage
            let is_export = entry
                .path
                .0
                .first()
                .is_some_and(|section| section == "Outputs")
                && language == Language::CloudFormation;
            if answered || is_export {
                continue;
            }
            let what = if row.setting.is_empty() {
                row.subject.clone()
            } else {
                format!("{} of {}", row.setting, row.subject)
            };
            let word = match language {
                Language::CloudFormation => "CloudFormation",
                Language::Terraform => "Terraform",
            };
            let message = format!(
                "no stage of {word} takes {what}: {}: {}",
                judgement.verdict, judgement.reason
            );
            if found.iter().any(|one| one.message == message) {
                continue;
            }
            let advice = &judgement.advice;
            let help = if row.kind == Some(Kind::ReplicationGroup) && made_with(row) {
                "keep it as it runs; or give the new cache another id and .restore_from(RestoreFrom::snapshot(\"…\")), deploy it beside this one, move the clients, and remove this one"
            } else if advice.is_empty() {
                "keep it as it runs"
            } else {
                advice
            };
            let refused = Diagnostic::error(CODE, message)
                .allowed("changes that AWS makes where the cache is, one stage after the other")
                .help(help);
            found.push(match place(target, row) {
                Some(place) => refused.at(place),
                None => refused,
            });
        }
    }
    found
}

/// The exports that change or go in a stage, by the names under which other stacks import them.
pub(super) fn exports(report: &Report, names: &Names) -> Vec<String> {
    let mut found = Vec::new();
    for entry in report
        .rows
        .iter()
        .filter_map(|row| row.cloudformation.as_ref())
    {
        let is_refused = entry.judgement.verdict == Verdict::Refused;
        if !is_refused
            || entry
                .path
                .0
                .first()
                .is_none_or(|section| section != "Outputs")
        {
            continue;
        }
        let old = entry.old.as_ref();
        let name = old.and_then(|old| {
            old.pointer("/Export/Name")
                .or(old.get("Name"))
                .or(Some(old))
        });
        let text = name.and_then(|name| name.get("Fn::Sub").unwrap_or(name).as_str());
        let name = text.map_or_else(
            || "\"$EXPORT\"".to_owned(),
            |text| text.replace("${AWS::StackName}", &names.stack),
        );
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// A key or a secret that goes is kept for its waiting time, and whoever leaves it out means that.
fn is_meant(row: &Row, verdict: Verdict) -> bool {
    verdict == Verdict::Kept
        && row.setting.is_empty()
        && matches!(row.kind, Some(Kind::Key | Kind::Secret))
}

/// Settings that a cache is made with, and keeps.
fn made_with(row: &Row) -> bool {
    const MADE_WITH: [&str; 11] = [
        "AtRestEncryptionEnabled",
        "CacheSubnetGroupName",
        "DataTieringEnabled",
        "Engine",
        "EngineVersion",
        "GlobalReplicationGroupId",
        "KmsKeyId",
        "NetworkType",
        "Port",
        "PreferredCacheClusterAZs",
        "ClusterMode",
    ];
    MADE_WITH.contains(&row.setting.split(['.', '/']).next().unwrap_or_default())
        || matches!(row.setting.as_str(), "SnapshotName" | "SnapshotArns")
}

/// Where the definition says what a row is about: its cache at least, which is there.
fn place<'a>(target: &'a Graph, row: &Row) -> Option<&'a Place> {
    let nodes = target.nodes.iter();
    let node = nodes.clone().find(|node| {
        let address = node.address();
        let names = [node.logical_id.as_str(), address.as_str()];
        row.kind == Some(node.kind) && row.subject.split(" / ").any(|name| names.contains(&name))
    });
    let cache = || {
        nodes
            .clone()
            .find(|node| node.kind == Kind::ReplicationGroup)
    };
    let node = node.or_else(cache)?;
    let setting = row.setting.split(['.', '/']).next().unwrap_or_default();
    let property = super::cache::property(node, setting);
    let place = property.and_then(|property| property.place.as_ref());
    Some(place.unwrap_or(&node.place))
}
